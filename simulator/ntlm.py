# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""NTLM over HTTP: three messages authenticate one connection [O P5 §2.1].

The cryptography is pyspnego's. Its acceptor looks users up in a file named by an
environment variable, so that file is written for each try, with the one account
asked for, and the variable is set only for the moment of the look-up.
"""

import base64
import binascii
import contextlib
import os
import struct
import tempfile
import threading
from pathlib import Path

import spnego
from spnego.exceptions import SpnegoError

from .accounts import DOMAIN, WRONG_PASSWORD_LIMIT

_environment = threading.Lock()
_SIGNATURE = b"NTLMSSP\0"
_UNICODE = 0x1


class NtlmGate:
    """Decides whether a connection is authenticated, and as which account.

    :param accounts: the AccountBook.
    :param count: called with the reason of each refusal.
    """

    def __init__(self, accounts, count=lambda reason: None):
        self._accounts = accounts
        self._count = count
        self.wrong_password_limit = WRONG_PASSWORD_LIMIT

    def admit(self, connection, header):
        """Take the next step of the handshake.

        :return: ``None`` when the connection is authenticated, otherwise the value
            of ``WWW-Authenticate`` to send with status 401.
        """
        token = _token(header)
        if token is None:
            return None if self._still_valid(connection) else "NTLM"
        connection.account = None
        try:
            return self._step(connection, token)
        except (SpnegoError, struct.error, IndexError, ValueError):
            connection.handshake = None
            self._count("bad_token")
            return "NTLM"

    def _still_valid(self, connection):
        account = connection.account and self._accounts.by_login(connection.account)
        return bool(account) and not account.locked

    def _step(self, connection, token):
        if _kind(token) == 1:
            return self._challenge(connection, token)
        context, connection.handshake = connection.handshake, None
        if context is None:
            return "NTLM"
        return self._authenticate(connection, context, token)

    def _challenge(self, connection, token):
        with _user_file("nobody", "nothing"):
            connection.handshake = spnego.server(
                protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm
            )
            challenge = connection.handshake.step(token)
        return "NTLM " + base64.b64encode(challenge).decode()

    def _authenticate(self, connection, context, token):
        domain, login = _who(token)
        if connection.distrusted:  # an ordered fault, not the account's blame
            connection.distrusted = False
            return "NTLM"
        reason = self._refusal(context, token, domain, login)
        if reason is None:
            self._accounts.right_password(login)
            connection.account = login
            return None
        self._count(reason)
        return "NTLM"

    def _refusal(self, context, token, domain, login):
        if domain.upper() != DOMAIN:
            return "wrong_domain"
        account = self._accounts.by_login(login)
        if account is None:
            return "unknown_login"
        if account.locked:
            return "locked"
        try:
            with _user_file(account.login, account.password):
                context.step(token)
        except SpnegoError:
            self._accounts.wrong_password(login, self.wrong_password_limit)
            return "wrong_password"
        return None


def _token(header):
    """The NTLM message in an Authorization header, or None."""
    scheme, _, text = (header or "").partition(" ")
    if scheme.upper() != "NTLM":
        return None
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        return b""


def _kind(token):
    if not token.startswith(_SIGNATURE):
        raise ValueError("not an NTLM message")
    return struct.unpack_from("<I", token, 8)[0]


def _who(token):
    """Domain and login in an authenticate message (MS-NLMP 2.2.1.3)."""
    flags = struct.unpack_from("<I", token, 60)[0]
    encoding = "utf-16-le" if flags & _UNICODE else "cp850"
    return _field(token, 28, encoding), _field(token, 36, encoding)


def _field(token, at, encoding):
    length, _, offset = struct.unpack_from("<HHI", token, at)
    return token[offset : offset + length].decode(encoding)


@contextlib.contextmanager
def _user_file(login, password):
    """Let pyspnego see exactly one user, for one thread at a time."""
    with _environment, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "users"
        path.write_text(f"{DOMAIN}:{login}:{password}\n", encoding="utf-8")
        before = os.environ.get("NTLM_USER_FILE")
        os.environ["NTLM_USER_FILE"] = str(path)
        try:
            yield
        finally:
            if before is None:
                del os.environ["NTLM_USER_FILE"]
            else:
                os.environ["NTLM_USER_FILE"] = before
