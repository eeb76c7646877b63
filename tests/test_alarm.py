# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import HOTEL, HotelCase

SENDER_LOG = "odoo.addons.hotel_ubyport.models.ubyport_sender"
KIND = "hotel_ubyport.mail_activity_type_ubyport_guest"


def set_deadline(guest, day):
    """Let the report of a guest be due on a day, whatever day today is."""
    guest.env.flush_all()
    guest.env.cr.execute(
        "UPDATE hotel_folio_guest SET deadline_date = %s WHERE id = %s",
        (day, guest.id),
    )
    guest.env.invalidate_all(flush=False)


@tagged("post_install", "-at_install")
class TestLight(HotelCase):
    """One look tells whether somebody must act."""

    def guest_due(self, days, **values):
        """Return a lodged guest whose deadline lies some days from today."""
        guest = self.make_guests("Alfa", **values)
        set_deadline(guest, self.today() + timedelta(days=days))
        return guest

    def test_nobody_needs_to_act_for_an_expected_or_exempt_guest(self):
        self.assertEqual(self.make_guest().light, "grey")
        czech = self.make_guests("Alfa", nationality_id=self.code("CZE").id)
        self.assertEqual(czech.light, "grey")

    def test_a_complete_guest_in_time_is_green(self):
        self.assertEqual(self.guest_due(20).light, "green")

    def test_an_incomplete_guest_and_one_due_today_are_amber(self):
        self.assertEqual(self.guest_due(20, purpose_id=False).light, "amber")
        self.assertEqual(self.guest_due(0).light, "amber")

    def test_a_late_guest_is_red(self):
        self.assertEqual(self.guest_due(-1).light, "red")
        self.assertEqual(self.guest_due(-1, purpose_id=False).light, "red")

    def test_guests_of_a_stopped_facility_are_red(self):
        guest = self.guest_due(20)
        self.facility.service_state = "access_denied"
        self.assertEqual(guest.light, "red")
        self.assertEqual(guest.folio_id.ubyport_light, "red")
        self.assertEqual(self.facility.light, "red")

    def test_nobody_is_green_where_nothing_can_be_sent(self):
        guest = self.guest_due(20)
        guest._enqueue(fields.Datetime.now())
        self.assertEqual(guest.light, "green")
        for obstacle, end in (
            ({"service_state": "outage"}, {"service_state": "ok"}),
            ({"login": False}, {"login": HOTEL["login"]}),
            ({"password_secret": False}, {"password_secret": HOTEL["password"]}),
            ({"active": False}, {"active": True}),
        ):
            with self.subTest(obstacle):
                self.facility.write(obstacle)
                self.assertEqual(guest.light, "amber")
                self.assertEqual(self.facility.amber_count, 1)
                lit = [("light", "=", "amber"), ("id", "=", guest.id)]
                self.assertEqual(guest.with_user(self.reception).search(lit), guest)
                self.facility.write(end)
                self.assertEqual(guest.light, "green")

    def test_a_guest_of_no_facility_is_not_green(self):
        second = HOTEL | {"name": "Second", "idub": "999999999999"}
        self.env["ubyport.facility"].create(second)
        folio = self.make_folio(self.make_room("900"))
        guest = self.make_guests("Alfa", folio=folio)
        set_deadline(guest, self.today() + timedelta(days=20))
        self.assertFalse(guest.facility_id)
        self.assertEqual(guest.light, "amber")
        lit = [("light", "=", "amber"), ("id", "=", guest.id)]
        self.assertEqual(guest.search(lit), guest)

    def test_searching_by_light_finds_exactly_the_guests_who_show_it(self):
        guests = self.make_guest() + self.guest_due(20) + self.guest_due(-1)
        guests += self.guest_due(20, purpose_id=False) + self.guest_due(0)
        for light in ("grey", "green", "amber", "red"):
            shown = guests.filtered(lambda guest, light=light: guest.light == light)
            self.assertTrue(shown, light)
            found = guests.search([("light", "=", light), ("id", "in", guests.ids)])
            self.assertEqual(found, shown, light)
        others = guests.search([("light", "!=", "red"), ("id", "in", guests.ids)])
        self.assertEqual(others, guests.filtered(lambda guest: guest.light != "red"))

    def test_the_counts_for_the_icon_take_one_query_for_any_number_of_facilities(self):
        self.guest_due(-1)
        self.guest_due(20, purpose_id=False)
        env = self.env(user=self.reception)
        counts = env["ubyport.facility"].get_alarm_counts()
        self.assertEqual(counts, {"red": 1, "amber": 1})
        for number in range(5):
            self.env["ubyport.facility"].create(
                {"name": "More", "idub": f"55555555555{number}", "mark": "MOREX"}
            )
        env.invalidate_all()
        env["ubyport.facility"].get_alarm_counts()
        env.invalidate_all()
        with self.assertQueryCount(3):
            env["ubyport.facility"].get_alarm_counts()

    def test_the_icon_shows_nothing_to_people_outside_our_groups(self):
        self.guest_due(-1)
        outsider = self.env["res.users"].create({"name": "Out", "login": "outsider"})
        counts = self.env["ubyport.facility"].with_user(outsider).get_alarm_counts()
        self.assertEqual(counts, {"red": 0, "amber": 0})


@tagged("post_install", "-at_install")
class TestWatch(HotelCase):
    """Somebody is told in time, once, and told again when it is over."""

    def setUp(self):
        super().setUp()
        self.manager.write({"email": "manager@example.com", "lang": "en_US"})
        self.facility.responsible_user_ids = self.manager
        # No scheduler runs beside the tests, so the sender looks late after a while.
        sender = self.env.ref("hotel_ubyport.ir_cron_ubyport_send")
        sender.nextcall = fields.Datetime.now()

    def watch(self):
        """Run the watch as Odoo does; return the mails it sent."""
        before = self.env["mail.message"].search([])
        cron = self.env.ref("hotel_ubyport.ir_cron_ubyport_watch")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        new = self.env["mail.message"].search([]) - before
        return new.filtered(lambda message: message.message_type == "user_notification")

    def let_time_pass(self, **time):
        """Let this time have passed since the last mail."""
        self.facility.alarm_sent_at -= timedelta(**time) + timedelta(seconds=1)

    def make_late(self, guest):
        set_deadline(guest, self.today() - timedelta(days=1))

    def test_nothing_wrong_says_nothing(self):
        self.make_guests("Alfa")
        self.assertFalse(self.watch())

    def test_an_alarm_is_mailed_once_and_its_end_too(self):
        guest = self.make_guests("Alfa")
        self.make_late(guest)
        mail = self.watch()
        self.assertEqual(mail.partner_ids, self.manager.partner_id)
        self.assertIn("Hotel Vltava", mail.subject)
        self.assertFalse(self.watch(), "not again within the hour")
        guest._report_elsewhere("Web form")
        self.assertFalse(self.watch(), "the all-clear waits for its turn, too")
        self.let_time_pass(hours=1)
        self.assertIn("in order again", self.watch().subject)
        self.assertFalse(self.watch())

    def test_an_alarm_that_comes_and_goes_is_one_mail_an_hour(self):
        guest = self.make_guests("Alfa")
        self.make_late(guest)
        self.assertTrue(self.watch())
        for _time in range(3):
            guest._report_elsewhere("Web form")
            self.assertFalse(self.watch())
            guest._withdraw_elsewhere("It was another guest")
            self.make_late(guest)
            self.assertFalse(self.watch())
        self.let_time_pass(hours=1)
        self.assertFalse(self.watch(), "nothing has changed since the mail")
        self.let_time_pass(hours=23)
        self.assertIn("needs attention", self.watch().subject)

    def test_a_mail_names_no_guest(self):
        self.make_late(self.make_guests("Tajemný"))
        mail = self.watch()
        self.assertNotIn("Tajemn", mail.body + mail.subject)

    def test_the_mail_speaks_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("cs_CZ")
        self.manager.lang = "cs_CZ"
        self.make_late(self.make_guests("Alfa"))
        self.assertEqual(
            self.watch().subject,
            self.facility.with_context(lang="cs_CZ")._mail_alarm()[0],
        )

    def test_a_red_guest_gives_its_receptionist_an_activity_that_ends_by_itself(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        self.make_late(guest)
        self.watch()
        self.assertEqual(guest.activity_ids.user_id, self.reception)
        self.watch()
        self.assertEqual(len(guest.activity_ids), 1)
        guest._report_elsewhere("Web form")
        self.watch()
        self.assertFalse(guest.activity_ids)

    def test_the_mail_does_not_depend_on_the_activities(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        self.make_late(guest)
        cls = type(self.facility)
        with (
            patch.object(cls, "_update_activities", side_effect=RuntimeError) as update,
            self.assertLogs(SENDER_LOG, "ERROR"),
        ):
            update.__name__ = "_update_activities"
            self.assertTrue(self.watch())
        self.let_time_pass(hours=24)
        self.env.ref(KIND).unlink()
        self.assertTrue(self.watch())

    def test_an_archived_facility_is_watched_until_nothing_is_left(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        self.make_late(guest)
        self.facility.active = False
        mail = self.watch()
        self.assertEqual(mail.partner_ids, self.manager.partner_id)
        self.assertIn("is archived", mail.body)
        self.assertTrue(guest.activity_ids)
        guest._report_elsewhere("Web form")
        self.let_time_pass(hours=1)
        self.assertIn("in order again", self.watch().subject)
        self.assertFalse(guest.activity_ids)
        self.assertNotIn(self.facility, self.facility._watched())

    def test_a_facility_with_guests_to_report_is_not_archived(self):
        guest = self.make_guests("Alfa", folio=self.make_folio())
        facility = self.facility.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "1 guests"):
            facility.action_archive()
        guest._report_elsewhere("Web form")
        facility.action_archive()
        self.assertFalse(self.facility.active)

    def test_guests_of_no_facility_are_told_to_the_managers_of_the_company(self):
        second = HOTEL | {"name": "Second", "idub": "999999999999"}
        self.env["ubyport.facility"].create(second)
        folio = self.make_folio(self.make_room("900"), user=self.reception)
        guest = self.make_guests("Alfa", folio=folio)
        self.make_late(guest)
        mail = self.watch().filtered(lambda one: "without a facility" in one.subject)
        self.assertIn(self.manager.partner_id, mail.partner_ids)
        self.assertNotIn(self.reception.partner_id, mail.partner_ids)
        self.assertNotIn("Alfa", mail.body)
        self.assertEqual(guest.activity_ids.user_id, self.reception)
        self.assertFalse(self.watch(), "not again within the day")
        guest.facility_id = self.facility
        guest._report_elsewhere("Web form")
        self.watch()
        self.assertFalse(guest.activity_ids)

    def test_the_watch_sees_a_sender_that_is_switched_off_or_late(self):
        cron = self.env.ref("hotel_ubyport.ir_cron_ubyport_send")
        self.assertNotIn("sender", self.facility._problems())
        cron.nextcall = fields.Datetime.now() - timedelta(hours=2)
        self.assertIn("sender", self.facility._problems())
        cron.write({"nextcall": fields.Datetime.now(), "active": False})
        self.assertIn("sender", self.facility._problems())

    def test_the_watch_sees_complete_guests_whom_nobody_reports(self):
        guest = self.make_guests("Alfa")
        set_deadline(guest, self.today() + timedelta(days=20))
        self.assertNotIn("waiting", self.facility._problems())
        set_deadline(guest, self.today())
        self.assertIn("1 guests wait", self.facility._problems()["waiting"])
        guest.action_send_now()
        self.assertNotIn("waiting", self.facility._problems())

    def test_the_watch_sees_let_rooms_without_an_account(self):
        self.facility.login = False
        self.assertIn("account", self.facility._problems())
        self.facility.room_ids = False
        self.assertNotIn("account", self.facility._problems())

    def test_the_watch_sees_old_code_lists(self):
        self.facility.lists_refreshed_at = fields.Datetime.now() - timedelta(days=31)
        self.assertIn("lists", self.facility._problems())

    def test_the_watch_sees_guests_whom_nobody_completes_until_they_are_due(self):
        guest = self.make_guests("Alfa", purpose_id=False)
        set_deadline(guest, self.today() + timedelta(days=20))
        self.assertNotIn("waiting", self.facility._problems())
        set_deadline(guest, self.today())
        self.assertIn("waiting", self.facility._problems())
        self.make_late(guest)
        self.env.invalidate_all()
        self.assertNotIn("waiting", self.facility._problems(), "said as late already")
        self.assertIn("guests", self.facility._problems())

    def test_the_watch_sees_queued_guests_whose_turn_has_passed(self):
        for level in ("immediate", "interval", "manual"):
            with self.subTest(level):
                self.facility.automation = level
                guest = self.make_guests("Alfa", folio=self.make_folio())
                guest.action_send_now()
                self.assertNotIn("stuck", self.facility._problems())
                passed = fields.Datetime.now() - timedelta(minutes=61)
                guest._write_own({"send_after": passed})
                self.assertIn("1 guests should", self.facility._problems()["stuck"])
                guest._report_elsewhere("Web form")

    def test_who_waits_for_a_slot_or_for_the_end_of_an_outage_is_not_forgotten(self):
        self.facility.write({"automation": "interval", "interval_type": "days"})
        guest = self.make_guests("Alfa")
        self.assertEqual(guest.report_state, "queued")
        self.assertNotIn("stuck", self.facility._problems())
        guest._write_own({"send_after": fields.Datetime.now() - timedelta(hours=2)})
        later = fields.Datetime.now() + timedelta(minutes=30)
        self.facility.write({"service_state": "outage", "next_try_at": later})
        problems = self.facility._problems()
        self.assertNotIn("stuck", problems, "the outage is said instead")
        self.assertIn("does not work", problems["service"])


@tagged("post_install", "-at_install")
class TestPasswordTerm(HotelCase):
    """The password is watched as far as anybody knows its last day."""

    def valid_for(self, days):
        self.facility.password_valid_until = self.today() + timedelta(days=days)
        return self.facility._problems().get("password", ""), self.facility.light

    def test_nothing_is_guessed_when_nobody_knows(self):
        self.assertFalse(self.facility.password_valid_until)
        self.assertNotIn("password", self.facility._problems())

    def test_fourteen_days_before_it_is_amber_and_afterwards_red(self):
        self.assertEqual(self.valid_for(15), ("", "grey"))
        for days in (14, 1, 0):
            problem, light = self.valid_for(days)
            self.assertIn("valid until", problem)
            self.assertEqual(light, "amber")
        problem, light = self.valid_for(-1)
        self.assertIn("was valid until", problem)
        self.assertEqual(light, "red")

    def test_a_new_password_forgets_the_day_of_the_old_one(self):
        self.valid_for(-1)
        self.facility.with_user(self.manager).password = "Nova2026"
        self.assertFalse(self.facility.password_valid_until)
        day = self.today() + timedelta(days=90)
        both = {"password": "Nova2027", "password_valid_until": day}
        self.facility.write(both)
        self.assertEqual(self.facility.password_valid_until, day)
        self.facility.write({"password": False})
        self.assertEqual(self.facility.password_valid_until, day)

    def test_the_form_asks_for_the_day_of_a_new_password(self):
        self.valid_for(3)
        with Form(self.facility.with_user(self.manager)) as form:
            form.password = "Nova2026"
            self.assertFalse(form.password_valid_until)
            form.password_valid_until = self.today() + timedelta(days=100)
        left = self.facility.password_valid_until - self.today()
        self.assertEqual(left.days, 100)


@tagged("post_install", "-at_install")
class TestSms(HotelCase):
    """A red alarm by SMS, for who wants it and has Odoo's SMS module."""

    def setUp(self):
        super().setUp()
        if not self.facility.can_send_sms:
            self.skipTest("Odoo's SMS module is missing")
        self.manager.partner_id.phone = "+420 601 123 456"
        self.facility.write(
            {"responsible_user_ids": self.manager.ids, "alarm_by_sms": True}
        )
        self.now = fields.Datetime.now()

    def watch(self, minutes=0):
        """Let the watch look some minutes later; return the SMS it queued."""
        before = self.env["sms.sms"].search([])
        self.now += timedelta(minutes=minutes)
        self.env.invalidate_all()
        self.facility._watch_sms(self.now)
        return self.env["sms.sms"].search([]) - before

    def turn(self, state):
        self.facility.service_state = state

    def test_only_red_is_worth_an_sms(self):
        self.assertFalse(self.watch())
        self.turn("outage")
        self.assertFalse(self.watch())
        self.turn("access_denied")
        sms = self.watch()
        self.assertEqual(sms.number, "+420601123456")
        self.assertEqual(sms.partner_id, self.manager.partner_id)
        self.assertIn("Hotel Vltava", sms.body)

    def test_it_is_off_until_somebody_switches_it_on(self):
        facility = self.env["ubyport.facility"]
        self.assertFalse(facility.default_get(["alarm_by_sms"]).get("alarm_by_sms"))
        self.facility.alarm_by_sms = False
        self.turn("access_denied")
        self.assertFalse(self.watch())

    def test_there_is_at_most_one_an_hour_and_a_daily_reminder(self):
        self.turn("access_denied")
        self.assertTrue(self.watch())
        self.assertFalse(self.watch(minutes=15))
        self.turn("ok")
        self.assertFalse(self.watch(minutes=15))
        self.turn("access_denied")
        self.assertFalse(self.watch(minutes=15), "less than an hour")
        self.assertTrue(self.watch(minutes=16), "a new alarm, an hour later")
        self.assertFalse(self.watch(minutes=23 * 60))
        self.assertTrue(self.watch(minutes=61))

    def test_it_names_no_guest_and_speaks_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("cs_CZ")
        self.manager.lang = "cs_CZ"
        guest = self.make_guests("Tajemný")
        set_deadline(guest, self.today() - timedelta(days=1))
        sms = self.watch()
        self.assertNotIn("Tajemn", sms.body)
        expected = self.facility.with_context(lang="cs_CZ")._sms_text()
        self.assertEqual(sms.body, expected)

    def test_people_without_a_phone_stop_nothing(self):
        self.manager.partner_id.phone = False
        self.turn("access_denied")
        self.assertFalse(self.watch())
        self.assertFalse(self.facility.sms_sent_at)

    def test_the_watch_sends_it(self):
        self.turn("access_denied")
        before = self.env["sms.sms"].search_count([])
        self.facility._watch()
        self.assertEqual(self.env["sms.sms"].search_count([]), before + 1)
