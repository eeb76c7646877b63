# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What leaves: formats, compositions, and agreement with the rules."""

import re
from datetime import date, timedelta

import pytest
from engine_guests import CONTEXT, COUNTRIES, TODAY, guest, hotel
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ubyport.exceptions import DataError
from ubyport.letters import LETTERS, unfoldable, xml_illegal
from ubyport.records import DOCUMENT_TYPES, WireGuest
from ubyport.rules import SOFTENABLE, RuleContext, check_guest
from ubyport.wire import (
    as_correction,
    facility_to_wire,
    to_wire,
    without_correction,
    without_state_name,
)


def wire(**changes):
    return to_wire(guest(**changes), COUNTRIES)


def test_a_guest_leaves_exactly_so():
    assert wire() == WireGuest(
        surname="Zkušební",
        first_name="Anna",
        birth_date="29021984",
        nationality="DEU",
        document_number="C01X00T47",
        visa_number="",
        residence="Beispielweg 7, Musterstadt, DEU-Spolková republika Německo",
        purpose=10,
        arrival=date(2026, 11, 19),
        departure=date(2026, 11, 23),
        note="",
    )


def test_names_are_folded_and_keep_their_case():
    sent = wire(surname="  van  DER Muñoz ", first_name="Åsa")
    assert (sent.surname, sent.first_name) == ("van DER Munoz", "Asa")


def test_day_and_month_of_birth_have_two_digits():
    assert wire(birth_date=date(1901, 2, 3)).birth_date == "03021901"


def test_a_year_of_birth_alone_has_four_zeros_before_it():
    assert wire(birth_year_only=True).birth_date == "00001984"


def test_codes_and_numbers_leave_in_capitals():
    sent = wire(
        nationality="deu", document_number=" c01x00t47 ", visa_number="biometrika"
    )
    assert sent.nationality == "DEU"
    assert sent.document_number == "C01X00T47"
    assert sent.visa_number == "BIOMETRIKA"


@pytest.mark.parametrize(
    ("kind", "typed", "sent"),
    [
        ("in_parent_passport", "", "INPASS"),
        ("in_parent_passport", "C01X00T47", "INPASS"),
        ("passport", "inpass", "INPASS"),
        ("lost", "", "NONE"),
        ("passport", "none", "NONE"),
        ("residence_permit", "AA123456", "NONE"),
        ("diplomatic_card", "D1234", "NONE"),
        ("id_card", "L01X00T47", "L01X00T47"),
        ("other", "x123456", "X123456"),
    ],
)
def test_a_word_stands_in_for_a_missing_travel_document(kind, typed, sent):
    assert wire(document_type=kind, document_number=typed).document_number == sent


@pytest.mark.parametrize(
    ("code", "number"), [("00", 0), ("01", 1), ("10", 10), ("99", 99), ("", 99)]
)
def test_the_purpose_travels_as_a_number_and_none_as_99(code, number):
    assert wire(purpose=code).purpose == number


def test_bars_and_line_breaks_of_a_note_are_replaced():
    assert wire(note="první|druhý\r\ntřetí – čtvrtý").note == (
        "první\\druhý třetí - čtvrtý"
    )


def test_a_missing_residence_leaves_as_empty_text():
    sent = wire(residence_street="", residence_city="", residence_country="")
    assert sent.residence == ""


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"surname": "Иванов"}, "surname", "script"),
        ({"first_name": "An\x00na"}, "first_name", "control"),
        ({"note": "😀"}, "note", "script"),
        ({"residence_city": "Musterstadt\x9d"}, "residence_city", "control"),
        ({"birth_date": None}, "birth_date", "birth_date_missing"),
        ({"arrival_date": None}, "arrival_date", "arrival_missing"),
        ({"departure_date": None}, "departure_date", "departure_missing"),
        ({"purpose": "tourism"}, "purpose", "purpose_unknown"),
        (
            {"residence_country": "ZZZ"},
            "residence_country",
            "residence_country_unknown",
        ),
    ],
)
def test_what_would_leave_distorted_does_not_leave(changes, field, code):
    with pytest.raises(DataError) as caught:
        wire(**changes)
    assert (caught.value.field, caught.value.code) == (field, code)


def test_an_error_about_data_repeats_none_of_them():
    with pytest.raises(DataError) as caught:
        wire(surname="Иванов")
    assert "Иванов" not in f"{caught.value} {caught.value.detail}"


def test_a_facility_leaves_folded_and_its_postcode_without_a_space():
    sent = facility_to_wire(
        hotel(name=" Hôtel  Vltava", mark="hvlta", zip="110 00", house_number="e12")
    )
    assert (sent.name, sent.mark, sent.zip, sent.house_number) == (
        "Hôtel Vltava",
        "HVLTA",
        "11000",
        "E12",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"idub": ""}, "idub"), ({"mark": " "}, "mark"), ({"name": "Отель"}, "name")],
)
def test_a_facility_without_its_identity_does_not_leave(changes, field):
    with pytest.raises(DataError) as caught:
        facility_to_wire(hotel(**changes))
    assert caught.value.field == field


# What the rules let pass, the wire can send.

TYPED = st.text(
    alphabet=st.one_of(
        st.sampled_from(f"{LETTERS} '-"),
        st.sampled_from("ñøþÞșęĄ’–\u00a0\u200b\n"),
        st.sampled_from("0123456789.,|/&#Я😀\x01"),
    ),
    max_size=50,
)
NUMBERS = st.one_of(
    st.from_regex(r"[A-Za-z0-9]{4,12}", fullmatch=True),
    st.sampled_from(["", "INPASS", "none", "pas 123", "AB 123456", "ÁB123456"]),
)
DATES = st.dates(TODAY - timedelta(400), TODAY + timedelta(5))
CHANGES = dict(
    surname=st.one_of(st.just("Zkušební"), TYPED),
    first_name=st.one_of(st.just("Anna"), TYPED),
    birth_date=st.one_of(st.none(), st.dates(date(1895, 1, 1), TODAY)),
    birth_year_only=st.booleans(),
    nationality=st.sampled_from([*COUNTRIES, "deu", "D", ""]),
    document_type=st.sampled_from(DOCUMENT_TYPES),
    document_number=NUMBERS,
    visa_number=st.sampled_from(["", "BIOMETRIKA", "cze012345678"]),
    residence_street=st.one_of(st.just(""), st.just("Weg 7, 2"), TYPED),
    residence_city=st.one_of(st.just(""), st.just("Musterstadt"), TYPED),
    residence_country=st.sampled_from([*COUNTRIES, "deu", ""]),
    purpose=st.sampled_from(["10", "00", "", " "]),
    arrival_date=st.one_of(st.none(), DATES),
    departure_date=st.one_of(st.none(), DATES.map(lambda day: day + timedelta(200))),
    note=st.one_of(st.just(""), st.just("pas C01X00T47"), TYPED),
)


def _some(fields):
    return st.fixed_dictionaries({field: CHANGES[field] for field in fields})


# A flawless guest with a few fields at random: often fine, often not.
GUESTS = (
    st.sets(st.sampled_from(sorted(CHANGES)), max_size=4)
    .flatmap(_some)
    .map(lambda changes: guest(**changes))
)
LENIENT = RuleContext(
    today=CONTEXT.today,
    countries=CONTEXT.countries,
    purposes=CONTEXT.purposes,
    softened=SOFTENABLE,
)
LIMITS = {
    "surname": (1, 50),
    "first_name": (0, 24),
    "birth_date": (8, 8),
    "nationality": (3, 3),
    "document_number": (4, 30),
    "visa_number": (0, 15),
    "residence": (0, 128),
    "note": (0, 255),
}


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(GUESTS)
def test_whatever_the_rules_let_pass_can_be_sent_within_all_limits(person):
    if any(found.severity == "error" for found in check_guest(person, LENIENT)):
        event("refused by the rules")
        return
    event("let pass by the rules")
    sent = to_wire(person, COUNTRIES)
    for field, (least, most) in LIMITS.items():
        text = getattr(sent, field)
        assert least <= len(text) <= most, field
        assert not xml_illegal(text) and not unfoldable(text), field
        assert text == text.strip() and not re.search(r"[|\r\n]", text), field
    assert re.fullmatch(r"[A-Z0-9]+", sent.document_number)
    assert sent.arrival < sent.departure


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(GUESTS)
def test_whatever_the_wire_refuses_the_rules_refuse_for_the_same_field(person):
    findings = check_guest(person, LENIENT)
    try:
        to_wire(person, COUNTRIES)
    except DataError as refusal:
        named = {(f.field, f.code) for f in findings if f.severity == "error"}
        illegal = {f.field for f in findings if f.severity == "error"}
        assert (refusal.field, refusal.code) in named or refusal.field in illegal


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(GUESTS)
def test_a_name_leaves_as_the_finding_about_folding_says(person):
    shown = {
        found.field: found.values["sent"]
        for found in check_guest(person, LENIENT)
        if found.code == "folded"
    }
    try:
        sent = to_wire(person, COUNTRIES)
    except DataError:
        return
    for field in ("surname", "first_name"):
        plain = " ".join(getattr(person, field).split())
        assert getattr(sent, field) == shown.get(field, plain).strip()


@pytest.mark.parametrize("note", ["", "pozdní příjezd", "POBYT AA123456, pozn."])
def test_the_mark_of_a_correction_can_be_taken_off_again(note):
    marked = as_correction(wire(note=note))
    assert without_correction(marked.note) == note
    assert without_correction(note) == note


@pytest.mark.parametrize(
    ("residence", "plain"),
    [
        ("", ""),
        ("Weg 7, Ort, BES-Bonaire, Svatý Eustach a Saba", "Weg 7, Ort, BES"),
        ("DEU-Spolková republika Německo", "DEU"),
        (
            "ABC-Strasse 5, Ort, DEU-Spolková republika Německo",
            "ABC-Strasse 5, Ort, DEU",
        ),
    ],
)
def test_a_state_that_was_renamed_is_the_same_residence(residence, plain):
    assert without_state_name(residence) == plain
