# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class HotelRoom(models.Model):
    _inherit = "hotel.room"

    ubyport_facility_id = fields.Many2one(
        "ubyport.facility",
        string="Police Facility",
        index="btree_not_null",
        ondelete="set null",
        help="The facility registered with the foreign police which this room is in.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals.get("ubyport_facility_id") for vals in vals_list}
        self._check_may_map(self.env["ubyport.facility"].browse(ids - {False, None}))
        return super().create(vals_list)

    def write(self, vals):
        if "ubyport_facility_id" not in vals:
            return super().write(vals)
        target = self.env["ubyport.facility"].browse(vals["ubyport_facility_id"] or ())
        moved = self.filtered(lambda room: room.ubyport_facility_id != target)
        self._check_may_map(moved.ubyport_facility_id | target if moved else target[:0])
        result = super().write(vals)
        moved._reassign_open_guests()
        return result

    @api.model
    def _check_may_map(self, facilities):
        """Rooms have no company of their own: who maps them answers for facilities."""
        if not facilities or self.env.su:
            return
        if not self.env.user.has_group("hotel_ubyport.group_ubyport_manager"):
            raise AccessError(
                self.env._(
                    "Only a manager decides which police facility a room belongs to."
                )
            )
        facilities.check_access("read")

    def _reassign_open_guests(self):
        """Guests of these rooms who are not reported yet follow the mapping.

        Only those of the facility's own company: rooms may be shared.
        """
        Guest = self.env["hotel.folio.guest"].sudo()
        guests = Guest.search(
            [
                ("room_line_id.product_id", "in", self.product_id.ids),
                ("company_id", "in", self.sudo().ubyport_facility_id.company_id.ids),
                (
                    "report_state",
                    "not in",
                    ("sending", "unknown", "reported", "changed"),
                ),
            ]
        )
        self.env.add_to_compute(Guest._fields["facility_id"], guests)
        guests._refresh_reporting()
