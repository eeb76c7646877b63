# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..ubyport import records, rules
from .hotel_folio_guest_report import OPEN_STATES
from .locking import meet_others
from .ubyport_messages import finding_message

# Of the police, and of a facility which says nothing else.
PRAGUE = ZoneInfo("Europe/Prague")
SOFT_FINDINGS = {
    "purpose_optional": "purpose_missing",
    "residence_optional": "residence_missing",
    "visa_optional": "visa_missing",
}
HEADER_FIELDS = (
    "idub",
    "mark",
    "name",
    "contact",
    "district",
    "municipality",
    "municipality_part",
    "street",
    "house_number",
    "orientation_number",
    "zip",
)


class UbyportFacility(models.Model):
    """One accommodation facility as registered with the foreign police.

    Every facility has its own web-service account (operating rules 5.14) and reports
    its guests in batches of its own (rules, section 7).
    """

    _name = "ubyport.facility"
    _description = "Accommodation facility registered with the foreign police"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    name = fields.Char(
        required=True,
        tracking=True,
        help="As registered with the police, 1 to 35 characters.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    idub = fields.Char(
        string="IDUB",
        required=True,
        tracking=True,
        help="12 to 14 digits which the police gave to this facility and address.",
    )
    mark = fields.Char(
        string="Abbreviation",
        required=True,
        help="The abbreviation (zkratka) given by the police, five letters as a rule.",
    )
    contact = fields.Char(
        help="Person and phone for the police, at most 50 characters. "
        "Example: Jana Vzorová, tel: +420 601 123 456",
    )
    district = fields.Char(
        string="District (Okres)", help="As registered; Praha for facilities in Prague."
    )
    municipality = fields.Char(string="Municipality (Obec)", help="As registered.")
    municipality_part = fields.Char(
        string="Part of Municipality (Část obce)",
        help="As registered, if the address has one.",
    )
    street = fields.Char()
    house_number = fields.Char(
        string="House Number (Č. p.)",
        help="At most four digits; E in front marks an evidence number.",
    )
    orientation_number = fields.Char(
        string="Orientation Number (Č. o.)",
        help="At most three digits and one letter.",
    )
    zip = fields.Char(string="ZIP (PSČ)", help="Five digits.")
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        default=PRAGUE.key,
        required=True,
        help="Days of arrival and departure are counted in this zone.",
    )

    environment = fields.Selection(
        [
            ("simulator", "Simulator"),
            ("test", "Police test service"),
            ("production", "Police (production)"),
        ],
        default="simulator",
        required=True,
        tracking=True,
        help="Simulator: a rehearsal in your house, nothing reaches the police. Police "
        "test service: for the police's check of the program, no report counts. "
        "Production: reports for real.",
    )
    endpoint = fields.Char(
        string="Simulator Address",
        help="Where the simulator listens. The addresses of the police are fixed.",
    )
    login = fields.Char(
        copy=False,
        help="The account for the web service (uby-ws...). The login to the web "
        "application (ub and digits) does not work here.",
    )
    password = fields.Char(
        compute="_compute_password",
        inverse="_inverse_password",
        copy=False,
        help="It can be written and is never shown again.",
    )
    password_secret = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        prefetch=False,
    )
    has_password = fields.Boolean(compute="_compute_has_password", compute_sudo=True)

    purpose_optional = fields.Boolean(
        string="Purpose May Be Missing",
        help="A missing purpose is only a warning; the police then record 99 (other).",
    )
    residence_optional = fields.Boolean(
        string="Residence May Be Missing",
        help="A missing residence abroad is only a warning.",
    )
    visa_optional = fields.Boolean(
        string="Visa May Be Missing",
        help="A missing visa of a national with visa duty is only a warning.",
    )
    room_ids = fields.One2many(
        "hotel.room",
        "ubyport_facility_id",
        string="Rooms",
        help="Guests of these rooms are reported by this facility.",
    )
    responsible_user_ids = fields.Many2many(
        "res.users",
        string="Responsible People",
        help="They answer for reporting in time and are told about obstacles.",
    )

    _idub_unique = models.UniqueIndex(
        "(idub, environment, company_id) WHERE active",
        "This company has a facility with this IDUB already.",
    )

    @api.depends("name", "mark")
    def _compute_display_name(self):
        for facility in self:
            mark = f" ({facility.mark})" if facility.mark else ""
            facility.display_name = f"{facility.name or ''}{mark}"

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        for facility in self:
            if facility.password:
                meet_others(facility)
                facility.sudo().password_secret = facility.password
                facility._forget_service_state()
        # The answer to the request which saves it must not bring it back.
        self.invalidate_recordset(["password"], flush=False)

    @api.depends("password_secret")
    def _compute_has_password(self):
        for facility in self:
            facility.has_password = bool(facility.password_secret)

    def _in_zone_text(self, moment):
        """Return a naive UTC moment as local time of the facility, to the minute."""
        if not moment:
            return ""
        local = self._local_time(moment)
        today = local.date() == self._today()
        return local.strftime("%H:%M" if today else "%-d. %-m. %H:%M")

    @api.constrains(*HEADER_FIELDS)
    def _check_header(self):
        for facility in self:
            facility._raise_findings(rules.check_facility(facility._to_record()))

    @api.constrains("login", "environment")
    def _check_login(self):
        for facility in self.filtered("login"):
            facility._raise_findings(
                rules.check_login(facility.login, facility.environment)
            )

    @api.constrains("endpoint", "environment")
    def _check_endpoint(self):
        for facility in self.filtered("endpoint"):
            host = self._http_host(facility.endpoint)
            if not host:
                raise ValidationError(
                    self.env._("The simulator's address must begin with http://")
                )
            if host.endswith(("pcr.cz", "policie.cz")):
                raise ValidationError(
                    self.env._(
                        "This is an address of the police. Choose the environment "
                        "instead; its address is fixed."
                    )
                )

    @api.model
    def _http_host(self, address):
        """Return the host of an http(s) address without a final dot, else nothing."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        is_web = parts.scheme in ("http", "https")
        return (parts.hostname or "").rstrip(".") if is_web else ""

    def _raise_findings(self, findings):
        """Raise one ValidationError with every error among the findings."""
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise ValidationError(
                "\n".join(self._finding_text(finding) for finding in errors)
            )

    def _finding_text(self, finding):
        label = self._fields[finding.field]._description_string(self.env)
        return f"{label}: {finding_message(self.env, finding)}"

    @api.model_create_multi
    def create(self, vals_list):
        facilities = super().create([self._clean_values(vals) for vals in vals_list])
        self.env["hotel.folio.guest"]._assign_missing_facility(facilities.company_id)
        return facilities

    def write(self, vals):
        self._refuse_losing(vals)
        now_real = self.browse()
        if vals.get("environment") == "production":
            now_real = self.filtered(lambda each: each.environment != "production")
        self._keep_password_from_simulator(vals)
        result = super().write(self._clean_values(vals))
        if {"login", "environment", "endpoint", "idub", "mark"} & vals.keys():
            self._forget_service_state()
        if not vals.keys().isdisjoint(SOFT_FINDINGS):
            self._open_guests()._refresh_reporting()
        now_real._hold_after_rehearsal()
        return result

    def _refuse_losing(self, vals):
        """Neither guests nor evidence may be lost with their facility."""
        if vals.get("active") is False and not self.env.su:
            waiting = self._open_guests().filtered("checked_in_at")
            if waiting:
                raise UserError(
                    self.env._(
                        "%s guests of the facility are still to be reported. Report "
                        "them first; then it can be archived.",
                        len(waiting),
                    )
                )
        company_id = vals.get("company_id")
        moved = self.filtered(
            lambda one: company_id and one.company_id.id != company_id
        )
        if moved and moved._is_used():
            raise UserError(
                self.env._(
                    "The facility has guests or reports of its company: they would "
                    "leave with it. Create a facility in the other company instead."
                )
            )

    def _keep_password_from_simulator(self, vals):
        """The police's password may not be led to an address which anybody names."""
        if vals.get("environment") == "simulator" and not self.env.su:
            moved = self.filtered(lambda one: one.environment != "simulator")
            moved.sudo().password_secret = False

    def _is_used(self):
        """Return whether guests or reports belong to these facilities."""
        mine = [("facility_id", "in", self.ids)]
        models_of_ours = ("hotel.folio.guest", "ubyport.report")
        return any(
            self.env[name].sudo().search(mine, limit=1) for name in models_of_ours
        )

    @api.model
    def _clean_values(self, vals):
        """Drop what people copy along: spaces and the domain before the login."""
        vals = dict(vals)
        for name in (*HEADER_FIELDS, "login"):
            if isinstance(vals.get(name), str):
                vals[name] = vals[name].strip()
        if vals.get("zip"):
            vals["zip"] = vals["zip"].replace(" ", "")
        if vals.get("login"):
            vals["login"] = vals["login"].rpartition("\\")[2]
        return vals

    # Engine

    def _to_record(self):
        """Return the engine's records.Facility: the header of every batch."""
        self.ensure_one()
        return records.Facility(**{name: self[name] or "" for name in HEADER_FIELDS})

    def _rule_context(self):
        """Return how strictly guests of this facility are checked today.

        An empty facility is checked by the strictest rules.
        """
        Country = self.env["ubyport.country"]
        return rules.RuleContext(
            today=self._today(),
            countries=Country._engine_countries(),
            purposes=self.env["ubyport.purpose"]._engine_purposes(),
            purpose_spans=self.env["ubyport.purpose"]._engine_purpose_spans(),
            softened=frozenset(
                code for field, code in SOFT_FINDINGS.items() if self[field]
            ),
        )

    def _today(self):
        """Return the current day in the facility's zone."""
        return self._local_date(fields.Datetime.now())

    def _local_date(self, moment):
        """Return the facility's calendar day of a naive UTC moment."""
        return self._local_time(moment).date()

    def _local_time(self, moment):
        """Return a naive UTC moment as the facility's local time."""
        return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(self._zone())

    def _zone(self):
        return ZoneInfo(self.tz) if self.tz else PRAGUE

    def _hold_after_rehearsal(self):
        """Keep guests of a rehearsal from leaving for the real police by themselves."""
        lodged = self._open_guests().filtered("checked_in_at")
        lodged.action_hold()

    def _open_guests(self):
        """Return the guests whom this facility has still to report."""
        return self.env["hotel.folio.guest"].search(
            [
                ("facility_id", "in", self.ids),
                ("report_state", "in", ("expected", *OPEN_STATES)),
            ]
        )

    @api.model
    def _only_one_of(self, company):
        """Return the facility of a company that has just one, else none."""
        found = self.sudo().search([("company_id", "=", company.id)], limit=2)
        return found.with_env(self.env) if len(found) == 1 else self.browse()

    def action_view_guests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.hotel_folio_guest_action"
        )
        return action | {
            "domain": [("facility_id", "=", self.id)],
            "context": {"default_facility_id": self.id},
        }

    def action_view_reports(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.ubyport_report_action"
        )
        return action | {"domain": [("facility_id", "=", self.id)], "context": {}}

    @api.model
    def _notification(self, message, kind="success"):
        """Return the action that shows a message and then the record as it is now."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "sticky": kind != "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
