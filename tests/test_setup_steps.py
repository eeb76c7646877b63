# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import HOTEL, PoliceCase

NEW = {
    "name": "Penzion Nový",
    "idub": "222222222222",
    "mark": "PNOVY",
    "environment": "simulator",
}


@tagged("post_install", "-at_install")
class TestSetupSteps(PoliceCase):
    """A new facility is led to its first report, one step after the other."""

    def done(self, facility):
        return [step["code"] for step in facility.setup_steps if step["done"]]

    def test_a_new_facility_goes_all_six_steps(self):
        facility = self.env["ubyport.facility"].with_user(self.manager).create(NEW)
        self.assertEqual(self.done(facility), [])
        self.assertEqual(facility.setup_todo, "Registered data")
        facility.write({name: HOTEL[name] for name in HOTEL if name not in NEW})
        facility.endpoint = self.police.endpoint
        self.assertEqual(self.done(facility), ["data", "account"])
        facility.action_test_connection()
        self.assertEqual(facility.setup_todo, "Code lists")
        facility.action_refresh_lists()
        self.assertEqual(facility.setup_todo, "When to report")
        facility.automation = "immediate"
        self.assertEqual(facility.setup_todo, "First report")

    def test_the_first_report_ends_the_setup_whatever_the_level(self):
        self.facility.action_test_connection()
        self.facility.action_refresh_lists()
        self.assertEqual(self.facility.setup_todo, "When to report")
        self.send(self.make_guests("Alfa"))
        self.assertFalse(self.facility.setup_todo)

    def test_a_new_account_has_to_be_tested_again(self):
        self.facility.action_test_connection()
        self.facility.password = "Nova2026"
        self.assertNotIn("connection", self.done(self.facility))

    def test_a_step_names_what_is_missing_and_a_method_which_does_it(self):
        self.facility.zip = False
        for step in self.facility.setup_steps:
            if step["code"] == "data":
                self.assertIn("ZIP", step["hint"])
            if step["action"]:
                self.assertTrue(callable(getattr(self.facility, step["action"])))

    def test_only_who_may_do_a_step_is_offered_its_button(self):
        self.facility.action_test_connection()
        for user, offered in (
            (self.manager, {"connection", "lists", "report"}),
            (self.reception, {"report"}),
            (self.accountant, set()),
        ):
            steps = self.facility.with_user(user).setup_steps
            with self.subTest(user.login):
                shown = {step["code"] for step in steps if step["action"]}
                self.assertEqual(shown, offered)

    def test_who_may_not_do_a_step_reads_whose_it_is(self):
        self.facility.action_test_connection()
        for user in (self.reception, self.accountant):
            for step in self.facility.with_user(user).setup_steps:
                if step["code"] == "lists":
                    self.assertEqual(step["hint"], "A manager does this step.")

    def test_the_settings_say_what_a_new_facility_starts_with(self):
        settings = self.env["res.config.settings"].create(
            {"default_automation": "interval", "default_visa_optional": True}
        )
        settings.execute()
        facility = self.env["ubyport.facility"].with_user(self.manager).create(NEW)
        self.assertEqual(facility.automation, "interval")
        self.assertTrue(facility.visa_optional)
        self.assertFalse(facility.purpose_optional)
