# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A hotel that lives in processes of its own: a database, Odoo workers, the police."""

import fcntl
import itertools
from contextlib import contextmanager

from . import database, environment
from .crash_processes import Police, Worker
from .crash_tally import Tally, tally
from .places import DEV
from .process import log_path, tail

SOURCE = "hotel_ubyport_crash"
DATABASE = "hotel_ubyport_crash_run"
# more rounds than any report needs: claimed, left behind, unknown, repeated
ROUNDS = 6
VLTAVA = {
    "name": "Hotel Vltava",
    "idub": "123456789012",
    "mark": "HVLTA",
    "contact": "Jana Vzorová, tel: +420 601 123 456",
    "district": "Praha",
    "municipality": "Praha",
    "municipality_part": "Nové Město",
    "street": "Zkušební",
    "house_number": "12",
    "orientation_number": "6",
    "zip": "11000",
    "login": "uby-ws12demo",
    "password": "Vltava2026",
}
LIPA = {
    "name": "Penzion U Lípy",
    "idub": "1234567890123",
    "mark": "PENSN",
    "contact": "Petr Příklad, tel: +420 602 123 456",
    "district": "Strakonice",
    "municipality": "Vodňany",
    "municipality_part": "Vodňany I",
    "street": "Cvičná",
    "house_number": "26",
    "orientation_number": "",
    "zip": "38901",
    "login": "uby-ws34demo",
    "password": "Lipa2026",
}
# beginnings of all surnames and document numbers here: no log may hold them
SURNAME, DOCUMENT = "Testovan", "PROCES"
# every waiting time of the product is over
SKIP_WAITING = """
    UPDATE ubyport_report_line SET answered_at = answered_at - interval '1 day'
     WHERE state = 'unknown';
    UPDATE ubyport_report SET sent_at = sent_at - interval '1 day',
           answered_at = answered_at - interval '1 day'
     WHERE state IN ('sending', 'unknown');
    UPDATE hotel_folio_guest SET send_after = send_after - interval '1 day';
    UPDATE ubyport_facility SET next_try_at = next_try_at - interval '1 day';
"""
STATES = "SELECT id, report_state FROM hotel_folio_guest WHERE id IN ({ids})"
LINES = """
    SELECT line.guest_id, line.state, line.document_number, line.answered_at,
           report.state AS report_state, report.stamp, report.id AS report_id,
           report.answered_at AS report_answered_at
      FROM ubyport_report_line line JOIN ubyport_report report
           ON report.id = line.report_id
     WHERE line.guest_id IN ({ids}) ORDER BY line.id
"""


class Hotel:
    """Facilities, guests and the processes that report them."""

    def __init__(self, env: dict[str, str], police: Police):
        self.police = police
        self._env = env
        self._workers: list[Worker] = []
        self._numbers = itertools.count()
        self._documents: dict[int, str] = {}
        self.mark_log()
        self.workers(1)[0].do("user")
        self.vltava = self.facility(VLTAVA)

    def facility(self, values: dict, **changes) -> int:
        """A facility which reports on command only, unless changed; its id."""
        service = {"environment": "simulator", "endpoint": self.police.endpoint}
        all_values = {"automation": "manual"} | values | service | changes
        return self.worker.do("facility", values=all_values)

    def guests(self, count: int, facility: int | None = None) -> list[int]:
        """Lodge new people whose names were never used before; their ids."""
        people = [self._new_person() for _ in range(count)]
        where = facility or self.vltava
        ids = self.worker.do("guests", facility=where, people=people)
        self._documents |= {
            guest: number for guest, (_, number) in zip(ids, people, strict=True)
        }
        return ids

    def _new_person(self) -> tuple[str, str]:
        number = next(self._numbers)
        letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")
        return f"{SURNAME}{letters}", f"{DOCUMENT}{number:04d}"

    @property
    def worker(self) -> Worker:
        """A living process; a fresh one after a death."""
        return self.workers(1)[0]

    def workers(self, count: int) -> list[Worker]:
        """So many living processes, all of them ready."""
        self._workers = [worker for worker in self._workers if worker.is_alive()]
        for _ in range(count - len(self._workers)):
            self._workers.append(Worker(DATABASE, self._env))
        for worker in self._workers[:count]:
            worker.wait_until_ready()
        return self._workers[:count]

    def set_batch_size(self, size: int) -> None:
        """Batches of the first facility are this long, and its lists are fresh."""
        self.sql(
            f"UPDATE ubyport_facility SET max_batch = {int(size)},"
            f" lists_refreshed_at = now() WHERE id = {self.vltava}"
        )

    def stop(self) -> None:
        for worker in self._workers:
            worker.stop()

    def documents(self, guests) -> dict[int, str]:
        """The document number of each guest; no two guests share one."""
        return {guest: self._documents[guest] for guest in guests}

    def records(self, guests) -> list[dict]:
        """What the police received about these guests, in order."""
        return self.police.records_of(self.documents(guests).values())

    def sql(self, statement: str) -> list[dict]:
        return self.worker.do("sql", statement=statement)

    def states(self, guests) -> dict[int, str]:
        """The report state of each guest."""
        rows = self.sql(STATES.format(ids=ids(guests)))
        return {row["id"]: row["report_state"] for row in rows}

    def lines(self, guests) -> list[dict]:
        """What we noted about these guests, in order."""
        return self.sql(LINES.format(ids=ids(guests)))

    def tally(self, guests) -> Tally:
        """What became of these guests, by our lines and by the police's records."""
        every = self.states(guests), self.lines(guests), self.records(guests)
        return tally(*every, self.documents(guests))

    def recover(self, guests) -> list[str]:
        """Run the scheduled action until all are reported or it gives up.

        Returns the states (joined by +) seen before, then after each run; waiting
        times are skipped between the runs, not before the first.
        """
        seen = [self._joined_states(guests)]
        while len(seen) <= ROUNDS and seen[-1] != "reported":
            if len(seen) > 1:
                self.skip_waiting()
            self.worker.do("cron")
            seen.append(self._joined_states(guests))
        return seen

    def skip_waiting(self) -> None:
        """Let every waiting time of the product be over."""
        self.sql(SKIP_WAITING)

    def _joined_states(self, guests) -> str:
        return "+".join(sorted(set(self.states(guests).values())))

    def mark_log(self) -> None:
        """Let leaked_log_lines begin here."""
        self._log_start = log_path("crash").stat().st_size

    def leaked_log_lines(self) -> list[str]:
        """Lines of Odoo's log since its mark that name a guest or a document."""
        text = tail(log_path("crash"), self._log_start, limit=10**8)
        return [
            line for line in text.splitlines() if SURNAME in line or DOCUMENT in line
        ]


def ids(guests) -> str:
    return ", ".join(str(int(guest)) for guest in guests)


@contextmanager
def open_hotel():
    """A hotel on a fresh database, with its police; one at a time per checkout."""
    with environment.ready() as env, _only_one():
        database.refresh(SOURCE, env, demo=False)
        database.copy(SOURCE, DATABASE, env)
        police, hotel = Police(), None
        try:
            hotel = Hotel(env, police)
            yield hotel
        finally:
            if hotel:
                hotel.stop()
            police.stop()
            database.drop(DATABASE, env)


@contextmanager
def _only_one():
    """Two runs would share the database: the second waits for the first."""
    log_path("crash").touch()
    with (DEV / "crash.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
