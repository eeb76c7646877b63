# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
from dataclasses import asdict
from datetime import timezone

from odoo import api, fields, models

from ..ubyport import exceptions, receipt, reconcile
from .locking import meet_others
from .ubyport_facility import PRAGUE
from .ubyport_messages import disagreement_text
from .ubyport_report_line import UNDECIDED_STATES


class UbyportReport(models.Model):
    """The receipt read back: what the police hold against what we told them.

    The answer's codes decide a verdict. A receipt that disagrees raises an alarm and
    turns the guests whom it denies red, until a manager has looked at it.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.report"

    receipt_state = fields.Selection(
        [
            ("agrees", "Agrees"),
            ("differs", "Differs"),
            ("unreadable", "Cannot be read"),
            ("missing", "Missing"),
        ],
        string="Check of the Receipt",
        readonly=True,
        help="The receipt is read back and compared with what was sent and with the "
        "answer, guest by guest and letter by letter.",
    )
    receipt_is_open = fields.Boolean(
        string="Receipt to Look At",
        readonly=True,
        help="Something is wrong with the receipt and no manager has seen it yet.",
    )
    receipt_checked_at = fields.Datetime(readonly=True)
    receipt_sha256 = fields.Char("SHA-256 of the Receipt", readonly=True, index=True)
    receipt_total = fields.Integer("Records in the Receipt", readonly=True)
    receipt_ignored = fields.Integer("Ignored in the Receipt", readonly=True)
    receipt_refused = fields.Integer("Refused in the Receipt", readonly=True)
    receipt_accepted = fields.Integer("Accepted in the Receipt", readonly=True)
    receipt_disagreements = fields.Json(readonly=True)
    receipt_text = fields.Text(string="Disagreements", compute="_compute_receipt_text")
    receipt_user_id = fields.Many2one(
        "res.users", string="Receipt Uploaded By", readonly=True
    )
    receipt_uploaded_at = fields.Datetime(readonly=True)
    receipt_seen_by_id = fields.Many2one("res.users", readonly=True)
    receipt_seen_at = fields.Datetime(readonly=True)
    receipt_seen_reason = fields.Char("Finding of the Manager", readonly=True)

    _receipt_open_idx = models.Index("(facility_id) WHERE receipt_is_open IS TRUE")

    @api.depends("receipt_state", "receipt_disagreements")
    @api.depends_context("lang")
    def _compute_receipt_text(self):
        for report in self:
            report.receipt_text = "\n".join(report._receipt_sentences())

    def _receipt_sentences(self):
        """Return what is wrong with the receipt, in words."""
        self.ensure_one()
        if self.receipt_state == "missing":
            return [self.env._("The police accepted guests, but sent no receipt.")]
        if self.receipt_state == "unreadable":
            return [
                self.env._("The receipt cannot be read back. Compare it by yourself.")
            ]
        lines = {line.position: line for line in self.line_ids}
        return [
            disagreement_text(self.env, found, lines.get(found["position"]))
            for found in self.receipt_disagreements or []
        ]

    # Reading

    def _check_receipt(self):
        """Read the receipt and keep how it compares; no verdict is touched."""
        self.ensure_one()
        if self.state == "sending":
            return  # There is nothing yet to compare it with.
        content = base64.b64decode(self.receipt or b"")
        if not content:
            self._note_receipt("missing" if self.filed_count else "agrees")
            return
        try:
            paper = receipt.read_receipt(content)
        except exceptions.UnreadableReceipt:
            self._note_receipt("unreadable")
            return
        self._note_comparison(paper, *self._compare(paper))

    def _compare(self, paper):
        """Return (reconcile.Reconciliation, reconcile.Disagreements) of a receipt."""
        lines = self.line_ids.sorted("position")
        found = reconcile.match(
            [line._told() for line in lines],
            paper,
            # A file of UNL is written in capitals.
            ignore_case=self.channel == "unl",
        )
        disagreements = reconcile.disagreements(
            found,
            paper,
            idub=self.facility_id.idub or "",
            stamp=self.stamp or "",
            filed=[line._is_filed() for line in lines],
        )
        return found, disagreements

    def _note_comparison(self, paper, found, disagreements):
        """Keep what a comparison brought, on the report and on its lines."""
        lines = self.line_ids.sorted("position")
        denied = {d.position for d in disagreements if d.code in reconcile.DENIALS}
        noted = {}
        for line, match in zip(lines, found.matches, strict=True):
            remark = match.record.remark if match.record else ""
            is_denied = line.position in denied and bool(line._is_filed())
            noted[line] = remark or False, is_denied
        # What stays is not written: it would have all these guests judged anew.
        new = lines.filtered(lambda line: (line.remark, line.is_denied) != noted[line])
        for (remark, is_denied), alike in new.grouped(noted.get).items():
            values = {"remark": remark, "is_denied": is_denied}
            alike._as_evidence_writer().write(values)
        self._note_receipt(
            "differs" if disagreements else "agrees",
            {
                "receipt_total": paper.total,
                "receipt_ignored": paper.ignored,
                "receipt_refused": paper.refused,
                "receipt_accepted": paper.accepted,
                "receipt_disagreements": [asdict(d) for d in disagreements],
            },
        )

    def _note_receipt(self, state, values=()):
        # A write that loses against another one is logged with the names in it.
        meet_others(self)
        is_open = state != "agrees"
        if self.receipt_is_open != is_open:
            self._as_evidence_writer().receipt_is_open = is_open
        self._as_evidence_writer().write(
            {
                "receipt_state": state,
                "receipt_checked_at": fields.Datetime.now(),
            }
            | dict(values)
        )
        if self.receipt_is_open:
            self._tell_requesters()

    @api.model
    def _domain_receipt_unread(self):
        """Return the domain of answered reports whose receipt was not looked at."""
        return [
            ("channel", "=", "ws"),
            ("receipt_state", "=", False),
            ("state", "!=", "sending"),
            "|",
            ("receipt_sha256", "!=", False),
            ("state", "in", ("accepted", "partial")),
        ]

    # A receipt that a person brings

    @api.model
    def _receipt_sha256(self, content):
        return hashlib.sha256(content).hexdigest()

    @api.model
    def _find_by_receipt(self, paper, facility, preferred):
        """Return the report which a receipt is about; an empty one if none is.

        :param paper: the engine's receipt.Receipt
        :param preferred: the report a person had open; some of its data may have
            been corrected in the web application, so likeness is enough for it
        """
        waiting = self._awaiting_receipt(facility)
        if preferred & waiting and preferred._compare(paper)[0].named:
            return preferred
        ranks = {report: report._receipt_rank(paper) for report in waiting}
        best = max(ranks, key=ranks.get, default=self.browse())
        return best if any(ranks.get(best, ())) else self.browse()

    @api.model
    def _awaiting_receipt(self, facility):
        """Return the reports that a receipt may come for, newest first."""
        return self.search(
            [
                ("facility_id", "=", facility.id),
                ("environment", "=", facility.environment),
                ("receipt_sha256", "=", False),
                "|",
                ("channel", "=", "unl"),
                "&",
                ("channel", "=", "ws"),
                ("state", "!=", "sending"),
            ]
        )

    def _receipt_rank(self, paper):
        """Return how well a receipt fits: (same stamp, still open, guests in it)."""
        same_stamp = bool(self.stamp) and self.stamp == paper.stamp
        named = sum(match.is_same for match in self._compare(paper)[0].matches)
        if self.stamp and not same_stamp:
            named = 0
        return same_stamp, named and self.state == "sending", named

    def _take_receipt(self, content, paper):
        """Keep a receipt which the user brought; what was open it decides.

        :param bytes content: the PDF
        :param paper: the engine's receipt.Receipt of it
        """
        self.ensure_one()
        meet_others(self.sudo())
        found, disagreements = self._compare(paper)
        self._as_evidence_writer().write(
            {
                "receipt": base64.b64encode(content),
                "receipt_sha256": self._receipt_sha256(content),
                "receipt_user_id": self.env.uid,
                "receipt_uploaded_at": fields.Datetime.now(),
                "stamp": self.stamp or paper.stamp,
            }
        )
        self._note_comparison(paper, found, disagreements)
        self._close_open_lines(found, self._delivered_at(paper))

    @api.model
    def _delivered_at(self, paper):
        """Return when the police took the guests over (naive UTC), now if unsaid."""
        if not paper.delivered_at:
            return fields.Datetime.now()
        local = paper.delivered_at.replace(tzinfo=PRAGUE)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    def _close_open_lines(self, found, delivered_at):
        """Let a receipt decide about those of whom no certain answer came.

        Whom the receipt of a file does not name was taken out in the web application.
        """
        closed = {}
        for line, match in zip(
            self.line_ids.sorted("position"), found.matches, strict=True
        ):
            if line.state in UNDECIDED_STATES and match.record:
                closed[line] = "accepted" if match.record.accepted else "refused"
            elif line.state == "sending":
                closed[line] = "not_sent"
        for line, state in closed.items():
            line._as_evidence_writer().write(
                {"state": state, "answered_at": delivered_at}
            )
        if closed:
            values = {"state": self._summary_state(), "answered_at": delivered_at}
            self._as_evidence_writer().write(values)
            self.line_ids.guest_id._apply_automation()

    # What a manager found

    def action_see_receipt(self):
        """Ask the manager what is behind the disagreements."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receipt Seen"),
            "res_model": "ubyport.receipt.seen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_report_ids": self.ids},
        }

    def _mark_receipt_seen(self, reason, report_again):
        """Close the alarm about these receipts.

        :param str reason: what the manager found out; kept as evidence
        :param bool report_again: the guests whom the receipt denies were not
            reported, whatever the answer said
        """
        denied = self.line_ids.filtered("is_denied")
        if report_again:
            denied._as_evidence_writer().write({"is_refuted": True})
        self._as_evidence_writer().write(
            {
                "receipt_is_open": False,
                "receipt_seen_by_id": self.env.uid,
                "receipt_seen_at": fields.Datetime.now(),
                "receipt_seen_reason": reason,
            }
        )
        denied.guest_id._apply_automation()
