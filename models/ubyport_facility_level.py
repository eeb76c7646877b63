# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import fields, models

LEVEL_FIELDS = {"automation", "interval_number", "interval_type", "interval_time"}


class UbyportFacility(models.Model):
    """How automatic a facility is, and when its next slot comes."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    automation = fields.Selection(
        [
            ("immediate", "At once"),
            ("interval", "At intervals"),
            ("manual", "On command"),
        ],
        default="manual",
        required=True,
        tracking=True,
        help="At once: a complete guest is reported as soon as it is saved after "
        "check-in.\nAt intervals: complete guests wait for the next slot.\n"
        "On command: nothing leaves until somebody sends the preview.\n"
        "Whatever the level, the host answers for correct and timely reports.",
    )
    interval_number = fields.Integer(
        default=1, help="Complete guests wait this long and travel together."
    )
    interval_type = fields.Selection(
        [("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")],
        default="hours",
        required=True,
    )
    interval_time = fields.Float(
        string="At",
        default=20.0,
        help="For days: the time of day in the facility's zone.",
    )
    repeat_unknown = fields.Boolean(
        string="Repeat Unknown Outcomes",
        default=True,
        help="If no certain answer came, the guests are sent once more by themselves "
        "after a while; the police recognise a repeat. Without this, you are asked.",
    )
    next_send_at = fields.Datetime(
        string="Next Slot",
        readonly=True,
        copy=False,
        help="When the guests who wait for the interval are sent.",
    )
    _interval_time_of_day = models.Constraint(
        "CHECK(interval_time >= 0 AND interval_time < 24)",
        "The time of day lies between 0:00 and 23:59.",
    )
    _interval_positive = models.Constraint(
        "CHECK(interval_number BETWEEN 1 AND 1000)",
        "The interval lies between 1 and 1000.",
    )

    def _next_slot(self):
        """Return the moment of the next interval; a slot still ahead is kept."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.next_send_at and self.next_send_at > now:
            return self.next_send_at
        step = relativedelta(**{self.interval_type: self.interval_number})
        return (
            self._daily_slot(now, step) if self.interval_type == "days" else now + step
        )

    def _morning_of(self, day):
        """Return eight o'clock of a day in the facility's zone as naive UTC."""
        if not day:
            return False
        morning = datetime.combine(day, time(8), tzinfo=self._zone())
        return morning.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _daily_slot(self, now, step):
        """Return the first moment after now at the facility's time of day (UTC)."""
        local = self._local_time(now)
        hours, minutes = divmod(round(self.interval_time * 60), 60)
        slot = local.replace(hour=hours, minute=minutes, second=0, microsecond=0)
        if slot <= local:
            slot += step
        return slot.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def write(self, vals):
        result = super().write(vals)
        if LEVEL_FIELDS & vals.keys():
            self.sudo().next_send_at = False
            self._open_guests()._follow_level()
        return result
