# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Saving a folio with one room, no guest touched: with this addon and without it."""

from statistics import median

from .hotel import folio, room, session
from .table import Row, seconds

WITHOUT = "hotel_ubyport_bench_bare"
ROUNDS = 60


def run(env) -> list[Row]:
    """Create and change a folio in two databases, in turn, in the same process."""
    with session(WITHOUT) as bare:
        sides = {True: Counter(env), False: Counter(bare)}
        for side in sides.values():
            side.save()
        pairs = [[sides[ours].save() for ours in (False, True)] for _ in range(ROUNDS)]
        (queries_bare, queries), (time_bare, time) = (
            [median(pair[side][part] for pair in pairs) for side in (0, 1)]
            for part in (1, 0)
        )
    more = queries - queries_bare
    percent = (time / time_bare - 1) * 100
    return [
        Row(
            "save a folio with one room: queries",
            f"{more:+.0f}",
            f"hotel alone: {queries_bare:.0f}",
            "0 more",
            more <= 0,
        ),
        Row(
            "save a folio with one room: time",
            f"{percent:+.1f} %",
            f"hotel alone: {time_bare * 1000:.1f} ms, ours {time * 1000:.1f} ms",
            "at most 3 % more",
            percent <= 3,
        ),
    ]


class Counter:
    """One database with one room; `save` makes a folio there and changes it."""

    def __init__(self, env):
        self.env = env
        self.room = room(env, "Bench")

    def save(self) -> tuple[float, int]:
        """Wall time and number of queries."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count

        def work():
            made = folio(self.env, self.room)
            made.room_line_ids.discount = 5
            self.env.flush_all()

        elapsed = seconds(work)
        return elapsed, self.env.cr.sql_log_count - before
