# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Eight data make a duplicate; the note, the visa and the residence do not."""

import threading

import pytest
from simulator_caller import LIPA, Caller, guest

DUPLICATE = ";150;"


def test_the_same_guest_again_is_a_duplicate(caller, control):
    assert caller.codes() == ";"
    assert caller.codes() == DUPLICATE
    assert [r["verdict"] for r in control.records()] == ["accepted", "duplicate"]


def test_a_third_time_is_a_duplicate_too(caller):
    assert [caller.codes() for _ in range(3)] == [";", DUPLICATE, DUPLICATE]


@pytest.mark.parametrize(
    "changes",
    [
        {"cNote": "PŘEDCHOZÍ OZNÁMENÍ OBSAHOVALO CHYBY"},
        {"cVisN": "CZE123456"},
        {"cResi": ""},
        {"cPlac": "Kdesi"},
        {"cSpz": "1A2"},
        {"cFrom": "2026-11-19T15:30:00"},
        {"cUntil": "2026-11-23T10:00:00"},
        {"cDate": "05.03.1984"},
        {"cSurN": "VZORKOVÁ"},
        {"cSurN": "Vzorková "},
    ],
)
def test_a_change_outside_the_key_stays_a_duplicate(caller, changes):
    caller.report(guest())
    assert caller.codes(**changes) == DUPLICATE


@pytest.mark.parametrize(
    "changes",
    [
        {"cFrom": "2026-11-18T00:00:00"},
        {"cUntil": "2026-11-24T00:00:00"},
        {"cSurN": "Vzorkova"},
        {"cFirstN": "Jiná"},
        {"cDate": "06031984"},
        {"cNati": "POL"},
        {"cDocN": "PA7654321"},
        {"cPurp": "99"},
    ],
)
def test_a_change_of_a_key_datum_is_a_new_record(caller, changes):
    caller.report(guest())
    assert caller.codes(**changes) == ";"


def test_no_purpose_and_purpose_99_are_the_same(caller):
    caller.report(guest(cPurp=None))
    assert caller.codes(cPurp="99") == DUPLICATE


def test_names_that_lose_their_letters_can_become_duplicates(caller):
    caller.report(guest(cSurN="Popeșcu"))
    assert caller.codes(cSurN="Popecu") == DUPLICATE


def test_a_repeat_within_one_batch_is_a_duplicate(caller):
    answer = caller.report(guest(), guest(cSurN="Druhá"), guest())
    assert answer.records == [";", ";", DUPLICATE]


def test_a_refused_record_leaves_no_duplicate_behind(caller):
    assert caller.codes(cNati="D") == ";107;"
    assert caller.codes(cNati="D") == ";107;"
    assert caller.codes() == ";"


def test_a_late_duplicate_has_both_codes(caller):
    caller.report(guest(cFrom="2026-11-02T00:00:00"))
    assert caller.codes(cFrom="2026-11-02T00:00:00") == ";112;150;"


def test_another_facility_may_report_the_same_guest(caller, pension):
    caller.report(guest())
    assert pension.report(guest(), facility=LIPA).records == [";"]


def test_the_test_service_does_not_know_the_guests_of_production(caller, test_service):
    caller.report(guest())
    assert test_service.report(guest()).records == [";"]
    assert test_service.report(guest()).records == [DUPLICATE]


def test_after_a_reset_nobody_is_a_duplicate(caller, control):
    caller.report(guest())
    control.post("reset")
    assert caller.codes() == ";"


def test_two_batches_at_once_leave_exactly_one_accepted(police, control):
    answers = []

    def send():
        answers.append(Caller(police.url).report(guest()).records[0])

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=len) == [";", *[DUPLICATE] * 5]
    assert len(control.records()) == 6
