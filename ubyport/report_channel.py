# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The seam of the transport: what a way of telling an authority has to be.

One class is one channel. ``check`` judges a guest, ``submit`` hands a batch over,
``read_answer`` understands what came back. Only ``submit`` talks to anybody; the
other two are plain functions, so an answer kept by a killed process can be read
later, and guests are judged without a connection.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from .exceptions import Outage, UbyportError
from .records import Answer, CodeEntry, Exchange, Facility, Finding, Guest, WireGuest
from .rules.codes import RuleContext

_Channel = TypeVar("_Channel", bound="ReportChannel")

DEFAULT_BATCH = 32


class ReportChannel(ABC):
    """One way of telling an authority about guests, for one facility's account.

    A channel is made by ``Channel(endpoint, login, password)`` and used as a
    context manager, for several batches. Its failures are those of
    ``exceptions``: their class decides about a repeat.
    """

    # Where the authority answers, by environment; others are typed by the user.
    addresses: ClassVar[Mapping[str, str]] = {}
    # The lists which ``code_list`` can ask for.
    code_lists: ClassVar[Sequence[str]] = ()
    # Whether there is a WSDL to be compared with ours.
    describes_itself: ClassVar[bool] = False

    @staticmethod
    @abstractmethod
    def check(guest: Guest, context: RuleContext) -> tuple[Finding, ...]:
        """All findings about a guest; no ``error`` among them lets the guest leave."""

    @abstractmethod
    def submit(self, facility: Facility, wire_guests: Sequence[WireGuest]) -> Exchange:
        """Hand one batch over and bring back the answer, unread.

        :raises UnknownOutcome: the batch may have been received
        :raises UbyportError: another kind: it surely was not
        """

    @staticmethod
    @abstractmethod
    def read_answer(exchange: Exchange) -> Answer:
        """What the authority said about each guest, in the order sent.

        :raises UbyportError: it said nothing that can be understood
        """

    def report(
        self, facility: Facility, wire_guests: Sequence[WireGuest], **options: object
    ) -> Answer:
        """Submit one batch and read the answer; what the sender calls.

        :raises UbyportError: with both messages, where they exist
        """
        exchange = self.submit(facility, wire_guests, **options)
        try:
            return self.read_answer(exchange)
        except UbyportError as failure:
            raise with_messages(
                failure, exchange.request_xml, exchange.response_xml
            ) from None

    def test_availability(self) -> bool:
        """Whether the service works; asked before any guest is marked as sent."""
        return True

    def max_batch(self) -> int:
        """How many guests one batch may hold."""
        return DEFAULT_BATCH

    def code_list(self, name: str) -> list[CodeEntry]:
        """The rows of one of ``code_lists``."""
        raise Outage("no_answer", f"no code list {name}")

    def close(self) -> None:
        """Close the connections."""
        return None

    def __enter__(self: _Channel) -> _Channel:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def with_messages(
    failure: UbyportError, request_xml: bytes | None, response_xml: bytes | None
) -> UbyportError:
    """The failure with the messages that it belongs to."""
    failure.request_xml, failure.response_xml = request_xml, response_xml
    return failure
