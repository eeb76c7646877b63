# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models

from ..ubyport import exceptions, verdict
from .ubyport_certification import ENVIRONMENTS
from .ubyport_messages import failure_text
from .ubyport_report import MANAGER
from .ubyport_report_line import join_codes


class UbyportCertificationBatch(models.Model):
    """One call of the service in a certification run, with its receipt."""

    _name = "ubyport.certification.batch"
    _description = "Batch of a certification run"
    _inherit = ["ubyport.evidence.mixin"]
    _order = "certification_id desc, id"
    _rec_name = "sent_at"

    certification_id = fields.Many2one(
        "ubyport.certification",
        string="Certification Run",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        related="certification_id.company_id", store=True, index=True
    )
    environment = fields.Selection(ENVIRONMENTS, required=True, readonly=True)
    line_ids = fields.One2many("ubyport.certification.line", "batch_id", readonly=True)
    size = fields.Integer(string="People", readonly=True)
    state = fields.Selection(
        [
            ("sending", "Being sent"),
            ("answered", "Answered"),
            ("unknown", "Outcome unknown"),
            ("not_sent", "Not sent"),
        ],
        default="sending",
        required=True,
        readonly=True,
    )
    sent_at = fields.Datetime(readonly=True, index=True)
    answered_at = fields.Datetime(readonly=True)
    failure = fields.Char(readonly=True)
    message = fields.Char(compute="_compute_message")
    stamp = fields.Char(readonly=True)
    header_codes = fields.Char(readonly=True)
    receipt = fields.Binary(readonly=True, attachment=True)
    receipt_filename = fields.Char(compute="_compute_receipt_filename")
    receipt_problem = fields.Char(readonly=True)
    request_xml = fields.Binary(readonly=True, attachment=True, groups=MANAGER)
    response_xml = fields.Binary(readonly=True, attachment=True, groups=MANAGER)

    @api.depends("failure")
    @api.depends_context("lang")
    def _compute_message(self):
        for batch in self:
            code = batch.failure
            batch.message = failure_text(self.env, code) if code else False

    @api.depends("certification_id.name")
    def _compute_receipt_filename(self):
        for batch in self:
            stem = (batch.certification_id.name or "").replace("/", "-")
            batch.receipt_filename = f"{stem}-{batch.id}-dorucenka.pdf"

    @api.model
    def _open(self, run, lines):
        """Write ahead that these lines of a run are being sent."""
        batch = self._as_evidence_writer().create(
            {
                "certification_id": run.id,
                "environment": run.environment,
                "size": len(lines),
                "sent_at": fields.Datetime.now(),
                "line_ids": [Command.link(line.id) for line in lines],
            }
        )
        lines._as_evidence_writer().write({"state": "sending"})
        return batch

    def _write_answer(self, answer, severities, duplicates):
        """Keep a records.Answer and the verdict about each person."""
        lines = self.line_ids.sorted("position")
        for line, codes in zip(lines, answer.record_codes, strict=True):
            line._as_evidence_writer().write(
                {
                    "state": verdict.judge(codes, severities, duplicates),
                    "error_codes": join_codes(codes),
                }
            )
        values = self.env["ubyport.report"]._answer_values(answer)
        self._end("answered", self._known(values))

    def _write_failure(self, error):
        """Write what a failed call means for its people.

        Who was surely not received waits again; the outcome of others is unknown.
        """
        unknown = isinstance(error, exceptions.UnknownOutcome)
        lines = self.line_ids._as_evidence_writer()
        lines.state = "unknown" if unknown else "waiting"
        values = self.env["ubyport.report"]._message_values(
            error.request_xml, error.response_xml
        )
        values = self._known(values) | {"failure": error.code}
        self._end("unknown" if unknown else "not_sent", values)

    def _end(self, state, values):
        now = fields.Datetime.now()
        self._as_evidence_writer().write(values | {"state": state, "answered_at": now})

    @api.model
    def _known(self, values):
        """Return those values of a report for which a batch has a column."""
        return {name: value for name, value in values.items() if name in self._fields}
