# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..ubyport import milestones as rules

_lt = LazyTranslate(__name__)

PERMIT_KINDS = [
    ("long_visa", "Long-stay visa (over 90 days)"),
    ("long_term", "Long-term residence permit"),
    ("permanent", "Permanent residence"),
    ("temporary", "Temporary residence (EU citizen or family)"),
    ("protection", "Temporary protection"),
    ("asylum", "International protection"),
    ("other", "Other permit"),
]
MILESTONE_LIGHTS = [
    ("green", "In order"),
    ("amber", "Attention"),
    ("red", "Act now"),
]
FINDING_TEXTS = {
    "document_ends_early": _lt("The document ends before the departure."),
    "visa_ends_early": _lt("The visa ends before the departure."),
    "visa_starts_late": _lt("The visa begins after the arrival."),
    "visa_dates_crossed": _lt("The visa ends before it begins."),
    "visa_days_short": _lt("The visa allows fewer days than the stay has: %(days)s."),
    "permit_ends_early": _lt("The permit ends before the departure."),
    "permit_kind_missing": _lt("Choose the kind of permit."),
    "long_without_permit": _lt(
        "The stay is over %(max)s days and no permit is known. Ask the guest."
    ),
    "minor_alone": _lt(
        "Under 18 and no adult is lodged on the same folio. Ask for the parents' "
        "consent."
    ),
    "departure_passed": _lt(
        "The departure has passed and the guest is not checked out. Check out, or "
        "extend the stay."
    ),
}
DAYS_LEFT_TEXTS = {
    "document": _lt("Document: %s days left"),
    "visa": _lt("Visa: %s days left"),
    "permit": _lt("Permit: %s days left"),
    "stay": _lt("Accommodation: %s days left"),
}
OVER_TEXTS = {
    "document": _lt("Document: over for %s days"),
    "visa": _lt("Visa: over for %s days"),
    "permit": _lt("Permit: over for %s days"),
    "stay": _lt("Accommodation: over for %s days"),
}


class HotelFolioGuest(models.Model):
    """Milestones of a longer stay. Nothing here ever keeps a guest from a report."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    document_valid_until = fields.Date(
        copy=False, help="The last day printed in the travel document."
    )
    visa_valid_from = fields.Date(copy=False, help="The first day printed on the visa.")
    visa_valid_until = fields.Date(copy=False, help="The last day printed on the visa.")
    visa_days = fields.Integer(
        string="Days Allowed by the Visa",
        copy=False,
        help="The duration of stay printed on the visa.",
    )
    permit_kind = fields.Selection(
        PERMIT_KINDS,
        string="Residence Permit",
        copy=False,
        help="Who stays over 90 days needs one, unless the guest is at home in the "
        "Union.",
    )
    permit_valid_until = fields.Date(
        copy=False, help="The last day printed on the card or in the label."
    )

    next_milestone_date = fields.Date(
        string="Next Milestone",
        compute="_compute_milestones",
        store=True,
        index=True,
        help="The first day on which the document, the visa, the permit or the "
        "accommodation ends.",
    )
    milestone_problem = fields.Selection(
        [("warning", "To look at"), ("error", "Does not fit")],
        string="Milestone Check",
        compute="_compute_milestones",
        store=True,
    )
    milestone_light = fields.Selection(
        MILESTONE_LIGHTS,
        compute="_compute_milestone_light",
        search="_search_milestone_light",
        help="Red: something is over or does not fit the stay. Amber: something ends "
        "within two weeks, or is to be looked at.",
    )
    milestone_text = fields.Text(
        string="What Ends When",
        compute="_compute_milestone_light",
        help="Days left until the document, the visa, the permit and the "
        "accommodation end.",
    )
    milestone_problem_text = fields.Text(
        string="What Does Not Fit",
        compute="_compute_milestone_light",
        help="What contradicts the stay; it never keeps the guest from a report.",
    )
    has_milestones = fields.Boolean(compute="_compute_milestone_light")

    @api.depends(
        "nationality_id",
        "birth_date",
        "arrival_date",
        "departure_date",
        "document_valid_until",
        "visa_valid_from",
        "visa_valid_until",
        "visa_days",
        "permit_kind",
        "permit_valid_until",
        "folio_id.guest_ids.birth_date",
    )
    def _compute_milestones(self):
        for guest in self:
            stay = guest._to_stay()
            found = rules.milestones(stay)
            severities = {finding.severity for finding in rules.check(stay)}
            guest.next_milestone_date = found[0].until if found else False
            guest.milestone_problem = min(severities, default=False)

    @api.depends(
        "next_milestone_date", "milestone_problem", "checked_in_at", "checked_out_at"
    )
    @api.depends_context("lang")
    def _compute_milestone_light(self):
        for guest in self:
            stay, today = guest._to_stay(), guest.facility_id.sudo()._today()
            found, problems = rules.milestones(stay), guest._milestone_findings(today)
            severities = {finding.severity for finding in problems}
            guest.milestone_light = rules.light(
                guest.next_milestone_date,
                today,
                has_error="error" in severities,
                has_warning="warning" in severities,
            )
            guest.has_milestones = bool(found or problems)
            guest.milestone_text = "\n".join(self._days_text(m, today) for m in found)
            guest.milestone_problem_text = "\n".join(
                self.env._(FINDING_TEXTS[finding.code]) % finding.values
                for finding in problems
            )

    def _milestone_findings(self, today):
        """Return what does not fit together, and what this day brings up."""
        stay = self._to_stay()
        lodged = self.checked_in_at and not self.checked_out_at
        presence = rules.check_presence(stay, today) if lodged else ()
        return (*rules.check(stay), *presence)

    @api.model
    def _days_text(self, milestone, today):
        days = milestone.days_left(today)
        texts = OVER_TEXTS if days < 0 else DAYS_LEFT_TEXTS
        return self.env._(texts[milestone.kind]) % abs(days)

    def _to_stay(self):
        """Return the engine's milestones.Stay of this guest."""
        self.ensure_one()
        return rules.Stay(
            nationality=self.nationality_id.code or "",
            birth_date=self.birth_date or None,
            arrival=self.arrival_date or None,
            departure=self.departure_date or None,
            document_until=self.document_valid_until or None,
            visa_from=self.visa_valid_from or None,
            visa_until=self.visa_valid_until or None,
            visa_days=self.visa_days,
            permit_kind=self.permit_kind or "",
            permit_until=self.permit_valid_until or None,
            with_adult=self._is_with_adult(),
        )

    def _is_with_adult(self):
        """Return whether anybody else on the folio may be an adult."""
        day = self.arrival_date or None
        if not rules.is_minor(self.birth_date or None, day):
            return True
        others = self.folio_id.guest_ids - self
        return any(not rules.is_minor(o.birth_date or None, day) for o in others)

    @api.model
    def _search_milestone_light(self, operator, value):
        """Find guests by light; the day is that of the company's own zone."""
        if operator not in ("in", "not in"):
            return NotImplemented
        domains = self._milestone_domains()
        found = Domain.OR(domains[light] for light in value if light in domains)
        return ~found if operator == "not in" else found

    @api.model
    def _milestone_domains(self):
        """Return {light: Domain}; the three exclude each other."""
        today = self.env["ubyport.facility"]._today()
        soon = today + timedelta(days=rules.NOTICE_DAYS)
        red = Domain("milestone_problem", "=", "error") | Domain(
            "next_milestone_date", "<", today
        )
        amber = ~red & (
            Domain("milestone_problem", "=", "warning")
            | Domain("next_milestone_date", "<=", soon)
            | (self._domain_lodged() & Domain("departure_date", "<", today))
        )
        return {"red": red, "amber": amber, "green": ~red & ~amber}

    @api.model
    def _domain_lodged(self):
        return Domain("checked_in_at", "!=", False) & Domain(
            "checked_out_at", "=", False
        )
