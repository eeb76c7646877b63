# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Several processes at the same moment, with real commits and real conflicts."""

import time

import pytest

from tools.crash_hotel import LIPA, ids


@pytest.fixture
def small_batches(hotel):
    """Four guests in a batch, so that there is something to quarrel about."""
    hotel.set_batch_size(4)
    yield
    hotel.set_batch_size(32)


@pytest.mark.usefixtures("small_batches")
def test_two_senders_and_a_command_at_once_send_each_guest_once(hotel):
    user, *senders = hotel.workers(3)
    guests = hotel.guests(40)
    user.do("send", guests=guests)
    hotel.police.fault("delay", times=None, seconds=0.3)
    for sender in senders:
        sender.start("cron")
    # A command locks those who wait; a sender who comes meanwhile has nothing to do.
    hotel.police.wait_for_fault("delay", 2)
    user.start("send", guests=guests)
    for worker in (user, *senders):
        worker.result()
    hotel.worker.do("cron")
    tally = hotel.tally(guests)
    assert tally.is_good
    assert (tally.sent, tally.duplicates) == (40, 0)
    assert travelled_together(hotel, guests), "only one sender worked"


@pytest.mark.usefixtures("small_batches")
def test_a_file_takes_only_those_whom_the_sender_has_not_claimed(hotel):
    user, sender = hotel.workers(2)
    guests = hotel.guests(12)
    user.do("send", guests=guests)
    hotel.police.fault("delay", times=None, seconds=1)
    sender.start("cron")
    hotel.police.wait_for_fault("delay")
    user.do("file", guests=guests)
    sender.result()
    hotel.worker.do("cron")
    states = hotel.states(guests)
    told = [guest for guest in guests if states[guest] == "reported"]
    filed = [guest for guest in guests if states[guest] == "sending"]
    assert told and filed
    assert len(told) + len(filed) == 12
    assert hotel.records(filed) == []
    assert hotel.tally(told).is_good


def test_a_sender_leaves_those_alone_who_are_just_put_into_a_file(hotel):
    user, sender = hotel.workers(2)
    guests = hotel.guests(3)
    user.do("send", guests=guests)
    user.start("file", guests=guests, saving=3)
    time.sleep(1)
    sender.do("cron")
    user.result()
    sender.do("cron")
    assert set(hotel.states(guests).values()) == {"sending"}
    assert hotel.records(guests) == []
    assert [line["state"] for line in hotel.lines(guests)] == ["sending"] * 3


@pytest.mark.usefixtures("small_batches")
def test_a_sender_finds_who_is_left_however_many_somebody_holds(hotel):
    user, sender = hotel.workers(2)
    *held, free = guests = hotel.guests(41)
    user.do("send", guests=guests)
    user.start("file", guests=held, saving=3)
    time.sleep(1)
    sender.do("cron")
    user.result()
    assert hotel.states([free]) == {free: "reported"}
    assert hotel.records(held) == []


def travelled_together(hotel, guests):
    """Whether a batch was claimed before the one before it was settled."""
    reports = ids({line["report_id"] for line in hotel.lines(guests)})
    rows = hotel.sql(
        "SELECT create_date < lag(write_date) OVER (ORDER BY create_date) AS overlaps"
        f" FROM ubyport_report WHERE id IN ({reports})"
    )
    return any(row["overlaps"] for row in rows)


@pytest.mark.parametrize(
    "slowness",
    [{}, {"saving": 2}, {"reading": 2}],
    ids=["before", "across", "overtaken"],
)
def test_an_edit_in_flight_becomes_a_change_after_the_verdict(hotel, slowness):
    """Saved before the answer comes, while it comes, or begun before and saved after.

    The last of them is in conflict with the verdict and is repeated by Odoo.
    """
    user, sender = hotel.workers(2)
    [guest] = guests = hotel.guests(1)
    user.do("send", guests=guests)
    hotel.police.fault("delay", seconds=1.5)
    sender.start("cron")
    hotel.police.wait_for_fault("delay")
    user.do("edit", guest=guest, values={"surname": "Testovanzmeneny"}, **slowness)
    sender.result()
    assert surname(hotel, guest) == "Testovanzmeneny"
    assert hotel.states(guests) == {guest: "changed"}
    [line] = hotel.lines(guests)
    assert (line["state"], line["report_state"]) == ("accepted", "accepted")
    [record] = hotel.records(guests)
    assert record["fields"]["cSurN"] != "Testovanzmeneny"
    assert record["stamp"] == line["stamp"]


def surname(hotel, guest):
    [row] = hotel.sql(f"SELECT surname FROM hotel_folio_guest WHERE id = {guest}")
    return row["surname"]


@pytest.mark.usefixtures("small_batches")
def test_switching_to_manual_keeps_back_whoever_is_not_claimed_yet(hotel):
    user, sender = hotel.workers(2)
    set_level(hotel, user, "immediate")
    guests = hotel.guests(12)
    assert set(hotel.states(guests).values()) == {"queued"}
    hotel.police.fault("delay", times=None, seconds=1)
    sender.start("cron")
    hotel.police.wait_for_fault("delay")
    set_level(hotel, user, "manual")
    sender.result()
    hotel.worker.do("cron")
    states = hotel.states(guests)
    kept = [guest for guest in guests if states[guest] == "ready"]
    told = [guest for guest in guests if states[guest] == "reported"]
    assert kept and told
    assert len(kept) + len(told) == 12
    assert hotel.records(kept) == []
    assert hotel.tally(told).is_good
    user.do("send", guests=kept)
    hotel.worker.do("cron")
    assert hotel.tally(guests).is_good


def set_level(hotel, worker, level):
    values = {"automation": level}
    worker.do("set", model="ubyport.facility", ids=[hotel.vltava], values=values)


@pytest.mark.parametrize(
    "damage",
    ["tz = 'Nowhere/Never'", "endpoint = 'http://127.0.0.1:9/'", "endpoint = 'x://['"],
)
def test_a_poisonous_facility_stops_no_other(hotel, damage):
    lipa = hotel.facility(LIPA)
    first, other = hotel.guests(1, lipa), hotel.guests(1)
    hotel.worker.do("send", guests=first + other)
    # The poisonous one comes first.
    hotel.sql(
        f"UPDATE hotel_folio_guest SET deadline_date = '2000-01-01'"
        f" WHERE id = {first[0]}"
    )
    hotel.sql(f"UPDATE ubyport_facility SET {damage} WHERE id = {lipa}")
    hotel.worker.do("cron")
    assert hotel.tally(other).is_good
    assert hotel.records(first) == []
    hotel.sql(
        "UPDATE ubyport_facility SET tz = 'Europe/Prague', next_try_at = NULL,"
        f" endpoint = '{hotel.police.endpoint}' WHERE id = {lipa}"
    )
    hotel.worker.do("cron")
    assert hotel.tally(first).is_good
    hotel.sql(f"UPDATE ubyport_facility SET active = false WHERE id = {lipa}")


def test_a_poisonous_guest_stops_no_other(hotel):
    poisonous, *others = guests = hotel.guests(5)
    sender = hotel.worker
    sender.do("send", guests=guests)
    sender.do("stumble", guest=poisonous)
    sender.do("cron")
    assert hotel.tally(others).is_good
    assert hotel.records([poisonous]) == []
    # The program is repaired: a fresh process sends the one who was left.
    sender.kill()
    sender.end()
    hotel.skip_waiting()
    hotel.worker.do("cron")
    assert hotel.tally(guests).is_good
