# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From a sent record back to a typed one; ``wire.to_wire`` of it is the same again.

What another program sent may be composed otherwise: then as much as is certain
is taken apart, and the rules say what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from . import compose
from .letters import squeeze
from .records import Country, Guest, WireGuest

_STATE = re.compile(r"([A-Z]{3})-.+")
# What compose.wire_note writes in front, by the number that stands for it.
_KINDS = {
    compose.IN_PARENT_PASSPORT: ("in_parent_passport",),
    compose.NO_DOCUMENT: ("residence_permit", "diplomatic_card", "lost"),
}


def to_guest(told: WireGuest, countries: Mapping[str, Country]) -> Guest:
    """The guest whom a record is about; ``countries`` by police code."""
    street, city, country = residence_parts(told.residence, countries)
    kind, number, note = _document(told)
    return Guest(
        surname=told.surname,
        first_name=told.first_name,
        birth_date=_birth_date(told.birth_date),
        birth_year_only=told.birth_date.startswith("0000"),
        nationality=told.nationality,
        document_type=kind,
        document_number=number,
        visa_number=told.visa_number,
        residence_street=street,
        residence_city=city,
        residence_country=country,
        purpose=f"{told.purpose:02d}",
        arrival_date=told.arrival,
        departure_date=told.departure,
        note=note,
    )


def residence_parts(
    text: str, countries: Mapping[str, Country]
) -> tuple[str, str, str]:
    """Street, city and police code of the state of a residence (P3 §2.7).

    Without the state, what holds a digit is the street: programs differ in order.
    """
    parts = text.split(", ") if text else []
    code, rest = _state(parts, countries)
    if len(rest) == 2 and not code and not _has_digit(rest[0]) and _has_digit(rest[1]):
        rest.reverse()
    city = rest.pop() if rest else ""
    return " ".join(rest), city, code


def _state(parts: list[str], countries: Mapping[str, Country]) -> tuple[str, list[str]]:
    """The code of the state and the other parts; names of states hold commas, too."""
    for start in range(len(parts)):
        tail = ", ".join(parts[start:])
        country = countries.get(tail[:3])
        if country and tail == squeeze(f"{country.code}-{country.name_cs}"):
            return country.code, parts[:start]
    match = _STATE.fullmatch(parts[-1]) if parts else None
    return (match.group(1), parts[:-1]) if match else ("", parts)


def _document(told: WireGuest) -> tuple[str, str, str]:
    """Kind and number of the document, and the note without that number."""
    kinds = _KINDS.get(told.document_number)
    if not kinds:
        return "passport", told.document_number, told.note
    for kind in kinds:
        match = _noted(compose.NOTE_WORDS[kind]).fullmatch(told.note)
        # Named again, the number would not be put in front when it is composed.
        if match and not compose.names(kind, match[1], match[2] or ""):
            return kind, match[1], match[2] or ""
    return kinds[-1], "", told.note


def _noted(word: str) -> re.Pattern[str]:
    """The pattern of a note that begins with the number of a document."""
    return re.compile(f"{word} ([A-Z0-9]{{4,30}})(?:, (.*))?", re.ASCII)


def _birth_date(text: str) -> date:
    """The date of ``DDMMRRRR``; the first day of the year for ``0000RRRR``."""
    year = int(text[4:])
    if text.startswith("0000"):
        return date(year, 1, 1)
    return date(year, int(text[2:4]), int(text[:2]))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
