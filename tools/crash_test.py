# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make crash-test`: kill the sending process at every moment, restart, count."""

import signal

from .crash_hotel import open_hotel
from .crash_points import POINTS, Point
from .crash_processes import wait_until
from .crash_tally import Tally
from .errors import ToolError
from .progress import say

BATCH = 5
KILLED = -signal.SIGKILL
# What a report passes through, seen before and after each run of the sender.
WAY = {
    "queued": ["queued", "reported"],
    # Left alone until its time is over, then unknown, then repeated once.
    "sending": ["sending", "sending", "unknown", "reported"],
    # Left alone until its time is over, then settled by the answer that was kept.
    "kept": ["sending", "sending", "reported"],
    "reported": ["reported"],
}
COLUMNS = ("sent", "held", "duplicates", "doubled", "lost", "hanging")


def main() -> None:
    """Print a line for each point; ToolError unless all of them are good."""
    with open_hotel() as hotel:
        say("\n" + _row("killed", COLUMNS))
        tallies = [_told(point, kill(hotel, point)) for point in POINTS]
        leaked = hotel.leaked_log_lines()
    say(f"\nLines of Odoo's log that name a guest (must be 0): {len(leaked)}")
    if leaked or not all(tally.is_good for tally in tallies):
        raise ToolError("The crash test failed.")
    say("Nobody was doubled, lost or left hanging.")


def kill(hotel, point: Point) -> Tally:
    """Let a process die at this point, restart, and count what became of its batch."""
    guests = hotel.guests(BATCH)
    expect(hotel.worker.do("send", guests=guests), "the command was refused")
    code = die_on_the_wire(hotel, point) if point.fault else die(hotel, point)
    expect(code == KILLED, f"the process ended with {code}, it was not killed")
    wrong = _differences_at_death(hotel, point, guests)
    way = hotel.recover(guests)
    if way != WAY["kept" if point.kept else point.found]:
        wrong.append(f"the way was {' > '.join(way)}")
    tally = hotel.tally(guests)
    tally.untrue += wrong
    return tally


def die(hotel, point: Point) -> int:
    """Run the sender in a process that kills itself at the point; its exit code."""
    worker = hotel.worker
    worker.do("die", title=point.title)
    worker.start("cron")
    return worker.end()


def die_on_the_wire(hotel, point: Point) -> int:
    """Kill the sender while the police hold its call in a fault; its exit code."""
    worker = hotel.worker
    hotel.police.fault(**point.fault)
    before = len(hotel.police.records())
    worker.start("cron")
    hotel.police.wait_for_fault(point.fault["kind"])
    if point.received:
        _wait_for_batch(hotel, before)
    worker.kill()
    code = worker.end()
    if point.late:
        expect(len(hotel.police.records()) == before, "the police were too quick")
        _wait_for_batch(hotel, before)
    return code


def _wait_for_batch(hotel, before: int) -> None:
    wait_until(
        lambda: len(hotel.police.records()) == before + BATCH, "a batch at the police"
    )


def _differences_at_death(hotel, point: Point, guests) -> list[str]:
    """What is otherwise than the point says, seen by a fresh process."""
    states = set(hotel.states(guests).values())
    received = len(hotel.records(guests))
    wrong = []
    if states != {point.found}:
        wrong.append(f"after the death the guests were {', '.join(sorted(states))}")
    if received != BATCH * point.reaches_police:
        wrong.append(f"after the death the police held {received} of {BATCH}")
    return wrong


def expect(condition, otherwise: str) -> None:
    if not condition:
        raise ToolError(f"The crash test itself failed: {otherwise}.")


def _told(point: Point, tally: Tally) -> Tally:
    say(_row(point.title, [getattr(tally, name) for name in COLUMNS]))
    for sentence in sorted(set(tally.untrue)):
        say(f"    {sentence}")
    return tally


def _row(title: str, cells) -> str:
    return f"{title:<36}" + "".join(f"{cell:>11}" for cell in cells)
