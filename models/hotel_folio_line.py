# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# What guests take over from their room.
STAY_FIELDS = frozenset({"checkin_date", "checkout_date", "product_id"})


class HotelFolioLine(models.Model):
    _inherit = "hotel.folio.line"

    def write(self, vals):
        """A guest whom the room has completed is reported as if it had been typed."""
        result = super().write(vals)
        if not STAY_FIELDS.isdisjoint(vals):
            # The order of a colleague may hold guests of others.
            guests = self.env["hotel.folio.guest"].sudo()
            guests.search([("room_line_id", "in", self.ids)])._follow_state()
        return result
