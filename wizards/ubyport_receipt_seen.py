# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class UbyportReceiptSeen(models.TransientModel):
    """A manager has looked at receipts that are missing or disagree."""

    _name = "ubyport.receipt.seen"
    _description = "Receipt seen by a manager"

    report_ids = fields.Many2many("ubyport.report", string="Reports", required=True)
    text = fields.Text(compute="_compute_text")
    has_denied = fields.Boolean(compute="_compute_text")
    finding = fields.Selection(
        [
            ("reported", "The guests count as reported"),
            ("again", "The guests have to be reported again"),
        ],
        help="About guests whom the answer accepted and the receipt does not confirm. "
        "The police recognise a guest whom they have and answer “duplicate”.",
    )
    reason = fields.Char(
        string="What You Found Out",
        required=True,
        help="Kept as evidence with your name. Example: called the police, all guests "
        "are there.",
    )

    @api.depends("report_ids")
    def _compute_text(self):
        for wizard in self:
            reports = wizard.report_ids
            wizard.has_denied = any(reports.line_ids.mapped("is_denied"))
            wizard.text = "\n".join(
                f"{report.name}: {report.receipt_text}" for report in reports
            )

    def action_confirm(self):
        """Close the alarm about these receipts."""
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Write down what you found out."))
        if self.has_denied and not self.finding:
            raise UserError(
                self.env._("Decide about the guests whom the receipt does not confirm.")
            )
        reports = self.report_ids.filtered("receipt_is_open")
        reports._mark_receipt_seen(self.reason, self.finding == "again")
        return {"type": "ir.actions.act_window_close"}
