# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes have a first and a last day (P5 §4.1: PlatiOd, PlatiDo).

It is not documented which day the service compares. A stay begins on its day of
arrival, so a code has to be valid then; one that has ended since may be refused, too,
and is worth a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..records import Finding, Guest
from .codes import RuleContext, finding

# The first and the last valid day, either of which may be open.
Span = tuple[date | None, date | None]


def check_validity(
    field: str, code: str, span: Span, guest: Guest, context: RuleContext
) -> Iterator[Finding]:
    """Whether a listed code is valid on the day of arrival and today."""
    first, last = span
    day = min(guest.arrival_date or context.today, context.today)
    if first and day < first:
        yield finding(field, "code_not_yet", code=code, limit=first)
    elif last and day > last:
        yield finding(field, "code_ended", code=code, limit=last)
    elif last and context.today > last:
        yield finding(field, "code_ended_lately", code=code, limit=last)
