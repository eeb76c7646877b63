# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..ubyport import unl


class UbyportReport(models.Model):
    """A UNL file: written ahead like any batch, and open until its receipt comes.

    Its lines stay "sending", so that the web service cannot send the same guests
    meanwhile. The receipt closes it, or a person who says that it was not used.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.report"

    unl_file = fields.Binary("UNL File", readonly=True, attachment=True)
    unl_filename = fields.Char("Name of the UNL File", readonly=True)
    unl_sha256 = fields.Char("SHA-256 of the UNL File", readonly=True)
    unl_discarded_by_id = fields.Many2one(
        "res.users", string="Discarded By", readonly=True
    )

    @api.model
    def _make_unl(self, facility, guests):
        """Write one file with these guests, at most 99, and take them off the queue."""
        told = [guest._to_unl() for guest in guests]
        report = self._open_batch(facility, guests, told, channel="unl")
        moment = facility._local_time(report.sent_at)
        content = unl.write(facility._to_record(), told, moment)
        rehearsal = "" if facility.environment == "production" else facility.environment
        info = f"{rehearsal.upper()} {report.name}"
        report.write(
            {
                "user_id": self.env.uid,
                "unl_file": base64.b64encode(content),
                "unl_filename": unl.file_name(facility.idub, moment, info),
                "unl_sha256": hashlib.sha256(content).hexdigest(),
            }
        )
        guests._write_own(
            {
                "queued_at": False,
                "send_after": False,
                "is_held": False,
                "held_by_id": False,
            }
        )
        return self.browse(report.ids)

    def _waiting_message(self):
        if self.channel != "unl" or self.state != "sending":
            return super()._waiting_message()
        return self.env._("The file waits to be imported, then for its receipt.")

    def _action_view_unl(self):
        """Open these files with what is to be done with them."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.ubyport_report_action"
        )
        action |= {"domain": [("id", "in", self.ids)], "context": {}}
        if len(self) == 1:
            action |= {"res_id": self.id, "views": [(False, "form")]}
        return action

    def action_save_unl(self):
        """Let the browser save the files: one as it is, several as a zip file."""
        found = self.filtered("unl_filename")
        if not found:
            raise UserError(self.env._("There is no UNL file here."))
        url = f"/ubyport/unl?ids={','.join(map(str, found.ids))}"
        if len(found) == 1:
            field = f"/web/content/ubyport.report/{found.id}/unl_file"
            url = f"{field}/{found.unl_filename}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_discard_unl(self):
        """Ask why this file was not used."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("File Not Used"),
            "res_model": "ubyport.unl.discard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_report_id": self.id},
        }

    def _discard_unl(self, reason):
        """Note that these files were not used: their guests are open again.

        :param str reason: in the user's words; kept as evidence
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Write down why the file was not used."))
        self.check_access("read")
        for report in self:
            if report.channel != "unl" or report.state != "sending":
                raise UserError(
                    self.env._("%s is no UNL file that waits.", report.name)
                )
            guests = report.line_ids.guest_id
            guests.check_access("write")
            report._write_verdict(["not_sent"] * len(report.line_ids))
            report._as_evidence_writer().write(
                {"reason": reason, "unl_discarded_by_id": self.env.uid}
            )
            guests._apply_automation()
