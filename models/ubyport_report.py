# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .ubyport_messages import failure_text, receipt_text
from .ubyport_report_line import FILED_STATES, parse_codes

MANAGER = "hotel_ubyport.group_ubyport_manager"
# Said and not guessed: what counts as text, Odoo indexes, and names would be found.
FILE_TYPES = {
    "receipt": "application/pdf",
    "error_receipt": "application/pdf",
    "request_xml": "application/xml",
    "response_xml": "application/xml",
}


class UbyportReport(models.Model):
    """One batch handed over to the police, with their receipt (Doručenka)."""

    _name = "ubyport.report"
    _description = "Report to the foreign police"
    _inherit = ["ubyport.evidence.mixin"]
    _order = "id desc"

    name = fields.Char(required=True, default="New", readonly=True)
    facility_id = fields.Many2one(
        "ubyport.facility",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        related="facility_id.company_id", store=True, index=True
    )
    channel = fields.Selection(
        selection="_selection_channel",
        default="ws",
        required=True,
        readonly=True,
        help="How the police were told: by their web service, by a UNL file which "
        "somebody imported in their web application, or in another way.",
    )
    environment = fields.Selection(
        [
            ("simulator", "Simulator"),
            ("test", "Police test service"),
            ("production", "Police (production)"),
        ],
        readonly=True,
        help="Whom the facility reported to. Only production counts for the police.",
    )
    level = fields.Selection(
        [
            ("immediate", "At once"),
            ("interval", "At intervals"),
            ("manual", "On command"),
        ],
        string="Automation",
        readonly=True,
        help="The facility's level of automation when the batch was sent.",
    )
    state = fields.Selection(
        [
            ("sending", "Being sent"),
            ("accepted", "Accepted"),
            ("partial", "Accepted in part"),
            ("refused", "Refused"),
            ("unknown", "Outcome unknown"),
            ("not_sent", "Not sent"),
        ],
        default="sending",
        required=True,
        readonly=True,
        index=True,
        help="What became of the whole batch; the answer for each guest stands beside "
        "the guest. Outcome unknown: it was sent and no certain answer came.",
    )
    line_ids = fields.One2many("ubyport.report.line", "report_id", readonly=True)
    line_count = fields.Integer(string="Guests", compute="_compute_line_counts")
    filed_count = fields.Integer(string="Accepted", compute="_compute_line_counts")
    sent_at = fields.Datetime(
        readonly=True, help="When the batch left, or the UNL file was made."
    )
    answered_at = fields.Datetime(
        readonly=True, help="When the answer of the police, or their receipt, came."
    )
    reason = fields.Char(
        readonly=True,
        help="For a report by hand: how the guests were reported, in the user's words.",
    )
    user_id = fields.Many2one("res.users", readonly=True, string="Noted By")
    stamp = fields.Char(
        readonly=True,
        help="The mark (PseudoRazitko) printed in the receipt. By itself it proves "
        "nothing: the answer for each guest does.",
    )
    header_codes = fields.Char(
        readonly=True,
        help="Where the sent facility data differ from the registration. "
        "Information only; the guests are not affected.",
    )
    message = fields.Char(compute="_compute_message")
    failure = fields.Char(readonly=True)
    fault_string = fields.Text(
        string="Words of the Service",
        readonly=True,
        groups=MANAGER,
        help="What the service said when it failed (faultstring).",
    )
    receipt = fields.Binary(
        readonly=True,
        attachment=True,
        help="The paper of the police (Doručenka): the proof for the guests whom it "
        "lists as accepted.",
    )
    receipt_filename = fields.Char(compute="_compute_filenames")
    receipt_problem = fields.Char(readonly=True)
    error_receipt = fields.Binary(
        string="List of Errors",
        readonly=True,
        attachment=True,
        help="The paper of the police about the guests whom they refused.",
    )
    error_receipt_filename = fields.Char(compute="_compute_filenames")
    error_receipt_problem = fields.Char(readonly=True, groups=MANAGER)
    error_receipt_message = fields.Char(
        string="Problem of the List of Errors",
        compute="_compute_error_receipt_message",
        groups=MANAGER,
    )
    request_xml = fields.Binary(readonly=True, attachment=True, groups=MANAGER)
    request_xml_filename = fields.Char(compute="_compute_filenames")
    request_sha256 = fields.Char("SHA-256 of the Request", readonly=True)
    response_xml = fields.Binary(readonly=True, attachment=True, groups=MANAGER)
    response_xml_filename = fields.Char(compute="_compute_filenames")
    response_sha256 = fields.Char("SHA-256 of the Answer", readonly=True)

    @api.depends("line_ids.state")
    def _compute_line_counts(self):
        groups = self.env["ubyport.report.line"]._read_group(
            [("report_id", "in", self.ids)], ["report_id", "state"], ["__count"]
        )
        counts = defaultdict(dict)
        for report, state, number in groups:
            counts[report][state] = number
        for report in self:
            mine = counts.get(report, {})
            report.line_count = sum(mine.values())
            report.filed_count = sum(mine.get(state, 0) for state in FILED_STATES)

    @api.depends("name")
    def _compute_filenames(self):
        for report in self:
            stem = (report.name or "").replace("/", "-")
            report.receipt_filename = f"{stem}-dorucenka.pdf"
            report.error_receipt_filename = f"{stem}-chyby.pdf"
            report.request_xml_filename = f"{stem}-request.xml"
            report.response_xml_filename = f"{stem}-answer.xml"

    @api.depends("error_receipt_problem")
    @api.depends_context("lang")
    def _compute_error_receipt_message(self):
        for report in self:
            problem = report.error_receipt_problem
            report.error_receipt_message = receipt_text(self.env, problem)

    @api.depends(
        "state",
        "channel",
        "header_codes",
        "failure",
        "receipt_problem",
        "receipt_sha256",
    )
    @api.depends_context("lang")
    def _compute_message(self):
        for report in self:
            parts = [
                failure_text(self.env, report.failure) if report.failure else "",
                report._waiting_message(),
                report._header_message(),
                report._receipt_message(),
            ]
            report.message = " ".join(filter(None, parts))

    def _waiting_message(self):
        """Return what is awaited of a person before this report is closed."""
        return ""

    def _header_message(self):
        numbers = parse_codes(self.header_codes)
        if not numbers:
            return ""
        texts = self.env["ubyport.error"]._texts_by_number(numbers)
        return self.env._(
            "The police register other facility data than were sent: %s. "
            "The guests are not affected.",
            ", ".join(texts.get(number, str(number)) for number in numbers),
        )

    def _receipt_message(self):
        # It may have come by another way since.
        if not self.receipt_problem or self.receipt_sha256:
            return ""
        return self.env._(
            "No usable receipt came (%s). Ask the police for it by data box or e-mail.",
            receipt_text(self.env, self.receipt_problem),
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "New") == "New":
                vals["name"] = self.env["ir.sequence"].next_by_code("ubyport.report")
        return super().create(vals_list)

    @api.model
    def _open_batch(self, facility, guests, wire_guests, channel="ws"):
        """Write ahead that these guests are being sent, letter by letter.

        :param wire_guests: one records.WireGuest for each guest, in the same order
        :param channel: "ws" for the web service, "unl" for a file which a person
            takes to the police's web application
        """
        # Said here and not left to be derived: lines are then written once, not twice.
        known = {
            "facility_id": facility.id,
            "company_id": facility.company_id.id,
            "is_late": False,
        }
        report = self._as_evidence_writer().create(
            {
                "facility_id": facility.id,
                "company_id": facility.company_id.id,
                "channel": channel,
                "environment": facility.environment,
                "level": facility.automation,
                "sent_at": fields.Datetime.now(),
            }
        )
        known["report_id"] = report.id
        # After the report, whose own data would have all lines derived once more.
        report.env["ubyport.report.line"].create(
            [values | known for values in self._line_values(guests, wire_guests)]
        )
        return report

    @api.model
    def _open_manual(self, facility, guests, reason, state="accepted"):
        """Note that guests were reported elsewhere, or with "not_sent" that not."""
        now = fields.Datetime.now()
        lines = guests._manual_line_values()
        verdict = {"state": state, "answered_at": now}
        return self._as_evidence_writer().create(
            {
                "facility_id": facility.id,
                "channel": "manual",
                "state": state,
                "reason": reason,
                "user_id": self.env.uid,
                "sent_at": now,
                "answered_at": now,
                "line_ids": [Command.create(values | verdict) for values in lines],
            }
        )

    @api.model
    def _line_values(self, guests, wire_guests):
        """Return the values of one line for each guest, numbered from 1."""
        Line = self.env["ubyport.report.line"]
        return [
            Line._snapshot_of(wire_guest)
            | {
                "position": position,
                "guest_id": guest.id,
                "requested_by_id": guest.queued_by_id.id or self.env.uid,
            }
            for position, (guest, wire_guest) in enumerate(
                zip(guests, wire_guests, strict=True), 1
            )
        ]

    def _answer_values(self, answer):
        """Return the values which keep a records.Answer with its receipts."""
        return {
            "stamp": answer.stamp,
            "header_codes": "".join(f"{code};" for code in answer.header_codes),
            "receipt": base64.b64encode(answer.receipt) if answer.receipt else False,
            "receipt_problem": answer.receipt_problem or False,
            "receipt_sha256": answer.receipt and self._receipt_sha256(answer.receipt),
            "error_receipt": answer.error_receipt
            and base64.b64encode(answer.error_receipt),
            "error_receipt_problem": answer.error_receipt_problem or False,
        } | self._message_values(answer.request_xml, answer.response_xml)

    def _keep(self, values):
        """Write values with the first files of a report, these all at once.

        By itself a binary field asks for an older file and writes alone.
        """
        self.ensure_one()
        writer = self._as_evidence_writer()
        writer.write(
            {name: value for name, value in values.items() if name not in FILE_TYPES}
        )
        files = [name for name in FILE_TYPES if values.get(name)]
        writer.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "res_model": self._name,
                    "res_field": name,
                    "res_id": self.id,
                    "datas": values[name],
                    "mimetype": FILE_TYPES[name],
                }
                for name in files
            ]
        )
        self.invalidate_recordset(files, flush=False)

    def action_save_receipts(self):
        """Let the browser save the receipts: one as PDF, several as a zip file."""
        found = self.filtered("receipt")
        if not found:
            raise UserError(self.env._("There is no receipt here yet."))
        if len(found) == 1:
            url = f"/web/content/ubyport.report/{found.id}/receipt?download=true"
        else:
            url = f"/ubyport/receipts?ids={','.join(map(str, found.ids))}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _write_verdict(self, states, codes=()):
        """Write what became of each guest: see the lines of this report."""
        self.ensure_one()
        self.line_ids._write_verdict(states, codes)

    def _summary_state(self, lines=None):
        """Return the state of the batch that follows from its lines.

        :param lines: all of them, where they are known already
        """
        states = set((lines or self.line_ids).mapped("state"))
        if states <= set(FILED_STATES):
            return "accepted"
        if len(states) == 1:
            return states.pop()
        if "unknown" in states:
            return "unknown"
        return "partial"

    @api.model
    def _message_values(self, request_xml, response_xml):
        """Return the values which keep both raw messages with their checksums."""
        values = {}
        for name, content in (("request", request_xml), ("response", response_xml)):
            if content:
                values[f"{name}_xml"] = base64.b64encode(content)
                values[f"{name}_sha256"] = hashlib.sha256(content).hexdigest()
        return values
