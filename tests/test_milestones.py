# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import HotelCase

TODAY = date(2026, 3, 2)


def day(days):
    return TODAY + timedelta(days=days)


@tagged("post_install", "-at_install")
class TestMilestones(HotelCase):
    """What ends when of a lodged guest, and who is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-02 10:00:00"))
        cls.board = cls.env.ref("hotel_ubyport.hotel_folio_guest_milestone_action")

    def lodged(self, surname="Müller", nights=60, **values):
        folio = self.make_folio(user=self.reception, nights=nights)
        guest = self.make_guest(surname, folio=folio, **values)
        guest.action_check_in()
        return guest

    def notices(self, guest):
        kind = self.env.ref("hotel_ubyport.mail_activity_type_milestone")
        return guest.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def run_watch(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "hotel_ubyport.ir_cron_ubyport_milestones"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_days_left_of_document_visa_and_accommodation_are_shown(self):
        guest = self.lodged(
            document_valid_until=day(100),
            visa_valid_from=day(-1),
            visa_valid_until=day(80),
        )
        lines = guest.milestone_text.splitlines()
        self.assertEqual(
            lines,
            [
                "Accommodation: 60 days left",
                "Visa: 80 days left",
                "Document: 100 days left",
            ],
        )
        self.assertEqual(guest.next_milestone_date, day(60))
        self.assertEqual(guest.milestone_light, "green")

    def test_what_is_over_is_told_as_such(self):
        guest = self.lodged(nights=3, document_valid_until=day(-5))
        self.assertEqual(guest.milestone_text, "Document: over for 5 days")
        self.assertEqual(guest.milestone_light, "red")
        self.assertIn("document ends", guest.milestone_problem_text)

    def test_a_short_stay_of_which_nothing_is_known_is_green_and_silent(self):
        guest = self.lodged(nights=3)
        self.assertFalse(guest.has_milestones)
        self.assertEqual(guest.milestone_light, "green")

    def test_a_stay_over_ninety_days_without_a_permit_is_red_until_it_is_known(self):
        guest = self.lodged(nights=100, nationality_id=self.code("VNM").id)
        self.assertEqual(guest.milestone_light, "red")
        self.assertIn("90", guest.milestone_problem_text)
        guest.permit_kind = "long_term"
        self.assertEqual(guest.milestone_light, "green")

    def test_a_minor_alone_is_amber_until_an_adult_is_lodged_on_the_folio(self):
        minor = self.lodged("Klein", nights=3, birth_date=date(2012, 1, 1))
        self.assertEqual(minor.milestone_light, "amber")
        self.make_guest("Müller", folio=minor.folio_id, document_number="C01X00T48")
        self.assertEqual(minor.milestone_light, "green")

    def test_whose_departure_has_passed_is_amber_until_the_check_out(self):
        guest = self.lodged(nights=2)
        with freeze_time("2026-03-05 10:00:00"):
            self.env.invalidate_all()
            self.assertEqual(guest.milestone_light, "amber")
            self.assertIn("not checked out", guest.milestone_problem_text)
            guest.action_check_out()
            self.assertEqual(guest.milestone_light, "green")

    def test_guests_are_found_by_their_light(self):
        red = self.lodged("Rot", document_valid_until=day(5))
        amber = self.lodged("Gelb", nights=3, document_valid_until=day(10))
        green = self.lodged("Grün", nights=3)
        mine = [("id", "in", (red | amber | green).ids)]
        for light, guest in (("red", red), ("amber", amber), ("green", green)):
            with self.subTest(light):
                found = guest.search([*mine, ("milestone_light", "=", light)])
                self.assertEqual(found, guest)
                self.assertEqual(guest.milestone_light, light)
        others = red.search([*mine, ("milestone_light", "!=", "red")])
        self.assertEqual(others, amber | green)

    def test_the_board_shows_lodged_guests_with_something_to_watch(self):
        watched = self.lodged("Müller")
        self.lodged("Kurz", nights=3)
        expected = self.make_guest("Später", document_valid_until=day(1))
        Guest = self.env["hotel.folio.guest"].with_user(self.reception)
        found = Guest.search(safe_eval(self.board.domain))
        self.assertIn(watched, found)
        self.assertNotIn(expected, found)
        self.assertNotIn("Kurz", found.mapped("surname"))

    def test_a_notice_comes_two_weeks_before_and_goes_when_it_is_solved(self):
        guest = self.lodged(document_valid_until=day(61), visa_valid_until=day(61))
        self.run_watch()
        self.assertFalse(self.notices(guest))
        guest.document_valid_until = day(14)
        self.run_watch()
        self.run_watch()
        notice = self.notices(guest)
        self.assertEqual(len(notice), 1)
        self.assertEqual(notice.date_deadline, day(14))
        self.assertEqual(notice.summary, "The document ends")
        guest.document_valid_until = day(900)
        self.run_watch()
        self.assertFalse(self.notices(guest))

    def test_a_nearer_milestone_replaces_the_notice(self):
        guest = self.lodged(document_valid_until=day(14))
        self.run_watch()
        guest.visa_valid_until = day(7)
        self.run_watch()
        self.assertEqual(self.notices(guest).mapped("date_deadline"), [day(7)])
        self.assertEqual(self.notices(guest).summary, "The visa ends")

    def test_the_notice_goes_with_the_guest(self):
        guest = self.lodged(document_valid_until=day(3))
        self.run_watch()
        guest.action_check_out()
        self.run_watch()
        self.assertFalse(self.notices(guest))

    def test_one_facility_in_trouble_keeps_no_other_from_its_notices(self):
        guest = self.lodged(document_valid_until=day(3))
        Facility = type(self.env["ubyport.facility"])
        other = self.facility.copy({"idub": "123456789098"})
        notice = Facility._notice_milestones

        def stumble(facility):
            if facility == other:
                raise ValueError("broken")
            return notice(facility)

        with (
            patch.object(Facility, "_notice_milestones", stumble),
            self.assertLogs("odoo.addons.hotel_ubyport", "ERROR") as logs,
        ):
            self.run_watch()
        self.assertTrue(self.notices(guest))
        self.assertNotIn("broken", "".join(logs.output))

    def test_nothing_of_this_keeps_a_guest_from_being_reported(self):
        self.facility.automation = "immediate"
        guest = self.lodged(
            nights=100,
            nationality_id=self.code("VNM").id,
            visa_number="CZE00X123",
            document_valid_until=day(-5),
            visa_valid_from=day(9),
            visa_valid_until=day(1),
        )
        self.assertEqual(guest.milestone_light, "red")
        self.assertEqual(guest.report_state, "queued")
        self.assertFalse(self.codes_of(guest))

    def test_the_receptionist_fills_them_in_in_the_guest_form(self):
        guest = self.lodged()
        with Form(guest.with_user(self.reception)) as form:
            form.document_valid_until = day(10)
            form.permit_kind = "long_term"
        self.assertEqual(guest.milestone_light, "red")
        self.assertTrue(Form(guest.with_user(self.accountant)))
