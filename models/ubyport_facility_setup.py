# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

ADDRESS = ("municipality", "house_number", "zip", "district")
STEPS = ("data", "account", "connection", "lists", "level", "report")


class UbyportFacility(models.Model):
    """The way of a new facility to its first report, as a list of six steps."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    # A list of {code, label, done, hint, action, button}, in their order; action is
    # the name of a method which does the step, for those only who may call it.
    setup_steps = fields.Json(compute="_compute_setup_steps")
    setup_todo = fields.Char(
        string="Next Step",
        compute="_compute_setup_steps",
        help="What is to do next until the first report; empty when all is done.",
    )

    @api.depends(
        *ADDRESS,
        "login",
        "password_secret",
        "connection_works",
        "connection_text",
        "lists_refreshed_at",
        "automation",
        "last_report_id",
    )
    @api.depends_context("lang", "uid")
    def _compute_setup_steps(self):
        for facility in self:
            steps = facility._setup_steps()
            todo = [step["label"] for step in steps if not step["done"]]
            facility.setup_steps = steps
            facility.setup_todo = todo[0] if todo else False

    def _setup_steps(self):
        """Return the steps; without an account of its own nothing later is done."""
        steps = []
        for code in STEPS:
            step = {"action": False, "button": False} | getattr(self, f"_step_{code}")()
            step |= {"code": code, "done": bool(step["done"])}
            steps.append(self._step_for_reader(step))
        return steps

    def _step_for_reader(self, step):
        """Return a step without advice and button if its reader may not do it."""
        if step["code"] == "report":
            may_do = self.env["ubyport.export"].has_access("create")
            hint = self.env._("The reception does this step.")
        else:
            may_do = self.browse().has_access("write")
            hint = self.env._("A manager does this step.")
        return step if may_do else step | {"action": False, "hint": hint}

    def _step_data(self):
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ADDRESS
            if not self[name]
        ]
        return {
            "label": self.env._("Registered data"),
            "done": not missing,
            "hint": self.env._(
                "Copy the address from the registration with the police. Missing: %s",
                ", ".join(missing),
            ),
        }

    def _step_account(self):
        return {
            "label": self.env._("Account for the web service"),
            "done": self._is_configured(),
            "hint": self.env._(
                "Enter the login and the password which the police gave for the web "
                "service (uby-ws...), not those of the web application."
            ),
        }

    def _step_connection(self):
        return {
            "label": self.env._("Connection test"),
            "done": self.connection_works or self.last_report_id,
            "hint": self.connection_text
            or self.env._(
                "Ask the service of the police whether it lets you in. Nothing is "
                "reported."
            ),
            "action": "action_test_connection",
            "button": self.env._("Test Connection"),
        }

    def _step_lists(self):
        return {
            "label": self.env._("Code lists"),
            "done": self.lists_refreshed_at,
            "hint": self.env._(
                "Read the nationalities, purposes and answers which the police use now."
            ),
            "action": "action_refresh_lists",
            "button": self.env._("Refresh Code Lists"),
        }

    def _step_level(self):
        return {
            "label": self.env._("When to report"),
            "done": self.automation != "manual" or self.last_report_id,
            "hint": self.env._(
                "Guests are reported on command now. Choose below whether they shall "
                "be reported by themselves."
            ),
        }

    def _step_report(self):
        return {
            "label": self.env._("First report"),
            "done": self.last_report_id,
            "hint": self.env._(
                "Check a guest in, look at the preview and send. The receipt of the "
                "police ends the set-up."
            ),
            "action": "action_preview_report",
            "button": self.env._("Preview & Report"),
        }

    def action_preview_report(self):
        """Open the preview of what would be told to the police by this facility."""
        self.ensure_one()
        return self.env["hotel.folio.guest"]._preview_action(self)
