# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport import deadline


class UbyportFacility(models.Model):
    """The way out by file, offered before time runs out."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    unl_due_count = fields.Integer(
        string="Due Without the Service",
        compute="_compute_unl_due_count",
        help="Guests who are due by the next working day while the service cannot be "
        "used. A UNL file is the way out.",
    )

    @api.depends("service_state", "login", "password_secret")
    def _compute_unl_due_count(self):
        for facility in self:
            facility.unl_due_count = (
                facility._count_due_for_unl() if facility._is_obstructed() else 0
            )

    def _is_obstructed(self):
        """Return whether the service cannot be used: no account, outage, refused."""
        return bool(self) and (self.service_state != "ok" or not self._is_configured())

    def _count_due_for_unl(self):
        soon = deadline.next_working_day(self._today())
        due = [*self._domain_for_unl(), ("deadline_date", "<=", soon)]
        return self.env["hotel.folio.guest"].search_count(due)

    def _domain_for_unl(self):
        """Return the domain of guests who can go by file without a second thought."""
        return [
            ("facility_id", "in", self.ids),
            ("report_state", "in", ("ready", "queued")),
            ("is_held", "=", False),
        ]

    def _problem_unl(self):
        if not self.unl_due_count:
            return False
        return self.env._(
            "%s guests are due by the next working day and the service cannot be used: "
            "make a UNL file (button UNL File) and import it in the police's web "
            "application.",
            self.unl_due_count,
        )

    def action_make_unl(self):
        """Make UNL files of all open guests of this facility who can be reported."""
        guests = self.env["hotel.folio.guest"].search(
            self._domain_for_unl(), order="deadline_date, id"
        )
        return guests.action_make_unl()

    def _hold_after_rehearsal(self):
        """A file of the rehearsal was no report: its guests are open, and held."""
        # A guest of a shared room may belong to a company out of sight.
        files = (
            self.env["ubyport.report"]
            .sudo()
            .search(
                [
                    ("facility_id", "in", self.ids),
                    ("environment", "!=", "production"),
                    ("channel", "=", "unl"),
                    ("state", "=", "sending"),
                ]
            )
        )
        if files:
            reason = self.env._("Made before the facility reported to the real police.")
            files._discard_unl(reason)
        return super()._hold_after_rehearsal()
