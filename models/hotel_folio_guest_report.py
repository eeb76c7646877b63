# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..ubyport import exceptions, records, rules, wire
from .hotel_folio_guest import REPORTED_FIELDS
from .ubyport_facility import BACK_OFF_MINUTES
from .ubyport_messages import finding_message

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
# What an edit makes of a queued guest who can no longer be sent.
BROKEN_STATES = ("incomplete", "changed")
# Lines which prove a report.
FILED_STATES = ("accepted", "duplicate")
# Guests whom nobody needs to look at again.
CLOSED_STATES = ("reported", "exempt")
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
        "queued_by_id",
        "queued_by_command",
        "send_after",
        "fault_count",
        "is_held",
        "held_by_id",
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
    )
    report_reason = fields.Char(
        compute="_compute_report_reason",
        compute_sudo=True,
        help="Why the guest is not, or not yet, reported.",
    )
    reported_at = fields.Datetime(compute="_compute_reported_at", store=True)
    findings = fields.Json(
        compute="_compute_findings",
        help="What is wrong with the data: a list of {field, severity, code, message}.",
    )
    finding_summary = fields.Text(compute="_compute_findings", string="To Complete")
    line_ids = fields.One2many("ubyport.report.line", "guest_id", string="Reports")
    receipt_report_id = fields.Many2one(
        "ubyport.report",
        string="Report with Receipt",
        compute="_compute_receipt_report",
        compute_sudo=True,
    )
    is_noted_by_hand = fields.Boolean(
        compute="_compute_receipt_report",
        compute_sudo=True,
        help="Counts as reported because somebody noted that, not by our sending.",
    )
    queued_at = fields.Datetime(readonly=True, copy=False)
    queued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    queued_by_command = fields.Boolean(readonly=True, copy=False)
    send_after = fields.Datetime(readonly=True, copy=False)
    fault_count = fields.Integer(readonly=True, copy=False)

    _queue_idx = models.Index(
        "(facility_id, deadline_date) WHERE report_state = 'queued'"
    )

    # State

    @api.depends(
        *REPORTED_FIELDS,
        "checked_in_at",
        "facility_id.environment",
        "queued_at",
        "line_ids.state",
        "folio_id.order_id.state",
    )
    def _compute_report_state(self):
        for guest in self:
            guest.report_state = guest.sudo()._derive_report_state()

    def _derive_report_state(self):
        """Return the state that follows from the report lines and the data."""
        last, filed = self._last_line(), self._filed_line()
        if "sending" in self.line_ids.mapped("state"):
            return "sending"
        if filed and not self._differs_in_key(filed):
            return "reported"
        if not filed and self._exemption():
            return "exempt"
        if not self.checked_in_at:
            return "expected"
        return self._derive_open_state(last, filed)

    def _derive_open_state(self, last, filed):
        """Return the state of a lodged foreigner who is not (rightly) reported."""
        if last.state == "unknown" and not self.queued_at:
            return "unknown"
        if last.state == "refused" and self._repeats(last):
            return "refused"
        if self._has_errors():
            return "changed" if filed else "incomplete"
        if self.queued_at:
            return "queued"
        return "changed" if filed else "ready"

    def _last_line(self):
        """Return the newest report line that counts."""
        return self._counting_lines()[:1]

    def _counting_lines(self):
        """Return the report lines which count, newest first.

        Once a facility reports for real, what the simulator or the test service said
        was a rehearsal.
        """
        lines = self.line_ids.sorted("id", reverse=True)
        if self.facility_id.environment != "production":
            return lines
        return lines.filtered(
            lambda line: (
                line.report_id.channel == "manual"
                or line.report_id.environment == "production"
            )
        )

    def _filed_line(self):
        """Return the newest line that proves a report, if any.

        A note of a report made elsewhere no longer counts after its withdrawal.
        """
        lines = self._counting_lines()
        manual = lines.filtered(lambda line: line.report_id.channel == "manual")
        if manual[:1].state == "not_sent":
            lines -= manual
        return lines.filtered(lambda line: line.state in FILED_STATES)[:1]

    def _differs_in_key(self, line):
        """Return whether the police would take today's data for another report."""
        try:
            return line._key() != line._key_of(self._wire_as_typed())
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
        if self.nationality_id and not self.nationality_id.reportable:
            return "czech"
        # Whoever sees the guest need not see all orders of the other shift.
        order = self.sudo().folio_id.order_id
        if order.state == "cancel" and not self.checked_in_at:
            return "cancelled"
        return None

    @api.depends("line_ids.state", "facility_id.environment")
    def _compute_reported_at(self):
        for guest in self:
            guest.reported_at = guest.sudo()._filed_line().answered_at

    @api.depends("line_ids.state", "facility_id.environment")
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
        findings = rules.check_guest(self._to_record(), facility._rule_context())
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

    # Reason

    @api.depends("report_state", "finding_summary", "facility_id.service_state")
    @api.depends_context("lang", "tz")
    def _compute_report_reason(self):
        for guest in self:
            explain = getattr(guest, f"_reason_{guest.report_state or 'expected'}")
            guest.report_reason = explain()

    def _reason_expected(self):
        return self.env._("Not checked in yet.")

    def _reason_exempt(self):
        if self._exemption() == "cancelled":
            return self.env._("The stay was cancelled before the arrival.")
        return self.env._("A Czech citizen: the police are not told.")

    def _reason_incomplete(self):
        return (self.finding_summary or "").replace("\n", " ")

    def _reason_ready(self):
        if not self.facility_id:
            return self.env._("Belongs to no facility: map the room to one.")
        if self.is_held:
            return self.env._(
                "On hold by %s. Release the guest to have it reported.",
                self.held_by_id.name,
            )
        if self.facility_id.automation == "manual":
            return self.env._("Complete. Waits for your command to report.")
        return self.env._("Complete. Will be reported by itself.")

    def _reason_queued(self):
        facility = self.facility_id
        if not facility:
            return self._reason_ready()
        if not facility.active:
            return self.env._("Waits: the facility is archived.")
        if not facility._is_configured():
            return self.env._(
                "Waits: the facility has no account for the service yet. "
                "The manager enters it in the facility."
            )
        if facility.service_state != "ok":
            return facility.service_message
        if self.fault_count:
            return self.env._(
                "The service failed on this guest %(count)s times and will be tried "
                "again. Check unusual letters in the data.",
                count=self.fault_count,
            )
        if self.send_after and self.send_after > fields.Datetime.now():
            return self.env._(
                "Will be reported at %(time)s.",
                time=facility._in_zone_text(self.send_after),
            )
        return self.env._("Will be reported in a moment.")

    def _reason_sending(self):
        return self.env._("On the way to the police, the answer is awaited.")

    def _reason_reported(self):
        line = self._filed_line()
        if line.report_id.channel == "manual":
            return self.env._("Reported in another way: %s", line.report_id.reason)
        if line.state == "duplicate":
            return self.env._("Reported; the police had this report already.")
        return line.message or self.env._("Reported, the police accepted it.")

    def _reason_refused(self):
        return self.env._(
            "The police refused: %(answer)s Correct the data, then it can be sent "
            "again.",
            answer=self._last_line().message or "",
        )

    def _reason_unknown(self):
        if self._last_line().error_codes:
            return self.env._(
                "The police gave an answer of unknown meaning: %(answer)s Ask them, "
                "then decide in the preview.",
                answer=self._last_line().message,
            )
        if self._differs_in_key(self._last_line()):
            return self.env._(
                "Sent, but no certain answer came, and then the data were changed. "
                "Send the guest in the preview; it will be marked as a correction."
            )
        if not self.facility_id.repeat_unknown:
            return self.env._(
                "Sent, but no certain answer came. Send the guest again in the "
                "preview; the police recognise a repeat."
            )
        return self.env._(
            "Sent, but no certain answer came. It is tried once more by itself; the "
            "police recognise a repeat."
        )

    def _reason_changed(self):
        if self._exemption():
            return self.env._(
                "Was reported, but need not have been. There is no way to withdraw a "
                "report: tell the police by e-mail if it matters."
            )
        return self.env._(
            "Was reported, then changed. Report the correction. %(todo)s",
            todo=self._reason_incomplete(),
        )

    # Preview

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

    # Queue

    def _apply_automation(self):
        """Queue complete guests as their facility's level wants it."""
        ready = self.filtered(
            lambda guest: guest.report_state == "ready" and not guest.is_held
        )
        for facility, guests in ready.grouped("facility_id").items():
            if facility.automation == "immediate":
                guests._enqueue(fields.Datetime.now())
            elif facility.automation == "interval":
                slot = facility._next_slot()
                facility.sudo().next_send_at = slot
                for due, group in guests.grouped("deadline_date").items():
                    group._enqueue(min(slot, facility._morning_of(due) or slot))
        waiting = self.filtered(lambda guest: guest._is_due_to_send())
        if waiting:
            self.env["ubyport.sender"]._trigger()

    def _is_due_to_send(self):
        """Return whether nothing but the sender is awaited."""
        now = fields.Datetime.now()
        return self.report_state == "queued" and (self.send_after or now) <= now

    def _drop_broken_from_queue(self):
        """What was broken by an edit needs to be queued anew once it is repaired."""
        broken = self.filtered(
            lambda guest: guest.queued_at and guest.report_state in BROKEN_STATES
        )
        if broken:
            broken._write_own({"queued_at": False, "send_after": False})

    def _enqueue(self, send_after, by_command=False):
        """Mark these guests to be sent, in the name of the current user."""
        self._write_own({"queued_by_id": self.env.uid, "queued_by_command": by_command})
        self._requeue(send_after)

    def _follow_level(self):
        """Queue these guests anew as their facility's level now wants it.

        What a person commanded stays queued.
        """
        queued = self.filtered(lambda guest: guest.report_state == "queued")
        queued = queued.filtered(lambda guest: not guest.queued_by_command)
        queued._write_own({"queued_at": False, "send_after": False})
        self._apply_automation()

    def _requeue(self, send_after):
        """Mark these guests to be sent and wake the sender; nothing is sent here.

        :param send_after: naive UTC moment
        """
        if self:
            now = fields.Datetime.now()
            self._write_own({"queued_at": now, "send_after": send_after})
            self.env["ubyport.sender"]._trigger(at=send_after)

    @api.model
    def _domain_queued(self, facility):
        """Return the domain of guests whom the sender may claim for a facility now."""
        return (
            Domain("facility_id", "=", facility.id)
            & Domain("report_state", "=", "queued")
            & Domain("send_after", "<=", fields.Datetime.now())
        )

    def _one_batch(self):
        """Return those of these guests who may travel together, in their order.

        After a fault of the service each of its guests travels alone, so that one
        whom the service cannot digest holds up nobody else.
        """
        alone = self.filtered("fault_count")
        return (self - alone) or alone.sorted("fault_count")[:1]

    def _note_fault(self):
        """Queue guests of a faulted batch again; the second time alone and later."""
        for guest in self:
            count = guest.fault_count + 1
            wait = 0 if count == 1 else BACK_OFF_MINUTES[min(count - 2, 5)]
            guest._requeue(fields.Datetime.now() + timedelta(minutes=wait))
            guest._write_own({"fault_count": count})

    def _may_repeat_unknown(self, before):
        """Return whether the one automatic repeat of an unknown outcome is due.

        :param before: naive UTC moment; the outcome must be older than this
        """
        last, filed = self._last_line(), self._filed_line()
        tries = self._counting_lines().filtered(
            lambda line: line.state == "unknown" and line.id > (filed.id or 0)
        )
        # With codes the police did answer: a repeat would bring the same answer.
        silent = len(tries) == 1 and not last.error_codes
        wanted = self.facility_id.repeat_unknown and not self.is_held
        return wanted and silent and last.answered_at < before and self._is_same(last)

    def _is_same(self, line):
        """Return whether the police would take today's report for that of a line."""
        same_facility = line.report_id.facility_id == self.facility_id
        return same_facility and not self._differs_in_key(line)

    def _refresh_reporting(self):
        """Judge these guests anew, after what they are checked against has changed."""
        self.env.add_to_compute(self._fields["report_state"], self)
        self._apply_automation()

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
