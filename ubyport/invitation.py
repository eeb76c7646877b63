# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules of an invitation verified by the foreign police.

Sources: GUIDE = the police's guide "Pozvání do České republiky" (2020), § = Act
326/1999 on the residence of foreigners, FORM = the instruction on the first page
of the electronic form ePozvání.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .deadline import next_working_day
from .records import Finding

FEE_CZK = 300  # GUIDE, fees: paid when filing
SHORT_STAY_DAYS = 90  # GUIDE: above it another visa and another undertaking
VERIFICATION_WORKING_DAYS = 7  # § 180(4) and (5)
FORM_KEPT_DAYS = 10  # FORM: who does not come by then may find the data erased

INVITERS = ("citizen", "foreigner", "legal_entity")
COSTS = ("full", "accommodation")
FORMS = ("electronic", "paper")

# Who is bound by an invitation that the police have or had in their hands.
_BINDING = ("filed", "verified")
_CODE = re.compile(r"[A-Z0-9]{5}")
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """One invitation as typed.

    ``inviter`` is one of ``INVITERS``, ``costs`` of ``COSTS``, ``form`` of
    ``FORMS``; ``arrival`` and ``departure`` are the first and the last day of the
    stay; ``residence`` is the reported residence of an inviting foreigner.
    """

    inviter: str
    costs: str
    form: str
    arrival: date | None = None
    departure: date | None = None
    code: str = ""
    residence: str = ""
    by_proxy: bool = False
    lodged_by_inviter: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """What one invited person costs, from the first to the last day of the stay."""

    arrival: date
    departure: date
    amount: Decimal


def stay_days(arrival: date, departure: date) -> int:
    """How many days the stay has: those of entry and of leaving count in full."""
    return (departure - arrival).days + 1


def is_long(invitation: Invitation) -> bool:
    """Whether the stay is over 90 days, so that a long-stay visa is needed."""
    arrival, departure = invitation.arrival, invitation.departure
    if arrival is None or departure is None:
        return False
    return stay_days(arrival, departure) > SHORT_STAY_DAYS


def check(invitation: Invitation, today: date) -> tuple[Finding, ...]:
    """All findings about an invitation before it is filed (GUIDE, conditions)."""
    return (
        *_check_stay(invitation, today),
        *_check_costs(invitation),
        *_check_code(invitation),
        *_check_residence(invitation),
    )


def normal_code(text: str) -> str:
    """An identification code as the police write it: capitals, without spaces."""
    return "".join(text.split()).upper()


def form_due(sent: date) -> date:
    """The last day to come to the office after the electronic form was sent (FORM).

    Sending does not start the clock; the form is erased some time after this day.
    """
    return sent + _DAY * FORM_KEPT_DAYS


def pickup_day(filed: date) -> date:
    """The day to fetch the verified invitation: the seventh working day (§ 180(5)).

    The police verify within the same seven days (§ 180(4)). ``filed`` is the day of
    the filing in person, which does not count itself.
    """
    day = filed
    for _ in range(VERIFICATION_WORKING_DAYS):
        day = next_working_day(day)
    return day


def any_office(inviter: str) -> bool:
    """Whether any regional office of the foreign police is competent (GUIDE).

    A foreigner goes to the one of his or her reported residence.
    """
    return inviter != "foreigner"


def checklist(invitation: Invitation) -> tuple[str, ...]:
    """The codes of what to bring along to the office (GUIDE, documents)."""
    return tuple(_needed(invitation))


def may_withdraw(state: str, *, during_stay: bool) -> bool:
    """Whether the undertaking may be taken back now: never during the stay (GUIDE)."""
    return state in ("draft", *_BINDING) and not during_stay


def must_tell_police(state: str) -> bool:
    """Whether who withdraws in this state has to tell the police at once (GUIDE)."""
    return state in _BINDING


def means_at_once(stays: Iterable[Means]) -> Decimal:
    """The highest sum of means that is needed on any one day (GUIDE, documents).

    Who invites several foreigners at the same time needs the means for all of them.
    """
    stays = list(stays)
    sums = (
        sum((s.amount for s in stays if s.arrival <= day <= s.departure), Decimal())
        for day in {stay.arrival for stay in stays}
    )
    return max(sums, default=Decimal())


def _needed(invitation: Invitation) -> Iterator[str]:
    foreigner = invitation.inviter == "foreigner"
    yield "residence_document" if foreigner else "identity_document"
    if invitation.inviter == "legal_entity":
        yield "stamp_and_signature"
    yield "form_code" if invitation.form == "electronic" else "form_paper"
    if invitation.by_proxy:
        yield "power_of_attorney"
    yield "means_on_account" if is_long(invitation) else "means"
    if not invitation.lodged_by_inviter:
        yield "accommodation"
    yield "fee"


def _check_stay(invitation: Invitation, today: date) -> Iterator[Finding]:
    arrival, departure = invitation.arrival, invitation.departure
    if arrival is None:
        yield _error("arrival_date", "arrival_missing")
    elif arrival < today:
        yield _error("arrival_date", "arrival_past")
    if departure is None:
        yield _error("departure_date", "departure_missing")
    elif arrival is not None and departure < arrival:
        yield _error("departure_date", "departure_before_arrival")


def _check_costs(invitation: Invitation) -> Iterator[Finding]:
    if invitation.costs == "accommodation" and is_long(invitation):
        yield _error("costs", "accommodation_only_long", max=SHORT_STAY_DAYS)


def _check_code(invitation: Invitation) -> Iterator[Finding]:
    if invitation.form != "electronic":
        return
    code = normal_code(invitation.code)
    if not code:
        yield _error("form_code", "code_missing")
    elif not _CODE.fullmatch(code):
        yield _error("form_code", "code_malformed")


def _check_residence(invitation: Invitation) -> Iterator[Finding]:
    if not any_office(invitation.inviter) and not invitation.residence.strip():
        yield _error("inviter_residence", "residence_missing")


def _error(field: str, code: str, **values: object) -> Finding:
    return Finding(field=field, severity="error", code=code, values=values)
