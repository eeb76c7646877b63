# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Ministry's list of invalid documents: numbers, answers, and the conversation."""

import time
from datetime import date

import pytest
from engine_police import (
    cut_before_the_answer,
    endless,
    hang,
    hang_inside,
    police,
    reply,
)
from hypothesis import given
from hypothesis import strategies as st

from ubyport import invalid_documents
from ubyport.exceptions import DataError, Outage, ServiceFault, UbyportError
from ubyport.invalid_documents import KINDS, Document, Entry, check_number, read_number
from ubyport.invalid_documents_client import ANSWER_MAX, InvalidDocumentsClient

NEW_CARD = Document(kind="id_card", number="987654321")
OLD_CARD = Document(kind="id_card", number="123456", series="AB")
PASSPORT = Document(kind="passport", number="87654321")
GUNS = Document(kind="gun_licence", number="098765", series="XY")
TRICKLE = 0.05


def answer(
    question='typ="OP" cislo="987654321" serie="-"',
    told='aktualizovano="20.11.2026" evidovano="ne"',
    notice="",
):
    return (
        '<?xml version="1.0" ?>\n'
        f'<doklady_neplatne posl_zmena="1.2.2024" pristi_zmeny="{notice}">'
        f"<dotaz {question}/><odpoved {told}/></doklady_neplatne>"
    ).encode()


def error(wrong_question, text="Chybné číslo dokladu"):
    return (
        '<doklady_neplatne posl_zmena="1.2.2024" pristi_zmeny="">'
        f'<chyba spatny_dotaz="{wrong_question}">{text}</chyba></doklady_neplatne>'
    ).encode()


def read(body, document=NEW_CARD):
    return invalid_documents.read_answer(document, body)


def client(server, **options):
    options = {"timeout": 1.0, "connect_timeout": 1.0, "pause": 0.0, **options}
    return InvalidDocumentsClient(server.address, **options)


# Numbers


@pytest.mark.parametrize(
    ("kind", "typed", "number", "series"),
    [
        ("id_card", "987654321", "987654321", ""),
        ("id_card", " 987 654-321 ", "987654321", ""),
        ("id_card", "123456AB", "123456", "AB"),
        ("id_card", "ab 123456", "123456", "AB"),
        ("id_card", "012345–ab", "012345", "AB"),
        ("id_card", "AB01 123456", "123456", "AB01"),
        ("id_card", "123456ab01", "123456", "AB01"),
        ("passport", "8765 4321", "87654321", ""),
        ("gun_licence", "XY098765", "098765", "XY"),
        ("gun_licence", "098765 xy", "098765", "XY"),
    ],
)
def test_a_number_is_understood_in_every_spelling(kind, typed, number, series):
    assert check_number(kind, typed) == ()
    document = read_number(kind, typed)
    assert document == Document(kind=kind, number=number, series=series)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("id_card", "", "document_missing"),
        ("id_card", " - ", "document_missing"),
        ("id_card", "087654321", "id_card_form"),
        ("id_card", "98765432", "id_card_form"),
        ("id_card", "9876543210", "id_card_form"),
        ("id_card", "AB12345", "id_card_form"),
        ("id_card", "AB1123456", "id_card_form"),
        ("id_card", "AB123456CD", "id_card_form"),
        ("id_card", "ČŽ123456", "document_characters"),
        ("id_card", "ß123456", "document_characters"),
        ("id_card", "ſa123456", "document_characters"),
        ("id_card", "٩٨٧٦٥٤٣٢١", "document_characters"),
        ("passport", "07654321", "passport_form"),
        ("passport", "8765432A", "passport_form"),
        ("gun_licence", "98765", "gun_licence_form"),
    ],
)
def test_a_number_of_another_form_is_a_finding(kind, typed, code):
    (found,) = check_number(kind, typed)
    assert (found.field, found.severity) == ("document_number", "error")
    assert found.code == code
    assert code in invalid_documents.NUMBER_FINDINGS
    with pytest.raises(DataError) as caught:
        read_number(kind, typed)
    assert caught.value.code == code
    assert not typed.strip() or typed not in str(caught.value)


def test_a_number_that_fits_another_kind_names_that_kind():
    (found,) = check_number("passport", "987654321")
    assert found.values == {"suggestion": "id_card"}
    (found,) = check_number("id_card", "87654321")
    assert found.values == {"suggestion": "passport"}


def test_another_kind_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="no such kind"):
        read_number("driving_licence", "12345678")


@given(st.sampled_from(sorted(KINDS)), st.text())
def test_any_text_is_either_found_wrong_or_read(kind, typed):
    findings = check_number(kind, typed)
    if not findings:
        assert read_number(kind, typed).text.isalnum()
    for found in findings:
        assert found.code in invalid_documents.NUMBER_FINDINGS


@given(
    st.sampled_from([NEW_CARD, OLD_CARD, PASSPORT, GUNS]),
    st.lists(st.sampled_from([" ", "-", "–", "\u00a0", "\t"]), min_size=12),
)
def test_spaces_hyphens_and_case_change_nothing(document, filling):
    typed = "".join(map("".join, zip(document.text.lower(), filling, strict=False)))
    assert read_number(document.kind, typed) == document


# Answers


def test_a_document_that_is_not_in_the_list():
    assert read(answer()) == Entry(listed=False, list_date=date(2026, 11, 20))


def test_a_document_in_the_list_with_the_day_since_when():
    told = 'aktualizovano="20. 11. 2026" evidovano="ano" evidovano_od=" 3 . 4 .2024"'
    entry = read(answer(told=told))
    assert entry.listed
    assert entry.listed_since == date(2024, 4, 3)
    assert entry.list_date == date(2026, 11, 20)


def test_since_when_is_often_missing():
    told = 'aktualizovano="20.11.2026" evidovano="ano" evidovano_od=""'
    assert read(answer(told=told)).listed_since is None


def test_the_notice_of_coming_changes_keeps_its_czech_letters():
    assert read(answer(notice="Změna účinná příští týden")).notice == (
        "Změna účinná příští týden"
    )


@pytest.mark.parametrize(
    ("document", "question"),
    [
        (OLD_CARD, 'typ="OPs" cislo="123456" serie="AB"'),
        (OLD_CARD, 'typ="OPs" cislo="123456" serie="ab"'),
        (PASSPORT, 'typ="CD" cislo="87654321" serie="-"'),
        (GUNS, 'typ="ZP" cislo="098765" serie="XY"'),
    ],
)
def test_an_answer_repeats_the_question(document, question):
    assert not read(answer(question), document).listed


@pytest.mark.parametrize(
    "question",
    [
        'typ="OP" cislo="987654322" serie="-"',
        'typ="OP" cislo="987654321" serie="AB"',
        'typ="OPs" cislo="987654321" serie="-"',
        'typ="CDj" cislo="987654321" serie="-"',
        'cislo="987654321"',
        "",
    ],
)
def test_an_answer_about_another_document_is_none(question):
    with pytest.raises(Outage, match="another document"):
        read(answer(question))


@pytest.mark.parametrize(
    "told",
    [
        'aktualizovano="20.11.2026" evidovano="ANO"',
        'aktualizovano="20.11.2026"',
        'aktualizovano="" evidovano="ne"',
        'aktualizovano="2026-11-20" evidovano="ne"',
        'aktualizovano="31.2.2026" evidovano="ne"',
        'aktualizovano="1.1.26" evidovano="ne"',
        'aktualizovano="20.11.2026" evidovano="ano" evidovano_od="dávno"',
    ],
)
def test_what_is_not_as_described_is_no_answer(told):
    with pytest.raises(Outage) as caught:
        read(answer(told=told))
    assert caught.value.code == "no_answer"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<h1>Odst",
        b"<html/>",
        b"<doklady_neplatne/>",
        b"<doklady_neplatne><odpoved/></doklady_neplatne>",
        b"<doklady_neplatne><chyba/><dotaz/><odpoved/></doklady_neplatne>",
        answer().replace(b"</doklady", b"<odpoved/></doklady"),
        b"<!DOCTYPE a [<!ENTITY b 'ne'>]>" + answer(),
        answer().replace(b'"ne"', b'"&b;"'),
        answer(notice="Změna").decode().encode("windows-1250"),
    ],
)
def test_whatever_else_comes_is_no_answer(body):
    with pytest.raises(Outage) as caught:
        read(body)
    assert caught.value.code == "no_answer"


def test_a_wrong_question_must_not_be_repeated():
    with pytest.raises(DataError) as caught:
        read(error("ano", "Číslo má špatný tvar."))
    assert caught.value.code == "question_refused"
    assert caught.value.detail == "Číslo má špatný tvar."


def test_a_fault_of_the_list_comes_with_its_own_words():
    with pytest.raises(ServiceFault) as caught:
        read(error("ne", "Databáze není dostupná."))
    assert caught.value.fault_string == "Databáze není dostupná."


def test_an_error_that_does_not_say_whose_it_is_is_no_answer():
    with pytest.raises(Outage) as caught:
        read(error("možná"))
    assert caught.value.code == "no_answer"


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda t: error(t, "x")))
def test_no_answer_raises_anything_but_our_exceptions(body):
    try:
        read(body)
    except UbyportError:
        pass


# The conversation


@pytest.mark.parametrize(
    ("document", "query"),
    [
        (NEW_CARD, "dotaz=987654321&doklad=0"),
        (OLD_CARD, "dotaz=123456AB&doklad=0"),
        (PASSPORT, "dotaz=87654321&doklad=4"),
        (GUNS, "dotaz=098765XY&doklad=6"),
    ],
)
def test_the_question_is_in_the_address(document, query):
    with police(reply(b"")) as server, client(server) as asker:
        with pytest.raises(Outage):
            asker.look_up(document)
        assert server.received == [f"/ws_uby/ws_uby.svc?{query}"]


def test_an_answer_comes_back():
    with police(reply(answer())) as server, client(server) as asker:
        assert not asker.look_up(NEW_CARD).listed


def test_between_two_questions_there_is_a_pause():
    with police(reply(answer())) as server, client(server, pause=0.3) as asker:
        start = time.monotonic()
        asker.look_up(NEW_CARD)
        first = time.monotonic() - start
        asker.look_up(NEW_CARD)
        assert first < 0.3 <= time.monotonic() - start


def drip(handler):
    """Begin an answer and send its bytes one by one, for ever."""
    handler.begin(200, ANSWER_MAX)
    while not handler.server.released.wait(TRICKLE):
        try:
            handler.wfile.write(b" ")
        except OSError:
            break
    handler.hang_up()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (hang, "no_answer"),
        (hang_inside(answer(), 20), "no_answer"),
        (drip, "no_answer"),
        (endless, "no_answer"),
        (cut_before_the_answer, "no_connection"),
        (reply(answer(), 500), "http_status"),
        (reply(answer(), 404), "http_status"),
        (reply(b"", 302, [("Location", "http://127.0.0.1:9/")]), "redirect"),
    ],
)
def test_a_service_out_of_order_is_an_outage_within_the_time_limit(act, code):
    start = time.monotonic()
    with police(act) as server, client(server) as asker:
        with pytest.raises(Outage) as caught:
            asker.look_up(NEW_CARD)
        assert time.monotonic() - start < 3
        assert len(server.received) == 1
    assert caught.value.code == code


def test_nobody_there_is_an_outage():
    with police(reply()) as server:
        asker = client(server)
    with pytest.raises(Outage) as caught:
        asker.look_up(NEW_CARD)
    assert caught.value.code == "no_connection"


def test_no_exception_carries_the_number():
    with police(reply()) as server:
        asker = client(server)
    with pytest.raises(Outage) as caught:
        asker.look_up(NEW_CARD)
    assert NEW_CARD.number not in f"{caught.value!r}{caught.value.__context__!r}"
