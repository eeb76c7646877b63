# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a report is late: after three working days [Act 326/1999 § 102(1)]."""

from datetime import date, timedelta
from functools import cache

import holidays

WORKING_DAYS = 3


def last_day(arrival: date) -> date:
    """The last day to report in time; the day of arrival does not count."""
    day, counted = arrival, 0
    while counted < WORKING_DAYS:
        day += timedelta(days=1)
        counted += _is_working(day)
    return day


def is_late(arrival: date, today: date) -> bool:
    """Whether a report that comes on ``today`` is late."""
    return today > last_day(arrival)


def _is_working(day):
    return day.weekday() < 5 and day not in _free_days(day.year)


@cache
def _free_days(year):
    return frozenset(holidays.CZ(years=year))
