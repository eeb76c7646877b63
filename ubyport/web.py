# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every conversation over HTTP here has in common."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ReadTimeoutError

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


def session(endpoint: str, connect_timeout: float) -> requests.Session:
    """A session for one address that gives up connecting after so many seconds."""
    opened = requests.Session()
    for scheme in ("https://", "http://"):
        opened.mount(scheme, _Adapter(connect_timeout))
    # A proxy of the environment makes no sense on the way to oneself.
    opened.trust_env = urlsplit(endpoint).hostname not in _LOOPBACK
    opened.headers.update(
        {"Accept-Encoding": "identity", "User-Agent": "hotel_ubyport"}
    )
    return opened


def not_connected(error: requests.RequestException) -> str:
    """The code of an ``Outage`` for what happened before anything was sent."""
    if isinstance(error, requests.exceptions.SSLError):
        return "tls"
    reason = getattr(next(iter(error.args), None), "reason", None)
    if isinstance(getattr(reason, "__context__", None), socket.gaierror):
        return "no_such_host"
    return "connect_timeout" if is_timeout(error) else "no_connection"


def is_timeout(error: requests.RequestException) -> bool:
    """Whether the other side was too slow."""
    if isinstance(error, requests.Timeout):
        return True
    # While a body is read, requests dresses a timeout up as a lost connection.
    return any(isinstance(cause, ReadTimeoutError) for cause in error.args)


class _Adapter(HTTPAdapter):
    """Gives up connecting earlier than waiting for an answer.

    The session itself gets one number: whoever wraps sessions may expect that.
    """

    def __init__(self, connect_timeout: float):
        super().__init__()
        self._connect_timeout = connect_timeout

    def send(self, request, *args, timeout=None, **kwargs):
        both = (self._connect_timeout, timeout)
        return super().send(request, *args, timeout=both, **kwargs)
