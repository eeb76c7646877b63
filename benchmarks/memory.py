# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Memory of a sending process: many batches with their receipts."""

from .hotel import facility, lodged, police
from .table import Row, resident

FIRST, LAST, SIZE = 10, 200, 32


def run(env) -> list[Row]:
    """Resident memory after 200 batches against after 10."""
    with police() as running:
        hotel = facility(env, running.endpoint)
        used = {0: 0}
        for batches in range(10, LAST + 1, 10):
            _send(env, hotel, 10)
            used[batches] = resident()
    more = used[LAST] - used[FIRST]
    figure = f"{more:+.0f} MB"
    what = f"memory of the sender after {LAST} batches"
    compared = f"after {FIRST} batches: {used[FIRST]:.0f} MB"
    return [Row(what, figure, compared, "at most 50 MB more", more <= 50)]


def _send(env, hotel, batches: int) -> None:
    people = lodged(env, hotel, batches * SIZE)
    people._enqueue(env.cr.now())
    env.cr.commit()
    env.invalidate_all()
    env["ubyport.sender"]._cron_send()
    env.invalidate_all()
    assert set(people.mapped("report_state")) == {"reported"}
    env.invalidate_all()
