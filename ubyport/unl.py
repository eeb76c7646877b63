# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The UNL file, the batch that a person takes to the police's web application.

Rows by P3 §3 and the police page "Co to je UNL soubor" (UNL-W), file name and
number of rows by PR §9.2. The file has no escapes, so a value that would break
a row or that Windows-1250 lacks is refused: nothing leaves distorted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import TypeVar

from .exceptions import DataError
from .records import Facility, WireGuest
from .wire import facility_to_wire

CODEC = "cp1250"
LINE_END = "\r\n"
VERSION = "2"
FIELDS = 16
MAX_GUESTS = 99

# A3 to A13 (P3 §3.2): the order of the record is that of the row.
HEADER_FIELDS = tuple(field.name for field in fields(Facility))
# Places in a U row, from 0; those between are reserves (P3 §3.3).
GUEST_PLACES = {
    "arrival": 1,
    "departure": 2,
    "surname": 3,
    "first_name": 4,
    "birth_date": 6,
    "nationality": 9,
    "residence": 10,
    "document_number": 11,
    "visa_number": 12,
    "purpose": 13,
    "note": 15,
}
EXPORTED_AT = 13  # place in the A row
EXPORTED_AT_FORMAT = "%Y.%m.%d %H:%M:%S"

_BREAKS_A_ROW = re.compile(r"[\x00-\x1f\x7f]")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9]+")

T = TypeVar("T")


def write(
    facility: Facility, guests: Sequence[WireGuest], exported_at: datetime
) -> bytes:
    """The file of one facility with 1 to 99 guests (PR §9.2).

    ``exported_at`` is local time of the facility and stands in the A row.

    :raises DataError: naming the field that cannot be written
    :raises ValueError: no guest, or too many for one file
    """
    if not 1 <= len(guests) <= MAX_GUESTS:
        raise ValueError(f"a file holds 1 to {MAX_GUESTS} guests, not {len(guests)}")
    rows = [_header_row(facility, exported_at), *map(guest_row, guests)]
    return b"".join(rows)


def batches(guests: Sequence[T]) -> Iterator[Sequence[T]]:
    """The guests of each file, in order."""
    for start in range(0, len(guests), MAX_GUESTS):
        yield guests[start : start + MAX_GUESTS]


def file_name(idub: str, made_at: datetime, info: str = "") -> str:
    """``IDUB_YYYY_MM_DD_HHMM_info.unl``: ASCII letters, digits, underscore (PR §9.2).

    ``made_at`` is local time of the facility; whatever else ``info`` holds becomes
    an underscore.
    """
    parts = (idub, f"{made_at:%Y_%m_%d_%H%M}", info)
    plain = (_NOT_IN_NAME.sub("_", part).strip("_") for part in parts)
    return "_".join(filter(None, plain)) + ".unl"


def guest_row(guest: WireGuest) -> bytes:
    """The U row of one guest (P3 §3.3).

    :raises DataError: naming the field that cannot be written
    """
    guest = as_written(guest)
    row = ["U", *[""] * (FIELDS - 1)]
    for name, place in GUEST_PLACES.items():
        row[place] = _field(name, _guest_text(name, getattr(guest, name)))
    return _encode(row)


def as_written(guest: WireGuest) -> WireGuest:
    r"""The record as it stands in the file, which is what the police get.

    Names are in capitals as in the police's sample, ``|`` in the note becomes
    ``\`` (P3 §3.3).
    """
    changes = {
        "surname": _capitals(guest.surname),
        "first_name": _capitals(guest.first_name),
        "note": guest.note.replace("|", "\\"),
    }
    return replace(guest, **changes)


def _header_row(facility: Facility, exported_at: datetime) -> bytes:
    facility = facility_to_wire(facility)
    texts = [_field(name, getattr(facility, name)) for name in HEADER_FIELDS]
    return _encode(
        ["A", VERSION, *texts, exported_at.strftime(EXPORTED_AT_FORMAT), "", ""]
    )


def _guest_text(name: str, value: str | int | date) -> str:
    if isinstance(value, date):
        return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"
    if name == "purpose":
        return f"{value:02d}"
    if name == "birth_date":
        return f"{value[:2]}.{value[2:4]}.{value[4:]}"
    return value


def _field(name: str, text: str) -> str:
    """``text`` without trailing spaces, if a row can hold it."""
    if _BREAKS_A_ROW.search(text):
        raise DataError(name, "control")
    if "|" in text:
        raise DataError(name, "characters")
    try:
        text.encode(CODEC)
    except UnicodeEncodeError:
        # Without the text: an exception must not carry personal data.
        raise DataError(name, "script") from None
    return text.rstrip(" ")


def _encode(row: Sequence[str]) -> bytes:
    return ("|".join(row) + LINE_END).encode(CODEC)


def _capitals(text: str) -> str:
    """Capitals letter by letter: "ß" has none, and two letters would be longer."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
