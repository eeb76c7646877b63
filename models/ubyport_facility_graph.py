# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta

from odoo import fields, models

GRAPH_DAYS = 30


class UbyportFacility(models.Model):
    """The small graph on a card: how many guests were reported on each day."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    # A list of {day, on_time, late}, the oldest day first.
    reported_days = fields.Json(
        string="Reported in the Last 30 Days", compute="_compute_reported_days"
    )

    def _compute_reported_days(self):
        found = self._reported_by_day()
        for facility in self:
            today = facility._today()
            days = [today - timedelta(days=ago) for ago in range(GRAPH_DAYS)][::-1]
            facility.reported_days = [
                {
                    "day": day.isoformat(),
                    "on_time": found[facility.id, day, False],
                    "late": found[facility.id, day, True],
                }
                for day in days
            ]

    def _reported_by_day(self):
        """Return Counter {(facility id, day, late): guests} in one grouped query.

        What was only a rehearsal does not count once a facility reports for real.
        """
        # By the moment, which has an index; the day is computed.
        since = fields.Datetime.now() - timedelta(days=GRAPH_DAYS + 1)
        groups = self.env["ubyport.statistics"]._read_group(
            [
                ("facility_id", "in", self.ids),
                ("state", "in", ("accepted", "duplicate")),
                ("answered_at", ">=", since),
            ],
            ["facility_id", "environment", "date:day", "is_late"],
            ["__count"],
        )
        found = Counter()
        for facility, environment, day, is_late, number in groups:
            if environment in (facility.environment, False):
                found[facility.id, day, is_late] += number
        return found
