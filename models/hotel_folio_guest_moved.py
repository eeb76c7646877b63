# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .ubyport_report_line import FILED_STATES


class HotelFolioGuest(models.Model):
    """A guest told about by one facility and now accommodated in another.

    Each facility answers for its own guests: the other has to report, too. It is a
    report of its own and corrects nothing.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    def _is_of_facility(self, line):
        """Return whether a report line was told for the facility of this guest."""
        theirs, mine = line.facility_id, self.facility_id
        if not mine or theirs == mine:
            return True
        return theirs.sudo().idub == mine.sudo().idub

    def _line_elsewhere(self):
        """Return the newest line by which another facility may have told the police."""
        others = self.line_ids.filtered(lambda line: not self._is_of_facility(line))
        told = self._without_silent(self._without_rehearsals(others))
        return told.filtered(lambda line: line.state in (*FILED_STATES, "unknown"))[:1]

    def _preview_reason(self):
        told = super()._preview_reason()
        moved = self.report_state == "ready" and self.sudo()._line_elsewhere()
        return told or (self.report_reason if moved else "")

    def _reason_incomplete(self):
        return self._with_other_facility(super()._reason_incomplete())

    def _reason_ready(self):
        return self._with_other_facility(super()._reason_ready())

    def _reason_queued(self):
        return self._with_other_facility(super()._reason_queued())

    def _with_other_facility(self, reason):
        line = self._line_elsewhere()
        if not line:
            return reason
        values = {"facility": line.sudo().facility_id.name, "reason": reason}
        if line.state == "unknown":
            return self.env._(
                "%(facility)s sent the guest and got no certain answer. This facility "
                "has to report the guest, too. %(reason)s",
                **values,
            )
        return self.env._(
            "%(facility)s has reported the guest. This facility has to report the "
            "guest, too. %(reason)s",
            **values,
        )
