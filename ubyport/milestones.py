# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Milestones of a longer stay: what ends when, and what does not fit together.

After what the Ministry's coming ICAS is to show of a foreigner: days left of the
document, the residence and the accommodation, and a traffic light of logical
checks. Advice for the host only: it never keeps a guest from being reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .invitation import SHORT_STAY_DAYS, stay_days
from .records import Finding

# A milestone this near is shown in amber and announced.
NOTICE_DAYS = 14
# From this length on also the end of the accommodation is announced.
LONG_STAY_DAYS = 30
ADULT_YEARS = 18

# Citizens of the EU, the EEA and Switzerland, by the police's codes: no permit needed.
FREE_MOVEMENT = frozenset(
    "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT"
    " NLD POL PRT ROU SVK SVN SWE ISL LIE NOR CHE".split()
)
PERMIT_KINDS = (
    "long_visa",
    "long_term",
    "permanent",
    "temporary",
    "protection",
    "asylum",
    "other",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """What is known about a guest's stay and papers; all dates are last days.

    ``visa_days`` is how many days the visa allows; ``permit_kind`` one of
    ``PERMIT_KINDS``; ``with_adult`` whether an adult is lodged together with the
    guest; ``nationality`` a police code.
    """

    nationality: str = ""
    birth_date: date | None = None
    arrival: date | None = None
    departure: date | None = None
    document_until: date | None = None
    visa_from: date | None = None
    visa_until: date | None = None
    visa_days: int = 0
    permit_kind: str = ""
    permit_until: date | None = None
    with_adult: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """The last day of something: ``document``, ``visa``, ``permit``, ``stay``."""

    kind: str
    until: date

    def days_left(self, today: date) -> int:
        """Days from today to the last day; negative when it is over."""
        return (self.until - today).days


def milestones(stay: Stay) -> tuple[Milestone, ...]:
    """What ends, the nearest first; a permit stands in for an older visa."""
    ends = {
        "document": stay.document_until,
        "visa": None if stay.permit_kind else stay.visa_until,
        "permit": stay.permit_until,
        "stay": stay.departure if is_long(stay) else None,
    }
    found = [Milestone(kind=kind, until=day) for kind, day in ends.items() if day]
    return tuple(sorted(found, key=lambda milestone: milestone.until))


def is_long(stay: Stay) -> bool:
    """Whether the stay is long enough for its end to be announced."""
    return _days(stay) > LONG_STAY_DAYS


def check(stay: Stay) -> tuple[Finding, ...]:
    """What does not fit together, whatever the day; errors and warnings."""
    return (
        *_check_document(stay),
        *_check_visa(stay),
        *_check_permit(stay),
        *_check_length(stay),
        *_check_minor(stay),
    )


def check_presence(stay: Stay, today: date) -> tuple[Finding, ...]:
    """What the day itself brings up about a guest who is still lodged."""
    if stay.departure and stay.departure < today:
        return (_finding("departure_date", "departure_passed", severity="warning"),)
    return ()


def light(
    next_day: date | None, today: date, *, has_error: bool, has_warning: bool
) -> str:
    """``red``, ``amber`` or ``green``; ``next_day`` is the nearest last day."""
    if has_error or (next_day and next_day < today):
        return "red"
    near = next_day and next_day <= today + timedelta(days=NOTICE_DAYS)
    return "amber" if near or has_warning else "green"


def _days(stay: Stay) -> int:
    if stay.arrival is None or stay.departure is None:
        return 0
    return stay_days(stay.arrival, stay.departure)


def _check_document(stay: Stay) -> Iterator[Finding]:
    if _ends_early(stay.document_until, stay):
        yield _finding("document_valid_until", "document_ends_early")


def _check_visa(stay: Stay) -> Iterator[Finding]:
    if stay.permit_kind:
        return
    if _ends_early(stay.visa_until, stay):
        yield _finding("visa_valid_until", "visa_ends_early")
    if stay.visa_from and stay.visa_until and stay.visa_until < stay.visa_from:
        yield _finding("visa_valid_from", "visa_dates_crossed")
    elif stay.visa_from and stay.arrival and stay.visa_from > stay.arrival:
        yield _finding("visa_valid_from", "visa_starts_late")
    if 0 < stay.visa_days < _days(stay):
        yield _finding("visa_days", "visa_days_short", days=_days(stay))


def _check_permit(stay: Stay) -> Iterator[Finding]:
    if stay.permit_kind and _ends_early(stay.permit_until, stay):
        yield _finding("permit_valid_until", "permit_ends_early")
    elif stay.permit_until and not stay.permit_kind:
        yield _finding("permit_kind", "permit_kind_missing", severity="warning")


def _check_length(stay: Stay) -> Iterator[Finding]:
    """Over 90 days only by permit, long-stay visa or the freedom of movement."""
    allowed = stay.permit_kind or stay.nationality in FREE_MOVEMENT
    long_visa = stay.visa_days > SHORT_STAY_DAYS
    if _days(stay) > SHORT_STAY_DAYS and not allowed and not long_visa:
        yield _finding("permit_kind", "long_without_permit", max=SHORT_STAY_DAYS)


def _check_minor(stay: Stay) -> Iterator[Finding]:
    if is_minor(stay.birth_date, stay.arrival) and not stay.with_adult:
        yield _finding("birth_date", "minor_alone", severity="warning")


def is_minor(birth_date: date | None, day: date | None) -> bool:
    """Whether somebody is under 18 on a day; unknown dates make nobody a minor."""
    if birth_date is None or day is None:
        return False
    birthday_due = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - birthday_due < ADULT_YEARS


def _ends_early(last_day: date | None, stay: Stay) -> bool:
    return bool(last_day and stay.departure and last_day < stay.departure)


def _finding(field: str, code: str, severity: str = "error", **values: object):
    return Finding(field=field, severity=severity, code=code, values=values)
