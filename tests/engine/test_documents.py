# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules for travel documents, what stands in for them, and visas."""

from datetime import date

import pytest
from engine_guests import errors, findings_of, guest, only, said, softening

from ubyport.compose import names_a_document, wire_note


def number(text, **changes):
    return findings_of(document_number=text, **changes)


@pytest.mark.parametrize("text", ["C01X00T47", "123456", "A" * 30])
def test_capitals_and_digits_are_a_document(text):
    assert number(text) == ()


def test_small_letters_and_spaces_around_need_no_word():
    assert number("  c01x00t47 ") == ()


@pytest.mark.parametrize("kind", ["passport", "id_card", "other", "residence_permit"])
def test_a_document_is_demanded(kind):
    findings = number("  ", document_type=kind)
    assert errors(findings) == [("document_number", "document_missing")]


def test_a_number_below_4_characters_is_refused():
    found = only(number("A12"), "document_too_short")
    assert (found.severity, found.values) == ("error", {"min": 4, "actual": 3})


@pytest.mark.parametrize("text", ["A123", "A1234"])
def test_a_number_of_4_or_5_characters_is_only_doubted(text):
    (found,) = number(text)
    assert (found.severity, found.code) == ("warning", "document_short")
    assert found.values == {"min": 6, "actual": len(text)}


def test_a_number_above_30_characters_is_refused():
    found = only(number("A" * 31), "too_long")
    assert found.values == {"max": 30, "actual": 31}


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("pas 123", "pas", "123"),
        ("PAS AB123456", "PAS", "AB123456"),
        ("passport no. ab 123456", "passport no.", "AB123456"),
        ("č. 123456", "č.", "123456"),
        ("OP: 987654321", "OP:", "987654321"),
        ("číslo dokladu", "číslo dokladu", ""),
    ],
)
def test_words_beside_the_number_are_named_and_the_number_suggested(text, words, rest):
    found = only(number(text), "document_words")
    assert (found.field, found.severity) == ("document_number", "error")
    assert found.values == {"words": words, "suggestion": rest}


@pytest.mark.parametrize("text", ["AB 123 456", "ab\u00a0123456", "AB\t123456"])
def test_spaces_inside_are_refused_with_the_number_without_them(text):
    found = only(number(text), "document_spaces")
    assert found.severity == "error"
    assert found.values == {"suggestion": "AB123456"}


@pytest.mark.parametrize(
    ("text", "bad", "rest"),
    [
        ("AB-123456", "-", "AB123456"),
        ("ÁB123456", "Á", ""),
        ("АВ123456", "АВ", ""),
        ("P<GBR1234567", "<", "PGBR1234567"),
        ("12345٦7", "٦", ""),
        ("123/456 A", "/ ", "123456A"),
        ("ßß123456", "ß", ""),
    ],
)
def test_other_characters_are_named(text, bad, rest):
    found = only(number(text), "document_characters")
    assert found.values == {"characters": bad, "suggestion": rest}


def test_a_polish_number_that_begins_with_pas_is_a_number():
    assert number("PAS123456") == ()


@pytest.mark.parametrize("text", ["", "INPASS", "inpass"])
def test_a_child_in_a_passport_needs_the_number_of_the_parent_in_the_note(text):
    child = {"document_type": "in_parent_passport", "document_number": text}
    assert errors(findings_of(**child, note="dítě")) == [
        ("note", "parent_document_missing")
    ]
    assert findings_of(**child, note="pas matky C01X00T47") == ()


def test_typed_inpass_acts_like_the_document_type():
    assert errors(number("InPass")) == [("note", "parent_document_missing")]
    assert number("INPASS", note="rodič AB 123456") == ()


def test_the_number_of_the_parent_may_be_typed_where_numbers_are_typed():
    assert number("C01X00T47", document_type="in_parent_passport") == ()
    assert errors(number("C01 X", document_type="in_parent_passport")) == [
        ("document_number", "document_spaces")
    ]


def test_a_lost_document_needs_an_explanation():
    missing = [("note", "loss_explanation_missing")]
    assert errors(number("", document_type="lost")) == missing
    assert errors(number("NONE")) == missing
    assert errors(number("none", note=" \n")) == missing
    assert errors(number("AB123456", document_type="lost")) == missing
    assert number("none", note="doklad ukraden, nahlášeno policii") == ()


@pytest.mark.parametrize("kind", ["residence_permit", "diplomatic_card"])
def test_a_card_needs_its_number_and_none_is_not_a_number(kind):
    assert number("AA1234567", document_type=kind) == ()
    assert errors(number("NONE", document_type=kind)) == [
        ("document_number", "document_missing")
    ]


def test_an_unknown_type_of_document_is_named():
    found = only(findings_of(document_type="library_card"), "document_type_unknown")
    assert found.values == {"type": "library_card"}


@pytest.mark.parametrize(
    ("note", "does"),
    [
        ("C01X00T47", True),
        ("pas otce ab123456", True),
        ("pas 12 345 678", False),
        ("matka Anna", False),
        ("", False),
    ],
)
def test_a_note_names_a_document_when_a_word_of_it_holds_digits(note, does):
    assert names_a_document(note) is does


@pytest.mark.parametrize(
    ("kind", "typed", "note", "sent"),
    [
        ("residence_permit", "aa123456", "", "POBYT AA123456"),
        (
            "residence_permit",
            "AA123456",
            "pozdní příjezd",
            "POBYT AA123456, pozdní příjezd",
        ),
        ("residence_permit", "AA123456", "pobyt AA123456", "pobyt AA123456"),
        ("diplomatic_card", "D1234", "", "DIPLOMAT D1234"),
        ("in_parent_passport", "C01X00T47", "", "DOKLAD RODIČE C01X00T47"),
        ("in_parent_passport", "C01X00T47", "pas c01x00t47", "pas c01x00t47"),
        ("in_parent_passport", "INPASS", "pas C01X00T47", "pas C01X00T47"),
        ("lost", "", "ukraden", "ukraden"),
        ("lost", "AB123456", "ukraden", "DOKLAD AB123456, ukraden"),
        ("passport", "C01X00T47", "bez poznámky", "bez poznámky"),
        (
            "in_parent_passport",
            "12345",
            "tel 601123456",
            "DOKLAD RODIČE 12345, tel 601123456",
        ),
        ("in_parent_passport", "AB12345", "pas č.AB12345.", "pas č.AB12345."),
        ("in_parent_passport", "0000", "0000", "DOKLAD RODIČE 0000, 0000"),
        ("lost", "AB123456", "XAB123456", "DOKLAD AB123456, XAB123456"),
        (
            "residence_permit",
            "AA12345",
            "pobyt AA123456",
            "POBYT AA12345, pobyt AA123456",
        ),
    ],
)
def test_the_note_carries_what_the_document_cannot(kind, typed, note, sent):
    assert (
        wire_note(guest(document_type=kind, document_number=typed, note=note)) == sent
    )


VIETNAMESE = {"nationality": "VNM"}


def test_citizens_with_visa_duty_need_a_visa():
    found = only(findings_of(**VIETNAMESE), "visa_missing")
    assert (found.field, found.severity) == ("visa_number", "error")
    assert found.values == {"nationality": "VNM"}


def test_the_manager_may_make_a_missing_visa_a_warning():
    findings = findings_of(softening("visa_missing"), **VIETNAMESE)
    assert said(findings) == [("visa_number", "warning", "visa_missing")]


def test_citizens_free_of_visa_by_biometric_passport_are_reminded_and_not_stopped():
    found = only(findings_of(nationality="UKR", visa_number=""), "visa_or_biometric")
    assert (found.field, found.severity) == ("visa_number", "warning")
    assert findings_of(nationality="UKR", visa_number="BIOMETRIKA") == ()


def test_citizens_without_visa_duty_need_none():
    assert findings_of(nationality="DEU", visa_number="") == ()


@pytest.mark.parametrize("kind", ["residence_permit", "diplomatic_card"])
def test_who_lives_here_by_permit_needs_no_visa(kind):
    assert findings_of(**VIETNAMESE, document_type=kind) == ()


def test_a_lost_passport_does_not_end_the_visa_duty():
    findings = findings_of(**VIETNAMESE, document_number="NONE", note="ukraden")
    assert errors(findings) == [("visa_number", "visa_missing")]


@pytest.mark.parametrize("visa", ["CZE012345678", "BIOMETRIKA", "biometrika", "A" * 15])
def test_capitals_digits_and_the_word_biometrika_are_a_visa(visa):
    assert findings_of(**VIETNAMESE, visa_number=visa) == ()


def test_a_visa_above_15_characters_is_refused():
    found = only(findings_of(visa_number="A" * 16), "too_long")
    assert (found.field, found.values) == ("visa_number", {"max": 15, "actual": 16})


@pytest.mark.parametrize(
    ("visa", "bad", "rest"),
    [("CZE 012345678", " ", "CZE012345678"), ("není", "í", ""), ("-", "-", "")],
)
def test_other_characters_in_a_visa_are_named(visa, bad, rest):
    found = only(findings_of(visa_number=visa), "visa_characters")
    assert found.values == {"characters": bad, "suggestion": rest}


def child(**changes):
    """A child of six years without any document."""
    return findings_of(
        document_type="none",
        document_number="",
        birth_date=date(2020, 11, 19),
        **changes,
    )


def test_a_child_without_any_document_goes_to_the_local_office():
    assert errors(child()) == [("document_type", "child_without_document")]


def test_a_number_beside_it_changes_nothing():
    findings = findings_of(document_type="none", birth_date=date(2020, 11, 19))
    assert errors(findings) == [("document_type", "child_without_document")]


def test_a_child_without_any_document_is_not_asked_for_a_visa():
    findings = child(nationality="VNM")
    assert errors(findings) == [("document_type", "child_without_document")]


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2008, 11, 19), "adult_without_document"),
        (date(2008, 11, 20), "child_without_document"),
    ],
)
def test_who_is_18_on_arrival_is_no_child(born, code):
    findings = findings_of(document_type="none", document_number="", birth_date=born)
    assert errors(findings) == [("document_type", code)]
