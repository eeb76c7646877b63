# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The receipt (doručenka) as PDF, in the layout of a real one.

Content PR §7.4 to 7.5.3; the lines as observed on a receipt of the test service [R].
Refused records come first, accepted ones on a new page; a duplicate is among the
accepted. The title and its second line are ours, so that no paper from here can be
mistaken for one of the police.
"""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pymupdf_fonts
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

TITLE = "DORUČENKA - OZNÁMENÍ O UBYTOVÁNÍ CIZINCŮ"
NOT_POLICE = "SIMULÁTOR, NENÍ TO POLICIE / SIMULATOR, NOT THE POLICE"
REFUSED_TITLE = "SEZNAM NEPŘIJATÝCH ZÁZNAMŮ"
ACCEPTED_TITLE = "SEZNAM PŘIJATÝCH ZÁZNAMŮ"
ERRORS_TITLE = "CHYBY VE ZPRACOVANÝCH DATECH"
COLUMN_TITLES = (
    "Příjmení | Jméno | Datum narození | STP | Číslo dokladu | Číslo víza | ÚP | Od"
    " | Do",
    "Bydliště | Poznámka",
)
CONTINUED = "POKRAČOVÁNÍ NA DALŠÍ STRÁNCE"
THE_END = "KONEC DORUČENKY"
RULE = "-" * 60

_FONT, _SIZE, _LEADING, _MARGIN = "UbuntuMono", 8, 11, 36
_PAGE = landscape(A4)
_LINE_LETTERS = int((_PAGE[0] - 2 * _MARGIN) / (_SIZE * 0.5))  # half an em a letter
_LINES = int((_PAGE[1] - 2 * _MARGIN) / _LEADING) - 2  # two are for the foot


@dataclass(frozen=True)
class Entry:
    """One record in a receipt: judge.Record, whether accepted, and the remark."""

    record: object
    accepted: bool
    remark: str = ""


@dataclass(frozen=True)
class Delivery:
    """What a receipt is about."""

    account: object
    delivered_at: datetime
    stamp: str
    entries: "tuple[Entry, ...]"
    header_texts: "tuple[str, ...]" = ()
    file_name: str = ""
    ignored: int = 0


@cache
def _font():
    """Register the font once; it has every letter of Windows-1250."""
    font = io.BytesIO(pymupdf_fonts.myfont("ubuntm"))
    pdfmetrics.registerFont(TTFont(_FONT, font))
    return _FONT


def confirmation(delivery: Delivery) -> bytes:
    """``DokumentPotvrzeni``: the receipt with all records."""
    paper = _Paper(delivery)
    refused = [entry for entry in delivery.entries if not entry.accepted]
    accepted = [entry for entry in delivery.entries if entry.accepted]
    paper.write(_head(delivery, len(refused), len(accepted)))
    paper.write(_section_title(REFUSED_TITLE))
    paper.records(refused)
    paper.next_page()
    paper.write(_section_title(ACCEPTED_TITLE))
    paper.records(accepted)
    return paper.finish()


def errors(delivery: Delivery) -> bytes:
    """``DokumentChybyPotvrzeni``: header differences and refused records only."""
    paper = _Paper(delivery)
    refused = [entry for entry in delivery.entries if not entry.accepted]
    accepted = len(delivery.entries) - len(refused)
    paper.write(_head(delivery, len(refused), accepted))
    paper.write([RULE, ERRORS_TITLE, *delivery.header_texts])
    paper.write(_section_title(REFUSED_TITLE))
    paper.records(refused)
    return paper.finish()


def _head(delivery, refused, accepted):
    account, when = delivery.account, delivery.delivered_at
    # That a file is named is documented [O PR §7.4], its line is ours [I].
    file_line = [f"Soubor UNL: {delivery.file_name}"] if delivery.file_name else []
    return [
        TITLE,
        NOT_POLICE,
        f"IDUB: {account.idub} Zkratka: {account.mark} Datum doručení oznámení:"
        f"{when.day}.{when.month}.{when.year} {when.hour}:{when.minute:02}",
        f"Uživatel: {account.login.upper()}",
        f"Ubytovací zařízení : {account.name}",
        f"Adresa ubytovacího zařízení: {account.address}",
        *file_line,
        f"Celkový počet záznamů: {refused + accepted} Počet ignorovaných záznamů: "
        f"{delivery.ignored}",
        f"Seznam nepřijatých záznamů: {refused}",
        f"Počet přijatých záznamů: {accepted}",
    ]


def _section_title(title):
    return [RULE, title, RULE, *COLUMN_TITLES, RULE]


def record_lines(number, entry):
    """The lines of one record; an empty value leaves one blank between its bars."""
    record = entry.record
    values = (
        record.surname,
        record.first_name,
        record.birth_date,
        record.nationality,
        record.document,
        record.visa,
        f"{record.purpose:02}",
        _day(record.arrival),
        _day(record.departure),
    )
    mark = "ERR: " if entry.remark else ""
    lines = [
        f"{number:03} {mark}{RULE}",
        re.sub(r"\|  (?=\|)", "| ", " | ".join(values)),
        f"{record.residence} | {record.note}",
    ]
    return lines + ([f" ERR: {entry.remark}"] if entry.remark else [])


def _day(day):
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def wrap(line, width=_LINE_LETTERS):
    """Cut a long line, at a blank where there is one; no letter is lost."""
    line = line.replace("\r", " ").replace("\n", " ")
    parts = []
    while len(line) > width:
        cut = line.rfind(" ", 1, width) + 1 or width
        parts.append(line[:cut])
        line = line[cut:]
    return [*parts, line]


class _Paper:
    """Writes lines onto pages; each foot tells how many records came so far."""

    def __init__(self, delivery):
        self._code = _transport_code(delivery)
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=_PAGE, invariant=1)
        self._canvas.setTitle(f"{TITLE} ({NOT_POLICE})")
        self._font = _font()
        self._listed = 0
        self._used = 0

    def write(self, lines):
        """Write the lines together, on a new page when they do not fit."""
        wrapped = [part for line in lines for part in wrap(line)]
        if self._used and self._used + len(wrapped) > _LINES:
            self.next_page()
        for line in wrapped:
            if self._used == _LINES:
                self.next_page()
            self._draw(self._used, line)
            self._used += 1

    def records(self, entries):
        """Write numbered records."""
        for number, entry in enumerate(entries, start=1):
            self.write(record_lines(number, entry))
            self._listed += 1

    def next_page(self):
        """Close this page with the line that more follows."""
        self._foot(CONTINUED)
        self._canvas.showPage()
        self._used = 0

    def finish(self):
        """Close the last page; the PDF."""
        self._foot(THE_END)
        self._canvas.save()
        return self._buffer.getvalue()

    def _foot(self, text):
        self._draw(_LINES + 1, f"{text} ©CODE : {self._code}-{self._listed}")

    def _draw(self, row, text):
        self._canvas.setFont(self._font, _SIZE)
        baseline = _PAGE[1] - _MARGIN - _SIZE - row * _LEADING
        self._canvas.drawString(_MARGIN, baseline, text)


def _transport_code(delivery):
    when = delivery.delivered_at
    return (
        f"{delivery.stamp}-{delivery.account.idub}-{when.day}-{when.month}-{when.year}"
        f"-{when.hour}{when.minute:02}{when.second:02}"
    )
