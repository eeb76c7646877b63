# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Logins by their masks: PR §5.14, §5.16, and spellings seen in the wild."""

from __future__ import annotations

import re

from ..records import Finding
from .codes import finding

ENVIRONMENTS = ("simulator", "test", "production")

_DOMAIN = re.compile(r"exresortmv\\", re.IGNORECASE)
_WEB = re.compile(r"ub[0-9]+")
_TEST = re.compile(r"uby-tws[a-z0-9]{3,}|uby-ws-tws[a-z0-9]*")
_PRODUCTION = re.compile(r"uby-ws-?[a-z0-9]{3,}")


def check_login(login: str, environment: str) -> tuple[Finding, ...]:
    """Findings about an account name for ``simulator``, ``test``, ``production``.

    The prefix is accepted in any case and with ``_`` for ``-``, and what follows
    it in any length from three characters, because the police issue more shapes
    than the rules name; the domain ``EXRESORTMV`` may stand before it. A simulator
    has logins of its own, so only one for the web form is refused there.

    :raises ValueError: for another environment
    """
    if environment not in ENVIRONMENTS:
        raise ValueError(f"no such environment: {environment}")
    name = plain_login(login).lower().replace("_", "-")
    code = _login_code(name, environment)
    return (finding("login", code),) if code else ()


def plain_login(login: str) -> str:
    """The login without the domain that the client adds anyway."""
    return _DOMAIN.sub("", login.strip(), count=1)


def _login_code(name: str, environment: str) -> str:
    if not name:
        return "login_missing"
    if _WEB.fullmatch(name):
        return "login_web"
    if _TEST.fullmatch(name):
        return "login_test_on_production" if environment == "production" else ""
    if _PRODUCTION.fullmatch(name):
        return "login_production_on_test" if environment == "test" else ""
    return "" if environment == "simulator" else "login_mask"
