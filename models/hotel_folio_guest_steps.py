# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class HotelFolioGuest(models.Model):
    """How people step in: hold, send now, reported elsewhere.

    The host answers for every report and must always be able to intervene
    (operating rules of Ubyport, 10.5).
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    is_held = fields.Boolean(string="On Hold", readonly=True, copy=False)
    held_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    def action_hold(self):
        """Take these guests out of the queue until somebody releases them."""
        self._write_own(
            {"is_held": True, "held_by_id": self.env.uid, "queued_at": False}
        )
        return True

    def action_release(self):
        """Let these guests be reported again as their facility's level wants it."""
        self._write_own({"is_held": False, "held_by_id": False})
        self._apply_automation()
        return True

    def action_send_now(self):
        """Queue those who can be reported, whatever level or hold says."""
        sendable = self.filtered(lambda guest: guest._may_be_sent())
        if not sendable:
            raise UserError(
                self.env._("Nothing can be sent now: %s", self._first_reason())
            )
        sendable._write_own({"is_held": False, "held_by_id": False})
        sendable._enqueue(fields.Datetime.now(), by_command=True)
        return True

    def _first_reason(self):
        return next((guest.report_reason for guest in self), "") or ""

    def action_report_elsewhere(self):
        """Ask how these guests were reported in another way."""
        return self._ask_elsewhere("report")

    def action_withdraw_elsewhere(self):
        """Ask why such a note is taken back."""
        return self._ask_elsewhere("withdraw")

    def _ask_elsewhere(self, step):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reported in Another Way"),
            "res_model": "ubyport.elsewhere",
            "view_mode": "form",
            "target": "new",
            "context": {"default_guest_ids": self.ids, "default_step": step},
        }

    def _report_elsewhere(self, reason):
        """Note that these guests were reported in another way, and how.

        :param str reason: how and when, in the user's words; kept as evidence
        """
        self._check_reason(reason)
        for facility, guests in self.grouped("facility_id").items():
            if not facility:
                raise UserError(guests[0]._reason_ready())
            self.env["ubyport.report"]._open_manual(facility, guests, reason)

    def _withdraw_elsewhere(self, reason):
        """Take back a note that these guests were reported in another way."""
        self._check_reason(reason)
        for guest in self:
            report = guest._filed_line().report_id
            if report.channel != "manual":
                raise UserError(
                    self.env._(
                        "%s was reported by this program: that is evidence and "
                        "cannot be taken back.",
                        guest.display_name,
                    )
                )
            self.env["ubyport.report"]._open_manual(
                guest.facility_id, guest, reason, state="not_sent"
            )

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Write down how the guest was reported."))
