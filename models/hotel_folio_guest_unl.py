# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..ubyport import deadline, exceptions, unl


class HotelFolioGuest(models.Model):
    """The way by file: guests whom a person takes to the police's web application."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    unl_offered = fields.Boolean(
        compute="_compute_unl_offered",
        compute_sudo=True,
        help="The service cannot be used and the report is due by the next working "
        "day: a UNL file is the way out.",
    )

    unl_report_id = fields.Many2one(
        "ubyport.report",
        string="Waits in UNL File",
        compute="_compute_unl_report_id",
        compute_sudo=True,
    )
    is_in_unl = fields.Boolean(
        string="In UNL File",
        compute="_compute_unl_report_id",
        compute_sudo=True,
        help="A person takes the guest to the police in a file; the web service leaves "
        "the guest alone until the receipt of the file is here.",
    )

    @api.depends("line_ids.state")
    def _compute_unl_report_id(self):
        for guest in self:
            waiting = guest.line_ids.filtered(lambda line: line.state == "sending")
            guest.unl_report_id = waiting.report_id.filtered(
                lambda report: report.channel == "unl"
            )
            guest.is_in_unl = bool(guest.unl_report_id)

    @api.depends("report_state", "deadline_date", "facility_id.service_state")
    def _compute_unl_offered(self):
        for guest in self:
            guest.unl_offered = guest._needs_unl()

    def _needs_unl(self):
        """Return whether time runs out while the service cannot be used."""
        facility = self.facility_id
        if not facility._is_obstructed() or not self._is_offered_to_send():
            return False
        today = facility._today()
        return (self.deadline_date or today) <= deadline.next_working_day(today)

    def action_make_unl(self):
        """Make UNL files of those who may be sent and show what to do with them."""
        self.check_access("write")
        guests = self._lock_for_unl()
        if not guests:
            raise UserError(
                self.env._(
                    "Nobody here can be put into a UNL file now: %s",
                    self._first_reason(),
                )
            )
        Report = self.env["ubyport.report"]
        reports = Report.browse()
        for facility, lodged in guests.grouped("facility_id").items():
            for batch in unl.batches(lodged):
                reports += Report._make_unl(facility, batch)
        return reports._action_view_unl()

    def action_view_unl(self):
        """Open the files in which these guests wait for their receipt."""
        return self.unl_report_id._action_view_unl()

    def _lock_for_unl(self):
        """Return those who may be put into a file, kept from the sender until commit.

        Whom the sender has claimed meanwhile is left out.
        """
        locked = self.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset()
        self.env.add_to_compute(self._fields["report_state"], locked)
        return locked.filtered(lambda guest: guest.facility_id and guest._may_be_sent())

    def _to_unl(self):
        """Return the records.WireGuest of this guest, which a file can hold.

        :raise UserError: something in the data cannot be written
        """
        try:
            told = self._to_wire()
            unl.guest_row(told)
        except exceptions.DataError as error:
            raise UserError(
                self.env._(
                    "%(guest)s cannot be written into a UNL file: check the data "
                    "(%(field)s).",
                    guest=self.display_name,
                    field=error.field,
                )
            ) from error
        return told

    # Reasons

    def _reason_ready(self):
        return self._with_way_out(super()._reason_ready())

    def _reason_queued(self):
        return self._with_way_out(super()._reason_queued())

    def _reason_sending(self):
        report = self.unl_report_id
        if not report:
            return super()._reason_sending()
        values = {
            "file": report.name,
            "time": self.facility_id._in_zone_text(report.sent_at),
        }
        if report.environment != "production":
            return self.env._(
                "In the UNL file %(file)s of %(time)s, a rehearsal: import it in the "
                "simulator or test application only, then upload the receipt "
                "(Doručenka).",
                **values,
            )
        return self.env._(
            "In the UNL file %(file)s of %(time)s, not reported yet: import it in the "
            "police's web application, then upload the receipt (Doručenka).",
            **values,
        )

    def _with_way_out(self, reason):
        if not self._needs_unl():
            return reason
        return self.env._(
            "%(reason)s The service cannot be used and the report is due soon: make a "
            "UNL file and take it to the police's web application.",
            reason=reason,
        )
