# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules for purpose, dates and note, and the order of all findings."""

from datetime import date, timedelta

import pytest
from engine_guests import (
    CONTEXT,
    FLAWLESS,
    TODAY,
    errors,
    findings_of,
    guest,
    only,
    said,
    softening,
)

from ubyport.records import Guest
from ubyport.rules import FINDING_CODES, SOFTENABLE, check_guest
from ubyport.rules.stay import check_check_in


def test_a_flawless_guest_has_no_finding():
    assert check_guest(FLAWLESS, CONTEXT) == ()


def test_a_purpose_is_demanded():
    assert errors(findings_of(purpose="")) == [("purpose", "purpose_missing")]


def test_a_softened_purpose_tells_what_will_be_sent():
    (found,) = findings_of(softening("purpose_missing"), purpose=" ")
    assert (found.severity, found.code) == ("warning", "purpose_missing")
    assert found.values == {"sent": "99"}


@pytest.mark.parametrize("code", ["20", "1", "tourism", "010"])
def test_a_purpose_outside_the_list_is_refused(code):
    found = only(findings_of(purpose=code), "purpose_unknown")
    assert (found.field, found.severity) == ("purpose", "error")
    assert found.values == {"code": code}


def test_the_purpose_00_is_one_of_the_list():
    assert findings_of(purpose="00") == ()


def test_arrival_and_departure_are_demanded():
    findings = findings_of(arrival_date=None, departure_date=None)
    assert errors(findings) == [
        ("arrival_date", "arrival_missing"),
        ("departure_date", "departure_missing"),
    ]


def test_only_who_has_arrived_is_reported():
    found = only(
        findings_of(
            arrival_date=TODAY + timedelta(1), departure_date=TODAY + timedelta(2)
        ),
        "arrival_future",
    )
    assert (found.field, found.values) == ("arrival_date", {"limit": TODAY})


def test_who_arrives_today_may_be_reported_today():
    assert findings_of(arrival_date=TODAY, departure_date=TODAY + timedelta(1)) == ()


@pytest.mark.parametrize("days", [0, -1])
def test_the_departure_is_later_than_the_arrival(days):
    departure = FLAWLESS.arrival_date + timedelta(days)
    assert errors(findings_of(departure_date=departure)) == [
        ("departure_date", "departure_not_after_arrival")
    ]


def test_long_past_and_very_long_stays_are_accepted():
    stay = {"arrival_date": date(2026, 9, 1), "departure_date": date(2028, 1, 31)}
    assert findings_of(**stay) == ()


def test_a_note_of_255_characters_passes_and_one_more_does_not():
    assert findings_of(note="n" * 255) == ()
    found = only(findings_of(note="n" * 256), "too_long")
    assert (found.field, found.values) == ("note", {"max": 255, "actual": 256})


def test_what_the_document_adds_counts_for_the_length_of_the_note():
    permit = {"document_type": "residence_permit", "document_number": "AA1234567"}
    assert findings_of(**permit, note="n" * (255 - 17)) == ()
    found = only(findings_of(**permit, note="n" * (255 - 16)), "too_long")
    assert found.values == {"max": 255, "actual": 256}


def test_line_breaks_in_a_note_become_spaces_without_a_word():
    assert findings_of(note="první\r\ndruhý") == ()


def test_a_bar_in_a_note_is_shown_as_it_will_be_sent():
    found = only(findings_of(note="A|B"), "folded")
    assert found.values == {"typed": "A|B", "sent": "A\\B"}


@pytest.mark.parametrize(
    ("note", "code"), [("večeře 😀", "script"), ("a\x01b", "control")]
)
def test_what_the_police_would_drop_from_a_note_is_refused(note, code):
    assert errors(findings_of(note=note)) == [("note", code)]


def test_all_findings_of_all_fields_come_at_once_and_in_order():
    nobody = Guest(surname="", first_name="4nna", nationality="CZE", note="☃")
    assert errors(check_guest(nobody, CONTEXT)) == [
        ("surname", "surname_missing"),
        ("first_name", "characters"),
        ("birth_date", "birth_date_missing"),
        ("nationality", "czech"),
        ("document_number", "document_missing"),
        ("residence_city", "residence_missing"),
        ("purpose", "purpose_missing"),
        ("arrival_date", "arrival_missing"),
        ("departure_date", "departure_missing"),
        ("note", "script"),
    ]


def test_softening_touches_nothing_but_the_three_that_may_be_softened():
    empty = Guest(surname="")
    everything = softening(*FINDING_CODES)
    hard, soft = check_guest(empty, CONTEXT), check_guest(empty, everything)
    changed = {new.code for old, new in zip(hard, soft, strict=True) if old != new}
    assert changed == {"residence_missing", "purpose_missing"}
    assert {f.code for f in soft if f.severity == "warning"} == changed
    assert SOFTENABLE == changed | {"visa_missing"}


def test_softening_one_error_leaves_the_others_hard():
    findings = findings_of(softening("residence_missing"), purpose="")
    assert said(findings) == [("purpose", "error", "purpose_missing")]


def test_every_finding_names_a_field_that_a_guest_has():
    worst = guest(
        surname="\x01",
        birth_date=None,
        nationality="",
        document_type="?",
        visa_number="?",
        residence_street="1",
        purpose="?",
        arrival_date=None,
        departure_date=None,
        note="😀",
    )
    fields = {found.field for found in check_guest(worst, CONTEXT)}
    assert fields <= set(Guest.__slots__)


@pytest.mark.parametrize(("days", "found"), [(-1, 0), (0, 0), (1, 0), (2, 1), (9, 1)])
def test_a_check_in_two_days_after_the_arrival_is_noticed(days, found):
    findings = list(check_check_in(TODAY, TODAY + timedelta(days)))
    assert [f.values for f in findings] == [{"days": days, "arrival": TODAY}] * found
    assert all(f.severity == "warning" for f in findings)


def test_without_an_arrival_there_is_nothing_to_compare():
    assert not list(check_check_in(None, TODAY))
