# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules for the birth date and the nationality."""

from datetime import date

import pytest
from engine_guests import TODAY, errors, findings_of, only


def test_a_birth_date_is_demanded():
    assert errors(findings_of(birth_date=None)) == [
        ("birth_date", "birth_date_missing")
    ]


def test_a_birth_date_after_the_arrival_is_refused():
    found = only(findings_of(birth_date=date(2026, 11, 20)), "birth_date_future")
    assert found.values == {"limit": date(2026, 11, 19)}


def test_a_child_born_on_the_arrival_day_is_a_guest():
    assert findings_of(birth_date=date(2026, 11, 19)) == ()


def test_without_an_arrival_a_birth_date_may_be_today_at_the_latest():
    today = errors(findings_of(birth_date=TODAY, arrival_date=None))
    tomorrow = errors(findings_of(birth_date=date(2026, 11, 21), arrival_date=None))
    assert today == [("arrival_date", "arrival_missing")]
    assert ("birth_date", "birth_date_future") in tomorrow


@pytest.mark.parametrize(
    ("born", "fine"), [(date(1900, 1, 1), True), (date(1899, 12, 31), False)]
)
def test_nobody_was_born_before_1900(born, fine):
    expected = [] if fine else [("birth_date", "birth_date_too_old")]
    assert errors(findings_of(birth_date=born)) == expected


def test_with_the_year_alone_day_and_month_do_not_matter():
    same_year = findings_of(birth_date=date(2026, 12, 31), birth_year_only=True)
    next_year = findings_of(birth_date=date(2027, 1, 1), birth_year_only=True)
    assert same_year == ()
    assert errors(next_year) == [("birth_date", "birth_date_future")]


@pytest.mark.parametrize("code", ["DEU", "deu", " XXK ", "XXA"])
def test_a_code_of_the_list_is_a_nationality(code):
    assert findings_of(nationality=code) == ()


@pytest.mark.parametrize("code", ["", "  "])
def test_a_nationality_is_demanded(code):
    assert errors(findings_of(nationality=code)) == [
        ("nationality", "nationality_missing")
    ]


@pytest.mark.parametrize("code", ["CZE", "cze", "Cze"])
def test_a_czech_citizen_is_not_to_be_reported(code):
    assert errors(findings_of(nationality=code)) == [("nationality", "czech")]


@pytest.mark.parametrize(
    ("printed", "listed"),
    [
        ("D", "DEU"),
        ("RKS", "XXK"),
        ("XKX", "XXK"),
        ("GBD", "GBR"),
        ("GBO", "GBR"),
        ("UK", "GBR"),
        ("XXX", "XXA, XXC"),
        ("ZZZ", ""),
        ("SK", ""),
    ],
)
def test_a_code_of_a_travel_document_comes_with_the_listed_one(printed, listed):
    found = only(findings_of(nationality=printed), "nationality_unknown")
    assert found.values == {"code": printed, "suggestion": listed}


def test_only_what_the_list_has_is_suggested():
    # XMR is not in the small world of these tests.
    found = only(findings_of(nationality="XOM"), "nationality_unknown")
    assert found.values["suggestion"] == ""
