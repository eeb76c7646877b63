# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The client of the web service: its four methods (P5 §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from lxml import etree

from . import reply, request
from .channel import Channel
from .exceptions import Outage, UbyportError, UnknownOutcome
from .records import Answer, CodeEntry, Exchange, Facility, WireGuest
from .report_channel import ReportChannel, with_messages
from .rules import check_guest
from .rules.login import plain_login
from .wire import facility_to_wire


class UbyportClient(ReportChannel):
    """The channel of Ubyport: one facility's account at one address of the service.

    Use it as a context manager and keep it for several batches: NTLM proves
    the password once for each connection. It serves one thread at a time.

    Every method raises the exceptions of ``exceptions``; the three that only
    ask never raise ``UnknownOutcome``, because nothing can have been filed.
    """

    addresses: ClassVar[Mapping[str, str]] = {
        "test": "https://ubyport.pcr.cz/ws_uby_test/ws_uby.svc",
        "production": "https://ubyport.pcr.cz/ws_uby/ws_uby.svc",
    }
    code_lists: ClassVar[Sequence[str]] = ("Staty", "UcelyPobytu", "Chyby")
    describes_itself = True
    check = staticmethod(check_guest)

    def __init__(
        self,
        endpoint: str,
        login: str,
        password: str,
        *,
        timeout: float = 60.0,
        connect_timeout: float = 10.0,
    ):
        self._channel = Channel(
            endpoint, plain_login(login), password, timeout, connect_timeout
        )

    def close(self) -> None:
        """Close the connections."""
        self._channel.close()

    def test_availability(self) -> bool:
        """Whether the service and what stands behind it work (P5 §3)."""
        text = self._ask("TestDostupnosti")
        if text not in ("true", "1", "false", "0"):
            raise Outage("no_answer", "TestDostupnosti: neither true nor false")
        return text in ("true", "1")

    def max_batch(self) -> int:
        """How many guests one report may hold; a longer one is not filed (P5 §5.4)."""
        text = self._ask("MaximalniDelkaSeznamu")
        if not text.isdecimal() or int(text) < 1:
            raise Outage("no_answer", "MaximalniDelkaSeznamu: not a positive number")
        return int(text)

    def code_list(self, name: str) -> list[CodeEntry]:
        """The rows of ``Staty``, ``UcelyPobytu`` or ``Chyby`` (P5 §4.1).

        :raises ValueError: for another name
        """
        if name not in self.code_lists:
            raise ValueError(f"no such code list: {name}")
        message = request.build("DejMiCiselnik", CoChci=name)
        rows = reply.read_code_list(self._question("DejMiCiselnik", message))
        if not rows:
            raise Outage("no_answer", f"the code list {name} came empty")
        return rows

    def wsdl(self) -> bytes:
        """The service's own description of itself (P5 §2.1), unread."""
        try:
            return reply.read_page(*self._channel.get("?singleWsdl"))
        except UnknownOutcome as failure:
            raise _no_answer("singleWsdl", failure) from None

    def submit(
        self,
        facility: Facility,
        wire_guests: Sequence[WireGuest],
        with_pdf: bool = True,
    ) -> Exchange:
        """Hand one batch over (``ZapisUbytovane``).

        :raises DataError: the facility or a guest cannot be sent; nothing left
        :raises UnknownOutcome: the batch may have been received
        :raises ValueError: for a batch without guests
        """
        if not wire_guests:
            raise ValueError("a report needs at least one guest")
        message = request.build_report(
            facility_to_wire(facility), wire_guests, with_pdf
        )
        status, body = self._post("ZapisUbytovane", message)
        if status != 200:  # Never an answer: what it is, its class says.
            self._read("ZapisUbytovane", status, message, body)
        return Exchange(
            request_xml=message,
            response_xml=body,
            sent=len(wire_guests),
            with_pdf=with_pdf,
        )

    @staticmethod
    def read_answer(exchange: Exchange) -> Answer:
        """The police's verdict on each guest; the codes decide, see ``verdict``."""
        request_xml, body = exchange.request_xml, exchange.response_xml
        result = reply.read_result("ZapisUbytovane", 200, body)
        return reply.read_answer(
            result, exchange.sent, exchange.with_pdf, request_xml, body
        )

    def _ask(self, method: str) -> str:
        return reply.read_text(self._question(method, request.build(method)))

    def _question(self, method: str, message: bytes) -> etree._Element | None:
        """A call that files nothing: without an answer it may be repeated."""
        try:
            return self._call(method, message)
        except UnknownOutcome as failure:
            raise _no_answer(method, failure) from None

    def _call(self, method: str, message: bytes) -> etree._Element | None:
        """The result of a method."""
        status, body = self._post(method, message)
        return self._read(method, status, message, body)

    def _post(self, method: str, message: bytes) -> tuple[int, bytes]:
        try:
            return self._channel.post(request.action(method), message)
        except UbyportError as failure:
            raise with_messages(failure, message, None) from None

    @staticmethod
    def _read(
        method: str, status: int, message: bytes, body: bytes
    ) -> etree._Element | None:
        try:
            return reply.read_result(method, status, body)
        except UbyportError as failure:
            raise with_messages(failure, message, body) from None


def _no_answer(question: str, failure: UnknownOutcome) -> Outage:
    outage = Outage("no_answer", f"{question}: {failure}")
    outage.cause = failure.code
    return with_messages(outage, failure.request_xml, failure.response_xml)
