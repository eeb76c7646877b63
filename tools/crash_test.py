# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make crash-test`: kill the sending process at every moment, restart, count."""

import signal
from collections import Counter
from dataclasses import dataclass, field

from . import crash_hotel
from .crash_points import POINTS, Point
from .errors import ToolError
from .progress import say

BATCH = 5
FILED = {"accepted", "duplicate"}
KILLED = -signal.SIGKILL
# What a report passes through, seen after each run of the scheduled action.
WAY = {
    "queued": ["queued", "reported"],
    # Not touched before its time, then unknown, then repeated once.
    "sending": ["sending", "sending", "unknown", "reported"],
    "reported": ["reported"],
}
COLUMNS = ("sent", "held", "duplicates", "doubled", "lost", "hanging")


@dataclass
class Tally:
    """What became of the guests of one batch.

    :param sent: how often a guest was handed over, repeats included
    :param held: guests whom the police hold as accepted exactly once
    :param duplicates: repeats which the police recognised and we counted as filed
    :param doubled: guests whom the police hold as accepted more than once
    :param lost: guests whom the police do not hold, or whom we do not call reported
    :param hanging: guests for whom the outcome is still open
    :param untrue: what else is wrong, as sentences
    """

    sent: int = 0
    held: int = 0
    duplicates: int = 0
    doubled: int = 0
    lost: int = 0
    hanging: int = 0
    untrue: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not (self.doubled or self.lost or self.hanging or self.untrue)


def main() -> None:
    """Print a line for each point; ToolError unless all of them are good."""
    with crash_hotel.open_hotel() as hotel:
        say("\n" + _row("killed", COLUMNS))
        tallies = [_told(point, kill(hotel, point)) for point in POINTS]
        leaked = hotel.leaked_log_lines()
    say(f"\nLines of Odoo's log that name a guest (must be 0): {len(leaked)}")
    if leaked or not all(tally.is_good for tally in tallies):
        raise ToolError("The crash test failed.")
    say("doubled, lost and hanging must be 0, and are.")


def kill(hotel, point: Point) -> Tally:
    """Let a process die at this point, restart, and count what became of its batch."""
    guests = hotel.guests(BATCH)
    hotel.worker.do("send", guests=guests)
    worker = hotel.worker
    code = (
        _die_on_the_wire(hotel, worker, point) if point.fault else _die(worker, point)
    )
    expect(code == KILLED, f"the process ended with {code}, it was not killed")
    wrong = _differences_at_death(hotel, point, guests)
    way = hotel.recover(guests)
    if way != WAY[point.found]:
        wrong.append(f"the way was {' > '.join(way)}")
    tally = count(hotel, guests)
    tally.untrue += wrong
    return tally


def _die(worker, point: Point) -> int:
    worker.do("die", title=point.title)
    worker.start("cron")
    return worker.end()


def _die_on_the_wire(hotel, worker, point: Point) -> int:
    """The police hold the call in one of their faults; kill the caller meanwhile."""
    kind = point.fault["kind"]
    hotel.police.fault(**point.fault)
    before = len(hotel.police.records())
    worker.start("cron")
    hotel.police.wait_for_fault(kind, 1)
    if point.received:
        _wait_for_batch(hotel, before)
    worker.kill()
    code = worker.end()
    if point.late:
        expect(len(hotel.police.records()) == before, "the police were too quick")
        _wait_for_batch(hotel, before)
    return code


def _wait_for_batch(hotel, before: int) -> None:
    crash_hotel.wait_until(
        lambda: len(hotel.police.records()) == before + BATCH, "a batch at the police"
    )


def _differences_at_death(hotel, point: Point, guests) -> list[str]:
    """What is otherwise than the point says, seen by a fresh process."""
    states = set(hotel.states(guests).values())
    received = hotel.police.held(hotel.documents(guests).values()).total()
    wrong = []
    if states != {point.found}:
        wrong.append(f"after the death the guests were {', '.join(sorted(states))}")
    if received != BATCH * point.reaches_police:
        wrong.append(f"after the death the police held {received} of {BATCH}")
    return wrong


def count(hotel, guests) -> Tally:
    """Compare what we say about guests with what the police hold."""
    documents = hotel.documents(guests)
    records = [
        record
        for record in hotel.police.records()
        if record["fields"]["cDocN"] in documents.values()
    ]
    return tally(hotel.states(guests), hotel.lines(guests), records, documents)


def tally(states: dict, lines: list, records: list, documents: dict) -> Tally:
    """The pure counting.

    :param states: guest -> report state
    :param lines: our report lines, see crash_hotel.LINES
    :param records: the police's records
    :param documents: guest -> document number, by which the two sides are matched
    """
    verdicts = Counter((r["fields"]["cDocN"], r["verdict"]) for r in records)
    accepted = {
        guest: verdicts[number, "accepted"] for guest, number in documents.items()
    }
    reported = {guest for guest, state in states.items() if state == "reported"}
    return Tally(
        sent=sum(line["state"] != "not_sent" for line in lines),
        held=sum(number == 1 for number in accepted.values()),
        duplicates=sum(line["state"] == "duplicate" for line in lines),
        doubled=sum(number > 1 for number in accepted.values()),
        lost=sum(not (accepted[g] and g in reported) for g in documents),
        hanging=sum(states.get(guest) in ("sending", "unknown") for guest in documents),
        untrue=_untrue_lines(lines, records) + _unsaid_records(lines, records),
    )


def _untrue_lines(lines, records) -> list[str]:
    """Each verdict of ours must be one of theirs, in the batch of the same stamp."""
    theirs = Counter((r["fields"]["cDocN"], r["verdict"], r["stamp"]) for r in records)
    wrong = []
    for line in lines:
        said = (line["document_number"], line["state"], line["stamp"])
        if line["state"] in FILED and theirs[said] != 1:
            wrong.append(f"report {line['report_id']}: a verdict that was never given")
        if line["report_state"] != line["state"]:
            wrong.append(f"report {line['report_id']}: summed up wrongly")
        if not (line["answered_at"] and line["report_answered_at"]):
            wrong.append(f"report {line['report_id']}: still open")
    return wrong


def _unsaid_records(lines, records) -> list[str]:
    """Whatever the police received we must have noted as handed over."""
    handed_over = Counter(line["document_number"] for line in lines)
    received = Counter(record["fields"]["cDocN"] for record in records)
    unsaid = (received - handed_over).total()
    return [f"{unsaid} records at the police without a line of ours"] if unsaid else []


def expect(condition, otherwise: str) -> None:
    if not condition:
        raise ToolError(f"The crash test itself failed: {otherwise}.")


def _told(point: Point, result: Tally) -> Tally:
    say(_row(point.title, [getattr(result, name) for name in COLUMNS]))
    for sentence in sorted(set(result.untrue)):
        say(f"    {sentence}")
    return result


def _row(title: str, cells) -> str:
    return f"{title:<36}" + "".join(f"{cell:>11}" for cell in cells)
