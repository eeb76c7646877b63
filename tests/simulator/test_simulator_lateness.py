# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Late is after the third working day that follows the arrival."""

from datetime import date

import pytest
from simulator_caller import guest

from simulator.lateness import is_late, last_day


@pytest.mark.parametrize(
    ("arrival", "last"),
    [
        ("2026-11-16", "2026-11-20"),  # Monday; Tuesday the 17th is a holiday
        ("2026-11-09", "2026-11-12"),  # Monday
        ("2026-11-11", "2026-11-16"),  # Wednesday, over the weekend
        ("2026-11-13", "2026-11-19"),  # Friday, over the weekend and the 17th
        ("2026-11-14", "2026-11-19"),  # Saturday
        ("2026-12-23", "2026-12-30"),  # over Christmas
        ("2026-12-30", "2027-01-05"),  # over the New Year
        ("2026-04-02", "2026-04-09"),  # over Good Friday and Easter Monday
        ("2026-07-03", "2026-07-09"),  # the 6th is Jan Hus on a Monday
        ("2026-05-07", "2026-05-13"),  # the 8th is a holiday on a Friday
    ],
)
def test_the_last_day_skips_weekends_and_czech_holidays(arrival, last):
    arrival, last = date.fromisoformat(arrival), date.fromisoformat(last)
    assert last_day(arrival) == last
    assert not is_late(arrival, last)
    assert is_late(arrival, date.fromordinal(last.toordinal() + 1))


def test_a_report_on_the_last_day_is_in_time_and_one_day_later_is_not(caller, control):
    arrival = {"cFrom": "2026-11-16T23:00:00"}
    control.post("clock", today="2026-11-20")
    assert caller.codes(**arrival) == ";"
    control.post("clock", today="2026-11-21")
    assert caller.codes(**arrival, cSurN="Pozdní") == ";112;"


def test_a_late_record_is_accepted(caller, control):
    assert caller.codes(cFrom="2026-10-01T00:00:00") == ";112;"
    record = control.records()[0]
    assert record["verdict"] == "accepted"
    assert record["late"] is True


def test_late_comes_before_a_refusing_code(caller):
    assert caller.codes(cFrom="2026-10-01T00:00:00", cDocN="x") == ";112;106;"


def test_an_impossible_arrival_is_not_also_late(caller):
    assert caller.codes(cFrom=None) == ";101;"


def test_late_is_not_remarked_in_the_receipt(caller):
    answer = caller.report(guest(cFrom="2026-10-01T00:00:00"))
    assert not any("ERR:" in line for line in answer.lines)
    assert "Počet přijatých záznamů: 1" in answer.lines
