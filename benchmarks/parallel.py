# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Eight facilities, a service that takes half a second: 1, 2, 4 scheduled actions."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from tools.crash_processes import Worker

from .hotel import ACCOUNTS, GUEST, facility, lodged, police
from .table import Row

DELAY = 0.5
BATCHES = 4
SIZE = 32
WANTED = {2: 1.9, 4: 3.6}


def run(env) -> list[Row]:
    """The same number of guests each time, each worker a process of its own."""
    with police() as running:
        hotels = [facility(env, running.endpoint, n) for n in range(len(ACCOUNTS))]
        running.delay(DELAY)
        rates, police_share = {}, {}
        for number in (1, 2, 4):
            before = running.cpu_seconds()
            rates[number], elapsed = _rate(env, hotels, number)
            police_share[number] = (running.cpu_seconds() - before) / elapsed
    return [
        Row(
            f"0.5 s delay, 8 facilities, {number} senders",
            f"{rates[number] / rates[1]:.2f} times, {rates[number]:.0f} guests/s",
            f"one sender: {rates[1]:.0f} guests/s; the simulator takes "
            f"{police_share[number]:.0%} of a core",
            f"{wanted} times",
            rates[number] / rates[1] >= wanted,
        )
        for number, wanted in WANTED.items()
    ]


def _rate(env, hotels, number: int) -> tuple[float, float]:
    """Guests a second that so many senders report, and the seconds they took."""
    workers = [Worker(env.cr.dbname, dict(os.environ)) for _ in range(number)]
    try:
        for worker in workers:
            worker.wait_until_ready()
            _warm_up(env, hotels[0], worker)
        people = env[GUEST]
        for hotel in hotels:
            people |= _queued(env, hotel, BATCHES * SIZE)
        begin = time.monotonic()
        with ThreadPoolExecutor(number) as pool:
            list(pool.map(lambda worker: worker.do("cron"), workers))
        elapsed = time.monotonic() - begin
    finally:
        for worker in workers:
            worker.stop()
    env.cr.commit()
    env.invalidate_all()
    assert set(people.mapped("report_state")) == {"reported"}
    return len(people) / elapsed, elapsed


def _warm_up(env, hotel, worker) -> None:
    """Let a new process load what it loads once: Odoo's crons live long."""
    _queued(env, hotel, 1)
    worker.do("cron")


def _queued(env, hotel, number: int):
    people = lodged(env, hotel, number)
    people._enqueue(env.cr.now())
    env.cr.commit()  # pylint: disable=invalid-commit
    return people
