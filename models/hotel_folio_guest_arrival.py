# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..ubyport.rules.stay import check_check_in


class HotelFolioGuest(models.Model):
    """Whether the guest has come, and on which day: the report begins with it."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    is_awaited = fields.Boolean(
        compute="_compute_is_awaited",
        store=True,
        help="Not checked in, though the folio is confirmed or others came already.",
    )

    _awaited_idx = models.Index("(arrival_date) WHERE is_awaited IS TRUE")

    @api.depends(
        "report_state", "folio_id.order_id.state", "folio_id.guest_ids.checked_in_at"
    )
    def _compute_is_awaited(self):
        for guest in self:
            is_expected = guest.report_state == "expected"
            guest.is_awaited = is_expected and guest.sudo()._is_folio_underway()

    def _is_folio_underway(self):
        """Return whether the folio is confirmed or somebody of it is here."""
        folio = self.folio_id
        is_confirmed = folio.order_id.state == "sale"
        return is_confirmed or any(folio.guest_ids.mapped("checked_in_at"))

    def _is_overdue(self):
        """Return whether the reception forgot to check the guest in, or to cancel."""
        day = self.arrival_date
        return self.is_awaited and day and day < self.facility_id.sudo()._today()

    @api.model
    def _overdue_domain(self):
        """Return the Domain of _is_overdue."""
        today = self.env["ubyport.facility"]._today()
        return Domain("is_awaited", "=", True) & Domain("arrival_date", "<", today)

    # Who is lodged has come: another room does not change the day.

    def write(self, vals):
        if "room_line_id" not in vals:
            return super().write(vals)
        lodged = self.filtered(lambda guest: guest.checked_in_at and guest.arrival_date)
        with self.env.protecting([self._fields["arrival_date"]], lodged):
            return super().write(vals)

    def _real_arrival(self, day):
        """Return the arrival, where a room says that it is on a day."""
        known = self._origin
        if not (known.checked_in_at and known.arrival_date and day):
            return day
        moved = known.room_line_id != self.room_line_id  # in a form
        came = self.facility_id.sudo()._local_date(known.checked_in_at)
        return known.arrival_date if moved or day > came else day

    @api.depends("checked_in_at")
    def _compute_findings(self):
        return super()._compute_findings()

    def _check(self):
        """Add whether the booked day may not be the day when the guest came."""
        found = super()._check()
        if not self.checked_in_at or self.sudo().line_ids or self._exemption():
            return found
        came = self.facility_id.sudo()._local_date(self.checked_in_at)
        return (*found, *check_check_in(self.arrival_date or None, came))
