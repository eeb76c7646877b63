# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

from ..ubyport import invented, wire
from .ubyport_messages import failure_text
from .ubyport_report import MANAGER

_lt = LazyTranslate(__name__)

ENVIRONMENTS = [
    ("simulator", "Simulator (rehearsal)"),
    ("test", "Police test service"),
]
OBSTACLES = {
    "production": _lt(
        "Invented people must never reach the production of the police: set the "
        "facility to their test service first."
    ),
    "environment_changed": _lt(
        "The environment of the facility was changed since this list was made. "
        "Nothing more is sent; make a new list."
    ),
    "archived": _lt("The facility is archived."),
}


class UbyportCertification(models.Model):
    """A run of invented people against the police's test service (rules, 11.4).

    The list, what was sent of it, every answer and every receipt are kept as
    evidence, apart from guests: nobody of it ever enters the house book.
    """

    _name = "ubyport.certification"
    _description = "Certification run with invented people"
    _inherit = ["ubyport.evidence.mixin", "mail.thread"]
    _order = "id desc"
    # The letter to the police is noted here by people who may only read.
    _mail_post_access = "read"

    name = fields.Char(required=True, default="New", readonly=True)
    facility_id = fields.Many2one(
        "ubyport.facility",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        related="facility_id.company_id", store=True, index=True
    )
    environment = fields.Selection(ENVIRONMENTS, required=True, readonly=True)
    seed = fields.Integer(
        string="Seed Number",
        readonly=True,
        help="The same number makes the same people again on the same day.",
    )
    size = fields.Integer(string="People", readonly=True)
    day = fields.Date(
        string="Made for", readonly=True, help="The day from which stays are counted."
    )
    user_id = fields.Many2one("res.users", readonly=True, string="Made By")
    state = fields.Selection(
        [
            ("draft", "List"),
            ("queued", "Being sent"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    failure = fields.Char(readonly=True)
    message = fields.Char(compute="_compute_message")
    line_ids = fields.One2many(
        "ubyport.certification.line", "certification_id", readonly=True
    )
    batch_ids = fields.One2many(
        "ubyport.certification.batch", "certification_id", readonly=True
    )
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    accepted_count = fields.Integer(string="Accepted", compute="_compute_counts")
    refused_count = fields.Integer(string="Refused", compute="_compute_counts")
    unknown_count = fields.Integer(string="Outcome Unknown", compute="_compute_counts")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["ubyport.certification.line"]._read_group(
            [("certification_id", "in", self.ids)],
            ["certification_id", "state"],
            ["__count"],
        )
        counts = {(run.id, state): number for run, state, number in groups}
        for run in self:
            of = {state: counts.get((run.id, state), 0) for _run, state in counts}
            run.waiting_count = of.get("waiting", 0) + of.get("sending", 0)
            run.accepted_count = of.get("accepted", 0) + of.get("duplicate", 0)
            run.refused_count = of.get("refused", 0)
            run.unknown_count = of.get("unknown", 0)

    @api.depends("state", "failure", "line_ids.state", "facility_id.service_state")
    @api.depends_context("lang", "tz")
    def _compute_message(self):
        for run in self:
            run.message = run._explain()

    def _explain(self):
        """Return what is the matter and what to do, False if all went well."""
        self.ensure_one()
        if self.state == "stopped":
            return self._obstacle_text(self.failure)
        if self.state == "queued":
            return self._explain_waiting()
        if self.unknown_count:
            return self.env._(
                "No certain answer came about %s people. They may have been received, "
                "so they are not sent again by themselves.",
                self.unknown_count,
            )
        return False

    def _explain_waiting(self):
        facility = self.facility_id
        if facility.service_message:
            return facility.service_message
        if facility._is_test_day_over():
            return facility._test_day_text()
        return self.env._("The list is being sent; look again in a while.")

    def _obstacle_text(self, code):
        if code in OBSTACLES:
            return self.env._(OBSTACLES[code])
        return failure_text(self.env, code or "")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "New") == "New":
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code("ubyport.certification")
        return super().create(vals_list)

    @api.model
    def _invent(self, facility, seed, size):
        """Make the list; nothing is sent.

        :raise UserError: the facility reports to production, or the code lists are
            not sufficient
        """
        self._raise_obstacle(self._environment_obstacle(facility))
        countries = self.env["ubyport.country"]._engine_countries()
        try:
            people = invented.invent(size, seed, facility._rule_context())
        except ValueError as error:
            raise UserError(
                self.env._("The code lists are empty: refresh them first.")
            ) from error
        Line = self.env["ubyport.certification.line"]
        lines = [
            Line._snapshot_of(wire.to_wire(person, countries)) | {"position": position}
            for position, person in enumerate(people, 1)
        ]
        return self._as_evidence_writer().create(
            {
                "facility_id": facility.id,
                "environment": facility.environment,
                "seed": seed,
                "size": size,
                "day": facility._today(),
                "user_id": self.env.uid,
                "line_ids": [Command.create(values) for values in lines],
            }
        )

    # What may keep a run from being sent

    @api.model
    def _environment_obstacle(self, facility):
        return "production" if facility.environment == "production" else False

    def _obstacle(self):
        """Return the code of what forbids to send this list at all, or False."""
        self.ensure_one()
        facility = self.facility_id
        if self._environment_obstacle(facility):
            return "production"
        if facility.environment != self.environment:
            return "environment_changed"
        if not facility.active:
            return "archived"
        return False if facility._is_configured() else "account_missing"

    def _raise_obstacle(self, code):
        if code:
            raise UserError(self._obstacle_text(code))

    def _check_manager(self):
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Certification runs are the manager's business.")
            )

    # What the manager commands

    def action_send(self):
        """Queue the people who wait; a scheduled action sends them after the commit."""
        self.ensure_one()
        self._check_manager()
        self._raise_obstacle(self._obstacle())
        self._refuse_repeat()
        self._as_evidence_writer().write({"state": "queued", "failure": False})
        self.env["ubyport.certification.sender"]._trigger()
        return True

    def _refuse_repeat(self):
        """The same people once more would be groundless use (rules, 12.4)."""
        twins = self.sudo().search_count(
            [
                ("id", "!=", self.id),
                ("facility_id", "=", self.facility_id.id),
                ("environment", "=", self.environment),
                ("seed", "=", self.seed),
                ("day", "=", self.day),
                ("state", "!=", "draft"),
            ]
        )
        if twins:
            raise UserError(
                self.env._(
                    "These very people were sent already. Make a list with another "
                    "seed number."
                )
            )

    def action_send_unknown(self):
        """Send those of unknown outcome once more; the police recognise a repeat."""
        self.ensure_one()
        self._check_manager()
        self._raise_obstacle(self._obstacle())
        unknown = self.line_ids.filtered(lambda line: line.state == "unknown")
        unknown._as_evidence_writer().state = "waiting"
        return self.action_send()

    def action_discard(self):
        """Throw away a list of which nothing was sent."""
        self.ensure_one()
        self._check_manager()
        if self.state != "draft":
            raise UserError(
                self.env._("What was sent to the police is kept as evidence.")
            )
        self._as_evidence_writer().unlink()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.ubyport_certification_action"
        )

    # What the sender notes

    def _stop(self, code):
        """Leave the rest unsent until the manager commands again."""
        self._as_evidence_writer().write({"state": "stopped", "failure": code})

    def _close(self):
        self._as_evidence_writer().write({"state": "done", "failure": False})
