# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..ubyport import invented

LARGEST_SEED = 999_999_999


class UbyportCertificationStart(models.TransientModel):
    """Make a list of invented people; nothing is sent from here."""

    _name = "ubyport.certification.start"
    _description = "New certification run"

    facility_id = fields.Many2one(
        "ubyport.facility",
        required=True,
        default=lambda self: self._default_facility(),
        domain=[("environment", "!=", "production")],
        help="The facility which is registered for the police's test service; with "
        "the simulator it is a rehearsal.",
    )
    environment = fields.Selection(related="facility_id.environment")
    size = fields.Integer(
        string="Number of People",
        default=200,
        required=True,
        help="The police ask for 100 to 500 (operating rules, 11.4).",
    )
    seed = fields.Integer(
        string="Seed Number",
        default=lambda self: random.randint(1, LARGEST_SEED),
        required=True,
        help="The same number makes the same people again on the same day.",
    )
    people_left = fields.Integer(
        string="May Still Be Sent Today", compute="_compute_people_left"
    )

    @api.model
    def _default_facility(self):
        """Offer a facility of the test service, else of the simulator."""
        domain = [("environment", "!=", "production")]
        return self.env["ubyport.facility"].search(
            domain, order="environment desc, id", limit=1
        )

    @api.depends("facility_id")
    def _compute_people_left(self):
        self.people_left = self.env["ubyport.facility"]._test_people_left()

    @api.constrains("size")
    def _check_size(self):
        for start in self:
            if not invented.FEWEST <= start.size <= invented.MOST:
                raise ValidationError(
                    self.env._(
                        "The police ask for %(fewest)s to %(most)s invented people.",
                        fewest=invented.FEWEST,
                        most=invented.MOST,
                    )
                )

    def action_invent(self):
        """Make the list and show it."""
        self.ensure_one()
        self.facility_id.check_access("write")
        run = self.env["ubyport.certification"]._invent(
            self.facility_id, self.seed, self.size
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
        }
