# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading a Doručenka, the police's receipt: PR §7.4, §7.5.

The layout is known from receipts that the service issued. Extracting text from
a PDF may lose the spaces inside labels, so labels are matched without them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, takewhile

import pypdf

from .exceptions import UnreadableReceipt

PAGES_MAX = 200
# Bounds, so that no file keeps a worker busy. A record takes some 400 bytes of a page
# and 150 letters in five lines, a batch has about a hundred records.
CONTENT_MAX = 500_000
TEXT_MAX = 300_000
RECORDS_MAX = 1_000
_RECORD_LINES_MAX = 50
_DIGITS_MAX = 6
_COLUMNS = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptRecord:
    """One guest as the police print him; ``remark`` is the text after ``ERR:``.

    A remark is no refusal: a duplicate stands among the accepted ones with it.
    """

    number: int
    accepted: bool
    surname: str
    first_name: str
    birth_date: str
    nationality: str
    document_number: str
    visa_number: str
    purpose: str
    arrival: date | None
    departure: date | None
    residence: str
    note: str
    remark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """The head, the totals and the records; refused ones come first.

    ``delivered_at`` is local time of the police without a zone.
    """

    idub: str
    mark: str
    delivered_at: datetime | None
    user: str
    facility: str
    address: str
    total: int
    ignored: int
    refused: int
    accepted: int
    stamp: str
    records: tuple[ReceiptRecord, ...]


def read_receipt(pdf: bytes) -> Receipt:
    """The content of a receipt in PDF.

    :raises UnreadableReceipt: not a PDF, or not in the known layout
    """
    return parse_receipt(_extract_text(pdf))


def parse_receipt(text: str) -> Receipt:
    """The content of a receipt from its text, one line as printed in a line.

    :raises UnreadableReceipt: the text is not in the known layout
    """
    if len(text) > TEXT_MAX:
        raise UnreadableReceipt("unreadable_receipt", "too long")
    lines = text.splitlines()
    head = "\n".join(takewhile(lambda line: _section(_bare(line)) is None, lines))
    found = {name: pattern.search(head) for name, pattern in _HEAD.items()}
    values = {name: m.group(1).strip() if m else "" for name, m in found.items()}
    if not values["idub"] or not values["total"]:
        raise UnreadableReceipt("unreadable_receipt", "no IDUB or no total")
    return Receipt(
        idub=values["idub"],
        mark=values["mark"],
        delivered_at=_moment(head),
        user=values["user"],
        facility=values["facility"],
        address=values["address"],
        total=_number(values["total"]),
        ignored=_number(values["ignored"]),
        refused=_number(values["refused"]),
        accepted=_number(values["accepted"]),
        stamp=_stamp(text),
        records=_all_records(lines),
    )


def _extract_text(pdf: bytes) -> str:
    try:
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        if len(pages) > PAGES_MAX:
            raise ValueError("too many pages")
        budget = _Budget(CONTENT_MAX)
        return "\n".join(_page_text(page, budget) for page in pages)
    except Exception as error:
        # Damaged files make pypdf raise nearly anything.
        detail = type(error).__name__
    raise UnreadableReceipt("unreadable_receipt", detail)


class _Budget:
    """What the pages of one file may still make pypdf work through, in bytes."""

    def __init__(self, left: int):
        self._left = left

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise ValueError("too much content")


def _page_text(page: pypdf.PageObject, budget: _Budget) -> str:
    """The text of a page; pages may share a content and draw a form many times."""
    content = page.get_contents()
    budget.spend(0 if content is None else len(content.get_data()))
    forms, maps = _sizes(page.get("/Resources"), set())
    budget.spend(sum(maps))
    largest = max(forms, default=0)

    def draw(operator: bytes, *_rest: object) -> None:
        if operator == b"Do":
            budget.spend(largest)

    return page.extract_text(visitor_operand_before=draw)


def _sizes(resources: object, seen: set[int]) -> tuple[list[int], list[int]]:
    """The sizes of all forms and of all letter maps that resources lead to."""
    forms, maps = [], []
    resources = resources.get_object() if resources else {}
    for font in _members(resources, "/Font"):
        if "/ToUnicode" in font:
            maps.append(len(font["/ToUnicode"].get_data()))
    for form in _members(resources, "/XObject"):
        if form.get("/Subtype") == "/Form" and id(form) not in seen:
            seen.add(id(form))
            forms.append(len(form.get_data()))
            inner_forms, inner_maps = _sizes(form.get("/Resources"), seen)
            forms += inner_forms
            maps += inner_maps
    return forms, maps


def _members(resources: Mapping, kind: str) -> list:
    """The objects of one kind in resources."""
    found = resources[kind] if kind in resources else {}
    return [member.get_object() for member in found.values()]


def _number(text: str) -> int:
    """The value of digits; nothing counts as 0.

    :raises UnreadableReceipt: more digits than any receipt has
    """
    if len(text) > _DIGITS_MAX:
        raise UnreadableReceipt("unreadable_receipt", "number")
    return int(text or 0)


def _label(words: str) -> str:
    """A pattern for a label whose spaces may be lost or doubled."""
    return r"[^\S\n]*".join(map(re.escape, words.replace(" ", "")))


_SPACE = r"[^\S\n]*"
_HEAD = {
    name: re.compile(pattern)
    for name, pattern in {
        "idub": _label("IDUB:") + _SPACE + r"(\d{12,14})",
        "mark": _label("Zkratka:")
        + _SPACE
        + rf"(\w+?)(?={_SPACE}{_label('Datum doručení')}|\s|$)",
        "user": _label("Uživatel:") + r"(.*)",
        "facility": _label("Ubytovací zařízení:") + r"(.*)",
        "address": _label("Adresa ubytovacího zařízení:") + r"(.*)",
        "total": _label("Celkový počet záznamů:") + _SPACE + r"(\d+)",
        "ignored": _label("Počet ignorovaných")
        + rf"{_SPACE}\w{{1,20}}{_SPACE}:{_SPACE}(\d+)",
        "refused": rf"(?:Seznam|Počet){_SPACE}(?:nepřijatých|odmítnutých)"
        + rf"{_SPACE}{_label('záznamů:')}{_SPACE}(\d+)",
        "accepted": _label("Počet přijatých záznamů:") + _SPACE + r"(\d+)",
    }.items()
}
_DELIVERED = re.compile(
    _label("Datum doručení oznámení:")
    + rf"{_SPACE}(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){_SPACE}"
    + r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
)
# ©CODE : <stamp>-<IDUB>-<d-m-yyyy>-<hmmss>-<number of records so far>
_TRANSPORT_CODE = re.compile(r"CODE:(\S{1,100}?)-\d{12,14}-\d{1,2}-\d{1,2}-\d{4}-")
_RECORD = re.compile(r"\s*(\d{3,})\s*(?:ERR\s*:\s*)?-{3,}\s*$")
_TITLE = re.compile(r"[-=_*]*SEZNAM(NE)?PŘIJATÝCHZÁZNAMŮ[-=_*]*")
_REMARK = re.compile(r"\s*ERR\s*:\s*(.*)")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def _moment(head: str) -> datetime | None:
    match = _DELIVERED.search(head)
    if not match:
        return None
    day, month, year, hour, minute, second = (int(n or 0) for n in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def _stamp(text: str) -> str:
    codes = _TRANSPORT_CODE.findall("".join(text.split()))
    return codes[-1] if codes else ""


def _all_records(lines: list[str]) -> tuple[ReceiptRecord, ...]:
    records = tuple(islice(_records(lines), RECORDS_MAX + 1))
    if len(records) > RECORDS_MAX:
        raise UnreadableReceipt("unreadable_receipt", "too many records")
    return records


def _records(lines: list[str]) -> Iterator[ReceiptRecord]:
    """The records of both lists; whatever stands between them is skipped."""
    accepted = False
    number, content = 0, []
    for line in lines:
        bare = _bare(line)
        start, section = _RECORD.match(line), _section(bare)
        ends = start or section is not None or _ends_a_page(bare)
        if ends and content and (start or _is_whole(content)):
            yield _record(number, accepted, content)
            number, content = 0, []
        if start:
            number, content = _number(start.group(1)), []
        elif section is not None:
            accepted = section
        elif number and bare and not ends and not _is_column_title(bare):
            content.append(line.strip())
            if len(content) > _RECORD_LINES_MAX:
                raise UnreadableReceipt("unreadable_receipt", f"record {number}")
    if content:
        yield _record(number, accepted, content)


def _bare(line: str) -> str:
    return "".join(line.split())


def _section(bare: str) -> bool | None:
    """Whether a title opens the accepted or the refused list; ``None``: neither."""
    match = _TITLE.fullmatch(bare)
    return not match.group(1) if match else None


def _is_whole(content: list[str]) -> bool:
    """A record cut by the end of a page has not had all its bars yet."""
    return sum(line.count("|") for line in content) >= _COLUMNS


def _ends_a_page(bare: str) -> bool:
    return bare.startswith(("POKRAČOVÁNÍNADALŠÍ", "KONECDORUČENKY", "©CODE"))


def _is_column_title(bare: str) -> bool:
    return bare.casefold().startswith(("příjmení", "bydliště"))


def _record(number: int, accepted: bool, lines: list[str]) -> ReceiptRecord:
    """A record of nine values, then residence and note, then perhaps a remark.

    A line too long for the page continues in the next one.
    """
    lines, remark = _without_remark(lines)
    values, taken = lines[0], 1
    while values.count("|") < _COLUMNS - 1 and taken < len(lines):
        values += f" {lines[taken]}"
        taken += 1
    cells = [cell.strip() for cell in values.split("|")]
    if len(cells) != _COLUMNS:
        raise UnreadableReceipt("unreadable_receipt", f"record {number}")
    residence, _bar, note = " ".join(lines[taken:]).partition("|")
    return ReceiptRecord(
        number=number,
        accepted=accepted,
        surname=cells[0],
        first_name=cells[1],
        birth_date=cells[2],
        nationality=cells[3],
        document_number=cells[4],
        visa_number=cells[5],
        purpose=cells[6],
        arrival=_day(cells[7]),
        departure=_day(cells[8]),
        residence=residence.strip(),
        note=note.strip(),
        remark=remark,
    )


def _without_remark(lines: list[str]) -> tuple[list[str], str]:
    for index, line in enumerate(lines):
        match = _REMARK.match(line)
        if match:
            rest = [match.group(1), *lines[index + 1 :]]
            return lines[:index] or [""], " ".join(rest).strip()
    return lines, ""


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if not match:
        return None
    try:
        return date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    except ValueError:
        return None
