# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ADDON, PoliceCase

WSDL = (ADDON / "simulator/ws_uby.wsdl").read_text(encoding="utf-8")
PDF = '<xs:element minOccurs="0" name="VracetPDF" type="xs:boolean"/>'
LAST = '<xs:element minOccurs="0" name="uStr" nillable="true" type="xs:string"/>'


@tagged("post_install", "-at_install")
class TestWsdlWatch(PoliceCase):
    """A change of the service is an alarm before it is a failure."""

    def change_order(self):
        """Let the service want the order which makes it lose the receipts."""
        self.police.tell(wsdl=WSDL.replace(PDF, "").replace(LAST, LAST + PDF))

    def compare(self):
        return self.facility.with_user(self.manager).action_compare_wsdl()["params"]

    def let_time_pass(self, days):
        asked = self.facility.wsdl_checked_at
        self.facility.wsdl_checked_at = asked - timedelta(days=days)

    def test_an_unchanged_service_is_said_to_be_unchanged(self):
        shown = self.compare()
        self.assertEqual(shown["type"], "success")
        self.assertEqual(self.facility.wsdl_state, "same")
        self.assertTrue(self.facility.wsdl_checked_at)
        self.assertNotIn("wsdl", self.facility._problems())

    def test_another_order_of_members_is_an_alarm_in_words(self):
        self.change_order()
        shown = self.compare()
        self.assertEqual(shown["type"], "warning")
        self.assertIn("ZapisUbytovane/Seznam: another order", shown["message"])
        self.assertEqual(self.facility.wsdl_state, "different")
        self.assertIn("wsdl", self.facility._problems())
        self.assertEqual(self.facility.light, "amber")
        self.police.tell(wsdl=None)
        self.compare()
        self.assertNotIn("wsdl", self.facility._problems())

    def test_every_kind_of_difference_is_told_in_words(self):
        text = WSDL.replace('name="cVisN"', 'name="cVisX"')
        text = text.replace('operation name="DejMiCiselnik"', 'operation name="Dej"')
        text = text.replace(
            '"cPurp" nillable="true" type="xs:int"', '"cPurp" type="xs:string"'
        )
        self.police.tell(wsdl=text)
        said = self.compare()["message"]
        for words in (
            "DejMiCiselnik: the method is gone",
            "Dej: a new method",
            "Ubytovany: cVisN is gone",
            "Ubytovany: cVisX is new",
            "cPurp is string instead of int",
        ):
            self.assertIn(words, said)

    def test_what_is_no_description_is_told_and_is_no_change(self):
        for content in ("", "<html/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"):
            self.police.tell(wsdl=content)
            with self.subTest(content), self.assertRaises(UserError):
                self.facility.action_compare_wsdl()
        self.assertFalse(self.facility.wsdl_state)

    def test_the_sender_asks_after_the_first_reports_and_then_monthly(self):
        self.send(self.make_guests("Alfa"))
        self.assertEqual(self.police.called("singleWsdl"), 1)
        self.assertEqual(self.facility.wsdl_state, "same")
        self.run_sender()
        self.assertEqual(self.police.called("singleWsdl"), 1)
        self.let_time_pass(31)
        self.change_order()
        self.run_sender()
        self.assertEqual(self.police.called("singleWsdl"), 2)
        self.assertEqual(self.facility.wsdl_state, "different")

    def test_a_facility_which_never_worked_or_does_not_work_is_not_asked(self):
        self.run_sender()
        self.assertEqual(self.police.called("singleWsdl"), 0)
        self.facility.lists_refreshed_at = fields.Datetime.now()
        self.facility.service_state = "access_denied"
        self.run_sender()
        self.assertEqual(self.police.called("singleWsdl"), 0)

    def test_a_description_that_cannot_be_read_stops_nothing_and_waits_a_day(self):
        self.police.fault("unauthorized", method="singleWsdl", times=None)
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(self.facility.wsdl_state, "unread")
        self.assertEqual(self.facility.service_state, "ok")
        self.assertNotIn("wsdl", self.facility._problems())
        self.police.heal()
        self.run_sender()
        self.assertEqual(self.facility.wsdl_state, "unread")
        self.let_time_pass(2)
        self.run_sender()
        self.assertEqual(self.facility.wsdl_state, "same")
