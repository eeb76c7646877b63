# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @api.model
    def lazy_session_info(self):
        """Add the numbers of the police icon, for those who may see guests."""
        info = super().lazy_session_info()
        facilities = self.env["ubyport.facility"]
        if facilities.has_access("read"):
            info["ubyport_alarm"] = facilities.get_alarm_counts()
        return info
