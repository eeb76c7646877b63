# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Travel document and visa: P5 §4.2, P3 §2.7, and the police's form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..compose import CARDS, country_code, document_of, names_a_document
from ..letters import squeeze
from ..records import DOCUMENT_TYPES, Finding, Guest
from .codes import RuleContext, finding
from .text import unique

# P5 says 4, P3 and the manual say 6: some real identity cards are short.
DOCUMENT_MIN = 4
DOCUMENT_USUAL = 6
DOCUMENT_MAX = 30
VISA_MAX = 15
ADULT = 18

_ALLOWED = re.compile(r"[A-Za-z0-9]+", re.ASCII)
_FORBIDDEN = re.compile(r"[^A-Za-z0-9]", re.ASCII)
_WORDS = re.compile(
    r"\b(?:pas|pass|passport|passeport|pasaporte|passaporto|reisepass|paszport"
    r"|cestovn[ií]|dokladu?|document|dokument|č[ií]slo|cislo|number|nummer|no|nr|č"
    r"|op|občanka|průkaz|id|card|karta|ausweis)\b[.:]?",
    re.IGNORECASE,
)
_SEPARATE_WORD = re.compile(r"[\s.:]")


def check_document(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """The number of the document, or the note that must stand in for it."""
    kind, number = document_of(guest)
    if kind not in DOCUMENT_TYPES:
        yield finding("document_type", "document_type_unknown", type=kind)
    if kind == "none":
        yield _no_document_finding(guest)
    elif number:
        yield from _check_number(number)
    elif kind == "in_parent_passport":
        if not names_a_document(guest.note):
            yield finding("note", "parent_document_missing")
    elif kind != "lost":
        yield finding("document_number", "document_missing")
    if kind == "lost" and not squeeze(guest.note):
        yield finding("note", "loss_explanation_missing")


def check_visa(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """At most 15 characters A–Z 0–9; demanded from citizens with visa duty."""
    visa = guest.visa_number.strip()
    if not visa:
        yield from _check_missing_visa(guest, context)
        return
    if not _ALLOWED.fullmatch(visa):
        yield finding("visa_number", "visa_characters", **_bad_characters(visa))
    yield from _check_longest("visa_number", visa, VISA_MAX)


def _check_number(number: str) -> Iterator[Finding]:
    if not _ALLOWED.fullmatch(number):
        yield _shape_finding(number)
    yield from _check_longest("document_number", number, DOCUMENT_MAX)
    sent = len(_FORBIDDEN.sub("", number))
    if sent < DOCUMENT_MIN:
        yield _length_finding("document_too_short", DOCUMENT_MIN, sent)
    elif sent < DOCUMENT_USUAL:
        yield _length_finding("document_short", DOCUMENT_USUAL, sent)


def _no_document_finding(guest: Guest) -> Finding:
    """A child under 18 in nobody's passport is told to the local office (FORM-W 5)."""
    born, arrival = guest.birth_date, guest.arrival_date
    grown_up = born and arrival and _age(born, arrival) >= ADULT
    code = "adult_without_document" if grown_up else "child_without_document"
    return finding("document_type", code)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _check_longest(field: str, sent: str, limit: int) -> Iterator[Finding]:
    if len(sent) > limit:
        yield finding(field, "too_long", max=limit, actual=len(sent))


def _length_finding(code: str, minimum: int, actual: int) -> Finding:
    return finding("document_number", code, min=minimum, actual=actual)


def _shape_finding(number: str) -> Finding:
    """One finding that says best why a number is not just A–Z and 0–9."""
    field = "document_number"
    words = _WORDS.findall(number) if _SEPARATE_WORD.search(number) else []
    if words:
        rest = _suggestion(_WORDS.sub(" ", number))
        return finding(field, "document_words", words=" ".join(words), suggestion=rest)
    if all(character.isspace() for character in _FORBIDDEN.findall(number)):
        return finding(field, "document_spaces", suggestion=_suggestion(number))
    return finding(field, "document_characters", **_bad_characters(number))


def _bad_characters(text: str) -> dict[str, str]:
    bad = unique(_FORBIDDEN.findall(text))
    return {"characters": bad, "suggestion": _suggestion(text)}


def _suggestion(text: str) -> str:
    """The number without its separators; empty when a letter would get lost."""
    if any(character.isalnum() for character in _FORBIDDEN.findall(text)):
        return ""
    return _FORBIDDEN.sub("", squeeze(text)).upper()


def _check_missing_visa(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """Regulation (EU) 2018/1806; who lives here by permit needs no visa."""
    country = context.countries.get(country_code(guest.nationality))
    if country is None or document_of(guest)[0] in (*CARDS, "none"):
        return
    if country.visa_required:
        yield context.finding("visa_number", "visa_missing", nationality=country.code)
    elif country.visa_free_if_biometric:
        yield finding("visa_number", "visa_or_biometric", nationality=country.code)
