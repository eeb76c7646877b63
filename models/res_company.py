# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import fields, models
from odoo.tools.misc import get_lang

from .hotel_folio_guest_report import OPEN_STATES
from .ubyport_facility_alarm import is_mail_due


class ResCompany(models.Model):
    """The watch over guests whose rooms nobody mapped to a facility."""

    _inherit = "res.company"

    ubyport_alarm_sent_at = fields.Datetime(readonly=True, copy=False)
    ubyport_alarm_signature = fields.Char(readonly=True, copy=False)

    def _ubyport_managers(self):
        """Return the managers of foreign police reporting in this company."""
        managers = self.env.ref("hotel_ubyport.group_ubyport_manager").sudo()
        return managers.all_user_ids.filtered(
            lambda user: user.active and self in user.company_ids
        )

    def _watch_guests_without_facility(self):
        """Mail to the managers while guests of no facility wait, once a day at most."""
        self.ensure_one()
        number = self.env["hotel.folio.guest"].search_count(
            [
                ("company_id", "=", self.id),
                ("facility_id", "=", False),
                ("report_state", "in", OPEN_STATES),
            ]
        )
        signature, now = str(number or "") or False, fields.Datetime.now()
        told, sent = self.ubyport_alarm_signature, self.ubyport_alarm_sent_at
        if not is_mail_due(signature, told, sent, now):
            return
        if number:
            self._mail_guests_without_facility(number)
        self.write({"ubyport_alarm_signature": signature, "ubyport_alarm_sent_at": now})

    def _mail_guests_without_facility(self, number):
        """Tell each manager in the own language; without personal data of guests."""
        for lang, users in self._ubyport_managers().grouped("lang").items():
            company = self.with_context(lang=lang or get_lang(self.env).code)
            company.env["mail.thread"].message_notify(
                model=self._name,
                res_id=self.id,
                partner_ids=users.partner_id.ids,
                subject=company.env._("Foreign police: guests without a facility"),
                body=Markup("<p>%s</p>")
                % company.env._(
                    "%s guests are lodged in rooms which belong to no facility, so "
                    "they are not reported. Map the rooms in Foreign Police / "
                    "Facilities.",
                    number,
                ),
                email_layout_xmlid="mail.mail_notification_light",
            )
