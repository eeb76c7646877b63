# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading a UNL file: strict about every row, and never stopped by any of them.

Whatever the bytes are, the answer is a ``Reading``: what could be read, and a
finding with line and field for what could not (P3 §3, PR §9.2, UNL-W).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from . import unl
from .letters import LETTERS
from .records import Facility, WireGuest

# A row has at most some 700 letters, a file 100 rows: more is no UNL file.
SIZE_MAX = 1_000_000
LINE_MAX = 2_000
LINES_MAX = 1_000

# Every finding with its severity; in brackets the keys of ``values``.
ROW_CODES: dict[str, str] = {
    # the whole file (line 0 or 1)
    "file_empty": "error",
    "file_too_large": "error",
    "file_utf8": "error",  # UTF-8 where Windows-1250 is demanded
    "file_not_unl": "error",  # it does not begin with an A or U row
    "file_lines": "error",  # reading stopped (max)
    "file_guests": "warning",  # more U rows than a file may hold (max, actual)
    "header_missing": "error",
    # one row
    "row_empty": "warning",
    "row_long": "error",  # (max)
    "row_kind": "error",  # neither A nor U (kind)
    "row_fields": "error",  # not 16 fields (expected, actual)
    "row_letters": "error",  # bytes that Windows-1250 does not have
    "row_line_end": "warning",  # no CRLF
    "header_again": "error",
    # one field of a row
    "version": "warning",  # (text)
    "moment": "warning",  # (text)
    "date": "error",  # (text)
    "birth_year_only": "info",  # 00.00.RRRR (year)
    "purpose_empty": "info",  # counts as 99
    "purpose_text": "error",  # not two digits (text)
    "control": "error",  # control characters
    "spaces": "warning",  # at the ends of a field
}
NO_PURPOSE = 99

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
_DATE = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ROWS = (b"A|", b"U|")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFinding:
    """One remark: ``line`` from 1 (0: the file), ``field`` of the record or ``""``."""

    line: int
    field: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def severity(self) -> str:
        return ROW_CODES[self.code]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a file holds: the guests by line, and what is wrong with it."""

    facility: Facility | None
    exported_at: datetime | None
    guests: Mapping[int, WireGuest] = field(hash=False)
    findings: tuple[RowFinding, ...]


def read(content: bytes) -> Reading:
    """Read any bytes; nothing that they hold makes this raise."""
    reader = _Reader()
    refusal = _refusal(content)
    if refusal:
        reader.find(0, "", refusal)
    else:
        reader.collect(content)
    return reader.reading()


def _refusal(content: bytes) -> str:
    """The code of what makes the whole file unreadable, else nothing."""
    if not content.strip():
        return "file_empty"
    if len(content) > SIZE_MAX:
        return "file_too_large"
    if _is_utf8(content):
        return "file_utf8"
    return "" if content.startswith(_ROWS) else "file_not_unl"


def _is_utf8(content: bytes) -> bool:
    """Whether the letters come out as the police's own in UTF-8.

    Read as Windows-1250 they would be two wrong letters each.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return True
    try:
        foreign = {letter for letter in content.decode() if not letter.isascii()}
    except UnicodeDecodeError:
        return False
    return bool(foreign) and foreign <= set(LETTERS)


class _Reader:
    """Collects what the rows say."""

    def __init__(self):
        self.facility = None
        self.exported_at = None
        self.guests: dict[int, WireGuest] = {}
        self.findings: list[RowFinding] = []

    def reading(self) -> Reading:
        return Reading(
            facility=self.facility,
            exported_at=self.exported_at,
            guests=self.guests,
            findings=tuple(self.findings),
        )

    def find(self, line: int, name: str, code: str, **values: object) -> None:
        self.findings.append(
            RowFinding(line=line, field=name, code=code, values=values)
        )

    def collect(self, content: bytes) -> None:
        for line, (raw, end) in enumerate(_lines(content), 1):
            if line > LINES_MAX:
                self.find(line, "", "file_lines", max=LINES_MAX)
                break
            self._read_line(line, raw, end)
        if self.facility is None:
            self.find(0, "", "header_missing")
        if len(self.guests) > unl.MAX_GUESTS:
            values = {"max": unl.MAX_GUESTS, "actual": len(self.guests)}
            self.find(0, "", "file_guests", **values)

    def _read_line(self, line: int, raw: bytes, end: bytes) -> None:
        if end != b"\r\n":
            self.find(line, "", "row_line_end")
        row = self._split(line, raw)
        if row and row[0] == "A":
            self._read_header(line, row)
        elif row:
            self._read_guest(line, row)

    def _split(self, line: int, raw: bytes) -> list[str]:
        """The fields of a row with the shape of one; else none, and a finding."""
        if len(raw) > LINE_MAX:
            self.find(line, "", "row_long", max=LINE_MAX)
            return []
        try:
            row = raw.decode(unl.CODEC).split("|")
        except UnicodeDecodeError:
            self.find(line, "", "row_letters")
            return []
        if row == [""]:
            self.find(line, "", "row_empty")
        elif row[0] not in ("A", "U"):
            self.find(line, "", "row_kind", kind=row[0][:20])
        elif len(row) != unl.FIELDS:
            self.find(line, "", "row_fields", expected=unl.FIELDS, actual=len(row))
        else:
            return row
        return []

    def _read_header(self, line: int, row: list[str]) -> None:
        if self.facility is not None:
            self.find(line, "", "header_again")
            return
        texts = {
            name: self._text(line, name, text)
            for name, text in zip(unl.HEADER_FIELDS, row[2:], strict=False)
        }
        self.facility = Facility(**texts)
        if row[1] != unl.VERSION:
            self.find(line, "version", "version", text=row[1][:20])
        self.exported_at = self._moment(line, row[unl.EXPORTED_AT])

    def _moment(self, line: int, text: str) -> datetime | None:
        try:
            return datetime.strptime(text, unl.EXPORTED_AT_FORMAT)
        except ValueError:
            self.find(line, "exported_at", "moment", text=text[:20])
            return None

    def _read_guest(self, line: int, row: list[str]) -> None:
        known = len(self.findings)
        texts = {
            name: self._text(line, name, row[place])
            for name, place in unl.GUEST_PLACES.items()
        }
        for name in ("arrival", "departure"):
            texts[name] = self._day(line, name, texts[name])
        texts["birth_date"] = self._birth_date(line, texts["birth_date"])
        texts["purpose"] = self._purpose(line, texts["purpose"])
        if not any(found.severity == "error" for found in self.findings[known:]):
            self.guests[line] = WireGuest(**texts)

    def _text(self, line: int, name: str, text: str) -> str:
        if _CONTROL.search(text):
            self.find(line, name, "control")
        if text != text.strip():
            self.find(line, name, "spaces")
        return text.strip()

    def _day(self, line: int, name: str, text: str) -> date | None:
        match = _DATE.fullmatch(text)
        try:
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        except (AttributeError, ValueError):
            self.find(line, name, "date", text=text[:20])
            return None

    def _birth_date(self, line: int, text: str) -> str:
        """The date as the web service has it: ``DDMMRRRR`` or ``0000RRRR``."""
        if text.startswith("00.00.") and _DATE.fullmatch(text) and text[6:] > "0000":
            self.find(line, "birth_date", "birth_year_only", year=text[6:])
        else:
            self._day(line, "birth_date", text)
        return text.replace(".", "")

    def _purpose(self, line: int, text: str) -> int:
        if not text:
            self.find(line, "purpose", "purpose_empty")
        elif re.fullmatch("[0-9]{2}", text):
            return int(text)
        else:
            self.find(line, "purpose", "purpose_text", text=text[:20])
        return NO_PURPOSE


def _lines(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each line with its end; nothing after the last end."""
    for match in _LINE.finditer(content):
        if match.group():
            yield match.group(1), match.group(2)
