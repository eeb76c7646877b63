# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class UbyportUnlDiscard(models.TransientModel):
    """Say that a UNL file was not used: its guests have to be reported again."""

    _name = "ubyport.unl.discard"
    _description = "UNL file that was not used"

    report_id = fields.Many2one("ubyport.report", string="UNL File", required=True)
    reason = fields.Char(
        required=True,
        help="Kept as evidence with your name. Example: the service works again, the "
        "file was never imported.",
    )

    def action_confirm(self):
        """Note it; the guests go the way which their facility's level wants."""
        self.ensure_one()
        self.report_id._discard_unl(self.reason)
        return {"type": "ir.actions.act_window_close"}
