# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from difflib import SequenceMatcher

from odoo import api, fields, models

from ..ubyport.compose import residence_part

UNDER_WAY_STATES = ("queued", "sending")
# Typed and sent side by side: these are sent as typed, but for the letters.
COMPARED = ("surname", "first_name", "document_number", "visa_number", "note")
OPEN_GROUPS = ("red", "amber", "green")
RESIDENCE = ("residence_street", "residence_city")


def side_by_side(typed, sent):
    """Return both texts as lists of (part, whether it differs from the other)."""
    codes = SequenceMatcher(None, typed, sent, autojunk=False).get_opcodes()
    parts = [
        (typed[i:j], sent[k:n], operation != "equal") for operation, i, j, k, n in codes
    ]
    return (
        [(left, differs) for left, _right, differs in parts if left],
        [(right, differs) for _left, right, differs in parts if right],
    )


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
        may = self.report_state in open_states and self.facility_id
        return bool(may) and not self._exemption() and not self._is_blocked()

    def _is_blocked(self):
        """Return whether a finding keeps this guest from being sent."""
        return any(found["severity"] == "error" for found in self.findings or ())

    def _is_offered_to_send(self):
        """Return whether the preview chooses this guest from the start.

        A repeat or a correction is left to a deliberate choice.
        """
        offered = self.report_state in ("ready", "queued") and not self.is_held
        return offered and self._may_be_sent()

    def _preview_rows(self):
        """Return one dictionary for each guest, which the preview shows as a row."""
        today = {
            facility: facility.sudo()._today()
            for facility in (*self.facility_id, self.facility_id.browse())
        }
        return [guest._preview_row(today[guest.facility_id]) for guest in self]

    def _preview_row(self, today):
        group = self._preview_group()
        is_open = group in OPEN_GROUPS
        due = self.deadline_date if is_open else False
        sendable = is_open and self._may_be_sent()
        told = self._to_wire() if sendable else None
        return {
            "id": self.id,
            "name": self.display_name,
            "room": self.room_line_id.sudo().name or "",
            "facility": self.facility_id.id,
            "group": group,
            "state": self.report_state,
            "offered": sendable and self._is_offered_to_send(),
            "sendable": sendable,
            "due": due and due.isoformat(),
            "days": (due - today).days if due else False,
            "findings": self._preview_findings() if is_open else [],
            "reason": self._preview_reason(),
            "sent": self._preview_text(told) if told else "",
            "differences": self._preview_differences(told) if told else [],
            "report": (self.unl_report_id or self.receipt_report_id).id,
        }

    def _preview_group(self):
        """Return the group of the preview which this guest belongs to.

        red: cannot be reported yet, amber: look first, green: can be reported, done:
        reported or just on the way, grey: need not be reported.
        """
        self.ensure_one()
        if self.report_state in ("sending", "reported"):
            return "done"
        if self.report_state in ("expected", "exempt"):
            return "grey"
        blocked = self.report_state in ("incomplete", "refused")
        if blocked or not self.facility_id or self._is_blocked():
            return "red"
        if self.report_state in ("unknown", "changed") or self.finding_summary:
            return "amber"
        return "green"

    def _preview_reason(self):
        """Return why, where neither the group nor the findings say it."""
        told = self.report_state == "incomplete" or not self.facility_id
        plain = self.report_state == "ready" and not self.is_held
        return "" if told or plain else self.report_reason

    def _preview_findings(self):
        """Return the findings with the names of their fields, without the harmless."""
        findings = [
            finding | {"label": self._label(finding["field"])}
            for finding in self.findings or []
            if finding["severity"] != "info"
        ]
        if not self.facility_id:
            findings.append(
                {
                    "field": "facility_id",
                    "label": self._label("facility_id"),
                    "severity": "error",
                    "code": "facility_missing",
                    "message": self.env._(
                        "Choose the facility, or have the room mapped to one."
                    ),
                }
            )
        return findings

    def _preview_text(self, told):
        """Return, letter by letter, what would leave."""
        parts = (
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
        return ", ".join(filter(None, parts))

    def _preview_differences(self, told):
        """Return {label, typed, sent} for each text which leaves in other letters."""
        sent = {name: getattr(told, name) for name in COMPARED} | {
            name: residence_part(self[name] or "") for name in RESIDENCE
        }
        differences = []
        for name, text in sent.items():
            typed = " ".join((self[name] or "").split())
            if typed != text:
                left, right = side_by_side(typed, text)
                difference = {"label": self._label(name), "typed": left, "sent": right}
                differences.append(difference)
        return differences

    def _progress_rows(self):
        """Return one dictionary for each guest: what the police said, in words."""
        return [
            {
                "id": guest.id,
                "name": guest.display_name,
                "state": guest.report_state,
                "waits": guest.report_state in UNDER_WAY_STATES,
                "denied": guest.is_denied,
                "reason": guest.report_reason,
                "receipt": guest.receipt_report_id.id,
            }
            for guest in self
        ]

    def action_preview_report(self):
        """Open the preview for these guests."""
        return self._preview_action(self)

    @api.model
    def _preview_action(self, records):
        """Return the preview's action for guests, folios or facilities.

        As parameters, not in the context, they survive that the page is loaded again.
        """
        action = self.env["ir.actions.client"]._for_xml_id(
            "hotel_ubyport.ubyport_preview_action"
        )
        return action | {"params": {"model": records._name, "ids": records.ids}}

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
