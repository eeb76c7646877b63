# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

GROUPS = "hotel_ubyport.group_ubyport_user,hotel_ubyport.group_ubyport_auditor"


class ResPartner(models.Model):
    """A returning guest. Nobody outside our groups sees a passport number."""

    _name = "res.partner"
    _inherit = ["res.partner", "ubyport.identity.mixin"]

    surname = fields.Char(groups=GROUPS)
    first_name = fields.Char(groups=GROUPS)
    birth_date = fields.Date(groups=GROUPS)
    birth_year_only = fields.Boolean(groups=GROUPS)
    nationality_id = fields.Many2one(groups=GROUPS)
    document_type = fields.Selection(groups=GROUPS, default=False)
    document_number = fields.Char(groups=GROUPS)
    visa_number = fields.Char(groups=GROUPS)
    residence_street = fields.Char(groups=GROUPS)
    residence_city = fields.Char(groups=GROUPS)
    residence_country_id = fields.Many2one(groups=GROUPS)
