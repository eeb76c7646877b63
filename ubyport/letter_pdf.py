# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A letter as PDF, for the data box or for the post: one sheet of A4 or more.

The caller brings the fonts, because those that every PDF reader has lack Czech letters.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

# The names under which the caller's fonts are known to reportlab.
PLAIN, BOLD = "letter", "letter-bold"

_PLAIN = ParagraphStyle("plain", fontName=PLAIN, fontSize=10.5, leading=15)
_BOLD = ParagraphStyle("bold", _PLAIN, fontName=BOLD, fontSize=12)
_RIGHT = ParagraphStyle("right", _PLAIN, alignment=TA_RIGHT)
_ADDRESSEE = ParagraphStyle("addressee", _PLAIN, leftIndent=95 * mm)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """Plain texts; lines are kept, an empty line ends a paragraph."""

    sender: str
    addressee: str
    place_and_date: str
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fonts:
    """Paths of two TrueType files which have every letter of the letter."""

    plain: str
    bold: str


def render(letter: Letter, fonts: Fonts) -> bytes:
    """The letter as PDF."""
    register(fonts)
    file = io.BytesIO()
    sheet = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=20 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=letter.subject,
        author=letter.sender.split("\n", maxsplit=1)[0],
    )
    sheet.build(
        [
            *_paragraphs(letter.sender, _PLAIN),
            Spacer(0, 6 * mm),
            *_paragraphs(letter.addressee, _ADDRESSEE),
            Spacer(0, 8 * mm),
            *_paragraphs(letter.place_and_date, _RIGHT),
            Spacer(0, 6 * mm),
            *_paragraphs(letter.subject, _BOLD),
            Spacer(0, 6 * mm),
            *_paragraphs(letter.body, _PLAIN),
        ]
    )
    return file.getvalue()


@cache
def register(fonts: Fonts) -> None:
    """Make the fonts known to reportlab, once."""
    pdfmetrics.registerFont(TTFont(PLAIN, fonts.plain))
    pdfmetrics.registerFont(TTFont(BOLD, fonts.bold))


def _paragraphs(text: str, style: ParagraphStyle) -> list[Paragraph | Spacer]:
    """A flowing paragraph for each line; an empty line leaves a gap."""
    return [
        Paragraph(escape(line), style) if line.strip() else Spacer(0, 3 * mm)
        for line in text.strip().split("\n")
    ]
