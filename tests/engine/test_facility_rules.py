# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules for the facility's registered data and for its login."""

import pytest
from engine_guests import HOTEL, errors, hotel, only

from ubyport.records import Facility
from ubyport.rules import FINDING_CODES, check_facility, check_login


def check(**changes):
    return check_facility(hotel(**changes))


def test_a_flawless_facility_has_no_finding():
    assert check_facility(HOTEL) == ()


def test_all_findings_come_at_once_and_in_the_order_of_the_fields():
    facility = Facility(idub="1", mark="", zip="1", house_number="x")
    assert errors(check_facility(facility)) == [
        ("idub", "idub_format"),
        ("mark", "mark_missing"),
        ("name", "name_missing"),
        ("house_number", "house_number_format"),
        ("zip", "zip_format"),
    ]


@pytest.mark.parametrize("idub", ["1" * 12, "1" * 13, "1" * 14, " 123456789012 "])
def test_an_idub_has_12_to_14_digits(idub):
    assert check(idub=idub) == ()


@pytest.mark.parametrize("idub", ["1" * 11, "1" * 15, "12345678901A", "1234 56789012"])
def test_anything_else_is_no_idub(idub):
    assert errors(check(idub=idub)) == [("idub", "idub_format")]


@pytest.mark.parametrize("mark", ["HVLTA", "AB1CD", "HVLTAX", "hvlta"])
def test_a_mark_has_5_or_6_letters_or_digits(mark):
    assert check(mark=mark) == ()


@pytest.mark.parametrize("mark", ["HVLT", "HVLTAXY", "HV-TA", "ŠVLTA"])
def test_anything_else_is_no_mark(mark):
    assert errors(check(mark=mark)) == [("mark", "mark_format")]


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("name", 35),
        ("contact", 50),
        ("district", 32),
        ("municipality", 48),
        ("municipality_part", 48),
        ("street", 48),
    ],
)
def test_every_text_has_its_greatest_length(field, limit):
    assert check(**{field: "x" * limit}) == ()
    found = only(check(**{field: "x" * (limit + 1)}), "too_long")
    assert (found.field, found.values) == (field, {"max": limit, "actual": limit + 1})


@pytest.mark.parametrize(
    "field",
    [
        "contact",
        "district",
        "municipality",
        "municipality_part",
        "street",
        "house_number",
        "orientation_number",
        "zip",
    ],
)
def test_only_idub_mark_and_name_are_demanded(field):
    assert check(**{field: ""}) == ()


@pytest.mark.parametrize("field", ["idub", "mark", "name"])
def test_idub_mark_and_name_are_demanded(field):
    assert errors(check(**{field: " "})) == [(field, f"{field}_missing")]


@pytest.mark.parametrize("text", ["12", "1234", "E12", "e1234"])
def test_a_house_number_has_4_digits_and_perhaps_an_e(text):
    assert check(house_number=text) == ()


@pytest.mark.parametrize("text", ["12345", "12/6", "č.p. 12", "12a", "E"])
def test_anything_else_is_no_house_number(text):
    assert errors(check(house_number=text)) == [("house_number", "house_number_format")]


@pytest.mark.parametrize("text", ["6", "123", "12a", "123B"])
def test_an_orientation_number_has_3_digits_and_perhaps_a_letter(text):
    assert check(orientation_number=text) == ()


@pytest.mark.parametrize("text", ["1234", "12ab", "a", "6/8"])
def test_anything_else_is_no_orientation_number(text):
    assert errors(check(orientation_number=text)) == [
        ("orientation_number", "orientation_number_format")
    ]


@pytest.mark.parametrize("text", ["11000", "110 00", " 38901 "])
def test_a_postcode_has_5_digits_with_or_without_its_space(text):
    assert check(zip=text) == ()


@pytest.mark.parametrize("text", ["1100", "110000", "11 000", "CZ-11000"])
def test_anything_else_is_no_postcode(text):
    assert errors(check(zip=text)) == [("zip", "zip_format")]


@pytest.mark.parametrize(
    "contact",
    [
        "Jana Vzorová, tel: +420 601 123 456",
        "tel. 601123456",
        "recepce 24/7, 261 197 135",
        "+420601123456, +420 602 123 456",
        "601 123 456 / 602 123 456",
        "601123456 602123456",
        "+49 30 901820",
        "Jana Vzorová",
        "1. patro, dveře 12",
    ],
)
def test_valid_telephone_numbers_in_a_contact_are_found_wherever_they_stand(contact):
    assert check(contact=contact) == ()


@pytest.mark.parametrize(
    ("contact", "number"),
    [
        ("Jana Vzorová, tel: +420 601 123", "+420 601 123"),
        ("tel. 60112345", "60112345"),
        ("tel. 001 123 456 789 012", "001 123 456 789 012"),
        ("601 123 456, 12 345", "12 345"),
        ("601123456 602123", "601123456 602123"),
    ],
)
def test_a_number_that_cannot_be_dialled_is_named(contact, number):
    found = only(check(contact=contact), "contact_phone")
    assert (found.field, found.severity) == ("contact", "error")
    assert found.values == {"number": number}


def test_a_bar_and_another_script_have_no_place_in_a_facility():
    assert errors(check(name="Hotel|Vltava")) == [("name", "characters")]
    assert errors(check(street="Улица")) == [("street", "script")]
    assert errors(check(district="Pra\x01ha")) == [("district", "control")]


def test_a_folded_name_is_shown_as_typed_and_as_sent():
    (found,) = check(name="Hôtel Señor")
    assert (found.severity, found.code) == ("info", "folded")
    assert found.values == {"typed": "Hôtel Señor", "sent": "Hôtel Senor"}


@pytest.mark.parametrize(
    ("login", "environment"),
    [
        ("uby-ws12cdef", "production"),
        ("UBY-WS12CDEF", "production"),
        ("UBY_WS12cdef", "production"),
        ("EXRESORTMV\\uby-ws12cdef", "production"),
        ("uby-tws1ab45", "test"),
        ("UBY-WS_TWS123", "test"),
        ("uby-ws12demo", "simulator"),
        ("uby-tws1ab45", "simulator"),
    ],
)
def test_a_login_of_the_web_service_fits_its_environment(login, environment):
    assert check_login(login, environment) == ()


@pytest.mark.parametrize("environment", ["simulator", "test", "production"])
@pytest.mark.parametrize("login", ["ub123456", "UB1234567", "EXRESORTMV\\ub1234567"])
def test_a_login_of_the_web_form_is_refused_everywhere(login, environment):
    assert errors(check_login(login, environment)) == [("login", "login_web")]


@pytest.mark.parametrize("login", ["uby-tws1ab45", "UBY-WS_TWS123"])
def test_a_test_login_is_refused_in_production(login):
    assert errors(check_login(login, "production")) == [
        ("login", "login_test_on_production")
    ]


def test_a_production_login_is_refused_in_the_test():
    assert errors(check_login("uby-ws12cdef", "test")) == [
        ("login", "login_production_on_test")
    ]


@pytest.mark.parametrize("login", ["reception", "uby-12", "uby-ws", "ub12ab"])
def test_an_unknown_shape_is_refused_where_the_police_listen(login):
    for environment in ("test", "production"):
        assert errors(check_login(login, environment)) == [("login", "login_mask")]
    assert check_login(login, "simulator") == ()


@pytest.mark.parametrize("login", ["", "  ", "EXRESORTMV\\"])
def test_a_login_is_demanded(login):
    assert errors(check_login(login, "test")) == [("login", "login_missing")]


def test_another_environment_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError):
        check_login("uby-ws12cdef", "staging")


def test_every_code_has_one_of_three_severities():
    assert set(FINDING_CODES.values()) == {"error", "warning", "info"}
