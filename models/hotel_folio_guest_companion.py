# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# What people who travel together share; a person is never copied.
RESIDENCE = ("residence_street", "residence_city", "residence_country_id")
DATES = ("arrival_date", "departure_date")


class HotelFolioGuest(models.Model):
    """A companion stays as long as the guest above, and lives there if a compatriot."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    @api.onchange("folio_id")
    def _onchange_folio_id_companion(self):
        """Give a new row the dates of the row above, unless its room has others."""
        if self._origin or not self.folio_id:
            return
        above = self._rows_above(DATES)[-1:]
        room = self.room_line_id._origin
        if not room or room == above.room_line_id._origin:
            for name in DATES:
                self[name] = above[name] or self[name]

    @api.onchange("folio_id", "nationality_id")
    def _onchange_companion_residence(self):
        """Give a new row the residence of the row above, as long as it may be right.

        Whoever turns out to be of another nationality lives elsewhere: what was taken
        over is given back. What was typed stays.
        """
        if self._origin or not self.folio_id:
            return
        above = self._rows_above(RESIDENCE)
        mine = self._residence()
        if not any(mine) or mine in [guest._residence() for guest in above]:
            source = above.filtered(self._may_live_with)[-1:]
            self.update({name: source[name] for name in RESIDENCE})

    def _rows_above(self, names):
        """Return the other guests of the folio who have one of these fields."""
        return self.folio_id.guest_ids.filtered(
            lambda guest: guest != self and any(guest[name] for name in names)
        )

    def _residence(self):
        country = self.residence_country_id._origin
        return (self.residence_street, self.residence_city, country.id)

    def _may_live_with(self, other):
        one, another = self.nationality_id._origin, other.nationality_id._origin
        return not one or not another or one == another
