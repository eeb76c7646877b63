# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..ubyport import exceptions


class HotelFolioGuest(models.Model):
    """How people step in: hold, send now, reported elsewhere.

    The host answers for every report and must always be able to intervene
    (operating rules of Ubyport, 10.5).
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    is_held = fields.Boolean(
        string="On Hold",
        readonly=True,
        copy=False,
        help="The guest is not reported until somebody releases the guest.",
    )
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
        self._drop_stale_marks()

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
        self._apply_automation()

    def _manual_line_values(self):
        """Return the values of lines about reports made in another way.

        :raise UserError: what was reported cannot be told from the data
        """
        return [
            guest._manual_snapshot() | {"position": position, "guest_id": guest.id}
            for position, guest in enumerate(self, 1)
        ]

    def _manual_snapshot(self):
        Line = self.env["ubyport.report.line"]
        try:
            return Line._snapshot_of(self._wire_as_typed())
        except exceptions.DataError as error:
            filed = self._filed_line()
            if filed:
                return filed._snapshot()
            raise UserError(
                self.env._(
                    "%(guest)s: complete the data first. %(todo)s",
                    guest=self.display_name,
                    todo=self._reason_incomplete(),
                )
            ) from error

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Write down how the guest was reported."))
