# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What ends when during a longer stay, and what does not fit together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ubyport import milestones as rules
from ubyport.milestones import Stay

ARRIVAL = date(2026, 3, 1)
TODAY = date(2026, 3, 10)
STAY = Stay(
    nationality="VNM",
    birth_date=date(1990, 5, 5),
    arrival=ARRIVAL,
    departure=date(2026, 4, 30),
    document_until=date(2030, 1, 1),
    visa_from=date(2026, 2, 20),
    visa_until=date(2026, 5, 20),
    visa_days=90,
)


def stay(**changes):
    return replace(STAY, **changes)


def lasting(days, **changes):
    papers = {"visa_from": None, "visa_until": None, "visa_days": 0}
    departure = ARRIVAL + timedelta(days=days - 1)
    return stay(**(papers | {"departure": departure} | changes))


def codes(of):
    return [finding.code for finding in rules.check(of)]


def test_papers_which_cover_the_stay_have_nothing_wrong():
    assert not codes(STAY)


def test_a_guest_of_whom_nothing_is_known_has_nothing_wrong():
    assert not codes(Stay())
    assert not rules.milestones(Stay())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document_until": date(2026, 4, 29)}, "document_ends_early"),
        ({"visa_until": date(2026, 4, 29)}, "visa_ends_early"),
        ({"visa_from": date(2026, 3, 2)}, "visa_starts_late"),
        ({"visa_from": date(2026, 6, 1)}, "visa_dates_crossed"),
        ({"visa_days": 60}, "visa_days_short"),
        ({"permit_until": date(2027, 1, 1)}, "permit_kind_missing"),
        (
            {"permit_kind": "long_term", "permit_until": date(2026, 4, 29)},
            "permit_ends_early",
        ),
        ({"birth_date": date(2010, 1, 1), "with_adult": False}, "minor_alone"),
    ],
)
def test_each_contradiction_has_its_code(changes, code):
    assert codes(stay(**changes)) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"document_until": date(2026, 4, 30)},
        {"visa_until": date(2026, 4, 30)},
        {"visa_from": ARRIVAL},
        {"visa_days": 61},  # both the first and the last day count
        {"permit_kind": "long_term", "permit_until": date(2026, 4, 30)},
    ],
)
def test_the_last_day_itself_is_still_covered(changes):
    assert not codes(stay(**changes))


def test_a_permit_makes_the_old_visa_unimportant():
    permit = {"permit_kind": "long_term", "permit_until": date(2027, 1, 1)}
    old_visa = stay(visa_until=date(2026, 3, 5), visa_days=10, **permit)
    assert not codes(old_visa)
    assert "visa" not in [found.kind for found in rules.milestones(old_visa)]


def test_ninety_days_need_no_permit_and_one_more_does():
    assert not codes(lasting(90))
    assert codes(lasting(91)) == ["long_without_permit"]


@pytest.mark.parametrize(
    "changes",
    [
        {"permit_kind": "permanent"},
        {"nationality": "DEU"},
        {"nationality": "CHE"},
        {"visa_days": 180},
    ],
)
def test_a_permit_a_long_visa_or_free_movement_allow_a_longer_stay(changes):
    assert not codes(lasting(120, **changes))


@pytest.mark.parametrize(
    ("birth", "minor"),
    [
        (date(2008, 3, 1), False),  # 18 on the day of arrival
        (date(2008, 3, 2), True),
        (date(2008, 2, 29), False),
        (None, False),
    ],
)
def test_a_minor_is_under_eighteen_on_the_day_of_arrival(birth, minor):
    assert rules.is_minor(birth, ARRIVAL) is minor


def test_a_minor_with_an_adult_is_no_matter():
    assert not codes(stay(birth_date=date(2010, 1, 1), with_adult=True))


def test_a_minor_alone_is_a_warning_and_no_error():
    (found,) = rules.check(stay(birth_date=date(2010, 1, 1), with_adult=False))
    assert found.severity == "warning"


def test_milestones_are_told_the_nearest_first():
    found = rules.milestones(STAY)
    assert [one.kind for one in found] == ["stay", "visa", "document"]
    assert found[0].days_left(TODAY) == 51
    assert found[0].days_left(date(2026, 5, 2)) == -2


def test_the_end_of_a_short_stay_is_no_milestone():
    short = lasting(30, document_until=None)
    assert not rules.milestones(short)
    assert rules.milestones(lasting(31, document_until=None))


@pytest.mark.parametrize(
    ("days", "color"),
    [(-1, "red"), (0, "amber"), (14, "amber"), (15, "green")],
)
def test_the_light_follows_the_nearest_day(days, color):
    near = TODAY + timedelta(days=days)
    assert rules.light(near, TODAY, has_error=False, has_warning=False) == color


def test_the_light_follows_what_does_not_fit():
    assert rules.light(None, TODAY, has_error=True, has_warning=False) == "red"
    assert rules.light(None, TODAY, has_error=False, has_warning=True) == "amber"
    assert rules.light(None, TODAY, has_error=False, has_warning=False) == "green"


def test_whose_departure_has_passed_is_told_from_the_next_day_on():
    assert not rules.check_presence(STAY, date(2026, 4, 30))
    (found,) = rules.check_presence(STAY, date(2026, 5, 1))
    assert (found.code, found.severity) == ("departure_passed", "warning")
    assert not rules.check_presence(Stay(), TODAY)
