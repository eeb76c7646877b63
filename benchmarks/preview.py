# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The preview of what would be told to the police, as the receptionist opens it."""

from statistics import median

from .hotel import facility, lodged, reception
from .table import Row, seconds

NUMBERS = (100, 1_000, 10_000)
ROUNDS = 3


def run(env) -> list[Row]:
    """Rights, states, findings and the letters that would leave, of every guest."""
    hotel = facility(env, "http://127.0.0.1:9/ws_uby.svc")
    user = reception(env)
    people = lodged(env, hotel, max(NUMBERS))
    env.flush_all()
    found = {
        number: _measure(env(user=user), people[:number].ids) for number in NUMBERS
    }
    middle, queries = found[1_000]
    large, _ = found[10_000]
    times = ", ".join(f"{n:,}: {time:.2f} s" for n, (time, _) in found.items())
    return [
        Row(
            "preview of 1,000 guests",
            f"{middle:.2f} s, {queries} queries",
            times,
            "1 s, 40 queries",
            middle < 1 and queries <= 40,
        ),
        Row(
            "preview of 10,000 guests",
            f"{large / middle:.1f} times that of 1,000",
            times,
            "at most 12 times",
            large / middle <= 12,
        ),
    ]


def _measure(env, ids: list[int]) -> tuple[float, int]:
    """Median wall time and number of queries, with an empty cache."""
    context = {"active_model": "hotel.folio.guest", "active_ids": ids}
    wizard = env["ubyport.export"].with_context(**context)
    times = []
    for _ in range(ROUNDS):
        env.invalidate_all()
        before = env.cr.sql_log_count
        times.append(seconds(wizard.get_preview))
    return median(times), env.cr.sql_log_count - before
