# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A certificate as PDF: who issues it, what it says in tables, a line to be signed.

The plain letter is in ``letter_pdf``; fonts are the caller's there as well as here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    HRFlowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from .letter_pdf import BOLD, PLAIN, Fonts, register

_MARGIN = 22 * mm
_PADDING = 6  # reportlab's frame has it on each side
_LABEL_WIDTH = 55 * mm
_GREY = colors.HexColor("#5f6368")
_LINE = colors.HexColor("#c4c7cc")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A table of (label, value) below a heading; empty values are left out."""

    heading: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """What stands in the certificate, from the top to the bottom."""

    sender: Sequence[str]
    title: str
    subtitle: str = ""
    opening: str = ""
    sections: Sequence[Section] = ()
    closing: Sequence[str] = ()
    place_and_date: str = ""
    signature: str = ""
    footer: str = ""


def render(paper: Certificate, fonts: Fonts) -> bytes:
    """The certificate as PDF."""
    register(fonts)
    styles = _styles()
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN - _PADDING,
        rightMargin=_MARGIN - _PADDING,
        topMargin=14 * mm,
        bottomMargin=18 * mm,
        title=paper.title,
        author=paper.sender[0] if paper.sender else "",
    )
    foot = _foot(paper.footer, styles["small"])
    document.build(_story(paper, styles), onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _story(paper: Certificate, styles: dict) -> list:
    story = [_text(line, styles["sender"]) for line in paper.sender if line]
    story += [Spacer(0, 3 * mm), HRFlowable(width="100%", color=_LINE)]
    story += [Spacer(0, 5 * mm), _text(paper.title, styles["title"])]
    if paper.subtitle:
        story.append(_text(paper.subtitle, styles["subtitle"]))
    if paper.opening:
        story += [Spacer(0, 4 * mm), _text(paper.opening, styles["body"])]
    for section in paper.sections:
        story += _section(section, styles)
    story.append(Spacer(0, 4 * mm))
    story += [_text(line, styles["body"]) for line in paper.closing]
    story.append(KeepTogether(_signature(paper, styles)))
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
    return [Spacer(0, 4 * mm), _text(section.heading, styles["heading"]), table]


def _signature(paper: Certificate, styles: dict) -> list:
    line = HRFlowable(width=70 * mm, color=colors.black, thickness=0.5, hAlign="LEFT")
    parts = [Spacer(0, 5 * mm), _text(paper.place_and_date, styles["body"])]
    return [*parts, Spacer(0, 16 * mm), line, _text(paper.signature, styles["small"])]


def _foot(text: str, style: ParagraphStyle):
    """A function which draws the footer of a page."""

    def draw(canvas, document):
        paragraph = _text(text, style)
        paragraph.wrap(A4[0] - 2 * _MARGIN, _MARGIN)
        paragraph.drawOn(canvas, _MARGIN, 10 * mm)

    return draw


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text or "").replace("\n", "<br/>"), style)


def _styles() -> dict[str, ParagraphStyle]:
    def style(name, font, size, **options):
        return ParagraphStyle(
            name, fontName=font, fontSize=size, leading=size * 1.35, **options
        )

    return {
        "sender": style("sender", PLAIN, 9.5, textColor=_GREY),
        "title": style("title", BOLD, 18),
        "subtitle": style("subtitle", PLAIN, 10.5, textColor=_GREY),
        "heading": style("heading", BOLD, 11, spaceAfter=1.5 * mm),
        "label": style("label", PLAIN, 9.5, textColor=_GREY),
        "value": style("value", PLAIN, 10.5),
        "body": style("body", PLAIN, 10.5, spaceAfter=2 * mm),
        "small": style("small", PLAIN, 8, textColor=_GREY),
    }
