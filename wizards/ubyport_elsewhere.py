# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class UbyportElsewhere(models.TransientModel):
    """Note that guests were reported in another way, or take such a note back."""

    _name = "ubyport.elsewhere"
    _description = "Report made in another way"

    step = fields.Selection(
        [("report", "Were reported"), ("withdraw", "Were not reported after all")],
        default="report",
        required=True,
    )
    guest_ids = fields.Many2many("hotel.folio.guest", string="Guests", required=True)
    reason = fields.Char(
        string="How and When",
        required=True,
        help="Kept as evidence with your name. Example: web form, 20 November, "
        "receipt in the binder.",
    )

    def action_confirm(self):
        """Write the note about these guests."""
        self.ensure_one()
        self.guest_ids.check_access("write")
        if self.step == "report":
            self.guest_ids._report_elsewhere(self.reason)
        else:
            self.guest_ids._withdraw_elsewhere(self.reason)
        return {"type": "ir.actions.act_window_close"}
