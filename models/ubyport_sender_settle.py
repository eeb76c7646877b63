# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import logging
import time
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..ubyport import exceptions, records, verdict
from ..ubyport.channels import CHANNELS
from .ubyport_report_line import KEY_COLUMNS, join_codes
from .ubyport_sender import BATCH_GUEST_FIELDS, MAY_BE_ONE_GUEST, UNKNOWN_GRACE

_logger = logging.getLogger(__name__)

# The client gives up after about a minute; whoever is still "sending" by then was
# left by a killed process.
SENDING_GRACE = timedelta(minutes=10)
SETTLE_TRIES = 8
RECEIPTS_AT_ONCE = 100
# As BATCH_GUEST_FIELDS, of the lines which an answer settles.
BATCH_LINE_FIELDS = (
    "report_id",
    "guest_id",
    "position",
    "facility_id",
    "state",
    "is_refuted",
    "is_denied",
    "is_late",
    "error_codes",
    "answered_at",
    *KEY_COLUMNS,
)


class UbyportSender(models.AbstractModel):
    """What came back: kept first, then settled, then the receipt is read.

    A process may be killed between any two of these; a later run goes on.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.sender"

    @api.model
    def _settle(self, report_id, write, *args):
        """Write the outcome and commit it, even if a user edits the guest meanwhile.

        The answer cannot be asked for again, so a conflict with another transaction
        is repeated here instead of being raised. If people keep the guests locked for
        longer, a later run applies the answer that was kept (_mark_left_behind).
        """
        for attempt in range(SETTLE_TRIES):
            try:
                lines = self._lines_to_settle(report_id)
                lines.guest_id.lock_for_update(allow_referencing=True)
                write(lines, *args)
                self._commit()
                return
            except (LockError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                self.env.cr.rollback()
                time.sleep(0.1 * 2**attempt)
        _logger.error("The outcome of report %s could not be written.", report_id)

    @api.model
    def _lines_to_settle(self, report_id):
        """Return the lines of a report, with what a verdict is derived from.

        Read at once and no more than that: this happens for every batch.
        """
        lines = self.env["ubyport.report.line"].search_fetch(
            [("report_id", "=", report_id)], BATCH_LINE_FIELDS
        )
        lines.facility_id.fetch(["environment", "tz"])
        lines.guest_id.fetch(BATCH_GUEST_FIELDS)
        return lines

    @contextmanager
    def _stops_when_denied(self, facility):
        """Stop a facility whose account is refused within; never ask again with it.

        A conflict about its row is repeated here: raised, it would have the whole
        session repeated, and the same wrong password shown once more.
        """
        credentials = facility._credentials()
        try:
            yield
        except exceptions.AccessDenied as error:
            self._settle_denial(facility, credentials, error)

    @api.model
    def _settle_denial(self, facility, credentials, error):
        for attempt in range(SETTLE_TRIES):
            try:
                # Somebody may have corrected the account meanwhile.
                if facility._credentials() == credentials:
                    facility._note_access_denied(error)
                self._commit()
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                time.sleep(0.1 * 2**attempt)
        _logger.error("Facility %s could not be stopped.", facility.id)

    @api.model
    def _keep_answer(self, report_id, answer):
        """Keep what came, before anything that users may have locked is touched."""
        report = self.env["ubyport.report"].browse(report_id)
        report._keep(report._answer_values(answer))

    @api.model
    def _settle_answer(self, lines, answer, severities, duplicates):
        states = answer.states or [
            verdict.judge(codes, severities, duplicates)
            for codes in answer.record_codes
        ]
        codes = [join_codes(codes) for codes in answer.record_codes]
        lines._write_verdict(states, codes)
        lines.guest_id._forget_faults()

    @api.model
    def _settle_failure(self, lines, error):
        """Write what a failed call means for its guests."""
        surely_not = not isinstance(error, exceptions.UnknownOutcome)
        state = "not_sent" if surely_not else "unknown"
        report, guests = lines.report_id, lines.guest_id
        lines._write_verdict([state] * len(lines))
        report._keep(
            {
                "failure": error.code,
                "fault_string": getattr(error, "fault_string", ""),
                "header_codes": join_codes(getattr(error, "header_codes", ())),
            }
            | report._message_values(error.request_xml, error.response_xml)
        )
        report._tell_requesters()
        if isinstance(error, MAY_BE_ONE_GUEST):
            guests._note_fault()
        elif surely_not:
            guests._requeue(fields.Datetime.now())
        else:
            self._trigger(at=fields.Datetime.now() + UNKNOWN_GRACE)

    # After a killed process

    @api.model
    def _mark_left_behind(self):
        """Settle marks of killed processes by the answer they kept, if any."""
        reports = self.env["ubyport.report"].search(
            [
                ("channel", "in", list(CHANNELS)),
                ("state", "=", "sending"),
                ("sent_at", "<", fields.Datetime.now() - SENDING_GRACE),
            ]
        )
        for report_id in reports.ids:
            self._guarded(self._settle_left_behind, report_id)

    @api.model
    def _settle_left_behind(self, report_id):
        """Write the verdict of an answer that arrived, else that it is unknown."""
        report = self.env["ubyport.report"].browse(report_id)
        report = report.try_lock_for_update(allow_referencing=True)
        if report.state != "sending":
            return
        exchange = records.Exchange(
            request_xml=base64.b64decode(report.request_xml or b""),
            response_xml=base64.b64decode(report.response_xml or b""),
            sent=len(report.line_ids),
        )
        try:
            answer = CHANNELS[report.channel].read_answer(exchange)
        except exceptions.UbyportError:
            report._write_verdict(["unknown"] * exchange.sent)
            report._as_evidence_writer().failure = "process_stopped"
            return
        severities = self.env["ubyport.error"]._engine_severities()
        self._settle_answer(report.line_ids, answer, *severities)

    @api.model
    def _judge_learned(self):
        """Judge those answers again whose codes had no meaning when they came."""
        lines = self.env["ubyport.report.line"].search(
            [
                ("state", "=", "unknown"),
                ("error_codes", "!=", False),
                ("guest_id.report_state", "=", "unknown"),
            ]
        )
        self._guarded_all(lines, "_judge_again")

    @api.model
    def _check_receipts_left(self):
        """Read the receipts that nobody has looked at yet, in portions."""
        Report = self.env["ubyport.report"]
        unread = Report.search(Report._domain_receipt_unread(), limit=RECEIPTS_AT_ONCE)
        for report in unread:
            if self._out_of_time():
                return
            self._guarded(self._check_receipt, report)
        if len(unread) == RECEIPTS_AT_ONCE:
            self._trigger()

    @api.model
    def _check_receipt(self, report):
        """Read one receipt, unless another sender is about to or has done it."""
        locked = report.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset(["receipt_state"])
        if locked and not locked.receipt_state:
            locked._check_receipt()
