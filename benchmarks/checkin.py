# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The counter: checking guests in where reporting needs no command."""

from statistics import median

from .hotel import facility, folio, guests, reception
from .table import Row, seconds

ROUNDS = 5


def run(env) -> list[Row]:
    """1, 10 and 100 guests, as the receptionist, up to the point of the commit."""
    hotel = facility(env, "http://127.0.0.1:9/ws_uby.svc", automation="immediate")
    user = reception(env)
    _check_in(env, hotel, user, 3)
    found = {number: _median(env, hotel, user, number) for number in (1, 10, 100)}
    queries = {number: count for number, (_time, count) in found.items()}
    each = (queries[100] - queries[1]) / 99
    elapsed = found[100][0]
    counts = ", ".join(f"{number}: {count}" for number, count in queries.items())
    return [
        Row(
            "check in 1, 10, 100 guests: queries",
            f"{each:.2f} for each guest more",
            counts,
            "constant + at most 2 each",
            each <= 2,
        ),
        Row(
            "check in 100 guests at level immediate",
            f"{elapsed * 1000:.0f} ms",
            f"1 guest: {found[1][0] * 1000:.0f} ms",
            "under 1 s",
            elapsed < 1,
        ),
    ]


def _median(env, hotel, user, number: int) -> tuple[float, int]:
    runs = [_check_in(env, hotel, user, number) for _ in range(ROUNDS)]
    times, counts = zip(*runs, strict=True)
    return median(times), round(median(counts))


def _check_in(env, hotel, user, number: int) -> tuple[float, int]:
    """Wall time and number of queries of the button and of all it writes."""
    stay = folio(env(user=user), hotel.room_ids[0].with_user(user))
    guests(stay.env, stay, number)
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count

    def click():
        stay.action_check_in_guests()
        stay.env.flush_all()

    elapsed = seconds(click)
    return elapsed, env.cr.sql_log_count - before
