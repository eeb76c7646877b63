# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class UbyportReport(models.Model):
    """Notes beside the evidence: people may write them, the evidence stays as it is."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _name = "ubyport.report"
    _inherit = ["ubyport.report", "mail.thread"]
    # Nobody may write a report, yet everybody who reads it may comment on it.
    _mail_post_access = "read"

    @api.model_create_multi
    def create(self, vals_list):
        # A note "created" and a follower for each report help nobody.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        return super(UbyportReport, quiet).create(vals_list).with_env(self.env)
