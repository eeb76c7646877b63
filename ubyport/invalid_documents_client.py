# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Asking the Ministry's list of invalid documents: one GET for each document."""

from __future__ import annotations

import time

import requests

from . import web
from .exceptions import Outage
from .invalid_documents import KINDS, Document, Entry, read_answer

# An honest answer has some hundred bytes.
ANSWER_MAX = 64 * 1024


class InvalidDocumentsClient:
    """Asks one address, one question at a time; use it as a context manager.

    Times are in seconds: ``timeout`` for a whole answer, ``connect_timeout`` for
    the connection, ``pause`` from one question to the next. The Ministry names no
    limit, so the pause is our politeness. Redirects are not followed.
    """

    def __init__(
        self,
        address: str,
        *,
        timeout: float = 10.0,
        connect_timeout: float = 5.0,
        pause: float = 1.0,
    ):
        self._address = address
        self._timeout = timeout
        self._pause = pause
        self._asked_at: float | None = None
        self._session = web.session(address, connect_timeout)

    def __enter__(self) -> InvalidDocumentsClient:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._session.close()

    def look_up(self, document: Document) -> Entry:
        """What the list says about a document.

        :raises DataError: the list finds the question wrong; do not repeat it
        :raises Outage: no usable answer, it can be asked for again later
        """
        self._wait_for_turn()
        try:
            body = self._get(document)
        except requests.RequestException as error:
            failure = _classify(error)
        else:
            return read_answer(document, body)
        # Raised out here: the exceptions of requests hold the address asked for.
        raise failure

    def _wait_for_turn(self) -> None:
        now = time.monotonic()
        if self._asked_at is not None:
            time.sleep(max(0.0, self._asked_at + self._pause - now))
        self._asked_at = time.monotonic()

    def _get(self, document: Document) -> bytes:
        response = self._session.get(
            self._address,
            params={"dotaz": document.text, "doklad": KINDS[document.kind]},
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
        )
        try:
            _check_status(response.status_code)
            return self._read(response)
        finally:
            response.close()

    def _read(self, response: requests.Response) -> bytes:
        """The whole body, byte by byte: a trickle must not outlast the time limit."""
        end = self._asked_at + self._timeout
        body = bytearray()
        for byte in response.iter_content(1):
            body += byte
            if len(body) > ANSWER_MAX:
                raise Outage("no_answer", f"more than {ANSWER_MAX} bytes")
            if time.monotonic() > end:
                raise Outage("no_answer", "too slow")
        return bytes(body)


def _check_status(status: int) -> None:
    if 300 <= status < 400:
        raise Outage("redirect", f"HTTP {status}")
    if status != 200:
        raise Outage("http_status", f"HTTP {status}")


def _classify(error: requests.RequestException) -> Outage:
    detail = type(error).__name__
    connecting = isinstance(error, requests.ConnectTimeout)
    if web.is_timeout(error) and not connecting:
        return Outage("no_answer", detail)
    return Outage(web.not_connected(error), detail)
