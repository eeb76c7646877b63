# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import get_lang

from .hotel_folio_guest_light import LIGHTS
from .hotel_folio_guest_report import OPEN_STATES
from .ubyport_facility_board import SENDER_LATE

LISTS_OLD = timedelta(days=30)
# At most one mail in an hour for a facility, however much happens.
MAIL_PAUSE = timedelta(hours=1)
# An alarm that nobody has ended is repeated after this time.
MAIL_REMINDER = timedelta(hours=24)
ACTIVITY_KIND = "hotel_ubyport.mail_activity_type_ubyport_guest"


def is_mail_due(signature, told, sent, now):
    """Return whether there is news, or an old alarm, and the pause is over.

    The all-clear waits for the end of the pause, too: if the alarm comes back in
    the meantime, neither was worth a mail.

    :param signature: what is wrong now, False if nothing
    :param told: the signature of the last mail, sent at a naive UTC moment
    """
    if signature == told:
        return bool(signature) and sent < now - MAIL_REMINDER
    return not sent or sent < now - MAIL_PAUSE


class UbyportFacility(models.Model):
    """What keeps a facility from reporting, and who is told.

    The watch runs apart from the sender, so that it also notices when the sender
    stands still.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    light = fields.Selection(
        LIGHTS,
        compute="_compute_light",
        help="The gravest of the guests, the account and the service.",
    )
    red_count = fields.Integer(
        string="Act Now",
        compute="_compute_light",
        help="Guests who are late, refused, of unknown outcome, or held up by the "
        "account or the service.",
    )
    amber_count = fields.Integer(
        string="Attention",
        compute="_compute_light",
        help="Guests of whom something is missing, whose last day is near, who cannot "
        "be sent now, or who should have arrived.",
    )
    is_obstructed = fields.Boolean(
        compute="_compute_is_obstructed",
        store=True,
        help="Archived, without an account, or the service does not work.",
    )
    problem_text = fields.Text(
        string="Obstacles",
        compute="_compute_problem_text",
        help="What is in the way of reporting, and what to do about it.",
    )
    alarm_sent_at = fields.Datetime(readonly=True, copy=False)
    alarm_signature = fields.Char(readonly=True, copy=False)

    @api.depends(
        "service_state",
        "password_valid_until",
        "wsdl_state",
        "guest_ids.report_state",
        "guest_ids.deadline_date",
        "guest_ids.is_denied",
        "guest_ids.fault_count",
        "guest_ids.is_awaited",
        "guest_ids.arrival_date",
        "is_obstructed",
    )
    def _compute_light(self):
        counts = self._light_counts()
        for facility in self:
            red, amber, green = counts.get(facility.id, (0, 0, 0))
            facility.red_count = red
            facility.amber_count = amber
            facility.light = facility._light_with(red, amber, green)

    def _light_with(self, red, amber, green):
        """Return the facility's light with these numbers of open guests."""
        if red or self.service_state == "access_denied" or self._is_password_over():
            return "red"
        noticed = self._problem_password() or self._problem_wsdl()
        if amber or noticed or self.service_state != "ok":
            return "amber"
        return "green" if green else "grey"

    def _light_counts(self):
        """Return {facility id: (red, amber, green) guests still to be reported}."""
        Guest = self.env["hotel.folio.guest"]
        counts = {}
        for facility, state, due, is_denied, faults, number in self._open_groups():
            light = Guest._light_of(facility, state, due, is_denied)
            if Guest._are_stuck(state, faults):
                light = "red"
            if state == "expected":  # found because overdue
                light = "amber"
            found = counts.setdefault(facility.id, {"red": 0, "amber": 0, "green": 0})
            found[light] += number
        return {key: tuple(found.values()) for key, found in counts.items()}

    def _open_groups(self):
        """Return (facility, state, last day, denied, faults, number) of open guests.

        One grouped query over open guests, whatever the number of facilities.
        """
        opened = Domain("report_state", "in", OPEN_STATES)
        opened |= Domain("is_denied", "=", True)
        opened |= self.env["hotel.folio.guest"]._overdue_domain()
        if self.ids:
            opened &= Domain("facility_id", "in", self.ids)
        return self.env["hotel.folio.guest"]._read_group(
            opened,
            [
                "facility_id",
                "report_state",
                "deadline_date:day",
                "is_denied",
                "fault_count",
            ],
            ["__count"],
        )

    @api.depends(
        "active",
        "service_state",
        "environment",
        "endpoint",
        "channel",
        "login",
        "password_secret",
    )
    def _compute_is_obstructed(self):
        for facility in self:
            works = facility.service_state == "ok" and facility._is_configured()
            facility.is_obstructed = not (facility.active and works)

    @api.model
    @api.readonly
    def get_alarm_counts(self):
        """Return {"red": n, "amber": n} of the current user's companies.

        For the icon which every screen of ours shows; nothing for other users.
        """
        if not self.has_access("read"):
            return {"red": 0, "amber": 0}
        rows = self.browse()._light_counts().values()
        return {
            "red": sum(r for r, _a, _g in rows),
            "amber": sum(a for _r, a, _g in rows),
        }

    # Watch

    @api.depends(
        "service_state",
        "login",
        "password_secret",
        "password_valid_until",
        "lists_refreshed_at",
        "wsdl_state",
    )
    @api.depends_context("lang", "tz")
    def _compute_problem_text(self):
        for facility in self:
            facility.problem_text = "\n".join(facility._problems().values())

    def _problems(self):
        """Return {code: what is wrong and what to do} of everything in the way."""
        self.ensure_one()
        found = {
            "archived": self._problem_archived(),
            "account": self._problem_account(),
            "service": self.service_message,
            "guests": self._problem_guests(),
            "receipts": self._problem_receipts(),
            "waiting": self._problem_waiting(),
            "unl": self._problem_unl(),
            "stuck": self._problem_stuck(),
            "sender": self._problem_sender(),
            "password": self._problem_password(),
            "lists": self._problem_lists(),
            "wsdl": self._problem_wsdl(),
        }
        return {code: text for code, text in found.items() if text}

    def _problem_archived(self):
        if self.active or not self._open_count():
            return False
        return self.env._(
            "The facility is archived, and %s of its guests are still to be reported. "
            "Restore it, or note that they were reported elsewhere.",
            self._open_count(),
        )

    def _problem_account(self):
        if self._is_configured() or not (self.room_ids or self._open_count()):
            return False
        return self.env._(
            "Guests are lodged here, but no account for the police's service is set up."
        )

    def _problem_guests(self):
        if not self.red_count:
            return False
        return self.env._(
            "%s guests are late, refused, of unknown outcome, or held up by the "
            "account or the service: open them in Foreign Police / Guests.",
            self.red_count,
        )

    def _problem_receipts(self):
        """Receipts that are missing or say other than the answer did."""
        count = self.open_receipt_count
        if not count:
            return False
        return self.env._(
            "%s receipts are missing or do not agree with what was sent: open them in "
            "Foreign Police / Reports, filter Receipt to Look At.",
            count,
        )

    def _problem_waiting(self):
        """Nothing is sent although foreigners are lodged: somebody has to act."""
        waiting = self.waiting_count
        if not waiting:
            return False
        return self.env._(
            "%s guests wait for somebody to complete or report them and are due by the "
            "next working day.",
            waiting,
        )

    def _problem_stuck(self):
        """Nothing is sent although the sender's turn has passed and the service works.

        Whatever the level: at once, at intervals or on command.
        """
        stuck = self.stuck_count
        if not stuck or not self._may_send(fields.Datetime.now()):
            return False
        return self.env._(
            "%s guests should have been sent more than an hour ago and were not.", stuck
        )

    def _problem_sender(self):
        # Not env.ref: for each facility it would ask the database again.
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "hotel_ubyport.ir_cron_ubyport_send"
        )
        cron = self.env["ir.cron"].sudo().browse(cron_id or ())
        if not cron or not cron.active:
            return self.env._("The scheduled action which sends is switched off.")
        if cron.nextcall < fields.Datetime.now() - SENDER_LATE:
            return self.env._(
                "The scheduled action which sends has not run for more than an hour."
            )
        return False

    def _problem_lists(self):
        refreshed = self.lists_refreshed_at
        if not refreshed or refreshed > fields.Datetime.now() - LISTS_OLD:
            return False
        return self.env._("The police's code lists are older than 30 days.")

    @api.model
    def _cron_watch(self):
        """Look at every facility and tell people; never raises."""
        sender = self.env["ubyport.sender"]
        for facility in self._watched():
            # Mail first: nothing else may keep people from being told.
            sender._guarded(facility._watch)
            sender._guarded(facility._update_activities)
        for company in self.env["res.company"].search([]):
            sender._guarded(company._watch_guests_without_facility)
        # Of no facility.
        sender._guarded(self.browse()._update_activities)

    @api.model
    def _activity_kind(self):
        """Return the id of the kind of activity for red guests, if it still exists."""
        return self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY_KIND)

    @api.model
    def _watched(self):
        """Return the facilities in use and the archived which left something open."""
        Guest = self.env["hotel.folio.guest"]
        opened = [("report_state", "in", OPEN_STATES)]
        left = [one for (one,) in Guest._read_group(opened, ["facility_id"])]
        # One question about both would read all of history.
        kind = [self._activity_kind()] if self._activity_kind() else []
        told = self.env["mail.activity"].search(
            [("res_model", "=", Guest._name), ("activity_type_id", "in", kind)]
        )
        left += Guest.browse(told.mapped("res_id")).exists().facility_id
        ids = [facility.id for facility in left]
        archived = self.with_context(active_test=False).search(
            Domain("active", "=", False)
            & (Domain("id", "in", ids) | Domain("alarm_signature", "!=", False))
        )
        return self.search([]) | archived

    def _nudge_screens(self):
        """Let open screens of people in these companies ask for the numbers anew."""
        groups = self.env.ref("hotel_ubyport.group_ubyport_user")
        groups |= self.env.ref("hotel_ubyport.group_ubyport_auditor")
        for user in groups.sudo().all_user_ids:
            if user.company_ids & self.company_id:
                user._bus_send("ubyport_alarm", {})

    def _watch(self):
        self.ensure_one()
        self._nudge_screens()
        problems = self._problems()
        now = fields.Datetime.now()
        signature = problems and json.dumps([sorted(problems), self.red_count])
        if self._mail_due(signature or False, now):
            self._tell_responsible("alarm" if problems else "all_clear")
            self.write({"alarm_sent_at": now, "alarm_signature": signature or False})
        self._watch_sms(now)

    def _mail_due(self, signature, now):
        return is_mail_due(signature, self.alarm_signature, self.alarm_sent_at, now)

    def _tell_responsible(self, kind):
        """Send a mail to the responsible people, each in the own language."""
        for lang, users in self._people_to_tell().grouped("lang").items():
            facility = self.with_context(lang=lang or get_lang(self.env).code)
            subject, body = getattr(facility, f"_mail_{kind}")()
            facility.message_notify(
                partner_ids=users.partner_id.ids,
                subject=subject,
                body=body,
                email_layout_xmlid="mail.mail_notification_light",
            )

    def _people_to_tell(self):
        """Return the responsible people; without any, the company's managers."""
        return self.responsible_user_ids or self.company_id._ubyport_managers()

    def _mail_alarm(self):
        """Return (subject, body) of an alarm; without personal data of guests."""
        items = Markup().join(
            Markup("<li>%s</li>") % text for text in self._problems().values()
        )
        body = Markup("<p>%s</p><ul>%s</ul>") % (
            self.env._("Reporting to the foreign police needs you:"),
            items,
        )
        return self.env._("Foreign police: %s needs attention", self.name), body

    def _mail_all_clear(self):
        body = Markup("<p>%s</p>") % escape(
            self.env._("Everything which was in the way of reporting is solved.")
        )
        return self.env._("Foreign police: %s is in order again", self.name), body

    def _update_activities(self):
        """Give each red guest an activity; take it away when the guest is not red."""
        Guest = self.env["hotel.folio.guest"]
        kind_id = self._activity_kind()
        if not kind_id:
            return  # An administrator has deleted it.
        mine = [("facility_id", "=", self.id)]
        red = Guest.search([*mine, ("light", "=", "red")])
        told = Guest.search([*mine, ("activity_ids.activity_type_id", "=", kind_id)])
        (told - red).activity_unlink([ACTIVITY_KIND])
        # The mail to the responsible people is batched: no mail for each activity.
        for guest in (red - told).with_context(mail_activity_quick_update=True):
            guest.activity_schedule(
                ACTIVITY_KIND,
                date_deadline=guest.deadline_date,
                user_id=guest._responsible_user().id,
            )
