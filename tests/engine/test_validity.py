# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A code of the police is used only on the days on which it is valid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from engine_guests import CONTEXT, guest

from ubyport.rules import check_guest

TODAY = CONTEXT.today
DAY = timedelta(days=1)


def findings(arrival, first=None, last=None, purpose_span=(None, None)):
    """{(field, code)} about validity, of a guest whose nationality has this span."""
    countries = dict(CONTEXT.countries)
    person = guest(arrival_date=arrival, departure_date=TODAY + 5 * DAY)
    country = countries[person.nationality]
    countries[country.code] = replace(country, valid_from=first, valid_to=last)
    context = replace(
        CONTEXT,
        countries=countries,
        purpose_spans={person.purpose: purpose_span},
    )
    return {
        (found.field, found.code): found.severity
        for found in check_guest(person, context)
        if found.code.startswith("code_")
    }


def test_a_code_without_days_is_always_valid():
    assert findings(TODAY) == {}
    assert findings(TODAY - 400 * DAY) == {}


@pytest.mark.parametrize("last", [TODAY, TODAY + DAY, date.max])
def test_the_last_day_is_still_valid(last):
    assert findings(TODAY, last=last) == {}


def test_a_code_that_ended_before_the_arrival_is_an_error_in_both_places():
    assert findings(TODAY, last=TODAY - DAY) == {
        ("nationality", "code_ended"): "error",
        ("residence_country", "code_ended"): "error",
    }


def test_a_code_that_ended_since_the_arrival_is_a_warning():
    found = findings(TODAY - 2 * DAY, last=TODAY - DAY)
    assert found[("nationality", "code_ended_lately")] == "warning"
    assert "error" not in found.values()


def test_a_code_is_valid_from_its_first_day():
    assert findings(TODAY, first=TODAY) == {}
    found = findings(TODAY, first=TODAY + DAY)
    assert found[("nationality", "code_not_yet")] == "error"


def test_an_expected_guest_is_judged_as_of_today():
    assert findings(TODAY + 30 * DAY, last=TODAY + DAY) == {}
    assert findings(None, last=TODAY - DAY)


def test_a_purpose_has_its_days_too():
    found = findings(TODAY, purpose_span=(None, TODAY - DAY))
    assert found == {("purpose", "code_ended"): "error"}
