# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def unlink(self):
        """The database deletes the folio with its order, and asks no guest."""
        self.check_access("unlink")
        folios = self.env["hotel.folio"].sudo().search([("order_id", "in", self.ids)])
        folios._release_guests()
        return super().unlink()
