# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..ubyport import exceptions, receipt
from ..ubyport.reply import RECEIPT_MAX


class UbyportReceiptUpload(models.TransientModel):
    """A receipt (Doručenka) arrived: from the web application, by mail, data box.

    It is the proof that the duty was met for the guests whom it lists as accepted
    (operating rules, 7.5), so it closes a UNL file and outcomes that are unknown.
    """

    _name = "ubyport.receipt.upload"
    _description = "Upload of a receipt of the police"

    file = fields.Binary(
        string="Receipt (PDF)",
        attachment=False,
        help="The PDF of the police as it came: a scan or a print of it cannot be "
        "read.",
    )
    file_name = fields.Char()
    facility_id = fields.Many2one(
        "ubyport.facility",
        help="Found by the IDUB in the receipt.",
    )
    report_id = fields.Many2one("ubyport.report", readonly=True)
    is_read = fields.Boolean(readonly=True)
    accepted_count = fields.Integer(string="Accepted", compute="_compute_result")
    refused_count = fields.Integer(string="Refused", compute="_compute_result")
    open_count = fields.Integer(string="To Report Again", compute="_compute_result")
    refused_text = fields.Text(compute="_compute_result")
    open_text = fields.Text(compute="_compute_result")
    receipt_text = fields.Text(related="report_id.receipt_text")

    @api.depends("is_read", "report_id")
    def _compute_result(self):
        for wizard in self:
            lines = wizard.report_id.line_ids.sorted("position")
            filed = lines.filtered(lambda line: line._is_filed())
            refused = lines.filtered(lambda line: line.state == "refused")
            wizard.accepted_count = len(filed)
            wizard.refused_count = len(refused)
            wizard.open_count = len(lines - filed - refused)
            wizard.refused_text = refused._names_with_answers()
            wizard.open_text = (lines - filed - refused)._names_with_answers()

    def action_read(self):
        """Read the receipt, find its report and let it close the guests it names."""
        self.ensure_one()
        self.env["ubyport.report"].check_access("read")
        content = self._content()
        self._refuse_known(content)
        paper = self._paper(content)
        self.facility_id = self._facility_of(paper)
        report = self.env["ubyport.report"]._find_by_receipt(
            paper, self.facility_id, self.report_id
        )
        if not report:
            raise UserError(self._nothing_waits(paper))
        report._take_receipt(content, paper)
        self.write({"report_id": report.id, "is_read": True, "file": False})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receipt Arrived"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _content(self):
        try:
            content = base64.b64decode(self.file or b"", validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not content:
            raise UserError(self.env._("Choose the receipt, a PDF file, first."))
        if not content.startswith(b"%PDF"):
            raise UserError(
                self.env._("This is no PDF file. The receipt of the police is one.")
            )
        if len(content) > RECEIPT_MAX:
            raise UserError(self.env._("This file is too large for a receipt."))
        return content

    def _refuse_known(self, content):
        """Say where this very file is kept already."""
        Report = self.env["ubyport.report"]
        known = Report.search(
            [("receipt_sha256", "=", Report._receipt_sha256(content))], limit=1
        )
        if known.receipt_user_id:
            raise UserError(
                self.env._(
                    "This receipt is here already: %(user)s uploaded it to the report "
                    "%(report)s.",
                    user=known.receipt_user_id.name,
                    report=known.name,
                )
            )
        if known:
            raise UserError(
                self.env._(
                    "This receipt is here already: the service sent it with the "
                    "report %s.",
                    known.name,
                )
            )

    def _paper(self, content):
        try:
            return receipt.read_receipt(content)
        except exceptions.UnreadableReceipt as error:
            raise UserError(
                self.env._(
                    "This PDF is no receipt (Doručenka), or it has a layout which the "
                    "program does not know. If it is one, compare it by yourself and "
                    "note the guests as reported elsewhere."
                )
            ) from error

    def _facility_of(self, paper):
        """Return the facility which the receipt names."""
        found = self.env["ubyport.facility"].search([("idub", "=", paper.idub)])
        if not found:
            raise UserError(
                self.env._(
                    "The receipt is for the facility with IDUB %(idub)s "
                    "(%(name)s), which is none of yours.",
                    idub=paper.idub,
                    name=paper.facility,
                )
            )
        if self.facility_id and self.facility_id not in found:
            raise UserError(
                self.env._(
                    "The receipt belongs to another facility: %s.",
                    found[0].display_name,
                )
            )
        return self.facility_id or found[0]

    def _nothing_waits(self, paper):
        return self.env._(
            "No report of %(facility)s waits for this receipt: nobody among its "
            "%(total)s guests was handed over with the same data. Was it made for "
            "guests who were typed into the web application? Then note them as "
            "reported elsewhere.",
            facility=self.facility_id.display_name,
            total=paper.total,
        )

    def action_open_report(self):
        """Open the report to which the receipt belongs."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ubyport.report",
            "res_id": self.report_id.id,
            "view_mode": "form",
        }
