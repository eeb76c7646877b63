# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a host writes to the police holds what the operating rules ask for."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pymupdf_fonts
import pypdf
import pytest
from engine_guests import HOTEL

from ubyport import letter_pdf, police_letters

CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy: ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ „a“ – €"
APPLICANT = police_letters.Applicant(
    facility=HOTEL,
    host="Vltava Hotely s.r.o.",
    host_number="12345678",
    seat="Zkušební 12, 110 00 Praha",
    person="Jana Vzorová",
    email="jana@example.com",
    phone="+420 601 123 456",
    login="uby-ws12demo",
    program="AlfaHotel",
    maker="Alfa s.r.o.",
)


def message(kind, **changes):
    return police_letters.compose(kind, replace(APPLICANT, **changes))


@pytest.mark.parametrize("kind", police_letters.KINDS)
def test_every_message_is_whole_and_signed(kind):
    made = message(kind)
    assert made.recipient.endswith("@pcr.cz")
    assert made.body.startswith("Dobrý den,\n\n")
    assert made.body.endswith("S pozdravem\n\nJana Vzorová\nVltava Hotely s.r.o.")
    assert "None" not in made.body and "{" not in made.body


@pytest.mark.parametrize("kind", set(police_letters.KINDS) - {"test_account"})
def test_a_facility_is_named_by_all_that_the_police_know_it_by(kind):
    made = message(kind)
    assert made.recipient == "reguby@pcr.cz"
    assert made.subject.endswith(", IDUB 123456789012")
    for line in (
        "IDUB: 123456789012",
        "Zkratka: HVLTA",
        "Název ubytovacího zařízení: Hotel Vltava",
        "Adresa ubytovacího zařízení: Zkušební 12/6, Nové Město, 11000 Praha,"
        " okres Praha",
        "Ubytovatel: Vltava Hotely s.r.o.",
        "Kontaktní osoba: Jana Vzorová, tel: +420 601 123 456",
        "E-mail: jana@example.com",
    ):
        assert line in made.body.splitlines(), line


def test_an_account_is_asked_for_with_program_and_maker():
    made = message("ws_account")
    assert "prostřednictvím programu AlfaHotel, výrobce Alfa s.r.o." in made.body
    assert police_letters.TO_FILL_IN not in made.body


def test_the_test_service_is_asked_for_as_the_rules_prescribe():
    made = message("test_account")
    assert (made.recipient, made.subject) == ("rscp.spis@pcr.cz", "TEST WS registrace")
    for line in (
        "Název ubytovacího zařízení: TEST WS - Vltava Hotely s.r.o.",
        "Adresa ubytovacího zařízení: Zkušební 12, 110 00 Praha",
        "Počet: 1",
        "Poznámka: TEST WS - Vltava Hotely s.r.o.",
    ):
        assert line in made.body.splitlines(), line
    assert police_letters.TO_FILL_IN in message("test_account", seat="").body


@pytest.mark.parametrize("kind", ["change", "cancel"])
def test_what_only_the_host_knows_has_to_be_filled_in(kind):
    assert message(kind).body.count(police_letters.TO_FILL_IN) == 2


def test_a_lost_password_is_identified_by_login_idub_and_puk():
    known, unknown = message("lost_password").body, message("lost_puk").body
    for body in (known, unknown):
        assert "Přihlašovací jméno: uby-ws12demo" in body
    assert f"PUK: {police_letters.PUK_MARK}" in known
    assert police_letters.PUK_MARK not in unknown
    assert "písemně" in unknown


def test_what_is_not_known_is_left_out():
    body = message("cancel", host_number="", login="", phone="", email="").body
    for title in ("IČO", "Přihlašovací jméno", "Telefon", "E-mail"):
        assert f"{title}:" not in body


def test_another_kind_is_refused():
    with pytest.raises(KeyError):
        message("poem")


# On paper


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    path = tmp_path_factory.mktemp("fonts") / "mono.ttf"
    path.write_bytes(pymupdf_fonts.myfont("ubuntm"))
    return letter_pdf.Fonts(plain=str(path), bold=str(path))


def letter(**changes):
    values = {
        "sender": "Vltava Hotely s.r.o.\nZkušební 12",
        "addressee": police_letters.ADDRESSEE.format(databox="abc1234"),
        "place_and_date": "Praha, 21. 11. 2026",
        "subject": "Žádost",
        "body": CZECH,
    }
    return letter_pdf.Letter(**values | changes)


def text_of(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def test_every_part_of_a_letter_is_on_the_paper_in_czech_letters(fonts):
    (page,) = text_of(letter_pdf.render(letter(), fonts))
    for words in (CZECH, "Žádost", "abc1234", "Praha, 21. 11. 2026", "Zkušební 12"):
        assert words in page


def test_markup_and_signs_in_a_text_are_only_text(fonts):
    text = "<b>tučně</b> & <img src='x'/> 100 %"
    (page,) = text_of(letter_pdf.render(letter(body=text, subject="A & <B>"), fonts))
    assert text in page and "A & <B>" in page


def test_a_long_letter_goes_on_on_another_page(fonts):
    lines = "\n".join(f"řádek {number}" for number in range(120))
    pages = text_of(letter_pdf.render(letter(body=lines), fonts))
    assert len(pages) > 1
    assert "řádek 119" in pages[-1]


def test_the_engine_brings_no_font_of_its_own():
    assert not list(Path(letter_pdf.__file__).parent.rglob("*.ttf"))
