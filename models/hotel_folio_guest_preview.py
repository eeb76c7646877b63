# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class HotelFolioGuest(models.Model):
    """What the preview shows of a guest, and what a person can open from here."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    report_count = fields.Integer(
        string="Number of Reports", compute="_compute_report_count"
    )
    has_receipt = fields.Boolean(compute="_compute_has_receipt", compute_sudo=True)

    @api.depends("line_ids")
    def _compute_report_count(self):
        for guest in self:
            guest.report_count = len(guest.line_ids)

    @api.depends("receipt_report_id")
    def _compute_has_receipt(self):
        for guest in self:
            report = guest.receipt_report_id.with_context(bin_size=True)
            guest.has_receipt = bool(report.receipt)

    def _may_be_sent(self):
        """Return whether a command to send this guest now makes sense."""
        self.ensure_one()
        open_states = ("ready", "queued", "changed", "unknown")
        may = self.report_state in open_states and not self._exemption()
        return may and not self._has_errors()

    def _is_offered_to_send(self):
        """Return whether the preview chooses this guest from the start.

        A repeat or a correction is left to a deliberate choice.
        """
        offered = self.report_state in ("ready", "queued") and not self.is_held
        return offered and self._may_be_sent()

    def _preview_light(self):
        self.ensure_one()
        if self.report_state in ("expected", "exempt"):
            return "grey"
        if self.report_state in ("incomplete", "refused") or self._has_errors():
            return "red"
        if self.report_state in ("unknown", "changed") or self.finding_summary:
            return "amber"
        return "green"

    def _preview_text(self):
        """Return, letter by letter, what would leave; empty while that is unclear."""
        self.ensure_one()
        if self._exemption() or self._has_errors():
            return False
        told = self._to_wire()
        return ", ".join(
            str(value)
            for value in (
                told.surname,
                told.first_name,
                told.birth_date,
                told.nationality,
                told.document_number,
                told.visa_number,
                told.residence,
                f"{told.purpose:02d}",
                told.note,
            )
            if value
        )

    def action_preview_report(self):
        """Open the preview for these guests."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.ubyport_export_action"
        )
        return action | {
            "context": {"active_model": self._name, "active_ids": self.ids},
        }

    def action_view_ubyport_reports(self):
        """Open every report in which this guest was handed over."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.ubyport_report_action"
        )
        return action | {
            "domain": [("line_ids.guest_id", "=", self.id)],
            "context": {},
        }

    def action_save_receipts(self):
        """Let the browser save the receipts of these guests."""
        return self.receipt_report_id.action_save_receipts()

    def action_view_receipt(self):
        """Open the report that proves that this guest was reported."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ubyport.report",
            "res_id": self.receipt_report_id.id,
            "view_mode": "form",
        }
