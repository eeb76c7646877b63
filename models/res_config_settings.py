# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

FACILITY = "ubyport.facility"


class ResConfigSettings(models.TransientModel):
    """What a new facility starts with; each facility may be set differently later."""

    _inherit = "res.config.settings"

    default_automation = fields.Selection(
        [
            ("immediate", "At once"),
            ("interval", "At intervals"),
            ("manual", "On command"),
        ],
        string="When to Report",
        default="manual",
        default_model=FACILITY,
    )
    default_purpose_optional = fields.Boolean(
        "Purpose May Be Missing", default_model=FACILITY
    )
    default_residence_optional = fields.Boolean(
        "Residence May Be Missing", default_model=FACILITY
    )
    default_visa_optional = fields.Boolean(
        "Visa May Be Missing", default_model=FACILITY
    )
