# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Six years of history: the same screens over 1,000 and over 300,000 old guests."""

import psycopg2

from odoo.tools import SQL

# The benchmark is no part of the addon.
# pylint: disable-next=odoo-addons-relative-import
from odoo.addons.hotel_ubyport.models.hotel_folio_guest_report import OPEN_STATES

from .hotel import ACCOUNTS, GUEST, facility, lodged, police, reception, session
from .table import Row, in_turn

YOUNG = "hotel_ubyport_bench_young"
SMALL, LARGE = 1_000, 300_000
ROUNDS = 21
HISTORY = ("hotel_folio_guest", "ubyport_report", "ubyport_report_line")
SIX_YEARS = 6 * 365
# The web client asks for one more than the lists' count_limit.
COUNTED = 1_001
LISTED = ("display_name", "light", "report_state", "reported_at", "report_reason")
CARD = ("name", "light", "red_count", "amber_count", "service_message")


def run(env) -> list[Row]:
    """As the receptionist in two databases in turn; all plans are looked at, too."""
    with session(YOUNG) as young:
        sides = [_grown(young, SMALL), _grown(env, LARGE)]
        return [_row(name, work, *sides) for name, work in SCREENS.items()]


def _grown(env, guests: int):
    """The receptionist's environment of a chain with so many guests behind it."""
    with police() as running:
        hotels_with_reports(env, running.endpoint)
    user = reception(env)
    Past(env).grow(guests)
    return env(user=user)


def _row(name, work, young, old) -> Row:
    screens = [lambda env=env: _afresh(env, work) for env in (young, old)]
    before, after = in_turn(ROUNDS, *screens)
    more = _queries(old, work) - _queries(young, work)
    scans = _scans(old, work)
    ratio = after / before
    figure = f"{ratio:.2f} times, {more:+} queries"
    if scans:
        figure += f", scans {', '.join(sorted(scans))}"
    compared = f"1,000: {before * 1000:.1f} ms; 300,000: {after * 1000:.1f} ms"
    reached = ratio <= 1.5 and not more and not scans
    what = f"{name}, {LARGE:,} old guests"
    return Row(what, figure, compared, "1.5 times, +0, no scan", reached)


def guest_list(env):
    fields = {name: {} for name in LISTED}
    env[GUEST].web_search_read([], fields, limit=80, count_limit=COUNTED)


def open_guests(env):
    opened = [("report_state", "in", OPEN_STATES)]
    fields = {name: {} for name in LISTED}
    env[GUEST].web_search_read(opened, fields, limit=80, count_limit=COUNTED)


def board(env):
    env["ubyport.facility"].web_search_read([], {name: {} for name in CARD})


def systray(env):
    env["ubyport.facility"].get_alarm_counts()


def report_list(env):
    fields = {name: {} for name in ("name", "state", "line_count", "filed_count")}
    # 1,000 guests are 32 reports: a page which both fill.
    env["ubyport.report"].web_search_read([], fields, limit=20, count_limit=COUNTED)


SCREENS = {
    "board": board,
    "guest list": guest_list,
    "guests to report": open_guests,
    "systray number": systray,
    "report list": report_list,
}


def hotels_with_reports(env, endpoint: str) -> None:
    for number in range(len(ACCOUNTS)):
        _report(env, facility(env, endpoint, number))


def _report(env, hotel) -> None:
    """A few guests reported for real, to be multiplied, and some still open."""
    people = lodged(env, hotel, 32)
    people._enqueue(env.cr.now())
    env.cr.commit()
    env["ubyport.sender"]._cron_send()
    lodged(env, hotel, 12)
    env.cr.commit()


class Past:
    """Multiplies the reported guests of now, with their lines, over six years back."""

    def __init__(self, env):
        self.env = env
        self.copies = 0
        self.ends = {table: self._number("max(id)", table) for table in HISTORY}
        self.base = self._number("count(*)", "ubyport_report_line")

    def grow(self, guests: int) -> None:
        """Add copies until there are at least so many guests."""
        first, self.copies = self.copies + 1, guests // self.base
        for table in HISTORY:
            self._copy(table, first)
        self.env.cr.commit()  # pylint: disable=invalid-commit
        self._vacuum()
        self.env.invalidate_all()

    def _vacuum(self) -> None:
        """What PostgreSQL does by itself in a quiet hour."""
        connection = psycopg2.connect(dbname=self.env.cr.dbname)
        connection.autocommit = True
        for table in HISTORY:
            connection.cursor().execute(f"VACUUM ANALYZE {table}")
        connection.close()

    def _number(self, what: str, table: str) -> int:
        self.env.cr.execute(SQL(f"SELECT {what} FROM %s", SQL.identifier(table)))
        return self.env.cr.fetchone()[0]

    def _copy(self, table: str, first: int) -> None:
        """Copy the rows of now; the numbers of each copy are moved by an offset."""
        names = [name for name, field in self._fields(table).items() if field.store]
        values = SQL(", ").join(self._value(table, name) for name in names)
        rows = "report_state = 'reported'" if table == HISTORY[0] else "true"
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s,"
                f" generate_series(%s, %s) copy WHERE id <= %s AND {rows}",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, names)),
                values,
                SQL.identifier(table),
                first,
                self.copies,
                self.ends[table],
            )
        )

    def _value(self, table: str, name: str) -> SQL:
        column = SQL.identifier(name)
        refers = {"report_id": HISTORY[1], "guest_id": HISTORY[0]}.get(name)
        if name == "id" or refers:
            return SQL("%s + copy * %s", column, self.ends[refers or table])
        if name.endswith(("_date", "_at")) and name not in ("birth_date", "queued_at"):
            days = SQL(f"interval '1 day' * (10 + copy %% {SIX_YEARS})")
            return SQL("(%s - %s)", column, days)
        return column

    def _fields(self, table: str) -> dict:
        model = self.env[table.replace("_", ".")]
        return {
            name: field
            for name, field in model._fields.items()
            if field.store and field.column_type
        }


def _afresh(env, work) -> None:
    """Open a screen with an empty cache."""
    env.invalidate_all()
    work(env)


def _queries(env, work) -> int:
    before = env.cr.sql_log_count
    _afresh(env, work)
    return env.cr.sql_log_count - before


def _scans(env, work) -> set[str]:
    """The tables of history which any query of a screen reads from end to end."""
    env.invalidate_all()
    cursor = env.cr._obj
    recorder = env.cr._obj = Recorder(cursor)
    try:
        work(env)
    finally:
        env.cr._obj = cursor
    found = set()
    for query in recorder.queries:
        cursor.execute(b"EXPLAIN (FORMAT JSON) " + query)
        found |= set(_scanned(cursor.fetchone()[0][0]["Plan"]))
    return found


def _scanned(plan: dict):
    """Tables of history read from end to end; below a limit only a page is read."""
    if plan["Node Type"] == "Limit":
        return
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in HISTORY:
        yield plan["Relation Name"]
    for below in plan.get("Plans", ()):
        yield from _scanned(below)


class Recorder:
    """Stands in for a cursor and remembers what it was asked to read."""

    def __init__(self, cursor):
        self._cursor = cursor
        self.queries = []

    def __getattr__(self, name):
        return getattr(self._cursor, name)

    def execute(self, query, params=None):
        text = self._cursor.mogrify(query, params)
        if text.lstrip().upper().startswith((b"SELECT", b"WITH")):
            self.queries.append(text)
        return self._cursor.execute(query, params)
