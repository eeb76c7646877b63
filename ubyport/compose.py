# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How several typed values become one sent value.

The rules measure what will be sent and the serializer sends it: both compose
here, so that they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .letters import squeeze
from .records import Country, Guest

IN_PARENT_PASSPORT = "INPASS"
NO_DOCUMENT = "NONE"

# What stands in the document number when the guest has no travel document of
# his own (P5 §4.2; the forms of the police for permits and diplomatic cards).
_SUBSTITUTES = {
    "in_parent_passport": IN_PARENT_PASSPORT,
    "lost": NO_DOCUMENT,
    "residence_permit": NO_DOCUMENT,
    "diplomatic_card": NO_DOCUMENT,
}
_TYPED_TEXTS = {IN_PARENT_PASSPORT: "in_parent_passport", NO_DOCUMENT: "lost"}
NOTE_WORDS = {
    "in_parent_passport": "DOKLAD RODIČE",
    "lost": "DOKLAD",
    "residence_permit": "POBYT",
    "diplomatic_card": "DIPLOMAT",
}
CARDS = frozenset(("residence_permit", "diplomatic_card"))
NOTE_MAX = 255
# A year is no document number: six characters, or letters and digits together.
_NUMBER = re.compile(
    r"\b(?=[A-Z0-9]*[0-9])(?:[A-Z0-9]{6,30}|(?=[A-Z0-9]*[A-Z])[A-Z0-9]{4,5})\b",
    re.ASCII,
)


def document_of(guest: Guest) -> tuple[str, str]:
    """The kind of document and its number, trimmed, case as typed.

    The texts ``INPASS`` and ``NONE`` typed as a number act like the document
    types ``in_parent_passport`` and ``lost`` (P5 §4.2).
    """
    number = guest.document_number.strip()
    typed = _TYPED_TEXTS.get(number.upper()) if len(number) < 7 else None
    if typed is None:
        return guest.document_type, number
    kind = guest.document_type
    return (kind if kind in CARDS else typed), ""


def wire_document(kind: str, number: str) -> str:
    """The document number to send."""
    return _SUBSTITUTES.get(kind) or number.upper()


def wire_note(guest: Guest) -> str:
    r"""The note to send: what the document demands, then what was typed.

    ``|`` becomes ``\`` (P3 §3.3), line breaks become spaces.
    """
    note = squeeze(guest.note).replace("|", "\\")
    kind, number = document_of(guest)
    word = NOTE_WORDS.get(kind)
    if word is None or not number:
        return note
    number = number.upper()
    if names(kind, number, note):
        return note
    return f"{word} {number}, {note}" if note else f"{word} {number}"


def names(kind: str, number: str, note: str) -> bool:
    """Whether a note tells the number, in capitals, of a kind of document by itself.

    It does as a word of its own (12345 is no part of the phone number 601123456) and
    where a reader can see that it is the number of a document.
    """
    is_card = kind in CARDS
    proof = re.escape(f"{NOTE_WORDS[kind]} {number}" if is_card else number)
    stands = re.search(rf"(?<!\w){proof}(?!\w)", note.upper())
    return bool(stands) and (is_card or names_a_document(note))


def names_a_document(note: str) -> bool:
    """Whether a note holds something that looks like a document number."""
    return bool(_NUMBER.search(note.upper()))


def residence_parts(
    guest: Guest, countries: Mapping[str, Country]
) -> tuple[str, str, str]:
    """Street, city and state as sent; the state is ``KOD-Czech name`` (P3 §2.7).

    The comma separates the parts, so inside a typed part it becomes a space. The
    state keeps its own: it has to be the code list's text to the letter. A state
    outside the list is left empty.
    """
    country = countries.get(country_code(guest.residence_country))
    return (
        residence_part(guest.residence_street),
        residence_part(guest.residence_city),
        squeeze(f"{country.code}-{country.name_cs}") if country else "",
    )


def residence_part(text: str) -> str:
    """A typed part of the residence as sent."""
    return squeeze(text.replace(",", " "))


def residence(guest: Guest, countries: Mapping[str, Country]) -> str:
    """``street, city, KOD-Czech name`` without the parts that are empty (P3 §2.7)."""
    return ", ".join(filter(None, residence_parts(guest, countries)))


def country_code(text: str) -> str:
    """A police code (``Kod3``) as the list has it: capitals, trimmed."""
    return text.strip().upper()


def purpose_number(code: str) -> int:
    """The purpose as a number; 99 (other) when none is given (P5 §4.2)."""
    return int(code) if code.strip() else 99
