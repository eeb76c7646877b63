# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Registered facilities and their web-service accounts.

One account per facility [O PR §5.14]; a login of the web form (``ub`` and digits)
is not one for the web service [O PR §5.16]. After several wrong passwords an
account is locked; that it can happen is [C], the number 5 is ours [I].
"""

import json
import re
import threading
from dataclasses import dataclass, fields, replace
from pathlib import Path

DOMAIN = "EXRESORTMV"  # [O] PR §5.14
DEMO_FILE = Path(__file__).with_name("accounts.json")
WRONG_PASSWORD_LIMIT = 5

_WEB_LOGIN = re.compile(r"ub\d+", re.IGNORECASE)
_IDUB = re.compile(r"\d{12,14}")  # PR §4.5
_MARK = re.compile(r"[A-Za-z0-9]{5,6}")  # PR §4.6 says 5, 6 were issued [R]
_PASSWORD = re.compile(r"(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[^:\r\n]{8,}")  # PR §5.8


class BadAccount(ValueError):
    """The account's data cannot be taken; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """A facility as it is registered, with its login."""

    login: str
    password: str
    idub: str
    mark: str
    name: str = ""
    contact: str = ""
    district: str = ""
    municipality: str = ""
    municipality_part: str = ""
    street: str = ""
    house_number: str = ""
    orientation_number: str = ""
    zip: str = ""
    locked: bool = False
    wrong_passwords: int = 0

    @property
    def address(self) -> str:
        """As receipts print it: municipality, part, street and numbers (PR §7)."""
        numbers = "/".join(filter(None, [self.house_number, self.orientation_number]))
        street = f"{self.street} {numbers}".strip()
        return ", ".join(
            filter(None, [self.municipality, self.municipality_part, street])
        )

    def as_json(self):
        """Everything but the password."""
        shown = {field.name: getattr(self, field.name) for field in fields(self)}
        del shown["password"]
        return shown


def check(account: Account):
    """Raise BadAccount unless the police could have issued this account."""
    if _WEB_LOGIN.fullmatch(account.login):
        raise BadAccount("a login of the web form cannot use the web service")
    if not account.login or re.search(r"[:\\\s]", account.login):
        raise BadAccount("login is empty or has a forbidden character")
    if not _PASSWORD.fullmatch(account.password):
        raise BadAccount(
            "password needs 8 characters, a capital, a small letter and a digit,"
            " and no colon"
        )
    if not _IDUB.fullmatch(account.idub):
        raise BadAccount("idub must be 12 to 14 digits")
    if not _MARK.fullmatch(account.mark):
        raise BadAccount("mark must be 5 or 6 letters or digits")


class AccountBook:
    """All accounts; safe to use from several threads."""

    def __init__(self, accounts=()):
        self._lock = threading.RLock()
        self._accounts = {}
        for account in accounts:
            check(account)
            self._accounts[account.login.lower()] = account

    @classmethod
    def from_file(cls, path):
        """Read a JSON list of accounts.

        :raises BadAccount: when the file cannot be read or an account is wrong.
        """
        try:
            rows = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls([Account(**row) for row in rows])
        except (OSError, ValueError, TypeError) as error:
            raise BadAccount(f"{path}: {error}") from error

    def all(self):
        """Every account, in the order they were added."""
        with self._lock:
            return list(self._accounts.values())

    def by_login(self, login):
        """The account, or None; Windows logins ignore the case."""
        with self._lock:
            return self._accounts.get(login.lower())

    def by_idub(self, idub):
        """The first account of this facility, or None."""
        return next((a for a in self.all() if a.idub == idub), None)

    def put(self, data):
        """Add an account, or change the one with the same login.

        :param data: names and values of Account's fields; ``login`` is needed.
        :raises BadAccount: when a name is unknown or a value is wrong.
        """
        with self._lock:
            login = data.get("login", "")
            known = self.by_login(login) if isinstance(login, str) else None
            try:
                account = replace(known, **data) if known else Account(**data)
                check(account)
            except TypeError as error:
                raise BadAccount(str(error)) from error
            if not account.locked:
                account = replace(account, wrong_passwords=0)
            self._accounts[account.login.lower()] = account
            return account

    def wrong_password(self, login, limit=WRONG_PASSWORD_LIMIT):
        """Count a wrong password; lock the account at ``limit``."""
        with self._lock:
            account = self.by_login(login)
            if account is not None:
                wrong = account.wrong_passwords + 1
                locked = account.locked or wrong >= limit
                self._accounts[account.login.lower()] = replace(
                    account, wrong_passwords=wrong, locked=locked
                )

    def right_password(self, login):
        """Forget earlier wrong passwords of this account."""
        with self._lock:
            account = self.by_login(login)
            if account is not None and account.wrong_passwords:
                self._accounts[account.login.lower()] = replace(
                    account, wrong_passwords=0
                )

    def unlock_all(self):
        """Unlock every account and forget wrong passwords."""
        with self._lock:
            for key, account in self._accounts.items():
                self._accounts[key] = replace(account, locked=False, wrong_passwords=0)
