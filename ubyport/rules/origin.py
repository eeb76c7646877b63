# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Birth date (P5 §4.2) and nationality (P5 §5.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..compose import country_code
from ..records import Country, Finding, Guest
from .codes import RuleContext, finding
from .validity import check_validity

EARLIEST_BIRTH = date(1900, 1, 1)
CZECH = "CZE"

# Codes printed in travel documents (ICAO Doc 9303, part 3) or commonly typed,
# which the police's list does not have, and what it has instead.
DOCUMENT_CODES = {
    "D": ("DEU",),
    "RKS": ("XXK",),
    "XKX": ("XXK",),
    "UNK": ("XXK",),
    "GBD": ("GBR",),
    "GBN": ("GBR",),
    "GBO": ("GBR",),
    "GBP": ("GBR",),
    "GBS": ("GBR",),
    "UK": ("GBR",),
    "XOM": ("XMR",),
    "XXX": ("XXA", "XXC"),
    "ROM": ("ROU",),
}


def check_birth(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """Given, not before 1900, not after the arrival nor today."""
    born = guest.birth_date
    if born is None:
        yield finding("birth_date", "birth_date_missing")
        return
    limit = min(filter(None, (context.today, guest.arrival_date)))
    if born.year > limit.year or (born > limit and not guest.birth_year_only):
        yield finding("birth_date", "birth_date_future", limit=limit)
    if born < EARLIEST_BIRTH:
        yield finding("birth_date", "birth_date_too_old", min=EARLIEST_BIRTH)


def check_nationality(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """A code of the police's list; Czech citizens are not reported at all."""
    code = country_code(guest.nationality)
    if not code:
        yield finding("nationality", "nationality_missing")
    elif code == CZECH:
        yield finding("nationality", "czech")
    elif code not in context.countries:
        yield finding(
            "nationality",
            "nationality_unknown",
            code=code,
            suggestion=suggest(code, context.countries),
        )
    else:
        yield from check_country_validity("nationality", code, guest, context)


def check_country_validity(
    field: str, code: str, guest: Guest, context: RuleContext
) -> Iterator[Finding]:
    """Whether a listed state is valid for this stay."""
    country = context.countries[code]
    span = (country.valid_from, country.valid_to)
    yield from check_validity(field, code, span, guest, context)


def suggest(code: str, countries: Mapping[str, Country]) -> str:
    """The listed code(s) for one that travel documents print; may be empty."""
    return ", ".join(c for c in DOCUMENT_CODES.get(code, ()) if c in countries)
