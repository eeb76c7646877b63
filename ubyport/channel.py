# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One conversation over HTTP with NTLM, and what its breakdown means.

The question after any breakdown is whether the batch may have been received.
It may from the first byte of the body on, and not before: the body itself
keeps watch whether somebody began to read it.
"""

from __future__ import annotations

import io
import struct

import requests
from requests_ntlm import HttpNtlmAuth
from spnego.exceptions import SpnegoError

from . import web
from .exceptions import AccessDenied, Outage, UbyportError, UnknownOutcome

# Logins of the web service are checked against this domain (PR §5.14).
DOMAIN = "EXRESORTMV"

# Two receipts of 10 MB in base64 with line breaks, and the rest of the answer.
ANSWER_MAX = 2 * 14_000_000 + 2_000_000

_BLOCK = 65536

# What requests_ntlm and spnego raise when the partner does not keep to NTLM.
# All of it happens before the request that carries the proof of the password.
_HANDSHAKE_ERRORS = (
    AttributeError,
    LookupError,
    SpnegoError,
    TypeError,
    ValueError,
    struct.error,
)


class Channel:
    """Keeps one session, so that the NTLM handshake is done once.

    Times are in seconds: ``timeout`` for each wait for data, ``connect_timeout``
    for the connection. Certificates are verified, redirects are not followed.
    """

    def __init__(
        self,
        endpoint: str,
        login: str,
        password: str,
        timeout: float,
        connect_timeout: float,
    ):
        self._endpoint = endpoint
        self._timeout = timeout
        self._session = web.session(endpoint, connect_timeout)
        self._session.auth = HttpNtlmAuth(f"{DOMAIN}\\{login}", password)
        self._session.headers["Content-Type"] = "text/xml; charset=utf-8"
        self._forms: dict[tuple[str, str], tuple] = {}

    def close(self) -> None:
        self._session.close()

    def post(self, action: str, message: bytes) -> tuple[int, bytes]:
        """Status and body of the answer to ``message``.

        :raises AccessDenied: the server offers NTLM and then refuses to talk it
        :raises Outage: the message was surely not received
        :raises UnknownOutcome: it was sent and there is no whole answer
        """
        return self._ask(_WatchedBody(message), SOAPAction=f'"{action}"')

    def get(self, query: str) -> tuple[int, bytes]:
        """Status and body of a page of the service, which files nothing.

        :raises UbyportError: as ``post``
        """
        return self._ask(None, query)

    def _ask(
        self, body: _WatchedBody | None, query: str = "", **headers: str
    ) -> tuple[int, bytes]:
        try:
            return self._exchange(body, query, headers)
        except requests.RequestException as error:
            failure = _classify(error, body is not None and body.started)
        except PermissionError:
            failure = AccessDenied("unauthorized", "no NTLM challenge")
        except _HANDSHAKE_ERRORS as error:
            failure = Outage("authentication", type(error).__name__)
        # Raised out here, because the exceptions of requests hold the request
        # with its NTLM header and would hang on to ours as its context.
        raise failure

    def _exchange(
        self, body: _WatchedBody | None, query: str, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        form, settings = self._form("GET" if body is None else "POST", query)
        request = form.copy()
        request.headers.update(headers)
        request.prepare_cookies(self._session.cookies)
        if body is not None:
            request.prepare_body(body, None)
        response = self._session.send(
            request, timeout=self._timeout, allow_redirects=False, **settings
        )
        try:
            return response.status_code, _read(response)
        finally:
            response.close()

    def _form(
        self, method: str, query: str
    ) -> tuple[requests.PreparedRequest, dict[str, object]]:
        """A request that lacks only its body, and the settings to send it with.

        Requests needs as long to prepare one as to send it, so that is done once.
        """
        if (method, query) not in self._forms:
            request = requests.Request(method, self._endpoint + query)
            prepared = self._session.prepare_request(request)
            settings = self._session.merge_environment_settings(
                prepared.url, {}, True, None, None
            )
            self._forms[method, query] = prepared, settings
        return self._forms[method, query]


class _WatchedBody(io.BytesIO):
    """A body that knows whether sending began, and can be sent several times.

    The handshake sends it up to three times without rewinding in between, so
    it rewinds itself at its end.
    """

    started = False

    def read(self, size: int | None = -1) -> bytes:
        self.started = True
        block = super().read(size)
        if not block:
            self.seek(0)
        return block


def _read(response: requests.Response) -> bytes:
    blocks, size = [], 0
    for block in response.iter_content(_BLOCK):
        size += len(block)
        if size > ANSWER_MAX:
            raise _TooLarge()
        blocks.append(block)
    return b"".join(blocks)


class _TooLarge(requests.RequestException):
    """The answer is longer than any honest one."""


def _classify(error: requests.RequestException, started: bool) -> UbyportError:
    """Our exception for a breakdown; ``started`` tells that sending had begun."""
    detail = type(error).__name__
    if not started:
        return Outage(web.not_connected(error), detail)
    if isinstance(error, _TooLarge):
        return UnknownOutcome("too_large", f"more than {ANSWER_MAX} bytes")
    return UnknownOutcome("timeout" if web.is_timeout(error) else "cut", detail)
