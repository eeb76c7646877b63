# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class HotelRoom(models.Model):
    _inherit = "hotel.room"

    ubyport_facility_id = fields.Many2one(
        "ubyport.facility",
        string="Police Facility",
        index="btree_not_null",
        ondelete="set null",
        help="The facility registered with the foreign police which this room is in.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "ubyport_facility_id" in vals:
            self._reassign_open_guests()
        return result

    def _reassign_open_guests(self):
        """Guests of these rooms who are not reported yet follow the mapping."""
        Guest = self.env["hotel.folio.guest"].sudo()
        guests = Guest.search(
            [
                ("room_line_id.product_id", "in", self.product_id.ids),
                (
                    "report_state",
                    "not in",
                    ("sending", "unknown", "reported", "changed"),
                ),
            ]
        )
        self.env.add_to_compute(Guest._fields["facility_id"], guests)
        guests._refresh_reporting()
