# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools.sql import column_exists

from .common import ADDON, HOTEL, LOGIN, PASSWORD, HotelCase


@tagged("post_install", "-at_install")
class TestNeutralize(HotelCase):
    """A copied database must never speak to the police."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.facilities = cls.facility
        for number, environment in enumerate(("test", "production")):
            values = HOTEL | {
                "idub": f"55555555555{number}",
                "environment": environment,
                "login": "uby-tws1ab45" if environment == "test" else "uby-ws12cdef",
                "automation": "immediate",
            }
            cls.facilities += cls.env["ubyport.facility"].create(values)
        cls.facilities[1].active = False

    def neutralize(self):
        self.env.flush_all()
        self.env.cr.execute((ADDON / "data" / "neutralize.sql").read_text("utf-8"))
        self.env.invalidate_all()

    def test_no_account_no_address_and_no_automation_is_left(self):
        self.assertEqual(len(self.facilities.filtered("has_password")), 3)
        self.neutralize()
        for facility in self.facilities:
            with self.subTest(facility.display_name):
                self.assertEqual(facility.environment, "simulator")
                self.assertEqual(facility.automation, "manual")
                self.assertFalse(facility.login or facility.endpoint)
                self.assertFalse(facility.has_password)
                self.assertFalse(facility._is_configured())
                action = facility.action_test_connection()
                self.assertIn("Fill in", action["params"]["message"])

    def test_neither_login_nor_password_stays_in_any_column(self):
        self.assertTrue(column_exists(self.env.cr, "ubyport_facility", "login"))
        self.assertFalse(column_exists(self.env.cr, "ubyport_facility", "password"))
        self.neutralize()
        self.env.cr.execute("SELECT f::text FROM ubyport_facility f")
        rows = self.env.cr.fetchall()
        self.assertGreaterEqual(len(rows), 3)
        for secret in (LOGIN, PASSWORD, "uby-tws1ab45", "uby-ws12cdef"):
            self.assertNotIn(secret, repr(rows))

    def test_a_queued_guest_stays_queued_and_says_what_is_missing(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Alfa")
        self.neutralize()
        self.assertEqual(guest.report_state, "queued")
        self.assertIn("account", guest.report_reason)
        self.assertFalse(self.env["ubyport.sender"]._due_facilities())

    def test_a_facility_kept_for_test_and_production_is_neutralized_too(self):
        production = self.env["ubyport.facility"].create(
            HOTEL | {"environment": "production", "login": "uby-ws12cdef"}
        )
        self.neutralize()
        self.assertEqual(production.environment, "simulator")
        self.assertFalse(production.has_password or self.facility.has_password)
        self.assertTrue(production.active)
        self.assertFalse(self.facility.active)
