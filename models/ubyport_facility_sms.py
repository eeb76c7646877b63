# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models

# At most one in an hour for a facility; an alarm which lasts is repeated daily.
SMS_PAUSE = timedelta(hours=1)
SMS_REMINDER = timedelta(hours=24)


class UbyportFacility(models.Model):
    """A red alarm by SMS, where Odoo's own SMS module is installed.

    That module is no condition of this one: without it there is nothing to switch on.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    alarm_by_sms = fields.Boolean(
        string="Alarm by SMS",
        help="When something must be done now, the responsible people get an SMS, too: "
        "at most one an hour, without any guest's data. Each SMS is charged by Odoo.",
    )
    can_send_sms = fields.Boolean(compute="_compute_can_send_sms")
    sms_sent_at = fields.Datetime(readonly=True, copy=False)
    sms_told = fields.Boolean(
        readonly=True, copy=False, help="The alarm which is on now was told by SMS."
    )

    def _compute_can_send_sms(self):
        self.can_send_sms = "sms.sms" in self.env

    def _watch_sms(self, now):
        """Send an SMS when the facility turned red, and daily while it stays so."""
        if self.light != "red":
            self.sms_told = False
            return
        pause = SMS_REMINDER if self.sms_told else SMS_PAUSE
        is_due = not self.sms_sent_at or self.sms_sent_at < now - pause
        if self.alarm_by_sms and self.can_send_sms and is_due and self._queue_sms():
            self.write({"sms_sent_at": now, "sms_told": True})

    def _queue_sms(self):
        """Queue an SMS to each responsible person with a phone; return them.

        Odoo's own scheduled action sends them: nothing here waits for it.
        """
        values = [
            {
                "number": number,
                "body": self.with_context(lang=user.lang or "en_US")._sms_text(),
                "partner_id": user.partner_id.id,
            }
            for user in self._people_to_tell()
            if (number := user.partner_id._phone_format(fname="phone"))
        ]
        return self.env["sms.sms"].sudo().create(values)

    def _sms_text(self):
        """Return the words of the alarm; no guest is named."""
        return self.env._(
            "Foreign police: %s must act now, reporting of guests is in danger. See "
            "Foreign Police in Odoo.",
            self.name,
        )
