# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.tools import LazyTranslate, format_date

_lt = LazyTranslate(__name__)

REHEARSALS = {
    "simulator": _lt("Rehearsal: accepted by the simulator; the police were not told."),
    "test": _lt("Rehearsal: accepted by the test service; the police were not told."),
}


class HotelFolioGuest(models.Model):
    """Why a guest is not, or not yet, reported: in words, and never silent."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    report_reason = fields.Char(
        compute="_compute_report_reason",
        compute_sudo=True,
        help="Why the guest is not, or not yet, reported.",
    )

    @api.depends(
        "report_state",
        "finding_summary",
        "facility_id.service_state",
        "is_denied",
        "is_awaited",
        "is_held",
        "untold_changes",
        "is_only_stay_changed",
    )
    @api.depends_context("lang", "tz")
    def _compute_report_reason(self):
        for guest in self:
            explain = getattr(guest, f"_reason_{guest.report_state or 'expected'}")
            guest.report_reason = explain()

    def _reason_expected(self):
        if self._is_overdue():
            return self.env._(
                "Should have arrived on %s: check in, or cancel.",
                format_date(self.env, self.arrival_date),
            )
        if self.arrival_date and self.arrival_date < self.facility_id.sudo()._today():
            return self.env._(
                "Not checked in. Who did not come is not reported: only lodging may "
                "be, never a booking."
            )
        return self.env._("Not checked in yet.")

    def _reason_exempt(self):
        if self._exemption() == "cancelled":
            return self.env._("The stay was cancelled before the arrival.")
        if self.nationality_id._code() != "CZE":
            return self.env._("The list of nationalities says: not to be reported.")
        return self.env._("A Czech citizen: the police are not told.")

    def _reason_incomplete(self):
        missing = (self.finding_summary or "").replace("\n", " ")
        # Today, a list of the police or a setting may have changed since.
        return missing or self.env._(
            "Nothing is missing any more. The next run of the sender takes note of it."
        )

    def _reason_ready(self):
        if not self.facility_id:
            return self.env._("Belongs to no facility: map the room to one.")
        if self.is_held:
            return self.env._(
                "On hold by %s. Release the guest to have it reported.",
                self.held_by_id.name,
            )
        if self.facility_id.automation == "manual":
            return self.env._("Complete. Waits for your command to report.")
        return self.env._("Complete. Will be reported by itself.")

    def _reason_queued(self):
        facility = self.facility_id
        if not facility:
            return self._reason_ready()
        if not facility.active:
            return self.env._("Waits: the facility is archived.")
        if not facility._is_configured():
            return self.env._(
                "Waits: the facility has no account for the service yet. "
                "The manager enters it in the facility."
            )
        if facility.service_state != "ok":
            return facility.service_message
        if self.fault_count:
            return self.env._(
                "The service failed on this guest %(count)s times and will be tried "
                "again. Check unusual letters in the data.",
                count=self.fault_count,
            )
        if self.send_after and self.send_after > fields.Datetime.now():
            return self.env._(
                "Will be reported at %(time)s.",
                time=facility._in_zone_text(self.send_after),
            )
        return self.env._("Will be reported in a moment.")

    def _reason_sending(self):
        return self.env._("On the way to the police, the answer is awaited.")

    def _reason_reported(self):
        line = self._filed_line()
        if self.is_denied:
            return self.env._(
                "The police answered that the guest was accepted, but their receipt "
                "does not confirm it. Open the report: a manager decides whether the "
                "guest has to be reported again."
            )
        if self.untold_changes:
            return self.env._(
                "Reported, then changed: %s. The police would take a new report for a "
                "duplicate. Write to them by e-mail, or note that they were told.",
                self.untold_changes.replace("\n", ", "),
            )
        if line.report_id.channel == "manual":
            return self.env._("Reported in another way: %s", line.report_id.reason)
        if line.report_id.environment in REHEARSALS:
            rehearsal = self.env._(REHEARSALS[line.report_id.environment])
            return " ".join(filter(None, (rehearsal, line.message)))
        if line.state == "duplicate":
            return self.env._("Reported; the police had this report already.")
        return line.message or self.env._("Reported, the police accepted it.")

    def _reason_refused(self):
        return self.env._(
            "The police refused: %(answer)s Correct the data, then it can be sent "
            "again.",
            answer=self._last_line().message or "",
        )

    def _reason_unknown(self):
        if self._last_line().error_codes:
            return self.env._(
                "The police gave an answer of unknown meaning: %(answer)s Ask them, "
                "then decide in the preview.",
                answer=self._last_line().message,
            )
        if self._differs_in_key(self._last_line()):
            return self.env._(
                "Sent, but no certain answer came, and then the data were changed. "
                "Send the guest in the preview; it will be marked as a correction."
            )
        if self._may_repeat_unknown(datetime.max):
            return self.env._(
                "Sent, but no certain answer came. It is tried once more by itself; "
                "the police recognise a repeat."
            )
        return self.env._(
            "Sent, but no certain answer came. Send the guest again in the preview; "
            "the police recognise a repeat."
        )

    def _reason_changed(self):
        if self._exemption():
            return self.env._(
                "Was reported, but need not have been. There is no way to withdraw a "
                "report: tell the police by e-mail if it matters."
            )
        if self.is_only_stay_changed:
            return self.env._(
                "Reported until %(told)s, now until %(now)s. A report says how long "
                "the stay is expected to last: who leaves early or stays longer is not "
                "reported again, choose “Stay Changed”. Only if the report was wrong, "
                "report the correction.",
                told=format_date(self.env, self._filed_line().departure_date),
                now=format_date(self.env, self.departure_date),
            )
        return self.env._(
            "Was reported, then changed. Report the correction. %(todo)s",
            todo=self._reason_incomplete(),
        )
