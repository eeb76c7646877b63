# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A letter on one or more pages A4: who writes, what about, a table, a signature.

Plain Python: fonts are given by their paths, so every letter of a name is there.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    HRFlowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

_MARGIN = 22 * mm
_LABEL_WIDTH = 55 * mm
_GREY = colors.HexColor("#5f6368")
_LINE = colors.HexColor("#c4c7cc")


@dataclass(frozen=True, kw_only=True)
class Fonts:
    """Paths of TrueType fonts."""

    regular: str
    bold: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """A table of (label, value) below a heading; empty values are left out."""

    heading: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What stands in the letter, from the top to the bottom."""

    sender: Sequence[str]
    title: str
    subtitle: str = ""
    opening: str = ""
    sections: Sequence[Section] = ()
    closing: Sequence[str] = ()
    place_and_date: str = ""
    signature: str = ""
    footer: str = ""


def to_pdf(letter: Letter, fonts: Fonts) -> bytes:
    """The letter as PDF."""
    styles = _styles(_register(fonts.regular), _register(fonts.bold))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=18 * mm,
        bottomMargin=22 * mm,
        title=letter.title,
        author=letter.sender[0] if letter.sender else "",
    )
    foot = _foot(letter.footer, styles["small"])
    document.build(_story(letter, styles), onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _story(letter: Letter, styles: dict) -> list:
    story = [_text(line, styles["sender"]) for line in letter.sender if line]
    story += [Spacer(0, 3 * mm), HRFlowable(width="100%", color=_LINE)]
    story += [Spacer(0, 8 * mm), _text(letter.title, styles["title"])]
    if letter.subtitle:
        story.append(_text(letter.subtitle, styles["subtitle"]))
    if letter.opening:
        story += [Spacer(0, 4 * mm), _text(letter.opening, styles["body"])]
    for section in letter.sections:
        story += _section(section, styles)
    story.append(Spacer(0, 5 * mm))
    story += [_text(line, styles["body"]) for line in letter.closing]
    story.append(KeepTogether(_signature(letter, styles)))
    return story


def _section(section: Section, styles: dict) -> list:
    rows = [
        [_text(label, styles["label"]), _text(value, styles["value"])]
        for label, value in section.rows
        if value
    ]
    if not rows:
        return []
    table = Table(
        rows,
        colWidths=[_LABEL_WIDTH, A4[0] - 2 * _MARGIN - _LABEL_WIDTH],
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ],
    )
    return [Spacer(0, 5 * mm), _text(section.heading, styles["heading"]), table]


def _signature(letter: Letter, styles: dict) -> list:
    line = HRFlowable(width=70 * mm, color=colors.black, thickness=0.5, hAlign="LEFT")
    parts = [Spacer(0, 8 * mm), _text(letter.place_and_date, styles["body"])]
    return [*parts, Spacer(0, 18 * mm), line, _text(letter.signature, styles["small"])]


def _foot(text: str, style: ParagraphStyle):
    """A function which draws the footer of a page."""

    def draw(canvas, document):
        paragraph = _text(text, style)
        _width, height = paragraph.wrap(document.width, _MARGIN)
        paragraph.drawOn(canvas, document.leftMargin, 12 * mm)

    return draw


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text or "").replace("\n", "<br/>"), style)


def _styles(regular: str, bold: str) -> dict[str, ParagraphStyle]:
    def style(name, font, size, **options):
        return ParagraphStyle(
            name, fontName=font, fontSize=size, leading=size * 1.35, **options
        )

    return {
        "sender": style("sender", regular, 9.5, textColor=_GREY),
        "title": style("title", bold, 18),
        "subtitle": style("subtitle", regular, 10.5, textColor=_GREY),
        "heading": style("heading", bold, 11, spaceAfter=1.5 * mm),
        "label": style("label", regular, 9.5, textColor=_GREY),
        "value": style("value", regular, 10.5),
        "body": style("body", regular, 10.5, spaceAfter=2 * mm),
        "small": style("small", regular, 8, textColor=_GREY),
    }


@lru_cache(maxsize=16)
def _register(path: str) -> str:
    """Make a font known to reportlab once; its path is its name."""
    pdfmetrics.registerFont(TTFont(path, path))
    return path
