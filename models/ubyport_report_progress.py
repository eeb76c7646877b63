# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class UbyportReport(models.Model):
    """Whoever waits for an answer of the police is told when it is there."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.report"

    def _tell_requesters(self):
        """Let the open screens of those who sent these guests ask for the verdicts."""
        for user in self.line_ids.requested_by_id:
            user._bus_send("ubyport_progress", {})
