# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The permanent residence abroad: P3 §2.7 and §3.3, P5 §4.2.

The service refuses the whole record when the composite is malformed. Street
and city have at most 42 characters each. The state is the code list's own text,
up to 63 characters long, so no length applies to it alone; all together stay
within the 128 of P5 (P3 says 255).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..compose import country_code, residence, residence_part
from ..letters import LETTERS
from ..records import Finding, Guest
from .codes import RuleContext, finding
from .origin import CZECH, check_country_validity, suggest
from .text import TextRule

# A comma typed inside a part is sent as a space: it separates the parts.
PART = TextRule(42, f"{LETTERS}0-9'/.;:()&#@-")
TOTAL_MAX = 128


def check_residence(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """Street needs city and state, city needs state; that may not be softened."""
    street = residence_part(guest.residence_street)
    city = residence_part(guest.residence_city)
    country = country_code(guest.residence_country)
    yield from _check_part("residence_street", guest.residence_street, street)
    if street and not city:
        yield finding("residence_city", "residence_city_missing")
    if country and not street and not city:
        yield finding("residence_city", "residence_country_only")
    yield from _check_part("residence_city", guest.residence_city, city)
    if not (street or city or country):
        yield context.finding("residence_city", "residence_missing")
        return
    yield from _check_country(country, guest, context)
    yield from _check_total(guest, context)


def _check_part(field: str, typed: str, sent: str) -> Iterator[Finding]:
    if sent and not any(map(str.isalpha, sent)):
        yield finding(field, "residence_digits_only")
    if not PART.passes(typed):
        yield from PART.check(field, typed, sent)


def _check_total(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    length = len(residence(guest, context.countries))
    if length > TOTAL_MAX:
        yield finding(
            "residence_street", "residence_too_long", max=TOTAL_MAX, actual=length
        )


def _check_country(code: str, guest: Guest, context: RuleContext) -> Iterator[Finding]:
    field = "residence_country"
    if not code:
        yield finding(field, "residence_country_missing")
    elif code == CZECH:
        yield finding(field, "residence_country_czech")
    elif code not in context.countries:
        suggestion = suggest(code, context.countries)
        yield finding(
            field, "residence_country_unknown", code=code, suggestion=suggestion
        )
    else:
        yield from check_country_validity(field, code, guest, context)
