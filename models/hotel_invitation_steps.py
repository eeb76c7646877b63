# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..ubyport import invitation as rules
from .hotel_folio_guest import IDENTITY_FIELDS

REMINDER = "hotel_ubyport.mail_activity_type_invitation"


class HotelInvitation(models.Model):
    """The way of an invitation: office, clock, decision, withdrawal, guest."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.invitation"

    def action_file(self):
        """Note that the inviting person came to the office: now the clock runs."""
        for one in self:
            one._require("draft")
            findings = one._check()
            if findings:
                raise UserError("\n".join(map(one._finding_line, findings)))
            one.write({"state": "filed", "filed_on": one.filed_on or one._today()})
        return True

    def action_verify(self):
        """Note that the police verified the invitation."""
        return self._decide("verified")

    def action_refuse(self):
        """Note that the police refused to verify the invitation."""
        return self._decide("refused")

    def _decide(self, state):
        for one in self:
            one._require("filed")
            one.write({"state": state, "decided_on": one._today()})
        return True

    def action_withdraw(self):
        """Take the undertaking back; impossible during the stay."""
        for one in self:
            if not rules.may_withdraw(one.state, during_stay=one._is_during_stay()):
                raise UserError(
                    self.env._(
                        "The undertaking cannot be withdrawn during the stay of the "
                        "invited foreigner, nor when it no longer binds. If the "
                        "foreigner has not come to the Czech Republic, tick that first."
                    )
                )
            told = False if rules.must_tell_police(one.state) else one._today()
            one.write(
                {
                    "state": "withdrawn",
                    "withdrawn_on": one._today(),
                    "police_told_on": told,
                }
            )
        return True

    def action_police_told(self):
        """Note that the police were told of the withdrawal."""
        for one in self:
            one._require("withdrawn")
            one.police_told_on = one._today()
            one._remind()
        return True

    def _is_during_stay(self):
        """Return whether the invited person is in the country, as far as is known."""
        self.ensure_one()
        guests = self.guest_ids.filtered("checked_in_at")
        if any(not guest.checked_out_at for guest in guests):
            return True
        if self.did_not_come or self.state != "verified":
            return False
        first, last = self.arrival_date, self.departure_date
        return bool(first and last and first <= self._today() <= last)

    def _require(self, state):
        if self.state != state:
            raise UserError(
                self.env._("This step is not possible now: %s", self.display_name)
            )

    @api.depends(
        "state", "form_sent_on", "pickup_date", "police_told_on", "open_item_count"
    )
    @api.depends_context("lang")
    def _compute_next_step(self):
        for one in self:
            one.next_step = one._next_step_text()

    def _next_step_text(self):
        """Return what has to be done next, in words."""
        if self.state == "draft":
            return self._draft_step_text()
        if self.state == "filed":
            return self.env._(
                "Fetch the verified invitation at the office on %s, or earlier by "
                "agreement.",
                self._day_text(self.pickup_date),
            )
        if self.state == "verified":
            return self.env._(
                "Send the verified invitation to the foreigner: it belongs to the "
                "application for a visa."
            )
        if self.state == "refused":
            return self.env._(
                "There is no appeal. The office confirms the refusal in writing on "
                "request, without reasons."
            )
        if not self.police_told_on:
            return self._telling_text()
        return False

    def _draft_step_text(self):
        if self.form_sent_on:
            return self.env._(
                "Go to the office in person until %s: sending the form does not start "
                "the clock.",
                self._day_text(rules.form_due(self.form_sent_on)),
            )
        if self.form == "electronic":
            return self.env._(
                "Fill in and send the electronic form, then write down its "
                "identification code."
            )
        return self.env._("Bring the signed paper form to the office in person.")

    def _telling_text(self):
        return self.env._(
            "Tell the office which has the invitation about the withdrawal, without "
            "delay: %s",
            self.office or self.office_hint,
        )

    def _day_text(self, day):
        return format_date(self.env, day) if day else ""

    def _reminder_date(self):
        """Return the day of the next step which must not be forgotten, if any."""
        if self.state == "draft":
            return self.form_sent_on and rules.form_due(self.form_sent_on)
        if self.state == "filed":
            return self.pickup_date
        if self.state == "withdrawn" and not self.police_told_on:
            return self.withdrawn_on
        return False

    def _remind(self):
        """Let one activity stand for the next step, or none if nothing waits."""
        self.activity_unlink([REMINDER])
        for one in self.with_context(mail_activity_quick_update=True):
            day = one._reminder_date()
            if day:
                user = one._responsible_user()
                one.activity_schedule(
                    REMINDER,
                    date_deadline=day,
                    summary=one.with_context(lang=user.lang)._next_step_text(),
                    user_id=user.id,
                )

    def _responsible_user(self):
        """Return who is reminded: who recorded the invitation, else the manager."""
        clerk = self.create_uid
        if clerk.active and clerk.has_group("hotel_ubyport.group_ubyport_user"):
            return clerk
        return self.facility_id.responsible_user_ids[:1] or self.env.user

    # Guest

    def action_add_to_folio(self):
        """Put the invited person on the folio as a guest, with visa and purpose."""
        self.ensure_one()
        if not self.folio_id:
            raise UserError(self.env._("Choose the folio first."))
        if not self.guest_ids:
            self.env["hotel.folio.guest"].create(
                self._identity_values()
                | {
                    "folio_id": self.folio_id.id,
                    "invitation_id": self.id,
                    "purpose_id": self.env.ref("hotel_ubyport.purpose_04").id,
                }
            )
        return self.action_view_guest()

    def _identity_values(self):
        return self._convert_to_write({name: self[name] for name in IDENTITY_FIELDS})

    def action_view_guest(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Guest"),
            "res_model": "hotel.folio.guest",
            "res_id": self.guest_id.id,
            "view_mode": "form",
        }

    # Confirmation

    def action_print_accommodation(self):
        """Open the confirmation of secured accommodation, as PDF in Czech."""
        return self._accommodation_action("cs")

    def action_print_accommodation_en(self):
        """Open the confirmation of secured accommodation, as PDF in English."""
        return self._accommodation_action("en")

    def _accommodation_action(self, lang):
        self.ensure_one()
        if not (self.facility_id and self.surname and self.stay_days):
            raise UserError(
                self.env._(
                    "Fill in the guest, the days of the stay and the facility first."
                )
            )
        url = f"/hotel_ubyport/invitation/{self.id}/accommodation/{lang}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}
