# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""House-keeping over six years of guests: the watch and the sender's own steps."""

from time import perf_counter

from .history import LARGE, Past, hotels_with_reports
from .hotel import police
from .table import Row, resident

LOCK = 0.1
MEMORY = 20


def run(env) -> list[Row]:
    """The longest transaction bounds how long any row can be locked."""
    with police() as running:
        hotels_with_reports(env, running.endpoint)
        Past(env).grow(LARGE)
        for _ in range(2):
            env["ubyport.facility"]._cron_watch()
            env["ubyport.sender"]._cron_send()
        before = resident()
        longest = Stopwatch(env.cr)
        begin = perf_counter()
        env["ubyport.facility"]._cron_watch()
        env["ubyport.sender"]._cron_send()
        elapsed = perf_counter() - begin
    more = resident() - before
    what = f"house-keeping, {LARGE:,} old guests"
    compared = f"{longest.count} transactions in {elapsed:.2f} s"
    return [
        Row(
            f"{what}: longest lock",
            f"{longest.seconds * 1000:.0f} ms",
            compared,
            "100 ms",
            longest.seconds <= LOCK,
        ),
        Row(
            f"{what}: memory",
            f"{more:+.0f} MB",
            compared,
            "bounded",
            more <= MEMORY,
        ),
    ]


class Stopwatch:
    """Remembers the longest time between two commits of a cursor."""

    def __init__(self, cursor):
        self.seconds = 0.0
        self.count = 0
        self._last = perf_counter()
        self._commit = cursor.commit
        cursor.commit = self._timed

    def _timed(self):
        self._commit()
        now = perf_counter()
        self.seconds = max(self.seconds, now - self._last)
        self.count += 1
        self._last = now
