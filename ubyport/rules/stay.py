# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Purpose, dates and note of the stay: P5 §4.2, P3 §3.3, MAN."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..compose import NOTE_MAX, wire_note
from ..letters import squeeze
from ..records import Finding, Guest
from .codes import RuleContext, finding
from .text import check_folding, check_unsendable
from .validity import check_validity

# Who comes after midnight is checked in on the day after the booked one.
_NIGHT = timedelta(days=1)


def check_check_in(arrival: date | None, checked_in: date) -> Iterator[Finding]:
    """Whether the arrival, which is told, may be the booked day and not the real."""
    if arrival and checked_in - arrival > _NIGHT:
        days = (checked_in - arrival).days
        yield finding("arrival_date", "checked_in_late", days=days, arrival=arrival)


def check_purpose(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """A code of the list; none given may be softened and travels as 99."""
    code = guest.purpose.strip()
    if not code:
        yield context.finding("purpose", "purpose_missing", sent="99")
    elif code not in context.purposes:
        yield finding("purpose", "purpose_unknown", code=code)
    else:
        span = context.purpose_spans.get(code, (None, None))
        yield from check_validity("purpose", code, span, guest, context)


def check_dates(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """Arrival not after today, departure later than the arrival (MAN)."""
    arrival, departure = guest.arrival_date, guest.departure_date
    if arrival is None:
        yield finding("arrival_date", "arrival_missing")
    elif arrival > context.today:
        yield finding("arrival_date", "arrival_future", limit=context.today)
    if departure is None:
        yield finding("departure_date", "departure_missing")
    elif arrival is not None and departure <= arrival:
        yield finding("departure_date", "departure_not_after_arrival")


def check_note(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """At most 255 characters, with what the document adds to the note."""
    length = len(wire_note(guest))
    if length > NOTE_MAX:
        yield finding("note", "too_long", max=NOTE_MAX, actual=length)
    if guest.note:
        yield from check_unsendable("note", guest.note)
        sent = squeeze(guest.note).replace("|", "\\")
        yield from check_folding("note", guest.note, sent)
