# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import HOTEL, HotelCase


@tagged("post_install", "-at_install")
class TestReason(HotelCase):
    """Why a guest is not reported, or what a report was worth: never more than true."""

    def answered(self, state, guest=None):
        """Return a guest whose report ended in a state."""
        guest = guest or self.make_guests("Alfa", folio=self.make_folio())
        told = [guest._to_wire()]
        report = self.env["ubyport.report"]._open_batch(self.facility, guest, told)
        report._write_verdict([state])
        self.env.flush_all()
        return guest

    def test_what_a_rehearsal_accepted_is_called_one(self):
        for values, words in (
            ({"environment": "simulator"}, "accepted by the simulator"),
            (
                {"environment": "test", "login": "uby-tws1ab45"},
                "accepted by the test service",
            ),
        ):
            self.facility.write(values)
            guest = self.answered("accepted")
            self.assertIn(words, guest.report_reason)
            self.assertIn("the police were not told", guest.report_reason)
            self.assertEqual(guest.light, "green")
            self.assertTrue(guest.folio_id.ubyport_is_rehearsal)

    def test_what_was_noted_by_hand_is_no_rehearsal(self):
        guest = self.make_guests("Alfa", folio=self.make_folio())
        guest._report_elsewhere("Web form")
        self.assertNotIn("Rehearsal", guest.report_reason)

    def test_one_more_try_is_promised_before_the_first_repeat_only(self):
        guest = self.answered("unknown")
        self.assertIn("tried once more by itself", guest.report_reason)
        self.answered("unknown", guest)
        self.assertNotIn("by itself", guest.report_reason)
        self.assertIn("Send the guest again", guest.report_reason)

    def test_nothing_is_promised_for_a_guest_on_hold(self):
        guest = self.answered("unknown")
        guest.action_hold()
        self.assertNotIn("by itself", guest.report_reason)

    def test_who_moved_to_another_facility_is_recognised_by_nobody(self):
        guest = self.answered("unknown")
        guest.facility_id = self.env["ubyport.facility"].create(
            HOTEL | self.service() | {"idub": "999999999999", "name": "Second"}
        )
        if guest.report_state == "unknown":
            self.assertIn("Sent by another facility", guest.report_reason)
        self.assertNotIn("by itself", guest.report_reason)
