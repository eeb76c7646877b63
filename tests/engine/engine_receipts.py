# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Receipts for tests, in the layout of one that the police's test service issued."""

import io
import unicodedata

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

STAMP = "9a1f0c2e-5b7d-4e3f-8a61-0c2d4e6f8091"
CODE = f"©CODE : {STAMP}-123456789012-29-11-2026-22847"
RULE = "-" * 60
HEAD = [
    "Internetová aplikace Ubyport - doručenka elektronického oznámení",
    "IDUB: 123456789012 Zkratka: HVLTA Datum doručení oznámení:29.11.2026 2:28",
    "Uživatel: UBY-WS_12DEMO",
    "Ubytovací zařízení : Hotel Vltava",
    "Adresa ubytovacího zařízení: PRAHA, NOVÉ MĚSTO, ZKUŠEBNÍ 12/6",
    "Celkový počet záznamů: 3 Počet ignorovaných záznamů: 0",
    "Seznam nepřijatých záznamů: 1",
    "Počet přijatých záznamů: 2",
]
COLUMNS = [
    "Příjmení | Jméno | Datum nar. | STP | Číslo CD | Číslo víza | ÚP | Od | Do",
    "Bydliště | Poznámka",
]
REFUSED_TITLE = ["-" * 20 + " SEZNAM NEPŘIJATÝCH ZÁZNAMŮ " + "-" * 20, *COLUMNS]
ACCEPTED_TITLE = ["-" * 20 + " SEZNAM PŘIJATÝCH ZÁZNAMŮ " + "-" * 20, *COLUMNS]
REFUSED = [
    f"001 {RULE}",
    "VZOR | JAN | 01011980 | DEU | 12 |  | 10 | 28.11.2026 | 01.12.2026",
    "Weg 7, Musterstadt, DEU-Spolková republika Německo | ",
    " ERR: Nekorektní číslo cestovního dokladu",
]
PLAIN = [
    f"001 {RULE}",
    "Łukaszewicz | Zofia-Anna | 00001984 | POL | ZS0000177 |  | 01 | 28.11.2026"
    " | 01.12.2026",
    " | pozdní příjezd",
]
DUPLICATE = [
    f"002 ERR: {RULE}",
    "NGUYEN | THI HONG | 29022000 | VNM | C0000177 | CZE012345678 | 99 | 27.11.2026"
    " | 30.11.2026",
    "Hanoi, VNM-Vietnamská socialistická republika | POBYT AA1234567",
    " ERR: Záznam s hostem je duplicitní a byl již zpracován v jedné z dávek",
]
CONTINUED = f"POKRAČOVÁNÍ NA DALŠÍ STRÁNCE    {CODE}-1"
THE_END = f"KONEC DORUČENKY    {CODE}-3"
PAGES = [
    [*HEAD, *REFUSED_TITLE, *REFUSED, CONTINUED],
    [*ACCEPTED_TITLE, *PLAIN, *DUPLICATE, THE_END],
]
NOTHING_REFUSED = [
    [
        *(line.replace("záznamů: 1", "záznamů: 0") for line in HEAD),
        *REFUSED_TITLE,
        CONTINUED,
    ],
    PAGES[1],
]

_ACCENTS = {
    "ACUTE": "acute",
    "BREVE": "breve",
    "CARON": "caron",
    "CEDILLA": "cedilla",
    "CIRCUMFLEX": "circumflex",
    "DIAERESIS": "dieresis",
    "DOT ABOVE": "dotaccent",
    "DOUBLE ACUTE": "hungarumlaut",
    "OGONEK": "ogonek",
    "RING ABOVE": "ring",
}
_STROKES = {"Ł": "Lslash", "ł": "lslash", "Đ": "Dcroat", "đ": "dcroat"}


def text_of(pages):
    """The text of all pages, a line as a line."""
    return "\n".join(line for page in pages for line in page)


def pdf_of(pages):
    """A PDF with these lines on its pages.

    The font is a built-in one under Windows-1250, so the letters that it lacks
    are named although they are not drawn: enough for whoever extracts text.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in pages:
        canvas.setFont(_font(), 8)
        for number, line in enumerate(page):
            canvas.drawString(30, 800 - 11 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _font():
    if "Czech" not in pdfmetrics.getRegisteredFontNames():
        encoding = pdfmetrics.Encoding("cp1250", "WinAnsiEncoding")
        for byte in range(0x80, 0x100):
            glyph = _glyph(bytes([byte]).decode("cp1250", "ignore"))
            if glyph:
                encoding[byte] = glyph
        pdfmetrics.registerEncoding(encoding)
        pdfmetrics.registerFont(pdfmetrics.Font("Czech", "Helvetica", "cp1250"))
    return "Czech"


def _glyph(letter):
    """The PostScript name of an accented letter; empty for anything else."""
    accent = unicodedata.name(letter, "").partition(" WITH ")[2] if letter else ""
    if accent not in _ACCENTS:
        return _STROKES.get(letter, "")
    return unicodedata.normalize("NFD", letter)[0] + _ACCENTS[accent]
