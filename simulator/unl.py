# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A UNL file as the police's web application takes it in [O UNL-W, P3 §3, PR §9.2].

Windows-1250, every row ends with CR LF, 16 fields between bars, first one row ``A``,
then 1 to 99 rows ``U``. A row that stands for a guest without having a guest's
skeleton is ignored and counted [O PR §7.5.3].
"""

import re
from dataclasses import dataclass
from datetime import datetime

from .contract import UNSET_DATE, SentGuest

_NAME = re.compile(r"(\d{12,14})_\d{4}_\d\d_\d\d_\d{4}(?:_[A-Za-z0-9_]+)?\.unl")
_FIELDS = 16
_LONGEST = 99
_HEADER = (
    "uIdub uMark uName uCont uOkr uOb uObCa uStr uHomN uOriN uPsc"  # A3 to A13
).split()
_WRONG_PURPOSE = -1


class BadFile(ValueError):
    """The web application does not take this file; the text says why."""


@dataclass(frozen=True)
class UnlFile:
    """What stands in a file; ``header`` has the names of the web service."""

    name: str
    header: dict
    guests: "tuple[SentGuest, ...]"
    ignored: int


def read_file(name: str, content: bytes) -> UnlFile:
    """Read a file.

    :raises BadFile: when it is none that the web application takes.
    """
    match = _NAME.fullmatch(name)
    if not match:
        raise BadFile("Název souboru není IDUB_RRRR_MM_DD_HHMM.unl.")
    first, *others = _rows(content)
    if len(first) != _FIELDS or first[:2] != ["A", "2"]:
        raise BadFile("První řádek není řádek A verze 2 s 16 položkami.")
    header = dict(zip(_HEADER, first[2:], strict=False))
    if header["uIdub"] != match.group(1):
        raise BadFile("IDUB v názvu souboru není IDUB v řádku A.")
    guests = [row for row in others if len(row) == _FIELDS and row[0] == "U"]
    if not 1 <= len(guests) <= _LONGEST:
        raise BadFile("Soubor musí mít 1 až 99 řádků U.")
    return UnlFile(name, header, tuple(map(_guest, guests)), len(others) - len(guests))


def _rows(content):
    try:
        text = content.decode("cp1250")
    except UnicodeDecodeError:
        raise BadFile("Soubor není v kódování Windows-1250.") from None
    lines = text.split("\r\n")
    if lines.pop() or any("\n" in line or "\r" in line for line in lines):
        raise BadFile("Řádek nekončí CR LF.")
    if not lines:
        raise BadFile("Soubor je prázdný.")
    return [line.split("|") for line in lines]


def _guest(row):
    """U2 to U16; residence stands before the document."""
    fields = {
        "cFrom": row[1],
        "cUntil": row[2],
        "cSurN": row[3],
        "cFirstN": row[4],
        "cDate": row[6],
        "cNati": row[9],
        "cResi": row[10],
        "cDocN": row[11],
        "cVisN": row[12],
        "cPurp": row[13],
        "cNote": row[15],
    }
    return SentGuest(fields, _day(row[1]), _day(row[2]), _purpose(row[13]))


def _day(text):
    try:
        return datetime.strptime(text, "%d.%m.%Y")
    except ValueError:
        return UNSET_DATE


def _purpose(text):
    """Two digits; empty means 99 as in the web service."""
    if not text:
        return None
    two_digits = re.fullmatch(r"\d\d", text, re.ASCII)
    return int(text) if two_digits else _WRONG_PURPOSE
