# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..ubyport import exceptions
from .common import HotelCase, PoliceCase


@tagged("post_install", "-at_install")
class TestSteppingIn(PoliceCase):
    """The user can always step in (operating rules 10.5)."""

    def test_a_held_guest_is_not_sent_until_released_and_says_who_holds_it(self):
        self.facility.automation = "immediate"
        guest = self.make_guest()
        guest.with_user(self.reception).action_hold()
        guest.action_check_in()
        self.run_sender()
        self.assertEqual(guest.report_state, "ready")
        self.assertIn("anna.recepce", guest.report_reason)
        guest.action_release()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")

    def test_holding_takes_a_guest_out_of_the_queue(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Alfa")
        guest.action_hold()
        self.run_sender()
        self.assertEqual(self.police.records(), [])

    def in_flight(self, guest):
        """Return the report of a guest who is just on the way."""
        Report = self.env["ubyport.report"]
        report = Report._open_batch(self.facility, guest, [guest._to_wire()])
        self.assertEqual(guest.report_state, "sending")
        return report

    def test_a_hold_on_the_way_outlives_every_failure_until_released(self):
        self.facility.automation = "immediate"
        for number, failure in enumerate(
            (exceptions.Outage("no_connection"), exceptions.ServiceFault("fault"))
        ):
            with self.subTest(failure):
                guest = self.make_guests(f"Alfa{'ab'[number]}")
                report = self.in_flight(guest)
                guest.with_user(self.reception).action_hold()
                self.env["ubyport.sender"]._settle_failure(report.line_ids, failure)
                self.run_sender()
                self.assertEqual(guest.report_state, "ready")
                self.assertIn("On hold", guest.report_reason)
                self.assertNotIn(guest.surname, self.surnames_received())
                guest.action_release()
                self.run_sender()
                self.assertEqual(guest.report_state, "reported")

    def test_a_held_guest_is_not_claimed_whatever_the_mark_says(self):
        guest = self.make_guests("Alfa")
        guest._enqueue(fields.Datetime.now())
        guest._write_own({"is_held": True})
        self.run_sender()
        self.assertEqual(self.police.records(), [])

    def test_a_rehearsal_on_the_way_does_not_reach_the_real_police(self):
        guest = self.make_guests("Alfa")
        report = self.in_flight(guest)
        self.facility.write({"environment": "production", "login": "uby-ws12cdef"})
        outage = exceptions.Outage("no_connection")
        self.env["ubyport.sender"]._settle_failure(report.line_ids, outage)
        self.assertEqual(guest.report_state, "ready")
        self.assertTrue(guest.is_held)

    def test_a_command_ends_when_the_guest_is_reported_or_exempt_meanwhile(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        for field, value, back in (
            ("surname", "Beta", "Alfa"),
            ("nationality_id", self.code("AUT"), self.code("DEU")),
        ):
            with self.subTest(field):
                guest[field] = value
                guest.action_send_now()
                guest[field] = back
                self.assertEqual(guest.report_state, "reported")
                guest.first_name = "Hans"
                self.assertEqual(guest.report_state, "changed")
                guest.first_name = "Jörg"
        czech = self.make_guests("Gama")
        czech.action_send_now()
        czech.nationality_id = self.code("CZE")
        self.assertEqual(czech.report_state, "exempt")
        czech.nationality_id = self.code("DEU")
        self.assertEqual(czech.report_state, "ready")

    def test_a_command_ends_when_the_guest_was_reported_elsewhere(self):
        guest = self.make_guests("Alfa")
        guest.action_send_now()
        guest._report_elsewhere("Web form")
        guest.surname = "Beta"
        self.assertEqual(guest.report_state, "changed")

    def test_a_note_taken_back_leaves_the_guest_to_the_level(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Alfa")
        guest._report_elsewhere("Web form")
        guest._withdraw_elsewhere("It was another guest")
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(len(self.police.records()), 1)

    def test_send_now_does_not_wait_for_the_slot(self):
        self.facility.automation = "interval"
        guest = self.make_guests("Alfa")
        guest.with_user(self.reception).action_send_now()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")

    def test_send_now_of_an_incomplete_guest_says_why_not(self):
        guest = self.make_guests("Alfa", purpose_id=False)
        with self.assertRaisesRegex(UserError, "purpose"):
            guest.action_send_now()

    def test_reported_elsewhere_needs_a_reason_and_can_be_taken_back(self):
        guest = self.make_guests("Alfa")
        with self.assertRaises(UserError):
            guest._report_elsewhere(" ")
        guest.with_user(self.reception)._report_elsewhere("Web form, 20 November")
        self.assertEqual(guest.report_state, "reported")
        self.assertIn("Web form", guest.report_reason)
        self.assertEqual(guest.line_ids.report_id.user_id, self.reception)
        guest._withdraw_elsewhere("It was another guest")
        self.assertEqual(guest.report_state, "ready")
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(len(self.police.records()), 1)

    def test_the_note_is_written_in_a_dialog_by_the_receptionist(self):
        guest = self.make_guests("Alfa").with_user(self.reception)
        for step, state in (("report", "reported"), ("withdraw", "ready")):
            action = getattr(guest, f"action_{step}_elsewhere")()
            dialog = guest.env[action["res_model"]].with_context(**action["context"])
            dialog.create({"reason": "Web form"}).action_confirm()
            self.assertEqual(guest.report_state, state)

    def test_a_note_about_a_guest_without_birth_date_says_what_is_missing(self):
        guest = self.make_guests("Alfa", birth_date=False)
        with self.assertRaisesRegex(UserError, "birth"):
            guest._report_elsewhere("Web form")
        guest.birth_date = "1980-01-01"
        guest._report_elsewhere("Web form")
        guest.birth_date = False
        guest._withdraw_elsewhere("Another guest")
        self.assertEqual(guest.report_state, "incomplete")

    def test_a_held_guest_is_not_chosen_in_the_preview_and_sending_ends_the_hold(self):
        guest = self.make_guests("Alfa")
        guest.action_hold()
        preview = self.env["ubyport.export"].with_context(
            active_model=guest._name, active_ids=guest.ids
        )
        export = preview.create({})
        self.assertFalse(export.chosen_ids)
        export.chosen_ids = guest
        export.action_send()
        self.assertFalse(guest.is_held)
        self.assertEqual(guest.report_state, "queued")

    def test_a_command_ends_when_the_guest_gets_broken(self):
        guest = self.make_guests("Alfa")
        guest.action_send_now()
        guest.purpose_id = False
        self.assertEqual(guest.report_state, "incomplete")
        guest.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
        self.assertEqual(guest.report_state, "ready")

    def test_what_this_program_reported_cannot_be_taken_back(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        with self.assertRaises(UserError):
            guest._withdraw_elsewhere("I want to")

    def test_switching_to_on_command_stops_what_was_queued_by_itself(self):
        self.facility.automation = "interval"
        automatic, commanded = self.make_guests("Alfa", "Beta")
        commanded.action_send_now()
        self.facility.with_user(self.manager).automation = "manual"
        self.assertEqual(automatic.report_state, "ready")
        self.assertEqual(commanded.report_state, "queued")

    def test_the_manager_may_want_to_be_asked_before_a_repeat(self):
        self.facility.repeat_unknown = False
        guest = self.make_guests("Alfa")
        self.police.fault("accept_then_die")
        self.send(guest)
        past = "2026-01-01 00:00:00"
        guest.line_ids._as_evidence_writer().write({"answered_at": past})
        self.skip_waiting()
        self.run_sender()
        self.assertEqual(guest.report_state, "unknown")
        guest.action_send_now()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")


@tagged("post_install", "-at_install")
class TestSlots(HotelCase):
    """When guests who wait for the interval are sent."""

    def slot(self, number, kind, at=20.0):
        self.facility.write(
            {
                "automation": "interval",
                "interval_number": number,
                "interval_type": kind,
                "interval_time": at,
            }
        )
        return str(self.facility._next_slot())

    @freeze_time("2026-11-20 10:00:00")
    def test_minutes_and_hours_count_from_the_first_guest(self):
        self.assertEqual(self.slot(15, "minutes"), "2026-11-20 10:15:00")
        self.assertEqual(self.slot(2, "hours"), "2026-11-20 12:00:00")

    @freeze_time("2026-11-20 10:00:00")
    def test_a_daily_slot_is_a_time_of_the_facilitys_day(self):
        self.assertEqual(self.slot(1, "days", 20.5), "2026-11-20 19:30:00")
        self.assertEqual(self.slot(1, "days", 9.0), "2026-11-21 08:00:00")

    @freeze_time("2026-11-20 10:00:00")
    def test_no_slot_is_later_than_the_morning_of_the_last_day(self):
        self.slot(7, "days", 9.0)
        guest = self.make_guests("Alfa")
        self.assertEqual(str(guest.deadline_date), "2026-11-25")
        self.assertEqual(str(guest.send_after), "2026-11-25 07:00:00")

    @freeze_time("2026-10-24 19:00:00")
    def test_a_daily_slot_keeps_its_time_over_the_end_of_summer_time(self):
        self.assertEqual(self.slot(1, "days", 20.0), "2026-10-25 19:00:00")

    @freeze_time("2026-11-20 10:00:00")
    def test_a_slot_still_ahead_is_kept_and_a_new_level_forgets_it(self):
        self.facility.next_send_at = "2026-11-20 10:05:00"
        self.assertEqual(str(self.facility._next_slot()), "2026-11-20 10:05:00")
        self.assertEqual(self.slot(1, "hours"), "2026-11-20 11:00:00")

    def test_a_change_of_level_is_recorded_with_its_author(self):
        facility = self.facility.with_user(self.manager)
        facility = facility.with_context(tracking_disable=False)
        self.cr.precommit.run()
        facility.automation = "immediate"
        facility.flush_recordset()
        self.cr.precommit.run()
        values = self.env["mail.tracking.value"].search(
            [("field_id.name", "=", "automation"), ("new_value_char", "=", "At once")]
        )
        message = values.mail_message_id.filtered(
            lambda message: message.res_id == facility.id
        )
        self.assertEqual(message.author_id, self.manager.partner_id)
