# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# The states in which a mark of the queue means something.
MARKED_STATES = ("queued", "sending")
NOT_QUEUED = {"queued_at": False, "queued_for_id": False, "send_after": False}


class HotelFolioGuest(models.Model):
    """The queue in front of the sender: who waits in it, since when, for which slot."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    queued_at = fields.Datetime(readonly=True, copy=False)
    # A mark holds for this facility: another one has a level and account of its own.
    queued_for_id = fields.Many2one("ubyport.facility", readonly=True, copy=False)
    queued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    queued_by_command = fields.Boolean(readonly=True, copy=False)
    send_after = fields.Datetime(readonly=True, copy=False)

    _queue_idx = models.Index(
        "(facility_id, deadline_date) WHERE report_state = 'queued'"
    )

    def _apply_automation(self):
        """Queue complete guests as their facility's level wants it."""
        ready = self.filtered(
            lambda guest: (
                guest.report_state == "ready"
                and not guest.is_held
                and not guest._is_given_up()
            )
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

    def _follow_state(self):
        """Take out of the queue, or put in, as it follows from today's states."""
        self._drop_stale_marks()
        self._apply_automation()

    def _drop_stale_marks(self):
        """Forget commands to send whom nobody can or need send any more.

        Whoever becomes sendable again later needs to be queued anew.
        """
        stale = self.filtered(
            lambda guest: guest.queued_at and guest.report_state not in MARKED_STATES
        )
        if stale:
            stale._write_own(NOT_QUEUED)

    def _queue_forgotten(self):
        """Queue these guests as their level wants, but nobody in other hands."""
        self.try_lock_for_update(allow_referencing=True)._apply_automation()

    def _is_queued(self):
        """Return whether a mark holds: that of another facility does not."""
        mine = not self.queued_for_id or self.queued_for_id == self.facility_id
        return bool(self.queued_at) and mine

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
        queued._write_own(NOT_QUEUED)
        self._apply_automation()

    def _requeue(self, send_after):
        """Mark these guests to be sent and wake the sender; nothing is sent here.

        Whom somebody holds is left out, whatever has failed.

        :param send_after: naive UTC moment
        """
        free = self.filtered(lambda guest: not guest.is_held)
        for facility, guests in free.grouped("facility_id").items():
            guests._write_own(
                {
                    "queued_at": fields.Datetime.now(),
                    "queued_for_id": facility.id,
                    "send_after": send_after,
                }
            )
        if free:
            self.env["ubyport.sender"]._trigger(at=send_after)

    @api.model
    def _domain_queued(self, facility):
        """Return the domain of guests whom the sender may claim for a facility now."""
        return (
            Domain("facility_id", "=", facility.id)
            & Domain("report_state", "=", "queued")
            & Domain("is_held", "=", False)
            & Domain("send_after", "<=", fields.Datetime.now())
        )

    @api.model
    def _lock_batch(self, domain, size):
        """Lock and return guests who may travel together, the most urgent first.

        After a fault of the service, or without a certain answer, each guest travels
        alone, so that one whom the service cannot digest holds up nobody else.
        """
        alone = Domain("fault_count", ">", 0) | Domain("line_ids.state", "=", "unknown")
        return self._lock_first(domain & ~alone, "deadline_date, id", size) or (
            self._lock_first(domain, "fault_count NULLS FIRST, deadline_date, id", 1)
        )

    @api.model
    def _lock_first(self, domain, order, limit):
        """Lock the first guests found whom nobody else has locked.

        Found and locked at once: senders side by side want different guests.
        """
        query = self._search(domain, order=order, limit=limit)
        lock = SQL("%s FOR NO KEY UPDATE SKIP LOCKED", query.select())
        return self.browse(guest_id for (guest_id,) in self.env.execute_query(lock))

    def _repeat_silent(self, before):
        """Queue those of these guests whose one automatic repeat is due."""
        due = self.filtered(lambda guest: guest._may_repeat_unknown(before))
        due._requeue(fields.Datetime.now())

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
        wanted = wanted and not self._is_given_up() and not self._exemption()
        return wanted and silent and last.answered_at < before and self._is_same(last)

    def _reason_unknown(self):
        if not self._exemption():
            return super()._reason_unknown()
        return self.env._(
            "Sent before the data said that the guest need not be reported, and no "
            "certain answer came: the police may have the report. Nothing is sent any "
            "more; ask them, or note how it was settled as reported in another way."
        )

    def _is_same(self, line):
        """Return whether the police would take today's report for that of a line."""
        same_facility = line.report_id.facility_id == self.facility_id
        return same_facility and not self._differs_in_key(line)

    def _refresh_reporting(self):
        """Judge these guests anew, after what they are checked against has changed."""
        self.env.add_to_compute(self._fields["report_state"], self)
        self._follow_state()
