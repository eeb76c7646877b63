# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..ubyport import invitation as rules
from .hotel_invitation_texts import FINDING_TEXTS

INVITER_KINDS = [
    ("legal_entity", "Legal entity (the hotel's company)"),
    ("citizen", "Czech citizen"),
    ("foreigner", "Foreigner residing here"),
]
STATES = [
    ("draft", "In preparation"),
    ("filed", "Filed"),
    ("verified", "Verified"),
    ("refused", "Denied"),
    ("withdrawn", "Withdrawn"),
]
# Those whose means are bound by an undertaking, or are going to be.
COUNTING_STATES = ("draft", "filed", "verified")


class HotelInvitation(models.Model):
    """An invitation of a foreigner, to be verified by the foreign police.

    draft --go to the office--> filed --seventh working day--> verified | refused
    draft, filed, verified --withdraw, never during the stay--> withdrawn
    """

    _name = "hotel.invitation"
    _description = "Invitation of a foreigner"
    _inherit = ["ubyport.identity.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "arrival_date desc, id desc"
    _rec_names_search = ["name", "surname", "first_name", "form_code"]

    name = fields.Char(string="Number", default="New", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, tracking=True
    )

    inviter_kind = fields.Selection(
        INVITER_KINDS,
        string="Who Invites",
        default="legal_entity",
        required=True,
        help="It decides what to bring along, and which office is competent.",
    )
    inviter_id = fields.Many2one(
        "res.partner",
        string="Inviting Person",
        required=True,
        default=lambda self: self.env.company.partner_id,
        index=True,
    )
    inviter_residence = fields.Char(
        string="Reported Residence",
        help="Where the inviting foreigner is reported to live: that region's office "
        "of the foreign police is competent.",
    )
    by_proxy = fields.Boolean(
        help="Somebody else files the invitation by a written power of attorney.",
    )
    office = fields.Char(
        string="Office of the Foreign Police",
        help="Where the invitation is filed and fetched.",
    )
    office_hint = fields.Char(compute="_compute_office_hint")

    arrival_date = fields.Date(string="First Day", tracking=True)
    departure_date = fields.Date(string="Last Day", tracking=True)
    stay_days = fields.Integer(string="Days", compute="_compute_stay")
    is_long = fields.Boolean(string="Over 90 Days", compute="_compute_stay")
    costs = fields.Selection(
        [("full", "All costs"), ("accommodation", "Accommodation only")],
        string="Costs Borne",
        default="full",
        required=True,
        help="All: accommodation, food, health care, transport of the ill or dead, and "
        "the way home. Accommodation alone is possible up to 90 days.",
    )
    means_amount = fields.Monetary(
        string="Means for This Guest",
        help="What the inviting person has to have for this guest.",
    )
    means_total = fields.Monetary(
        string="Means at the Same Time",
        compute="_compute_means_total",
        help="The highest sum on any one day for all whom the same person invites for "
        "overlapping stays: the police may ask to see that much.",
    )
    trip_purpose = fields.Char(string="Purpose of the Trip")

    form = fields.Selection(
        [("electronic", "Electronic form"), ("paper", "Paper form")],
        default="electronic",
        required=True,
    )
    form_code = fields.Char(
        string="Identification Code",
        copy=False,
        help="Five characters which came after the electronic form was sent.",
    )
    form_sent_on = fields.Date(
        copy=False,
        help="Sending does not start the clock. Come to the office within ten days.",
    )
    item_ids = fields.One2many(
        "hotel.invitation.item",
        "invitation_id",
        string="To Bring Along",
        compute="_compute_item_ids",
        store=True,
        readonly=False,
    )
    open_item_count = fields.Integer(
        string="Still Missing",
        compute="_compute_open_item_count",
        help="Things to bring along which are not ticked off yet.",
    )

    filed_on = fields.Date(
        copy=False,
        help="The day when the inviting person came to the office in person.",
    )
    pickup_date = fields.Date(
        string="Fetch On",
        compute="_compute_pickup_date",
        store=True,
        readonly=False,
        copy=False,
        help="The seventh working day after the filing (section 180 of Act 326/1999), "
        "or earlier by agreement with the office.",
    )
    decided_on = fields.Date(readonly=True, copy=False)
    withdrawn_on = fields.Date(readonly=True, copy=False)
    police_told_on = fields.Date(readonly=True, copy=False)
    did_not_come = fields.Boolean(
        copy=False,
        help="The foreigner has not come to the Czech Republic, so the undertaking may "
        "be withdrawn even on days of the planned stay.",
    )
    next_step = fields.Text(compute="_compute_next_step")
    problem_text = fields.Text(string="To Complete", compute="_compute_problem_text")

    facility_id = fields.Many2one(
        "ubyport.facility",
        string="Accommodated In",
        default=lambda self: self.env["ubyport.facility"]._only_one_of(
            self.env.company
        ),
        index="btree_not_null",
        ondelete="restrict",
    )
    lodged_by_inviter = fields.Boolean(
        string="Lodged by the Inviting Person",
        compute="_compute_lodged_by_inviter",
        store=True,
        readonly=False,
        help="Otherwise a confirmation of secured accommodation is brought along.",
    )
    folio_id = fields.Many2one(
        "hotel.folio",
        index="btree_not_null",
        copy=False,
        help="Where the invited person becomes a guest.",
    )
    guest_ids = fields.One2many("hotel.folio.guest", "invitation_id", string="Guests")
    guest_id = fields.Many2one("hotel.folio.guest", compute="_compute_guest_id")
    note = fields.Text()

    @api.depends("name", "surname", "first_name")
    def _compute_display_name(self):
        for one in self:
            person = " ".join(filter(None, [one.surname, one.first_name]))
            one.display_name = " ".join(filter(None, [one.name, person]))

    @api.depends("guest_ids")
    def _compute_guest_id(self):
        for one in self:
            one.guest_id = one.guest_ids[:1]

    @api.depends("inviter_id", "company_id")
    def _compute_lodged_by_inviter(self):
        for one in self:
            one.lodged_by_inviter = one.inviter_id == one.company_id.partner_id

    @api.depends("inviter_kind", "inviter_residence")
    @api.depends_context("lang")
    def _compute_office_hint(self):
        for one in self:
            if rules.any_office(one.inviter_kind):
                one.office_hint = self.env._("Any regional office is competent.")
            else:
                one.office_hint = self.env._(
                    "Only the office for the reported residence is competent: %s",
                    one.inviter_residence or "?",
                )

    @api.depends("arrival_date", "departure_date")
    def _compute_stay(self):
        for one in self:
            first, last = one.arrival_date, one.departure_date
            ordered = first and last and first <= last
            one.stay_days = rules.stay_days(first, last) if ordered else 0
            one.is_long = rules.is_long(one._to_record())

    @api.depends("means_amount", "arrival_date", "departure_date", "inviter_id")
    def _compute_means_total(self):
        for one in self:
            one.means_total = rules.means_at_once(one._means_of_inviter())

    def _means_of_inviter(self):
        """Return the engine's Means of all invitations which overlap this one."""
        first, last = self.arrival_date, self.departure_date
        if not (first and last and self.inviter_id):
            return []
        others = self.search(
            [
                ("inviter_id", "=", self.inviter_id.id),
                ("state", "in", COUNTING_STATES),
                ("arrival_date", "<=", last),
                ("departure_date", ">=", first),
                ("id", "not in", self._origin.ids),
            ]
        )
        return [
            rules.Means(
                arrival=max(first, one.arrival_date),
                departure=min(last, one.departure_date),
                amount=Decimal(str(one.means_amount)),
            )
            for one in (self, *others)
        ]

    @api.depends(
        "inviter_kind",
        "form",
        "by_proxy",
        "lodged_by_inviter",
        "arrival_date",
        "departure_date",
    )
    def _compute_item_ids(self):
        for one in self:
            needed = rules.checklist(one._to_record())
            gone = one.item_ids.filtered(lambda item, n=needed: item.code not in n)
            known = set(one.item_ids.mapped("code"))
            one.item_ids = [Command.unlink(item.id) for item in gone] + [
                Command.create({"code": code, "sequence": place})
                for place, code in enumerate(needed)
                if code not in known
            ]

    @api.depends("item_ids.is_ready")
    def _compute_open_item_count(self):
        for one in self:
            one.open_item_count = len(one.item_ids.filtered(lambda i: not i.is_ready))

    @api.depends("filed_on")
    def _compute_pickup_date(self):
        for one in self:
            one.pickup_date = one.filed_on and rules.pickup_day(one.filed_on)

    @api.depends(
        "state",
        "form",
        "form_code",
        "inviter_kind",
        "inviter_residence",
        "arrival_date",
        "departure_date",
        "costs",
    )
    @api.depends_context("lang")
    def _compute_problem_text(self):
        for one in self:
            findings = one._check() if one.state == "draft" else ()
            one.problem_text = "\n".join(one._finding_line(f) for f in findings)

    def _check(self):
        """Return the engine's findings about what was typed."""
        self.ensure_one()
        return rules.check(self._to_record(), self._today())

    def _finding_line(self, finding):
        label = self._fields[finding.field]._description_string(self.env)
        text = self.env._(FINDING_TEXTS[finding.code]) % finding.values
        return f"{label}: {text}"

    def _today(self):
        """Return the current day where the guest is to be lodged."""
        return self.facility_id.sudo()._today()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "New") == "New":
                vals["name"] = self.env["ir.sequence"].next_by_code("hotel.invitation")
        invitations = super().create([self._clean(vals) for vals in vals_list])
        invitations._remind()
        return invitations

    def write(self, vals):
        result = super().write(self._clean(vals))
        if not {"state", "form_sent_on", "pickup_date", "filed_on"}.isdisjoint(vals):
            self._remind()
        return result

    @api.model
    def _clean(self, vals):
        if vals.get("form_code"):
            return vals | {"form_code": rules.normal_code(vals["form_code"])}
        return vals

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(one.state != "draft" for one in self):
            raise UserError(
                self.env._(
                    "An invitation which was filed is an undertaking and cannot be "
                    "deleted. Withdraw it instead."
                )
            )

    def _to_record(self):
        """Return the engine's Invitation of what was typed."""
        self.ensure_one()
        return rules.Invitation(
            inviter=self.inviter_kind or "legal_entity",
            costs=self.costs or "full",
            form=self.form or "electronic",
            arrival=self.arrival_date or None,
            departure=self.departure_date or None,
            code=self.form_code or "",
            residence=self.inviter_residence or "",
            by_proxy=self.by_proxy,
            lodged_by_inviter=self.lodged_by_inviter,
        )
