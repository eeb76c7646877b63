# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import HOTEL, PoliceCase


@tagged("post_install", "-at_install")
class TestMovedGuest(PoliceCase):
    """A guest of one facility becomes a guest of another one."""

    def setUp(self):
        super().setUp()
        account = {"login": "uby-ws99demo", "password": "Heslo2026"}
        registration = {"idub": "999999999999", "mark": "OTHER", "name": "Pension"}
        self.police.add_account(**account, **registration)
        self.other = self.env["ubyport.facility"].create(
            HOTEL | self.service() | account | registration
        )
        self.guest = self.make_guests(
            "Alfa", folio=self.make_folio(user=self.reception)
        )

    def move(self, facility):
        self.guest.with_user(self.reception).facility_id = facility

    def told(self, state):
        """Let the guest's facility have told the police, who answered so."""
        Report = self.env["ubyport.report"]
        report = Report._open_batch(
            self.guest.facility_id, self.guest, [self.guest._to_wire()]
        )
        report._write_verdict([state])
        self.env.flush_all()

    def test_a_report_of_one_facility_is_none_of_another(self):
        self.send(self.guest)
        self.move(self.other)
        self.assertEqual(self.guest.report_state, "ready")
        self.assertFalse(self.guest.reported_at)
        self.assertIn("Hotel Vltava has reported", self.guest.report_reason)
        row = self.guest.with_user(self.reception)._preview_rows()[0]
        self.assertIn("Hotel Vltava has reported", row["reason"])
        self.send(self.guest)
        self.assertEqual(self.guest.report_state, "reported")
        self.assertEqual(self.guest._filed_line().facility_id, self.other)
        notes = [record["fields"]["cNote"] or "" for record in self.police.records()]
        self.assertEqual(notes, ["", ""], "a report of its own, no correction")
        self.move(self.facility)
        self.assertEqual(self.guest.report_state, "reported")

    def test_the_level_of_the_other_facility_decides(self):
        self.send(self.guest)
        self.other.automation = "immediate"
        self.move(self.other)
        self.run_sender()
        self.assertEqual(self.guest.report_state, "reported")
        self.assertEqual(self.guest._filed_line().facility_id, self.other)

    def test_a_move_by_the_room_counts_the_same(self):
        room = self.make_room("201")
        room.ubyport_facility_id = self.other
        self.told("accepted")
        self.guest.folio_id.room_line_ids.product_id = room.product_id
        self.assertEqual(self.guest.facility_id, self.other)
        self.assertEqual(self.guest.report_state, "ready")

    def test_a_refusal_of_one_facility_is_none_of_another(self):
        self.told("refused")
        self.assertEqual(self.guest.report_state, "refused")
        self.move(self.other)
        self.assertEqual(self.guest.report_state, "ready")
        self.assertTrue(self.guest._may_be_sent())
        self.assertNotIn("Hotel Vltava", self.guest.report_reason)

    def test_an_unknown_outcome_elsewhere_is_said(self):
        self.told("unknown")
        self.move(self.other)
        self.assertEqual(self.guest.report_state, "ready")
        self.assertIn("Hotel Vltava sent the guest", self.guest.report_reason)
        self.move(self.facility)
        self.assertEqual(self.guest.report_state, "unknown")

    def test_the_same_registration_in_another_record_counts(self):
        self.told("accepted")
        self.facility.active = False
        self.facility.flush_recordset()
        again = self.env["ubyport.facility"].create(HOTEL | self.service())
        self.move(again)
        self.assertEqual(self.guest.report_state, "reported")

    def test_no_facility_at_all_loses_no_report(self):
        self.told("accepted")
        self.move(False)
        self.assertFalse(self.guest.facility_id)
        self.assertEqual(self.guest.report_state, "reported")

    def test_a_command_to_one_facility_is_none_to_another(self):
        self.guest.action_send_now()
        self.move(self.other)
        self.assertEqual(self.guest.report_state, "ready")
        self.move(self.facility)
        self.assertEqual(self.guest.report_state, "ready", "nor is it remembered")

    def test_rooms_given_to_another_facility_take_no_command_along(self):
        self.guest.action_send_now()
        self.room.ubyport_facility_id = self.other
        self.assertEqual(self.guest.facility_id, self.other)
        self.assertEqual(self.guest.report_state, "ready")
        self.run_sender()
        self.assertEqual(self.police.records(), [])
