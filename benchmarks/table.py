# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One row for each figure: what was measured, against what, what is to be reached."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time


@dataclass(frozen=True)
class Row:
    """A figure as text and whether it is good enough."""

    what: str
    figure: str
    compared: str
    wanted: str
    reached: bool


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def seconds(work, *arguments) -> float:
    """Wall time of one call."""
    begin = perf_counter()
    work(*arguments)
    return perf_counter() - begin


def in_turn(rounds: int, *works) -> list[float]:
    """The median wall time of each, run A B A B ..., so that drift hits all alike."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]


def in_turn_both(rounds: int, *works) -> list[tuple[float, float]]:
    """The median wall time and processor time of each, run A B A B ..."""

    def both(work):
        wall, cpu = perf_counter(), process_time()
        work()
        return perf_counter() - wall, process_time() - cpu

    runs = [[both(work) for work in works] for _ in range(rounds)]
    columns = [zip(*column, strict=True) for column in zip(*runs, strict=True)]
    return [tuple(map(median, column)) for column in columns]
