# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .common import PoliceCase


@tagged("post_install", "-at_install")
class TestTourReception(PoliceCase, HttpCase):
    """The receptionist's way through the browser, up to the police's receipt."""

    def test_a_guest_is_typed_checked_in_repaired_sent_and_reported(self):
        folio = self.make_folio(user=self.reception)
        self.start_tour(
            "/odoo/action-hotel.open_hotel_folio1_form_tree_all",
            "hotel_ubyport_reception",
            login=self.reception.login,
        )
        guest = folio.guest_ids
        self.assertEqual(guest.report_state, "queued")
        self.assertEqual(guest.queued_by_id, self.reception)
        self.assertEqual(self.police.records(), [], "the browser waits for nobody")
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertTrue(guest.receipt_report_id.receipt)
        (record,) = self.police.records()
        self.assertEqual(record["fields"]["cSurN"], "Müller")
        self.assertEqual(record["fields"]["cFirstN"], "Jörg")
        self.assertEqual(record["fields"]["cDate"], "17051980")
