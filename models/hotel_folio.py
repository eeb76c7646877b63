# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .hotel_folio_guest_light import LIGHTS
from .hotel_folio_guest_report import CLOSED_STATES


class HotelFolio(models.Model):
    _inherit = "hotel.folio"
    _rec_names_search = ["name", "order_id", "partner_id"]

    guest_ids = fields.One2many("hotel.folio.guest", "folio_id", string="Guests")
    guest_count = fields.Integer(
        compute="_compute_guest_counts",
        help="All people recorded on the page Guests, arrived or not.",
    )
    guest_open_count = fields.Integer(
        string="Guests to Report",
        compute="_compute_guest_counts",
        help="Checked in, and not yet rightly reported to the police.",
    )
    guest_waiting_count = fields.Integer(
        string="Guests Not Checked In",
        compute="_compute_guest_counts",
    )
    guest_lodged_count = fields.Integer(
        string="Guests Lodged",
        compute="_compute_guest_counts",
        help="Checked in and not checked out.",
    )
    ubyport_report_count = fields.Integer(
        string="Police Reports",
        compute="_compute_ubyport_report_counts",
        help="Batches in which guests of this folio were handed over to the police.",
    )
    ubyport_receipt_count = fields.Integer(
        string="Police Receipts",
        compute="_compute_ubyport_report_counts",
        help="Receipts which prove the reports of guests of this folio.",
    )

    ubyport_light = fields.Selection(
        LIGHTS,
        string="Police Light",
        compute="_compute_ubyport_light",
        help="The light of the guest who needs most attention.",
    )

    ubyport_is_rehearsal = fields.Boolean(
        string="Rehearsal",
        compute="_compute_ubyport_is_rehearsal",
        help="A facility of these guests reports to the simulator or the test service.",
    )

    @api.depends("guest_ids.facility_id.environment")
    def _compute_ubyport_is_rehearsal(self):
        for folio in self:
            environments = folio.sudo().guest_ids.facility_id.mapped("environment")
            folio.ubyport_is_rehearsal = bool(set(environments) - {"production"})

    @api.depends("name", "order_id.name")
    def _compute_display_name(self):
        """A folio is called by its own number, not by that of its order."""
        for folio in self:
            numbered = folio.name and folio.name != "New"
            folio.display_name = folio.name if numbered else folio.order_id.name

    @api.depends("guest_ids.light")
    def _compute_ubyport_light(self):
        order = [name for name, _label in LIGHTS]
        for folio in self:
            lights = folio.sudo().guest_ids.mapped("light")
            folio.ubyport_light = max(lights, key=order.index, default="grey")

    @api.depends(
        "guest_ids.report_state", "guest_ids.checked_in_at", "guest_ids.checked_out_at"
    )
    def _compute_guest_counts(self):
        for folio in self:
            guests = folio.sudo().guest_ids
            lodged = guests.filtered("checked_in_at")
            folio.guest_count = len(guests)
            folio.guest_waiting_count = len(guests - lodged)
            present = lodged.filtered(lambda guest: not guest.checked_out_at)
            closed = lodged.filtered(lambda guest: guest.report_state in CLOSED_STATES)
            folio.guest_lodged_count = len(present)
            folio.guest_open_count = len(lodged - closed)

    @api.depends("guest_ids.line_ids", "guest_ids.has_receipt")
    def _compute_ubyport_report_counts(self):
        for folio in self:
            guests = folio.sudo().guest_ids
            proven = guests.filtered("has_receipt")
            folio.ubyport_report_count = len(guests.line_ids.report_id)
            folio.ubyport_receipt_count = len(proven.receipt_report_id)

    def unlink(self):
        self._release_guests()
        return super().unlink()

    def _release_guests(self):
        """Delete the guests of these folios, if none of them ever came.

        Not left to the database: it would ask nobody.
        """
        self.check_access("unlink")
        guests = self.sudo().guest_ids
        if guests.line_ids:
            raise UserError(
                self.env._(
                    "A folio with guests who were handed over to the police cannot be "
                    "deleted: the reports are your proof. Cancel it instead."
                )
            )
        if any(guests.mapped("checked_in_at")):
            raise UserError(
                self.env._(
                    "Guests are lodged under this folio. Who has to be reported may "
                    "not vanish with it: a manager deletes who never came first."
                )
            )
        guests.unlink()

    def action_check_in_guests(self):
        """Check in every guest of these folios who is not checked in yet."""
        self.guest_ids.action_check_in()
        return True

    def action_check_out_guests(self):
        """Check out every lodged guest of these folios."""
        self.guest_ids.action_check_out()
        return True

    def action_preview_report(self):
        """Open the preview of what would be told to the police about these guests."""
        return self.guest_ids.action_preview_report()

    def action_view_guests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.hotel_folio_guest_action"
        )
        return action | {
            "domain": [("folio_id", "=", self.id)],
            "context": {"default_folio_id": self.id},
        }

    def action_save_receipts(self):
        """Let the browser save the receipts for the guests of these folios."""
        return self.guest_ids.action_save_receipts()

    def action_view_ubyport_reports(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.ubyport_report_action"
        )
        return action | {
            "domain": [("line_ids.guest_id.folio_id", "=", self.id)],
            "context": {},
        }
