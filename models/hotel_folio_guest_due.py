# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..ubyport import deadline
from .hotel_folio_guest_report import OPEN_STATES


class HotelFolioGuest(models.Model):
    """How much time is left to report a guest, in words to search by."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    due = fields.Selection(
        [
            ("late", "Late"),
            ("today", "Today"),
            ("soon", "Next working day"),
            ("later", "Later"),
        ],
        compute="_compute_due",
        search="_search_due",
        help="When the report of a guest who still has to be reported is due.",
    )

    @api.depends("report_state", "deadline_date")
    def _compute_due(self):
        for guest in self:
            guest.due = guest._due_in_words()

    def _due_in_words(self):
        day = self.deadline_date
        if self.report_state not in OPEN_STATES or not day:
            return False
        today = self.facility_id.sudo()._today()
        if day <= today:
            return "late" if day < today else "today"
        return "soon" if day <= deadline.next_working_day(today) else "later"

    @api.model
    def _search_due(self, operator, value):
        """Find guests by due; the facility's zone is taken as the company's own."""
        if operator not in ("in", "not in"):
            return NotImplemented
        domains = self._due_domains()
        found = Domain.OR(domains[due] for due in value if due in domains)
        return ~found if operator == "not in" else found

    @api.model
    def _due_domains(self):
        """Return {due: Domain}; they exclude each other."""
        today = self.env["ubyport.facility"]._today()
        soon = deadline.next_working_day(today)
        due = Domain("report_state", "in", OPEN_STATES)
        after = due & Domain("deadline_date", ">", today)
        return {
            "late": due & Domain("deadline_date", "<", today),
            "today": due & Domain("deadline_date", "=", today),
            "soon": after & Domain("deadline_date", "<=", soon),
            "later": after & Domain("deadline_date", ">", soon),
        }
