# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import tagged

from .common import PoliceCase


@tagged("post_install", "-at_install")
class TestFaults(PoliceCase):
    """A guest on whom the service fails is tried some times, and always seen."""

    def setUp(self):
        super().setUp()
        self.facility.automation = "immediate"
        self.facility.responsible_user_ids = self.manager
        self.env.ref(
            "hotel_ubyport.ir_cron_ubyport_send"
        ).nextcall = fields.Datetime.now()
        self.guest = self.make_guests(
            "Alfa", folio=self.make_folio(user=self.reception)
        )

    def run_often(self, times):
        """Run the sender so many times, as if all waiting times were over."""
        for _time in range(times):
            self.skip_waiting()
            self.run_sender()

    def fail(self, runs):
        self.police.fault("fault", times=None)
        self.run_often(runs)

    def test_from_the_second_fault_on_people_are_told_and_offered_the_file(self):
        self.assertNotEqual(self.guest.light, "red")
        self.fail(1)
        self.assertEqual(self.guest.fault_count, 2)
        self.assertEqual(self.guest.report_state, "queued")
        self.assertEqual(self.guest.light, "red")
        self.assertEqual(self.guest.search([("light", "=", "red")]), self.guest)
        self.assertFalse(self.guest.search([("light", "in", ("green", "amber"))]))
        self.assertTrue(self.guest.unl_offered)
        self.assertIn("UNL file", self.guest.report_reason)
        self.assertEqual(self.facility.red_count, 1)
        self.run_sender("ir_cron_ubyport_watch")
        self.assertTrue(self.facility.alarm_sent_at)

    def test_the_same_data_are_not_sent_without_end(self):
        self.fail(12)
        self.assertEqual(self.police.called("ZapisUbytovane"), 5)
        self.assertEqual(self.guest.report_state, "ready")
        self.assertEqual(self.guest.light, "red")
        self.assertIn("5 times", self.guest.report_reason)
        self.assertNotIn("by itself.", self.guest.report_reason)
        row = self.guest.with_user(self.reception)._preview_rows()[0]
        self.assertIn("5 times", row["reason"])

    def test_a_command_tries_once_more_and_success_forgets_the_faults(self):
        self.fail(12)
        self.guest.with_user(self.reception).action_send_now()
        self.run_often(3)
        self.assertEqual(self.police.called("ZapisUbytovane"), 6)
        self.assertEqual(self.guest.report_state, "ready")
        self.police.heal()
        self.guest.action_send_now()
        self.run_often(1)
        self.assertEqual(self.guest.report_state, "reported")
        self.assertEqual((self.guest.fault_count, self.guest.light), (0, "green"))

    def test_other_data_are_tried_by_themselves_again(self):
        self.fail(12)
        self.police.heal()
        self.guest.surname = "Beta"
        self.assertEqual(self.guest.report_state, "queued")
        self.run_sender()
        self.assertEqual(self.guest.report_state, "reported")

    def test_an_unknown_outcome_followed_by_faults_is_left_to_people(self):
        self.police.fault("accept_then_die")
        self.run_sender()
        self.assertEqual(self.guest.report_state, "unknown")
        self.guest.action_send_now()
        self.fail(12)
        asked = self.police.called("ZapisUbytovane")
        self.assertEqual(self.guest.report_state, "unknown")
        past = "2026-01-01 00:00:00"
        self.guest.line_ids._as_evidence_writer().write({"answered_at": past})
        self.run_often(3)
        self.assertEqual(self.police.called("ZapisUbytovane"), asked)
