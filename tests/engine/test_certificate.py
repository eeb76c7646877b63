# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A certificate on paper."""

import io
import re

import pymupdf_fonts
import pypdf
import pytest

from ubyport.certificate_pdf import Certificate, Section, render
from ubyport.letter_pdf import Fonts


@pytest.fixture(scope="module")
def text_of(tmp_path_factory):
    path = tmp_path_factory.mktemp("fonts") / "mono.ttf"
    path.write_bytes(pymupdf_fonts.myfont("ubuntm"))

    def read(**changes):
        values = {"sender": ["Hotel Vltava", ""], "title": "Potvrzení"} | changes
        pdf = render(Certificate(**values), Fonts(plain=str(path), bold=str(path)))
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]

    return read


def rows(*pairs, heading="Osoba"):
    return Section(heading=heading, rows=pairs)


def test_every_part_is_on_the_paper_in_czech_letters(text_of):
    parts = {
        "subtitle": "č. 1",
        "opening": "Potvrzujeme",
        "closing": ["Podpis se úředně ověřuje."],
        "place_and_date": "V Praze dne 2. 3. 2026",
        "signature": "Razítko",
        "footer": "Zákon č. 326/1999 Sb.",
        "sections": [rows(("Příjmení", "Žluťoučký"))],
    }
    (page,) = text_of(**parts)
    for words in (
        *("Hotel Vltava", "Potvrzení", "č. 1", "Potvrzujeme", "Podpis se úředně"),
        *("V Praze dne", "Razítko", "Zákon č. 326/1999 Sb.", "Osoba", "Žluťoučký"),
    ):
        assert words in page


def test_what_is_empty_leaves_no_row_and_no_heading(text_of):
    (page,) = text_of(
        sections=[
            rows(("Příjmení", "Novák"), ("Vízum", "")),
            rows(("IDUB", None), heading="Zařízení"),
        ]
    )
    assert "Příjmení" in page
    assert "Vízum" not in page and "Zařízení" not in page


def test_markup_in_a_value_is_only_text(text_of):
    (page,) = text_of(sections=[rows(("Příjmení", "<b>A & B</b>"))])
    assert "<b>A & B</b>" in page


def test_a_long_certificate_goes_on_and_each_page_has_the_footer(text_of):
    lines = [(f"řádek {number}", "x") for number in range(80)]
    pages = text_of(sections=[rows(*lines)], footer="Patička")
    assert len(pages) > 1
    assert all("Patička" in page for page in pages)
