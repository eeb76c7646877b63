# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The counting sees what it is there to see."""

from tools import crash_points, crash_tally

STAMP = "stamp-1"
DOCUMENTS = {1: "A1", 2: "B2"}
REPORTED = dict.fromkeys(DOCUMENTS, "reported")


def line(document, state="accepted", **values):
    return {
        "document_number": document,
        "state": state,
        "report_state": state,
        "report_id": 7,
        "stamp": STAMP,
        "answered_at": "2026-11-20 12:00:00",
        "report_answered_at": "2026-11-20 12:00:00",
    } | values


def record(document, verdict="accepted", stamp=STAMP):
    return {"fields": {"cDocN": document}, "verdict": verdict, "stamp": stamp}


LINES = [line("A1"), line("B2")]
RECORDS = [record("A1"), record("B2")]


def tally(states=REPORTED, lines=LINES, records=RECORDS):
    return crash_tally.tally(states, lines, records, DOCUMENTS)


def test_two_guests_reported_once_each_are_good():
    result = tally()
    assert result.is_good
    assert (result.sent, result.held, result.duplicates) == (2, 2, 0)


def test_a_recognised_repeat_is_good_and_counted():
    lines = [line("A1", "unknown"), line("B2"), line("A1", "duplicate", stamp="2")]
    lines[-1]["report_state"] = "accepted"
    result = tally(lines=lines, records=[*RECORDS, record("A1", "duplicate", "2")])
    assert result.is_good
    assert (result.sent, result.held, result.duplicates) == (3, 2, 1)


def test_a_guest_whom_the_police_do_not_hold_is_lost():
    assert tally(records=RECORDS[:1]).lost == 1


def test_a_guest_whom_we_do_not_call_reported_is_lost():
    assert tally(states=REPORTED | {1: "ready"}).lost == 1


def test_a_guest_whose_outcome_stays_open_is_left_hanging():
    assert tally(states={1: "sending", 2: "unknown"}).hanging == 2


def test_a_guest_accepted_twice_is_doubled():
    result = tally(records=[*RECORDS, record("A1", stamp="2")])
    assert (result.doubled, result.held) == (1, 1)
    assert not result.is_good


def test_a_verdict_that_the_police_never_gave_is_untrue():
    assert not tally(lines=[line("A1", stamp="other"), line("B2")]).is_good
    assert not tally(lines=[line("A1", "duplicate"), line("B2")]).is_good


def test_a_report_that_sums_up_wrongly_or_stays_open_is_untrue():
    assert not tally(lines=[line("A1", report_state="refused"), line("B2")]).is_good
    assert not tally(lines=[line("A1", answered_at=None), line("B2")]).is_good


def test_a_record_without_a_line_of_ours_is_untrue():
    result = tally(records=[*RECORDS, record("A1", "duplicate")])
    assert result.untrue == ["1 records at the police without a line of ours"]


def test_every_point_is_either_a_method_or_a_fault_of_the_police():
    for point in crash_points.POINTS:
        assert bool(point.method) != bool(point.fault), point.title
