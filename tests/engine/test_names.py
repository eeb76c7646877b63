# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules for surnames and first names."""

import pytest
from engine_guests import errors, findings_of, only, said


@pytest.mark.parametrize(
    "surname", ["Li", "O'Hara", "Müller-Řezníček", "van der Berg", "Š", "Ł" * 50]
)
def test_letters_apostrophe_hyphen_and_space_are_a_name(surname):
    assert findings_of(surname=surname) == ()


def test_a_guest_without_a_first_name_is_fine():
    assert findings_of(first_name="") == ()


@pytest.mark.parametrize("surname", ["", "   ", "\t", "\u200b"])
def test_a_surname_is_demanded(surname):
    assert ("surname", "surname_missing") in errors(findings_of(surname=surname))


def test_a_name_of_50_letters_passes_and_one_more_does_not():
    assert findings_of(surname="a" * 50) == ()
    assert errors(findings_of(surname="a" * 51)) == [("surname", "too_long")]


def test_a_first_name_of_24_letters_passes_and_one_more_does_not():
    assert findings_of(first_name="b" * 24) == ()
    assert errors(findings_of(first_name="b" * 25)) == [("first_name", "too_long")]


def test_a_name_of_200_letters_tells_how_long_it_is_and_may_be():
    found = only(findings_of(surname="a" * 200), "too_long")
    assert found.values == {"max": 50, "actual": 200}


def test_length_is_measured_after_folding():
    found = only(findings_of(first_name="æ" * 13), "too_long")
    assert found.values == {"max": 24, "actual": 26}


def test_spaces_around_and_doubled_do_not_count():
    assert findings_of(surname=f"  {'a' * 25}   {'b' * 24} ") == ()


@pytest.mark.parametrize(
    ("surname", "bad"),
    [
        ("Novak2", "2"),
        ("St. Test", "."),
        ("Vzor/Test", "/"),
        ("Vzor|Test", "|"),
        ("<b>Vzor</b>", "<>/"),
        ("R&D", "&"),
        ('"Vzor"', '"'),
        ("Vzor, Jan", ","),
        ("VZOR<<JAN", "<"),
    ],
)
def test_digits_and_marks_are_refused_by_name(surname, bad):
    found = only(findings_of(surname=surname), "characters")
    assert (found.field, found.severity) == ("surname", "error")
    assert found.values == {"characters": bad}


@pytest.mark.parametrize("surname", ["-", "'", "- -"])
def test_marks_alone_are_no_name(surname):
    assert errors(findings_of(surname=surname)) == [("surname", "no_letters")]


def test_a_typographic_mark_alone_is_no_name_either():
    assert ("surname", "no_letters") in errors(findings_of(surname="’"))


@pytest.mark.parametrize(
    ("surname", "foreign"),
    [("Петров", "Петров"), ("王", "王"), ("Anna 😀", "😀"), ("Τest", "Τ")],
)
def test_another_script_asks_for_the_latin_form_of_the_document(surname, foreign):
    found = only(findings_of(surname=surname), "script")
    assert (found.field, found.severity) == ("surname", "error")
    assert found.values == {"characters": foreign}


def test_another_script_is_not_reported_twice():
    assert errors(findings_of(surname="Иванов")) == [("surname", "script")]


def test_a_control_character_is_named_by_its_number():
    found = only(findings_of(first_name="An\x01na\x02"), "control")
    assert (found.field, found.severity) == ("first_name", "error")
    assert found.values == {"characters": "U+0001 U+0002"}


def test_a_lone_surrogate_is_a_control_and_not_a_script():
    assert errors(findings_of(surname="Vz\ud800or")) == [("surname", "control")]


def test_a_folded_letter_is_shown_as_typed_and_as_sent():
    findings = findings_of(surname="Muñoz")
    assert said(findings) == [("surname", "info", "folded")]
    assert findings[0].values == {"typed": "Muñoz", "sent": "Munoz"}


def test_no_folding_is_shown_for_what_cannot_be_sent_anyway():
    assert said(findings_of(surname="Muñoz Иванов")) == [("surname", "error", "script")]
    assert said(findings_of(surname="Muñ\x00oz")) == [("surname", "error", "control")]


def test_surplus_spaces_are_not_worth_a_word():
    assert findings_of(surname=" Zkušební ", first_name="Anna  Marie") == ()


def test_both_names_are_judged_at_once():
    findings = findings_of(surname="", first_name="Ann4")
    assert errors(findings) == [
        ("surname", "surname_missing"),
        ("first_name", "characters"),
    ]
