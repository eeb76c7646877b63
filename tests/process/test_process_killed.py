# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Real processes really killed, restarted over the same PostgreSQL database."""

import pytest

from tools.crash_points import POINTS
from tools.crash_test import KILLED, die, kill

BEFORE_THE_CALL = next(point for point in POINTS if "before the call" in point.title)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.title)
def test_a_killed_process_neither_loses_nor_doubles_a_guest(hotel, point):
    tally = kill(hotel, point)
    assert tally.untrue == []
    assert (tally.doubled, tally.lost, tally.hanging) == (0, 0, 0)


def test_after_two_deaths_a_guest_waits_for_people_in_sight(hotel):
    guests = hotel.guests(1)
    hotel.worker.do("send", guests=guests)
    assert die(hotel, BEFORE_THE_CALL) == KILLED
    hotel.skip_waiting()
    hotel.worker.do("cron")
    hotel.skip_waiting()
    assert die(hotel, BEFORE_THE_CALL) == KILLED
    assert hotel.recover(guests)[-1] == "unknown", "only people decide now"
    assert len(hotel.lines(guests)) == 2
    hotel.worker.do("send", guests=guests)
    hotel.worker.do("cron")
    assert hotel.tally(guests).is_good
