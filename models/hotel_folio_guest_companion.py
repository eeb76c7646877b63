# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# What people who travel together share; a person is never copied.
RESIDENCE = ("residence_street", "residence_city", "residence_country_id")
DATES = ("arrival_date", "departure_date")


class HotelFolioGuest(models.Model):
    """A companion lives where the guest above lives, and stays as long."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    @api.onchange("folio_id")
    def _onchange_folio_id_companion(self):
        """Fill a new row from the row above; what was typed is never overwritten."""
        if self._origin or not self.folio_id:
            return
        if not any(self[name] for name in RESIDENCE):
            self._take_from(self._row_above(RESIDENCE), RESIDENCE)
        above = self._row_above(DATES)
        # Another room may be let for other days.
        room = self.room_line_id._origin
        if not room or room == above.room_line_id._origin:
            self._take_from(above, DATES)

    def _row_above(self, names):
        """Return the last other guest of the folio who has one of these fields."""
        others = self.folio_id.guest_ids.filtered(
            lambda guest: guest != self and any(guest[name] for name in names)
        )
        return others[-1:]

    def _take_from(self, other, names):
        for name in names:
            self[name] = other[name] or self[name]
