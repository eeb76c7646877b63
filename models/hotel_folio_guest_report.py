# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..ubyport import exceptions, records, wire
from .hotel_folio_guest import REPORTED_FIELDS
from .ubyport_messages import finding_message
from .ubyport_report_line import FILED_STATES

REPORT_STATES = [
    ("expected", "Expected"),
    ("exempt", "Not to be reported"),
    ("incomplete", "Incomplete"),
    ("ready", "Ready"),
    ("queued", "Queued"),
    ("sending", "Being sent"),
    ("reported", "Reported"),
    ("refused", "Refused"),
    ("unknown", "Outcome unknown"),
    ("changed", "Changed since reported"),
]
# What decides which line proves the report.
PROOF = ("line_ids.state", "line_ids.is_refuted", "facility_id.environment")
# Guests whom nobody needs to look at again.
CLOSED_STATES = ("reported", "exempt")
# Lodged and still to be reported. Named one by one: years of reported guests make
# the difference between an index and a scan.
OPEN_STATES = (
    "incomplete",
    "ready",
    "queued",
    "sending",
    "refused",
    "unknown",
    "changed",
)
# The engine's field names are those of the guest, relations without their suffix.
ENGINE_RELATIONS = {
    "nationality": "nationality_id",
    "purpose": "purpose_id",
    "residence_country": "residence_country_id",
}
# Written by our own code only; an object in the context cannot come through RPC.
OWN_FIELDS = frozenset(
    {
        "checked_in_at",
        "checked_out_at",
        "deadline_date",
        "report_state",
        "reported_at",
        "queued_at",
        "queued_for_id",
        "queued_by_id",
        "queued_by_command",
        "send_after",
        "fault_count",
        "is_held",
        "held_by_id",
        "told_values",
        "told_at",
        "told_by_id",
        "stay_noted_until",
        "stay_noted_by_id",
        "stay_noted_at",
        "document_check_id",
        "document_wanted_at",
    }
)
OWN_WRITER = object()


class HotelFolioGuest(models.Model):
    """How far the report of a guest is, and why it is not further.

    expected --check in--> incomplete <--edit--> ready --level decides--> queued
    queued --claim--> sending --answer--> reported | refused | unknown
    reported --key datum edited--> changed --sent as a correction--> reported
    refused --datum corrected--> ready          unknown --once or by hand--> queued
    sending --surely never left--> queued       Czech citizen --> exempt
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    report_state = fields.Selection(
        REPORT_STATES,
        compute="_compute_report_state",
        store=True,
        index=True,
        help="How far the report to the police is. It follows from the data and from "
        "what was sent; nobody sets it by hand.",
    )
    reported_at = fields.Datetime(
        compute="_compute_proof",
        store=True,
        help="When the answer which proves the report came.",
    )
    # A list of {field, severity, code, message}.
    findings = fields.Json(
        compute="_compute_findings",
        help="What is missing or cannot be sent as it is typed.",
    )
    finding_summary = fields.Text(compute="_compute_findings", string="To Complete")
    line_ids = fields.One2many("ubyport.report.line", "guest_id", string="Reports")
    receipt_report_id = fields.Many2one(
        "ubyport.report",
        string="Report with Receipt",
        compute="_compute_receipt_report",
        compute_sudo=True,
    )
    is_denied = fields.Boolean(
        string="Denied by the Receipt",
        compute="_compute_proof",
        store=True,
        help="The answer of the police accepted the guest, but their receipt does not "
        "confirm it, and no manager has decided what is right.",
    )
    is_noted_by_hand = fields.Boolean(
        compute="_compute_receipt_report",
        compute_sudo=True,
        help="Counts as reported because somebody noted that, not by our sending.",
    )
    _denied_idx = models.Index("(facility_id) WHERE is_denied IS TRUE")

    # State

    @api.depends(
        *REPORTED_FIELDS,
        "checked_in_at",
        "facility_id.environment",
        "queued_at",
        "queued_for_id",
        "line_ids.state",
        "line_ids.is_refuted",
        "stay_noted_until",
        "folio_id.order_id.state",
    )
    def _compute_report_state(self):
        derived = self.sudo().grouped(lambda guest: guest._derive_report_state())
        for state, guests in derived.items():
            guests.report_state = state

    def _derive_report_state(self):
        """Return the state that follows from the report lines and the data."""
        if any(line.state == "sending" for line in self.line_ids):
            return "sending"
        counting = self._counting_lines()
        last, filed = counting[:1], self._filed_of(counting)
        if filed and not self._differs_in_key(filed):
            return "reported"
        if not filed and self._exemption():
            return "unknown" if last.state == "unknown" else "exempt"
        if not self.checked_in_at:
            return "expected"
        return self._derive_open_state(last, filed)

    def _derive_open_state(self, last, filed):
        """Return the state of a lodged foreigner who is not (rightly) reported."""
        is_queued = self._is_queued()
        if last.state == "unknown" and not is_queued:
            return "unknown"
        if last.state == "refused" and self._repeats(last):
            return "refused"
        if self._has_errors():
            return "changed" if filed else "incomplete"
        if is_queued:
            return "queued"
        return "changed" if filed else "ready"

    def _last_line(self):
        """Return the newest report line that counts."""
        return self._counting_lines()[:1]

    def _counting_lines(self):
        """Return the report lines which count and tell something, newest first.

        What was told for another facility does not: each reports its own guests.
        """
        if not self.line_ids:
            return self.line_ids
        lines = self.line_ids.filtered(self._is_of_facility)
        return self._without_silent(self._without_rehearsals(lines))

    def _without_rehearsals(self, lines):
        """Return those of these lines which are no rehearsal, newest first.

        Once a facility reports for real, what the simulator or the test service said
        was one.
        """
        if len(lines) > 1:
            lines = lines.sorted("id", reverse=True)
        if not lines or self.facility_id.environment != "production":
            return lines
        return lines.filtered(
            lambda line: (
                line.report_id.channel == "manual"
                or line.report_id.environment == "production"
            )
        )

    @api.model
    def _without_silent(self, lines):
        """Return those of these lines, newest first, which tell something.

        Neither what surely never left (or a file that was not used), nor a note of a
        report made elsewhere after its withdrawal.
        """
        silent = lines.filtered(lambda line: line.state == "not_sent")
        if not silent:
            return lines
        manual = lines.filtered(lambda line: line.report_id.channel == "manual")
        if manual[:1].state == "not_sent":
            silent |= manual
        return lines - silent

    def _filed_line(self):
        """Return the newest line that proves a report, if any."""
        if not self._has_filed():
            return self.line_ids.browse()
        return self._filed_of(self._counting_lines())

    def _has_filed(self):
        """Return whether any line at all may prove a report: quick, asked often."""
        return any(line.state in FILED_STATES for line in self.line_ids)

    @api.model
    def _filed_of(self, lines):
        """Return the newest of these counting lines that proves a report, if any."""
        proofs = (line for line in lines if line.state in FILED_STATES)
        return next((line for line in proofs if not line.is_refuted), lines.browse())

    def _perhaps_told_line(self):
        """Return the newest line of unknown outcome which no refusal has settled."""
        refused = []
        for line in self._counting_lines():
            if line.state == "unknown" and line._key() not in refused:
                return line
            if line.state == "refused":
                refused.append(line._key())
        return self.line_ids.browse()

    def _differs_in_key(self, line):
        """Return whether the police would take today's data for another report."""
        try:
            told = self._as_expected(self._wire_as_typed(), line)
            return line._key() != line._key_of(told)
        except exceptions.DataError:
            return True

    def _repeats(self, line):
        """Return whether sending today's data would say the same as a line did."""
        try:
            return line._equals(self._to_wire())
        except exceptions.DataError:
            return False

    def _exemption(self):
        """Return the code of the reason why this guest is not to be reported."""
        if self.nationality_id._is_exempt():
            return "czech"
        if self.checked_in_at:
            return None
        # Whoever sees the guest need not see all orders of the other shift.
        order = self.sudo().folio_id.order_id
        return "cancelled" if order.state == "cancel" else None

    @api.depends(*PROOF, "line_ids.is_denied", "line_ids.report_id.receipt_is_open")
    def _compute_proof(self):
        proven = self.sudo().grouped(lambda guest: guest._proof())
        for (reported_at, is_denied), guests in proven.items():
            guests.reported_at = reported_at
            guests.is_denied = is_denied

    def _proof(self):
        """Return when the report was proven, and whether the receipt denies it."""
        filed = self._filed_line()
        is_denied = filed.is_denied and filed.report_id.receipt_is_open
        return filed.answered_at, is_denied

    @api.depends(*PROOF)
    def _compute_receipt_report(self):
        for guest in self:
            filed = guest._filed_line().report_id
            guest.receipt_report_id = filed
            guest.is_noted_by_hand = filed.channel == "manual"

    # Findings

    @api.depends(
        *REPORTED_FIELDS,
        "facility_id.purpose_optional",
        "facility_id.residence_optional",
        "facility_id.visa_optional",
    )
    @api.depends_context("lang")
    def _compute_findings(self):
        for guest in self:
            findings = [guest._describe(finding) for finding in guest._check()]
            guest.findings = findings
            guest.finding_summary = "\n".join(
                f"{self._label(finding['field'])}: {finding['message']}"
                for finding in findings
                if finding["severity"] != "info"
            )

    def _check(self):
        """Return all of the engine's findings about this guest; none for the exempt."""
        self.ensure_one()
        if self._exemption():
            return ()
        facility = self.facility_id.sudo()
        check = facility._channel().check
        findings = check(self._to_record(), facility._rule_context())
        return (*findings, *self._check_correction(findings))

    def _check_correction(self, findings):
        """Return whether the mark of a correction still fits into the note."""
        handed_over = self.sudo().line_ids
        if not handed_over or any(found.severity == "error" for found in findings):
            return ()
        try:
            self.sudo()._to_wire()
        except exceptions.DataError as error:
            note = wire.correction_note(self.sudo()._wire_as_typed())
            values = {"max": wire.NOTE_MAX, "actual": len(note)}
            return (
                records.Finding(
                    field=error.field, severity="error", code=error.code, values=values
                ),
            )
        return ()

    def _has_errors(self):
        return any(finding.severity == "error" for finding in self._check())

    @api.model
    def _describe(self, finding):
        return {
            "field": ENGINE_RELATIONS.get(finding.field, finding.field),
            "severity": finding.severity,
            "code": finding.code,
            "message": finding_message(self.env, finding),
        }

    @api.model
    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    # Protection

    def _write_own(self, values):
        """Write fields that belong to this code, not to users."""
        return self.with_context(ubyport_own_writer=OWN_WRITER).write(values)

    @api.model
    def _is_own_writer(self):
        return self.env.context.get("ubyport_own_writer") is OWN_WRITER

    @api.model
    def _refuse_computed(self, vals):
        """What proves or steers a report cannot be set from outside."""
        defaults = {
            name for name in OWN_FIELDS if f"default_{name}" in self.env.context
        }
        own = (OWN_FIELDS & vals.keys()) | defaults
        if own and not self._is_own_writer():
            raise AccessError(
                self.env._(
                    "These values follow from what happened and cannot be set: %s",
                    ", ".join(sorted(own)),
                )
            )
