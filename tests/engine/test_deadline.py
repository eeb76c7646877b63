# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The deadline: three working days after the arrival day, by Czech holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ubyport.deadline import deadline, is_working_day

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("arrival", "last_day"),
    [
        (date(2026, 11, 9), date(2026, 11, 12)),  # Monday to Thursday
        (date(2026, 11, 19), date(2026, 11, 24)),  # over a weekend
        (date(2026, 11, 20), date(2026, 11, 25)),  # a Friday
        (date(2026, 11, 21), date(2026, 11, 25)),  # a Saturday
        (date(2026, 11, 22), date(2026, 11, 25)),  # a Sunday
        (date(2026, 11, 16), date(2026, 11, 20)),  # over 17 November
        (date(2026, 12, 23), date(2026, 12, 30)),  # over Christmas
        (date(2026, 12, 30), date(2027, 1, 5)),  # over New Year
        (date(2026, 4, 2), date(2026, 4, 9)),  # over Good Friday and Easter Monday
        (date(2026, 4, 30), date(2026, 5, 6)),  # 1 May is a Friday
    ],
)
def test_the_last_day_is_the_third_working_day_after_the_arrival(arrival, last_day):
    assert deadline(arrival) == last_day


@given(DAYS)
def test_the_deadline_is_a_working_day_with_two_others_before_it(arrival):
    last_day = deadline(arrival)
    span = [arrival + timedelta(n + 1) for n in range((last_day - arrival).days)]
    assert is_working_day(last_day)
    assert sum(map(is_working_day, span)) == 3


@given(DAYS)
def test_who_arrives_later_is_never_due_earlier(arrival):
    assert deadline(arrival) <= deadline(arrival + timedelta(1))


def test_czech_holidays_are_known_and_foreign_ones_are_not():
    assert not is_working_day(date(2026, 9, 28))
    assert not is_working_day(date(2026, 4, 3))
    assert is_working_day(date(2026, 10, 26))
