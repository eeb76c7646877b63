# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The last day for reporting: Act 326/1999 § 102(1), three working days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

WORKING_DAYS = 3
_DAY = timedelta(days=1)


def deadline(arrival: date) -> date:
    """The last day on which a guest who arrived on ``arrival`` is on time.

    The arrival day itself does not count, nor do Saturdays, Sundays and Czech
    public holidays.
    """
    day = arrival
    for _ in range(WORKING_DAYS):
        day = next_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """False on Saturdays, Sundays and Czech public holidays."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after ``day``."""
    day += _DAY
    while not is_working_day(day):
        day += _DAY
    return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    # A set of its own for each year: the library's lazy one is not thread safe.
    return frozenset(holidays.country_holidays("CZ", years=year))
