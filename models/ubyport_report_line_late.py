# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport import deadline
from .ubyport_report_line import FILED_STATES


class UbyportReportLine(models.Model):
    """Whether the police were told in time."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.report.line"

    is_late = fields.Boolean(
        string="Late",
        compute="_compute_is_late",
        store=True,
        readonly=False,  # said at once, see facility_id
        help="Accepted after the third working day from the arrival. The correction "
        "of an earlier report is not late.",
    )

    _answered_at_idx = models.Index("(answered_at)")

    @api.depends("state", "answered_at", "arrival_date")
    def _compute_is_late(self):
        days = {}
        for line in self:
            is_late = line.state in FILED_STATES and line._was_told_late(days)
            line.is_late = is_late and not line._corrects_earlier()

    def _was_told_late(self, days):
        """Return whether the answer came after the last day (Act 326/1999 § 102).

        :param days: the days known so far, for a batch is answered at one moment
        """
        key = self.facility_id, self.answered_at
        if key not in days:
            moment = self.answered_at or fields.Datetime.now()
            days[key] = self.facility_id._local_date(moment)
        told = days[key]
        try:
            return told > deadline.deadline(self.arrival_date)
        except (OverflowError, TypeError):  # no arrival, or no real one
            return False

    def _corrects_earlier(self):
        """Return whether the police had accepted this guest before."""
        return any(
            other.state in FILED_STATES and other.id < self._origin.id
            for other in self.guest_id.line_ids
        )
