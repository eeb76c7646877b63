# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models

from ..ubyport import reconcile, verdict
from .ubyport_messages import answer_text
from .ubyport_snapshot_mixin import SNAPSHOT

LINE_STATES = [
    ("sending", "Being sent"),
    ("accepted", "Accepted"),
    ("duplicate", "Reported before"),
    ("refused", "Refused"),
    ("unknown", "Outcome unknown"),
    ("not_sent", "Not sent"),
]
# Lines which prove a report.
FILED_STATES = ("accepted", "duplicate")
# Lines about which only a receipt can tell.
UNDECIDED_STATES = ("sending", "unknown", "not_sent")
# A repeat of these eight makes a duplicate for the police.
KEY_COLUMNS = tuple(
    column for column, name in SNAPSHOT.items() if name in reconcile.KEY_FIELDS
)


def parse_codes(text):
    """Return the numbers in a stored list of codes such as ";112;106;"."""
    return [int(part) for part in re.findall(r"-?[0-9]+", text or "")]


def join_codes(codes):
    """Return numbers as they are stored: ";112;106;", or False without any."""
    return "".join(f";{code}" for code in codes) + ";" if codes else False


class UbyportReportLine(models.Model):
    """What was told about one guest in one batch, and the verdict. Never changed."""

    _name = "ubyport.report.line"
    _description = "Guest in a report to the foreign police"
    _inherit = ["ubyport.evidence.mixin", "ubyport.snapshot.mixin"]
    # .id: to order by a number needs no look into the reports.
    _order = "report_id.id desc, position, id"
    _rec_name = "surname"

    report_id = fields.Many2one(
        "ubyport.report",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    guest_id = fields.Many2one(
        "hotel.folio.guest",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    # Not readonly: where the sender says them at once, they are not derived again.
    facility_id = fields.Many2one(
        "ubyport.facility", compute="_compute_owner", store=True, readonly=False
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_owner",
        store=True,
        readonly=False,
        index=True,
    )
    position = fields.Integer(readonly=True, help="Place in the batch, from 1.")
    requested_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        LINE_STATES,
        default="sending",
        required=True,
        readonly=True,
        index=True,
    )
    error_codes = fields.Char(
        readonly=True,
        help="The numbers in the police's answer, e.g. ;112;106;",
    )
    remark = fields.Char(
        string="Remark in the Receipt",
        readonly=True,
        help="The words of the police beside the guest (ERR:).",
    )
    is_denied = fields.Boolean(
        string="Denied by the Receipt",
        readonly=True,
        help="The answer accepted the guest, but the receipt refuses or does not name "
        "the guest.",
    )
    is_refuted = fields.Boolean(
        string="Found Not Reported",
        readonly=True,
        help="A manager found that the receipt is right: this line proves nothing.",
    )
    message = fields.Char(compute="_compute_message")
    sent_at = fields.Datetime(related="report_id.sent_at")
    answered_at = fields.Datetime(readonly=True)

    _one_open_line = models.UniqueIndex(
        "(guest_id) WHERE state = 'sending'",
        "This guest is being sent already.",
    )

    @api.depends("report_id.facility_id.company_id")
    def _compute_owner(self):
        for line in self:
            line.facility_id = line.report_id.facility_id
            line.company_id = line.facility_id.company_id

    @api.depends("error_codes", "remark")
    @api.depends_context("lang")
    def _compute_message(self):
        texts = self.env["ubyport.error"]._texts_by_number(
            {number for line in self for number in parse_codes(line.error_codes)}
        )
        for line in self:
            answer = " ".join(
                f"{answer_text(self.env, texts.get(number))} ({number})."
                for number in parse_codes(line.error_codes)
            )
            line.message = answer or line.remark

    def _names_with_answers(self):
        """Return one text line for each of these guests: the name and the answer."""
        return "\n".join(
            " ".join(filter(None, (line.surname, line.first_name, line.message)))
            for line in self
        )

    def _snapshot(self):
        """Return the columns which hold what left, to be kept in another line."""
        self.ensure_one()
        return {column: self[column] for column in SNAPSHOT}

    @api.model
    def _column_of(self, name):
        """Return the column which holds an attribute of the engine's WireGuest."""
        return next(column for column, wire in SNAPSHOT.items() if wire == name)

    def _is_filed(self):
        """Return whether the answer proves a report; None without an answer."""
        self.ensure_one()
        return None if self.state in UNDECIDED_STATES else self.state in FILED_STATES

    def _write_verdict(self, states, codes=()):
        """Write what became of each guest of one batch, and of the batch.

        :param states: one state for each of its lines, in order of position
        :param codes: as many stored code lists (join_codes), or none
        """
        answered = {"answered_at": fields.Datetime.now()}
        lines = self.sorted("position")
        padded = [*codes, *[False] * (len(lines) - len(codes))]
        verdicts = dict(zip(lines, zip(states, padded, strict=True), strict=True))
        for (state, line_codes), alike in lines.grouped(verdicts.get).items():
            alike._as_evidence_writer().write(
                {"state": state, "error_codes": line_codes} | answered
            )
        report = lines.report_id
        report._as_evidence_writer().write(
            {"state": report._summary_state(lines)} | answered
        )

    def _judge_again(self):
        """Give these lines the verdict which their codes have by today's list."""
        severities = self.env["ubyport.error"]._engine_severities()
        for line in self:
            state = verdict.judge(parse_codes(line.error_codes), *severities)
            if state != line.state:
                line._as_evidence_writer().state = state
                report = line.report_id
                report._as_evidence_writer().state = report._summary_state()

    def _equals(self, wire_guest):
        """Return whether this line said the same as the records.WireGuest would."""
        self.ensure_one()
        today = self._snapshot_of(wire_guest)
        return all(self[column] == value for column, value in today.items())

    def _key(self):
        """Return the eight data by which the police recognise a repeat."""
        self.ensure_one()
        return tuple(self[column] for column in KEY_COLUMNS)

    @api.model
    def _key_of(self, wire_guest):
        snapshot = self._snapshot_of(wire_guest)
        return tuple(snapshot[column] for column in KEY_COLUMNS)
