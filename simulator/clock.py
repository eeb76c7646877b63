# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The police's clock: Czech time, or a day that a test has set."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

try:
    PRAGUE = ZoneInfo("Europe/Prague")
except ZoneInfoNotFoundError:  # no zone data on this machine: take its own zone
    PRAGUE = datetime.now().astimezone().tzinfo


class Clock:
    """Tells the time in Prague; a set day keeps the real time of day."""

    def __init__(self):
        self.fixed_day = None

    def now(self) -> datetime:
        """Local time in Prague, without a zone, to the second."""
        now = datetime.now(PRAGUE).replace(tzinfo=None, microsecond=0)
        return datetime.combine(self.fixed_day, now.time()) if self.fixed_day else now

    def today(self) -> date:
        """The day that dates of guests are compared with."""
        return self.now().date()

    def as_json(self):
        """For the control address."""
        return {"today": self.today().isoformat(), "fixed": self.fixed_day is not None}
