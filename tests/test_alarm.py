# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import HotelCase

KIND = "hotel_ubyport.mail_activity_type_ubyport_guest"


def set_deadline(guest, day):
    """Let the report of a guest be due on a day, whatever day today is."""
    guest.env.flush_all()
    guest.env.cr.execute(
        "UPDATE hotel_folio_guest SET deadline_date = %s WHERE id = %s",
        (day, guest.id),
    )
    guest.invalidate_recordset(flush=False)


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
        self.assertIn("in order again", self.watch().subject)
        self.assertFalse(self.watch())

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
        self.assertIn("1 complete guest", self.facility._problems()["waiting"])
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
