# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .ubyport_facility import PRAGUE

# People told to the police's test service in one day (operating rules, 11.2).
PEOPLE_PER_DAY = 1000
UTC = ZoneInfo("UTC")


class UbyportFacility(models.Model):
    """The police's test service takes at most 1000 people a day from all of us."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    @api.model
    def _test_day_start(self, days=0):
        """Return midnight in Prague, today or some days later, as naive UTC."""
        now = fields.Datetime.now().replace(tzinfo=UTC).astimezone(PRAGUE)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        midnight += relativedelta(days=days)
        return midnight.astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _test_people_left(self):
        """Return how many people the test service may still be told today.

        Whoever may have been received counts: of all facilities, invented or not.
        """
        since = self._test_day_start()
        ordinary = [
            ("report_id.environment", "=", "test"),
            ("report_id.channel", "=", "ws"),
            ("report_id.sent_at", ">=", since),
            ("state", "!=", "not_sent"),
        ]
        invented = [
            ("environment", "=", "test"),
            ("sent_at", ">=", since),
            ("state", "!=", "not_sent"),
        ]
        told = self.env["ubyport.report.line"].sudo().search_count(ordinary)
        batches = self.env["ubyport.certification.batch"].sudo().search(invented)
        return max(0, PEOPLE_PER_DAY - told - sum(batches.mapped("size")))

    def _is_test_day_over(self):
        """Return whether this facility has to wait for tomorrow."""
        self.ensure_one()
        return self.environment == "test" and not self._test_people_left()

    def _may_send(self, now):
        return super()._may_send(now) and not self._is_test_day_over()

    def _problems(self):
        found = super()._problems()
        if self._is_test_day_over():
            found["test_day"] = self._test_day_text()
        return found

    @api.model
    def _test_day_text(self):
        return self.env._(
            "The police's test service has been told %s people today, which is all it "
            "may be told in a day. Sending goes on tomorrow.",
            PEOPLE_PER_DAY,
        )


class UbyportSender(models.AbstractModel):
    """Ordinary reports to the test service count and stop at the same number."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.sender"

    @api.model
    def _room_at_test_service(self):
        """Return how many people may be told now; held until the commit.

        Senders which count at the same time meet at one row: who comes second gets
        a serialization failure, and counts anew.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE ir_config_parameter SET value = value WHERE key = %s",
                "hotel_ubyport.test_service_meeting_point",
            )
        )
        return self.env["ubyport.facility"]._test_people_left()

    @api.model
    def _lock_queued(self, facility):
        guests = super()._lock_queued(facility)
        if facility.environment != "test":
            return guests
        return guests[: self._room_at_test_service()]
