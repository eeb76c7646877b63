# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import models

from ..ubyport.police_letters import PUK_MARK


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        """Keep no PUK: it leaves with the e-mail, our copies show a mark instead."""
        result = super()._action_send_mail(auto_commit=auto_commit)
        puk = self.env.context.get("ubyport_puk")
        if puk:
            alone = re.compile(rf"(?<![0-9]){re.escape(puk)}(?![0-9])")
            for kept in (*self, *result[1].sudo()):
                kept.body = alone.sub(PUK_MARK, kept.body)
        return result
