# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .test_access import AccessCase

NEIGHBOURS = ("hotel.folio", "hotel.room")


@tagged("post_install", "-at_install")
class TestButtons(AccessCase):
    """Whoever is shown a button may press it: nobody meets a closed door behind one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitation = cls.env["hotel.invitation"].create({"surname": "Vzorova"})
        runs = cls.env["ubyport.certification"]
        cls.run_of_people = runs._invent(cls.facility, seed=1, size=100)
        cls.people = cls.reception | cls.accountant | cls.manager

    def samples(self):
        """Return {model: one record of it} of all models with screens of ours."""
        folio = self.guest.folio_id
        records = (
            folio,
            self.guest,
            self.facility,
            self.report,
            self.invitation,
            self.run_of_people,
            self.room,
        )
        return {record._name: record for record in records}

    def views_of(self, model):
        """Return (id, type) of our screens of a model, or of the neighbour's own."""
        if model in NEIGHBOURS:
            return [(False, "form"), (False, "list")]
        names = self.env["ir.model.data"].search(
            [("module", "=", "hotel_ubyport"), ("model", "=", "ir.ui.view")]
        )
        views = self.env["ir.ui.view"].browse(names.mapped("res_id"))
        kinds = ("form", "list", "kanban")
        mine = views.filtered(lambda view: view.model == model and view.type in kinds)
        return [(view.id, view.type) for view in mine if view.mode == "primary"]

    def buttons_of(self, model, user):
        """Return {(model, kind, name, context)} of what a user is shown to press."""
        found = set()
        for view_id, view_type in self.views_of(model):
            screen = self.env[model].with_user(user).get_view(view_id, view_type)
            for node in etree.fromstring(screen["arch"]).iter("button", "a"):
                if node.get("type") in ("object", "action"):
                    owner = self.model_of(node, model)
                    kind, name = node.get("type"), node.get("name")
                    # Only a method reads what its button says in the context.
                    says = node.get("context") if kind == "object" else None
                    found.add((owner, kind, name, says or "{}"))
        return found

    def model_of(self, node, model):
        """Return the model of a button, which may stand in a field's own list."""
        names = [up.get("name") for up in node.iterancestors("field")]
        for name in reversed(names):
            model = self.env[model]._fields[name].comodel_name
        return model

    def press(self, record, kind, name):
        """Do what a button does, look where it leads, and undo it."""
        savepoint = self.env.cr.savepoint()
        try:
            if kind == "object":
                self.follow(record, getattr(record, name)())
            else:
                action = self.env["ir.actions.actions"].browse(int(name))
                self.follow(record, self.env[action.type].browse(action.id).read()[0])
        except UserError as refusal:
            # To say what is missing is an answer; only a closed door is a fault.
            if isinstance(refusal, AccessError):
                raise
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def follow(self, record, action):
        """Raise AccessError if the screen which a button opens is closed."""
        model = isinstance(action, dict) and action.get("res_model")
        if model:
            target = record.env[model]
            target.check_access("create" if target._transient else "read")

    def test_nobody_is_shown_a_button_which_refuses_him(self):
        samples = self.samples()
        for user in self.people:
            for model in samples:
                if not self.env[model].with_user(user).has_access("read"):
                    continue
                for owner, kind, name, context in self.buttons_of(model, user):
                    record = samples.get(owner, self.env[owner])
                    says = safe_eval(context)
                    pressed = record.with_user(user).with_context(**says)
                    with self.subTest(user=user.login, model=owner, button=name):
                        self.press(pressed, kind, name)
