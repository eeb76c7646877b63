# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .hotel_folio_guest_queue import NOT_QUEUED
from .hotel_folio_guest_report import OPEN_STATES

# Minutes to wait after the first, second, ... fault; after one more, people decide.
FAULT_WAITS = (0, 5, 30, 120)
FAULTS_MAX = len(FAULT_WAITS) + 1
# From here on the guest is a case for people, although it is tried some more times.
FAULTS_STUCK = 2


class HotelFolioGuest(models.Model):
    """A guest on whom the service fails: tried alone, shown, and left to people.

    A fault may come after the police have stored the report, so the same data are not
    sent without end.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    fault_count = fields.Integer(readonly=True, copy=False)

    def _note_fault(self):
        """Queue guests of a faulted batch again, each time later, but not for ever."""
        for guest in self:
            count = guest.fault_count + 1
            guest._write_own({"fault_count": count})
            if count < FAULTS_MAX:
                wait = timedelta(minutes=FAULT_WAITS[count - 1])
                guest._requeue(fields.Datetime.now() + wait)
            else:
                guest._write_own(NOT_QUEUED)

    def _forget_faults(self):
        """Other data deserve tries of their own."""
        failed = self.filtered("fault_count")
        if failed:
            failed._write_own({"fault_count": 0})

    def _is_stuck(self):
        """Return whether people should look at this guest."""
        return self._are_stuck(self.report_state, self.fault_count)

    @api.model
    def _are_stuck(self, state, fault_count):
        return fault_count >= FAULTS_STUCK and state in OPEN_STATES

    def _is_given_up(self):
        """Return whether nobody but a person sends this guest again."""
        return self.fault_count >= FAULTS_MAX

    # Light

    @api.depends("fault_count")
    def _compute_light(self):
        result = super()._compute_light()
        self.filtered(lambda guest: guest._is_stuck()).light = "red"
        return result

    @api.model
    def _light_domains(self):
        stuck = Domain("report_state", "in", OPEN_STATES)
        stuck &= Domain("fault_count", ">=", FAULTS_STUCK)
        domains = super()._light_domains()
        others = {light: found & ~stuck for light, found in domains.items()}
        return others | {"red": domains["red"] | stuck}

    # The way out

    @api.depends("fault_count")
    def _compute_unl_offered(self):
        return super()._compute_unl_offered()

    def _needs_unl(self):
        return super()._needs_unl() or (self._is_stuck() and self._is_offered_to_send())

    # Reasons

    def _preview_reason(self):
        told = super()._preview_reason()
        return told or (self.report_reason if self._is_stuck() else "")

    def _reason_ready(self):
        if not self._is_given_up() or self.is_held:
            return super()._reason_ready()
        return self.env._(
            "The service failed on this guest %(count)s times, so nobody sends it by "
            "itself any more. Check unusual letters in the data, then send it again or "
            "make a UNL file and take it to the police's web application.",
            count=self.fault_count,
        )

    def _with_way_out(self, reason):
        if not self._is_stuck() or not self._is_offered_to_send():
            return super()._with_way_out(reason)
        return self.env._(
            "%(reason)s A UNL file taken to the police's web application is a way "
            "round.",
            reason=reason,
        )
