# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From typed records to what leaves: folded, composed, formatted.

Whatever ``rules`` let pass without an error can be converted here. A text that
the service would drop or that would break the envelope, and a date or code that
is not there, raise ``DataError``: nothing leaves distorted (PR §10.2 a).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache

from . import compose
from .compose import NOTE_MAX
from .exceptions import DataError
from .letters import squeeze, unfoldable, xml_illegal
from .records import Country, Facility, Guest, WireGuest

# Prescribed by the police page on the registration form, "Vyplňování
# přihlašovacího tiskopisu" (FORM-W).
CORRECTION = "PŘEDCHOZÍ OZNÁMENÍ OBSAHOVALO CHYBY"

_STATE_NAME = re.compile(r"^((?:.*, )?[A-Z]{3})-.*$")
_GUEST_TEXTS = (
    "surname",
    "first_name",
    "nationality",
    "document_number",
    "visa_number",
    "residence_street",
    "residence_city",
    "residence_country",
    "purpose",
    "note",
)


def to_wire(guest: Guest, countries: Mapping[str, Country]) -> WireGuest:
    """The record of one guest as the service wants it (P5 §4.2, P3 §2.7).

    ``countries`` by police code give the Czech names of states. A missing
    purpose is sent as 99, a missing residence or visa as empty text.

    :raises DataError: naming the field that cannot be sent
    """
    for name in _GUEST_TEXTS:
        _refuse_unsendable(name, getattr(guest, name))
    kind, number = compose.document_of(guest)
    return WireGuest(
        surname=squeeze(guest.surname),
        first_name=squeeze(guest.first_name),
        birth_date=_birth_date(guest),
        nationality=compose.country_code(guest.nationality),
        document_number=compose.wire_document(kind, number),
        visa_number=guest.visa_number.strip().upper(),
        residence=_residence(guest, countries),
        purpose=_purpose(guest),
        arrival=_stay_date("arrival_date", guest.arrival_date),
        departure=_stay_date("departure_date", guest.departure_date),
        note=compose.wire_note(guest),
    )


def as_correction(told: WireGuest) -> WireGuest:
    """The same record marked as a correction of an earlier report (FORM-W).

    The prescribed sentence goes first.

    :raises DataError: both together exceed the 255 characters of a note (P5 §4.2)
    """
    note = correction_note(told)
    if len(note) > NOTE_MAX:
        raise DataError("note", "too_long")
    return replace(told, note=note)


def correction_note(told: WireGuest) -> str:
    """The note of a correction, however long it gets."""
    return ", ".join(filter(None, (CORRECTION, told.note)))


def without_correction(note: str) -> str:
    """A note as it was before ``correction_note``."""
    rest = note.removeprefix(CORRECTION)
    return rest.removeprefix(", ") if rest != note else note


def without_state_name(residence: str) -> str:
    """A residence with the code of its state alone: the list may rename states."""
    return _STATE_NAME.sub(r"\1", residence)


@lru_cache(maxsize=8)
def facility_to_wire(facility: Facility) -> Facility:
    """The facility as it leaves: folded, PSČ without spaces (P5 §4.2).

    :raises DataError: naming the field that cannot be sent
    """
    values = {field.name: getattr(facility, field.name) for field in fields(facility)}
    for name, text in values.items():
        _refuse_unsendable(name, text)
    values = {name: squeeze(text) for name, text in values.items()}
    values["zip"] = values["zip"].replace(" ", "")
    for name in ("mark", "house_number"):
        values[name] = values[name].upper()
    for name in ("idub", "mark"):
        if not values[name]:
            raise DataError(name, f"{name}_missing")
    return Facility(**values)


def _refuse_unsendable(name: str, text: str) -> None:
    if text.isascii() and text.isprintable():
        return
    if xml_illegal(text):
        raise DataError(name, "control")
    if unfoldable(text):
        raise DataError(name, "script")


def _birth_date(guest: Guest) -> str:
    born = guest.birth_date
    if born is None:
        raise DataError("birth_date", "birth_date_missing")
    if guest.birth_year_only:
        return f"0000{born.year:04d}"
    return f"{born.day:02d}{born.month:02d}{born.year:04d}"


def _residence(guest: Guest, countries: Mapping[str, Country]) -> str:
    code = compose.country_code(guest.residence_country)
    if code and code not in countries:
        raise DataError("residence_country", "residence_country_unknown")
    return compose.residence(guest, countries)


def _purpose(guest: Guest) -> int:
    try:
        return compose.purpose_number(guest.purpose)
    except ValueError:
        raise DataError("purpose", "purpose_unknown") from None


def _stay_date(name: str, day: date | None) -> date:
    if day is None:
        raise DataError(name, name.replace("_date", "_missing"))
    return day
