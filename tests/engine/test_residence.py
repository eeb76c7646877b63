# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules for the residence abroad and how its parts become one text."""

import pytest
from engine_guests import (
    COUNTRIES,
    errors,
    findings_of,
    guest,
    only,
    said,
    softening,
)

from ubyport.compose import residence


def lives(street="", city="", country="", context=None):
    changes = {
        "residence_street": street,
        "residence_city": city,
        "residence_country": country,
    }
    return findings_of(context, **changes) if context else findings_of(**changes)


def sent(street="", city="", country=""):
    person = guest(
        residence_street=street, residence_city=city, residence_country=country
    )
    return residence(person, COUNTRIES)


def test_street_city_and_state_are_a_residence():
    assert lives("Beispielweg 7/a", "Musterstadt (Nord)", "DEU") == ()


def test_the_state_is_its_code_and_its_czech_name():
    assert sent("Beispielweg 7", "Musterstadt", "deu") == (
        "Beispielweg 7, Musterstadt, DEU-Spolková republika Německo"
    )


def test_city_and_state_without_a_street_are_enough():
    assert lives("", "Musterstadt", "DEU") == ()
    assert (
        sent("", "Musterstadt", "DEU") == "Musterstadt, DEU-Spolková republika Německo"
    )


def test_a_state_alone_is_doubted_but_well_formed():
    assert said(lives(country="DEU")) == [
        ("residence_city", "warning", "residence_country_only")
    ]
    assert sent(country="DEU") == "DEU-Spolková republika Německo"


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b", ","])
def test_no_residence_at_all_is_an_error(nothing):
    assert errors(lives(nothing, nothing)) == [("residence_city", "residence_missing")]
    assert sent(nothing, nothing) == ""


def test_the_manager_may_make_a_missing_residence_a_warning():
    findings = lives(context=softening("residence_missing"))
    assert said(findings) == [("residence_city", "warning", "residence_missing")]


def test_a_street_needs_city_and_state():
    assert errors(lives("Beispielweg 7")) == [
        ("residence_city", "residence_city_missing"),
        ("residence_country", "residence_country_missing"),
    ]


def test_a_city_needs_a_state():
    assert errors(lives("", "Musterstadt")) == [
        ("residence_country", "residence_country_missing")
    ]


def test_a_malformed_residence_cannot_be_softened():
    context = softening("residence_city_missing", "residence_missing")
    assert errors(lives("Beispielweg 7", "", "DEU", context)) == [
        ("residence_city", "residence_city_missing")
    ]


@pytest.mark.parametrize(
    ("street", "city", "field"),
    [("12", "Musterstadt", "residence_street"), ("Weg 7", "12345", "residence_city")],
)
def test_a_part_must_not_be_digits_only(street, city, field):
    assert errors(lives(street, city, "DEU")) == [(field, "residence_digits_only")]


def test_digits_are_still_digits_between_commas():
    assert errors(lives(",12,", "Musterstadt", "DEU")) == [
        ("residence_street", "residence_digits_only")
    ]


def test_a_part_of_42_characters_passes_and_one_more_does_not():
    assert lives("s" * 42, "c" * 42, "DEU") == ()
    found = only(lives("s" * 43, "c" * 42, "DEU"), "too_long")
    assert (found.field, found.values) == (
        "residence_street",
        {"max": 42, "actual": 43},
    )


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_every_state_of_the_list_has_room_beside_usual_street_and_city(code):
    assert lives("Beispielweg 7", "Musterstadt an der Probe", code) == ()


def test_all_parts_together_stay_within_128_characters():
    # "HKG-" and its Czech name take 63 characters and the commas 4.
    assert lives("s" * 31, "c" * 30, "HKG") == ()
    found = only(lives("s" * 31, "c" * 31, "HKG"), "residence_too_long")
    assert found.values == {"max": 128, "actual": 129}


def test_a_comma_inside_a_part_would_be_one_part_more():
    findings = lives("Beispielweg 7, 2. Stock", "Musterstadt", "DEU")
    assert said(findings) == [("residence_street", "info", "folded")]
    assert findings[0].values == {
        "typed": "Beispielweg 7, 2. Stock",
        "sent": "Beispielweg 7 2. Stock",
    }


def test_a_state_keeps_the_commas_of_the_police_s_own_list():
    assert sent("", "Kralendijk", "BES") == (
        "Kralendijk, BES-Bonaire, Svatý Eustach a Saba"
    )


def test_letters_outside_the_repertoire_are_folded_and_shown():
    found = only(lives("Rua São João 1", "Évora", "DEU"), "folded")
    assert found.values == {"typed": "Rua São João 1", "sent": "Rua Sao Joao 1"}


@pytest.mark.parametrize(
    ("street", "bad"), [("Weg 7|9", "|"), ("Weg +7", "+"), ('"Weg" 7', '"')]
)
def test_marks_that_no_address_has_are_named(street, bad):
    found = only(lives(street, "Musterstadt", "DEU"), "characters")
    assert found.values == {"characters": bad}


def test_another_script_asks_for_latin_letters():
    findings = lives("улица 7", "Musterstadt", "DEU")
    assert errors(findings) == [("residence_street", "script")]


def test_control_characters_are_found_even_where_nothing_is_left():
    context = softening("residence_missing")
    assert errors(lives("\x01", context=context)) == [("residence_street", "control")]


@pytest.mark.parametrize("code", ["CZE", "cze"])
def test_a_residence_in_the_czech_republic_is_not_abroad(code):
    assert errors(lives("", "Praha", code)) == [
        ("residence_country", "residence_country_czech")
    ]


def test_an_unknown_state_comes_with_the_listed_one():
    found = only(lives("", "Musterstadt", "D"), "residence_country_unknown")
    assert (found.field, found.severity) == ("residence_country", "error")
    assert found.values == {"code": "D", "suggestion": "DEU"}
