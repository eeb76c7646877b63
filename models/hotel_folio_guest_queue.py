# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .ubyport_facility_service import BACK_OFF_MINUTES

# What an edit makes of a queued guest who can no longer be sent.
BROKEN_STATES = ("incomplete", "changed")


class HotelFolioGuest(models.Model):
    """The queue in front of the sender: who waits in it, since when, for which slot."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    queued_at = fields.Datetime(readonly=True, copy=False)
    queued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    queued_by_command = fields.Boolean(readonly=True, copy=False)
    send_after = fields.Datetime(readonly=True, copy=False)
    fault_count = fields.Integer(readonly=True, copy=False)

    _queue_idx = models.Index(
        "(facility_id, deadline_date) WHERE report_state = 'queued'"
    )

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

        After a fault of the service, or without a certain answer, each guest of the
        batch travels alone, so that one whom the service cannot digest holds up
        nobody else.
        """
        alone = self.filtered("fault_count") | self._sent_without_answer()
        return (self - alone) or alone.sorted("fault_count")[:1]

    def _sent_without_answer(self):
        """Return those of these guests whose last outcome is unknown."""
        tries = self.env["ubyport.report.line"].search(
            [("guest_id", "in", self.ids), ("state", "=", "unknown")]
        )
        return tries.guest_id.filtered(
            lambda guest: guest._last_line().state == "unknown"
        )

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
