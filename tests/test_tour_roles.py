# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import PoliceCase
from .test_alarm import set_deadline


@tagged("post_install", "-at_install")
class TestTourRoles(PoliceCase, HttpCase):
    """What each of the three people sees; a tour fails on any error in the console."""

    def reported_guest(self):
        guest = self.make_guests("Müller", folio=self.make_folio(user=self.reception))
        guest.action_send_now()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        return guest

    def test_the_receptionist_opens_the_receipt_of_a_guest(self):
        guest = self.reported_guest()
        self.start_tour(
            f"/odoo/police-guests/{guest.id}",
            "hotel_ubyport_receipt",
            login=self.reception.login,
        )

    def test_the_accountant_reviews_and_exports_and_is_offered_no_change(self):
        self.reported_guest()
        self.start_tour(
            "/odoo/police-guest-records",
            "hotel_ubyport_accountant",
            login=self.accountant.login,
        )

    def test_the_accountant_reads_the_board_without_a_button_that_changes(self):
        self.facility.automation = "immediate"
        self.start_tour(
            "/odoo/police-board",
            "hotel_ubyport_accountant_board",
            login=self.accountant.login,
        )

    def test_the_manager_sees_the_alarm_switches_the_level_and_holds(self):
        guest = self.make_guests("Müller")
        set_deadline(guest, self.today() - timedelta(days=1))
        self.facility.write({"automation": "interval"})
        self.start_tour(
            "/odoo/police-board", "hotel_ubyport_manager", login=self.manager.login
        )
        self.assertEqual(self.facility.automation, "manual")
        self.assertTrue(guest.is_held)
        self.assertEqual(guest.held_by_id, self.manager)
