# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .hotel_invitation_texts import ITEM_TEXTS


class HotelInvitationItem(models.Model):
    """One thing to bring along to the office."""

    _name = "hotel.invitation.item"
    _description = "Document for an invitation"
    _order = "sequence, id"

    invitation_id = fields.Many2one(
        "hotel.invitation", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    sequence = fields.Integer()
    name = fields.Char(string="To Bring Along", compute="_compute_name")
    is_ready = fields.Boolean(string="Ready")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        for item in self:
            text = ITEM_TEXTS.get(item.code)
            item.name = self.env._(text) if text else item.code
