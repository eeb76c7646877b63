# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import HotelCase


@tagged("post_install", "-at_install")
class TestGuestState(HotelCase):
    """Which state a guest is in before anything was sent, and why."""

    def test_a_booked_guest_is_expected_and_says_so(self):
        guest = self.make_guest()
        self.assertEqual(guest.report_state, "expected")
        self.assertIn("Not checked in", guest.report_reason)

    def test_check_in_of_a_complete_guest_makes_it_ready(self):
        guest = self.make_guest()
        guest.action_check_in()
        self.assertEqual(guest.report_state, "ready")
        self.assertTrue(guest.checked_in_at)
        self.assertIn("command", guest.report_reason)

    def test_check_in_of_an_incomplete_guest_goes_through_and_names_what_is_missing(
        self,
    ):
        guest = self.make_guest(purpose_id=False, document_number=False)
        guest.action_check_in()
        self.assertEqual(guest.report_state, "incomplete")
        self.assertIn("purpose", guest.report_reason.lower())
        self.assertIn("document", guest.report_reason.lower())

    def test_completing_the_data_makes_the_guest_ready(self):
        guest = self.make_guest(purpose_id=False)
        guest.action_check_in()
        guest.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
        self.assertEqual(guest.report_state, "ready")

    def test_a_czech_guest_is_exempt_with_the_reason(self):
        guest = self.make_guest(nationality_id=self.code("CZE").id)
        guest.action_check_in()
        self.assertEqual(guest.report_state, "exempt")
        self.assertIn("Czech", guest.report_reason)
        self.assertFalse(guest.findings)

    def test_a_guest_of_a_cancelled_folio_is_exempt_with_the_reason(self):
        folio = self.make_folio()
        guest = self.make_guest(folio=folio)
        folio.action_cancel()
        self.assertEqual(guest.report_state, "exempt")
        self.assertIn("cancelled", guest.report_reason)

    def test_a_guest_without_nationality_is_incomplete_and_never_exempt(self):
        guest = self.make_guest(nationality_id=False)
        guest.action_check_in()
        self.assertEqual(guest.report_state, "incomplete")

    def test_an_early_guest_is_reported_from_the_day_of_check_in(self):
        folio = self.make_folio(arrival=self.today() + timedelta(days=1))
        guest = self.make_guest(folio=folio)
        guest.action_check_in()
        self.assertEqual(guest.arrival_date, self.today())

    def test_a_late_entry_keeps_the_day_of_arrival(self):
        arrival = self.today() - timedelta(days=1)
        guest = self.make_guest(folio=self.make_folio(arrival=arrival))
        guest.action_check_in()
        self.assertEqual(guest.arrival_date, arrival)

    def test_checking_in_twice_keeps_the_first_time(self):
        guest = self.make_guest()
        guest.action_check_in()
        guest._write_own({"checked_in_at": "2026-01-02 03:04:05"})
        guest.action_check_in()
        self.assertEqual(str(guest.checked_in_at), "2026-01-02 03:04:05")

    def test_the_deadline_is_three_working_days_after_the_arrival(self):
        guest = self.make_guest()
        # Thursday before Easter 2026: Good Friday and Easter Monday are holidays.
        guest.arrival_date = date(2026, 4, 2)
        self.assertEqual(guest.deadline_date, date(2026, 4, 9))

    def test_what_follows_from_events_cannot_be_written_from_outside(self):
        guest = self.make_guest()
        for name, value in (
            ("report_state", "reported"),
            ("reported_at", "2026-01-01 00:00:00"),
            ("checked_in_at", "2026-01-01 00:00:00"),
            ("queued_at", "2026-01-01 00:00:00"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                guest.write({name: value})
            with self.subTest(f"create {name}"), self.assertRaises(AccessError):
                self.make_guest(**{name: value})

    def test_a_state_cannot_be_smuggled_in_as_a_default(self):
        guests = self.env["hotel.folio.guest"].with_context(
            default_report_state="reported"
        )
        values = self.guest_values() | {"folio_id": self.make_folio().id}
        with self.assertRaises(AccessError):
            guests.create(values)

    def test_an_impossible_arrival_is_saved_and_stops_nobody(self):
        for day in (date(9999, 12, 31), date(1, 1, 1)):
            guest = self.make_guest(arrival_date=day)
            guest.action_check_in()
            self.assertTrue(guest.checked_in_at)
            self.assertNotEqual(guest.report_state, "expected")

    def test_a_lodged_foreigner_is_deleted_by_the_manager_only(self):
        guest = self.make_guest(folio=self.make_folio(user=self.reception))
        guest.action_check_in()
        with self.assertRaises(UserError):
            guest.unlink()
        guest.with_user(self.manager).unlink()
        self.assertFalse(guest.exists())

    def test_a_guest_of_a_colleagues_folio_can_be_read(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.manager))
        plain = new_test_user(self.env, "plain", "hotel_ubyport.group_ubyport_user")
        row = guest.with_user(plain).read(["findings", "report_reason", "light"])[0]
        self.assertTrue(row["report_reason"])

    def test_a_guest_never_handed_over_may_be_deleted(self):
        guest = self.make_guest()
        guest.unlink()
        self.assertFalse(guest.exists())


@tagged("post_install", "-at_install")
class TestLevels(HotelCase):
    """What the facility's level of automation makes of a complete guest."""

    def test_on_command_nothing_is_queued(self):
        guest = self.make_guests("Novak")
        self.assertEqual(guest.report_state, "ready")
        self.assertFalse(guest.queued_at)

    def test_at_once_queues_with_the_check_in_and_wakes_the_sender(self):
        self.facility.automation = "immediate"
        cron = self.env.ref("hotel_ubyport.ir_cron_ubyport_send")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        guest = self.make_guests("Novak")
        self.assertEqual(guest.report_state, "queued")
        self.assertEqual(guest.queued_by_id, self.env.user)
        woken = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertTrue(woken - triggers)

    def test_at_once_queues_an_incomplete_guest_as_soon_as_it_is_completed(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Novak", purpose_id=False)
        self.assertEqual(guest.report_state, "incomplete")
        guest.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
        self.assertEqual(guest.report_state, "queued")

    def day_guest(self):
        """Return a lodged guest whose stay has no night, which is a finding."""
        guest = self.make_guest(folio=self.make_folio(user=self.reception))
        guest.departure_date = guest.arrival_date
        guest.action_check_in()
        self.assertEqual(guest.report_state, "incomplete")
        return guest

    def test_at_once_queues_a_guest_whose_dates_the_room_completes(self):
        self.facility.automation = "immediate"
        guest = self.day_guest()
        guest.folio_id.room_line_ids.checkout_date += timedelta(days=1)
        self.assertEqual(guest.report_state, "queued")

    def test_a_room_which_breaks_the_dates_takes_the_guest_out_of_the_queue(self):
        guest = self.make_guests("Novak")
        guest.action_send_now()
        line = guest.folio_id.room_line_ids
        last = line.checkout_date
        line.checkout_date = line.checkin_date + timedelta(hours=2)
        self.assertEqual(guest.report_state, "incomplete")
        line.checkout_date = last
        self.assertEqual(guest.report_state, "ready", "a command is given anew")

    def test_a_room_of_a_facility_reports_as_its_level_wants(self):
        self.facility.automation = "immediate"
        self.facility.copy({"idub": "999999999999", "mark": "SECON"})
        guest = self.make_guests("Novak", folio=self.make_folio(self.make_room("x")))
        self.assertFalse(guest.facility_id)
        guest.folio_id.room_line_ids.product_id = self.room.product_id
        self.assertEqual(guest.report_state, "queued")

    def forget(self, guest, **values):
        """Let a guest be ready without anything having looked at the level."""
        guest._write_own({"queued_at": False} | values)
        self.assertEqual(guest.report_state, "ready")
        self.run_step("_queue_ready")

    def run_step(self, name):
        """Run a step of the sender in a cursor of its own."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            getattr(self.env(cr=cr)["ubyport.sender"], name)()
        self.env.invalidate_all()

    def test_the_sender_queues_whom_every_hook_has_missed(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Novak")
        self.forget(guest)
        self.assertEqual(guest.report_state, "queued")
        self.forget(guest, is_held=True)
        self.assertEqual(guest.report_state, "ready", "on hold")
        guest._write_own({"is_held": False})
        self.facility.automation = "manual"
        self.forget(guest)
        self.assertEqual(guest.report_state, "ready", "on command")

    def test_an_arrival_which_was_in_the_future_is_judged_after_a_long_pause_too(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Novak")
        guest.arrival_date = self.today() + timedelta(days=1)
        guest.departure_date = self.today() + timedelta(days=9)
        self.assertEqual(guest.report_state, "incomplete")
        with freeze_time(fields.Datetime.now() + timedelta(days=6)):
            self.run_step("_recheck_future")
            self.assertEqual(guest.report_state, "queued")

    def test_at_intervals_all_guests_wait_for_the_same_slot(self):
        self.facility.write(
            {
                "automation": "interval",
                "interval_number": 30,
                "interval_type": "minutes",
            }
        )
        first, second = self.make_guests("Novak"), self.make_guests("Dvorak")
        self.assertTrue(self.facility.next_send_at)
        self.assertEqual(first.send_after, self.facility.next_send_at)
        self.assertEqual(second.send_after, self.facility.next_send_at)

    def test_changing_the_level_reaches_guests_who_are_ready(self):
        guest = self.make_guests("Novak")
        self.facility.automation = "immediate"
        self.assertEqual(guest.report_state, "queued")

    def test_the_queue_says_that_the_account_is_missing(self):
        self.facility.write({"automation": "immediate", "login": False})
        guest = self.make_guests("Novak")
        self.assertIn("account", guest.report_reason)

    def test_a_guest_whose_room_belongs_to_no_facility_says_so(self):
        self.env["ubyport.facility"].create(
            {"name": "Second", "idub": "999999999999", "mark": "SECON"}
        )
        guest = self.make_guests("Novak", folio=self.make_folio(self.make_room("x")))
        self.assertFalse(guest.facility_id)
        self.assertIn("facility", guest.report_reason)


@tagged("post_install", "-at_install")
class TestFolioGuests(HotelCase):
    """Guests as a page of the folio."""

    def test_a_receptionist_records_a_guest_without_creating_a_contact(self):
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.reception).create({"name": "X"})
        folio = self.make_folio(user=self.reception)
        guest = self.make_guest(folio=folio)
        folio.action_check_in_guests()
        self.assertEqual(guest.report_state, "ready")

    def test_dates_follow_the_room_line(self):
        folio = self.make_folio()
        guest = self.make_guest(folio=folio)
        line = folio.room_line_ids
        line.checkout_date += timedelta(days=3)
        self.assertEqual(guest.departure_date, line.checkout_date.date())

    def test_dates_are_days_of_the_facility_and_not_of_greenwich(self):
        folio = self.make_folio(arrival=date(2026, 7, 1))
        guest = self.make_guest(folio=folio)
        folio.room_line_ids.checkin_date = "2026-07-01 22:30:00"
        self.assertEqual(guest.arrival_date, date(2026, 7, 2))

    def test_a_typed_date_stays_until_the_room_line_moves(self):
        guest = self.make_guest()
        typed = guest.departure_date + timedelta(days=5)
        guest.departure_date = typed
        guest.note = "x"
        self.assertEqual(guest.departure_date, typed)

    def test_several_guests_share_a_room_and_several_rooms_a_folio(self):
        second = self.make_room("102")
        folio = self.make_folio(self.room, second)
        lines = folio.room_line_ids
        couple = self.make_guest(folio=folio, room_line_id=lines[0].id)
        couple += self.make_guest("Other", folio=folio, room_line_id=lines[0].id)
        single = self.make_guest("Third", folio=folio, room_line_id=lines[1].id)
        self.assertEqual(couple.room_line_id, lines[0])
        self.assertEqual(single.room_line_id, lines[1])
        self.assertEqual(folio.guest_count, 3)

    def test_the_only_room_of_a_folio_is_taken_by_itself(self):
        guest = self.make_guest()
        self.assertEqual(guest.room_line_id, guest.folio_id.room_line_ids)

    def test_the_facility_follows_the_room(self):
        other = self.env["ubyport.facility"].create(
            {"name": "Penzion", "idub": "999999999999", "mark": "PENZI"}
        )
        room = self.make_room("201")
        room.ubyport_facility_id = other
        guest = self.make_guest(folio=self.make_folio(room))
        self.assertEqual(guest.facility_id, other)
        room.ubyport_facility_id = self.facility
        self.assertEqual(guest.facility_id, self.facility)

    def test_a_hotel_with_one_facility_needs_no_mapping(self):
        guest = self.make_guest(folio=self.make_folio(self.make_room("301")))
        self.assertEqual(guest.facility_id, self.facility)

    def test_a_facility_made_later_takes_over_waiting_guests(self):
        self.facility.active = False
        guest = self.make_guest(folio=self.make_folio(self.make_room("302")))
        self.assertFalse(guest.facility_id)
        later = self.env["ubyport.facility"].create(
            {"name": "Later", "idub": "888888888888", "mark": "LATER"}
        )
        self.assertEqual(guest.facility_id, later)

    def test_a_facility_made_later_reports_waiting_guests_as_its_level_wants(self):
        self.facility.active = False
        guest = self.make_guests("Alfa", folio=self.make_folio(self.make_room("303")))
        self.env["ubyport.facility"].create(
            {
                "name": "Later",
                "idub": "888888888888",
                "mark": "LATER",
                "automation": "immediate",
            }
        )
        self.assertEqual(guest.report_state, "queued")

    def test_check_in_of_all_counts_those_who_wait(self):
        folio = self.make_folio()
        self.make_guest(folio=folio)
        self.make_guest("Other", folio=folio)
        self.assertEqual(folio.guest_waiting_count, 2)
        folio.action_check_in_guests()
        self.assertEqual(folio.guest_waiting_count, 0)
        self.assertEqual(folio.guest_lodged_count, 2)
        folio.action_check_out_guests()
        self.assertEqual(folio.guest_lodged_count, 0)

    def test_a_folio_without_reported_guests_can_be_deleted(self):
        folio = self.make_folio()
        guest = self.make_guest(folio=folio)
        folio.unlink()
        self.assertFalse(guest.exists())

    def test_a_contact_fills_in_a_returning_guest_and_learns_from_the_stay(self):
        contact = self.env["res.partner"].create({"name": "Returning"})
        stay = self.make_guest(partner_id=contact.id)
        stay.action_check_in()
        self.assertEqual(contact.document_number, "C01X00T47")
        again = self.env["hotel.folio.guest"].new({"partner_id": contact.id})
        again._onchange_partner_id()
        self.assertEqual(again.surname, "Müller")
        self.assertEqual(again.nationality_id, self.code("DEU"))

    def test_a_receptionist_sees_identity_on_contacts_and_outsiders_do_not(self):
        self.payer.document_number = "SECRET99"
        seen = self.payer.with_user(self.reception).read(["document_number"])
        self.assertEqual(seen[0]["document_number"], "SECRET99")
        outsider = self.env["res.users"].create(
            {"name": "Outsider", "login": "outsider"}
        )
        with self.assertRaises(AccessError):
            self.payer.with_user(outsider).read(["document_number"])

    def test_a_guest_in_a_report_keeps_the_folio_from_being_deleted(self):
        folio = self.make_folio()
        guest = self.make_guest(folio=folio)
        self.env["ubyport.report"]._open_batch(self.facility, guest, [guest._to_wire()])
        with self.assertRaises(UserError):
            guest.unlink()
        with self.assertRaises(UserError):
            folio.unlink()
