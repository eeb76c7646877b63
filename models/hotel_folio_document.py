# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class HotelFolio(models.Model):
    """What the list of invalid documents says about the guests of a folio."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio"

    document_alert = fields.Char(compute="_compute_document_alert", compute_sudo=True)

    @api.depends("guest_ids.document_state", "guest_ids.checked_out_at")
    @api.depends_context("lang")
    def _compute_document_alert(self):
        for folio in self:
            listed = folio.guest_ids.filtered(
                lambda guest: (
                    guest.document_state == "listed" and not guest.checked_out_at
                )
            )
            names = ", ".join(listed.mapped("display_name"))
            folio.document_alert = names and self.env._(
                "The number of a document is on the Ministry of the Interior's list of "
                "invalid documents: %s. Open the guest to see what to do.",
                names,
            )
