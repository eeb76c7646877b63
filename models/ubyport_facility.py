# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..ubyport import exceptions, records, rules, soap
from .locking import meet_others
from .ubyport_messages import failure_text, finding_message

ENDPOINTS = {
    "test": "https://ubyport.pcr.cz/ws_uby_test/ws_uby.svc",
    "production": "https://ubyport.pcr.cz/ws_uby/ws_uby.svc",
}
# Minutes to wait after the first, second, ... failure of the service in a row.
BACK_OFF_MINUTES = (1, 2, 5, 15, 30, 60)
LEVEL_FIELDS = {"automation", "interval_number", "interval_type", "interval_time"}
SOFT_FINDINGS = {
    "purpose_optional": "purpose_missing",
    "residence_optional": "residence_missing",
    "visa_optional": "visa_missing",
}
SERVICE_WORKS = {
    "service_state": "ok",
    "service_error": False,
    "service_detail": False,
    "outage_since": False,
    "outage_count": 0,
    "next_try_at": False,
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
    district = fields.Char(string="District (Okres)")
    municipality = fields.Char(string="Municipality (Obec)")
    municipality_part = fields.Char(string="Part of Municipality (Část obce)")
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
        default="Europe/Prague",
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

    automation = fields.Selection(
        [
            ("immediate", "At once"),
            ("interval", "At intervals"),
            ("manual", "On command"),
        ],
        default="manual",
        required=True,
        tracking=True,
        help="At once: a complete guest is reported as soon as it is saved after "
        "check-in.\nAt intervals: complete guests wait for the next slot.\n"
        "On command: nothing leaves until somebody sends the preview.\n"
        "Whatever the level, the host answers for correct and timely reports.",
    )
    interval_number = fields.Integer(default=1)
    interval_type = fields.Selection(
        [("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")],
        default="hours",
        required=True,
    )
    interval_time = fields.Float(
        string="At",
        default=20.0,
        help="For days: the time of day in the facility's zone.",
    )
    repeat_unknown = fields.Boolean(
        string="Repeat Unknown Outcomes",
        default=True,
        help="If no certain answer came, the guests are sent once more by themselves "
        "after a while; the police recognise a repeat. Without this, you are asked.",
    )
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
    room_ids = fields.One2many("hotel.room", "ubyport_facility_id", string="Rooms")
    responsible_user_ids = fields.Many2many(
        "res.users",
        string="Responsible People",
        help="They answer for reporting in time and are told about obstacles.",
    )

    service_state = fields.Selection(
        [
            ("ok", "Working"),
            ("outage", "Outage"),
            ("access_denied", "Access denied"),
        ],
        default="ok",
        readonly=True,
        copy=False,
        required=True,
    )
    service_message = fields.Char(
        compute="_compute_service_message",
        string="Obstacle",
    )
    service_error = fields.Char(readonly=True, copy=False)
    service_detail = fields.Char(readonly=True, copy=False)
    outage_since = fields.Datetime(readonly=True, copy=False)
    outage_count = fields.Integer(readonly=True, copy=False)
    next_try_at = fields.Datetime(readonly=True, copy=False)
    next_send_at = fields.Datetime(
        string="Next Slot",
        readonly=True,
        copy=False,
        help="When the guests who wait for the interval are sent.",
    )
    max_batch = fields.Integer(
        string="Guests per Batch",
        default=32,
        readonly=True,
        help="Told by the service (MaximalniDelkaSeznamu).",
    )
    lists_refreshed_at = fields.Datetime(readonly=True, copy=False)

    _idub_unique = models.UniqueIndex(
        "(idub, environment, company_id) WHERE active",
        "This company has a facility with this IDUB already.",
    )
    _interval_time_of_day = models.Constraint(
        "CHECK(interval_time >= 0 AND interval_time < 24)",
        "The time of day lies between 0:00 and 23:59.",
    )
    _max_batch_positive = models.Constraint(
        "CHECK(max_batch > 0)", "A batch holds at least one guest."
    )
    _interval_positive = models.Constraint(
        "CHECK(interval_number BETWEEN 1 AND 1000)",
        "The interval lies between 1 and 1000.",
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

    @api.depends("service_state", "service_error", "next_try_at", "login")
    @api.depends_context("lang", "tz")
    def _compute_service_message(self):
        for facility in self:
            facility.service_message = facility._explain_service_state()

    def _explain_service_state(self):
        self.ensure_one()
        if self.service_error == "header_refused":
            return self.env._(
                "The police refused the facility: %s Nothing is sent until IDUB, "
                "abbreviation and account are corrected.",
                self.service_detail or "",
            )
        if self.service_state == "access_denied":
            return self.env._(
                "The police refused the login or the password. Nothing is sent until "
                "the account is corrected, so that it does not get locked."
            )
        if self.service_state == "outage":
            return self.env._(
                "The service of the police does not work (%(error)s). "
                "Guests wait; the next try is at %(time)s.",
                error=failure_text(self.env, self.service_error or ""),
                time=self._in_zone_text(self.next_try_at),
            )
        return False

    def _in_zone_text(self, moment):
        """Return a naive UTC moment as local time of the facility, to the minute."""
        if not moment:
            return ""
        local = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(self.tz))
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
        now_real = self.browse()
        if vals.get("environment") == "production":
            now_real = self.filtered(lambda each: each.environment != "production")
        result = super().write(self._clean_values(vals))
        if {"login", "environment", "endpoint", "idub", "mark"} & vals.keys():
            self._forget_service_state()
        if not vals.keys().isdisjoint(SOFT_FINDINGS):
            self._open_guests()._refresh_reporting()
        now_real._hold_after_rehearsal()
        if LEVEL_FIELDS & vals.keys():
            self.sudo().next_send_at = False
            self._open_guests()._follow_level()
        return result

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

    def _forget_service_state(self):
        """A new account or address deserves a new try at once."""
        self.sudo().write(SERVICE_WORKS)
        self.env["ubyport.sender"]._trigger()

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
            softened=frozenset(
                code for field, code in SOFT_FINDINGS.items() if self[field]
            ),
        )

    def _today(self):
        """Return the current day in the facility's zone."""
        return self._local_date(fields.Datetime.now())

    def _local_date(self, moment):
        """Return the facility's calendar day of a naive UTC moment."""
        zone = ZoneInfo(self.tz or "Europe/Prague")
        return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()

    def _client(self):
        """Return a soap.UbyportClient for this facility's account.

        :raise exceptions.DataError: the account is not set up.
        """
        self.ensure_one()
        facility = self.sudo()
        endpoint = ENDPOINTS.get(facility.environment, facility.endpoint)
        if not (endpoint and facility.login and facility.password_secret):
            raise exceptions.DataError("login", "account_missing")
        return soap.UbyportClient(endpoint, facility.login, facility.password_secret)

    def _hold_after_rehearsal(self):
        """Keep guests of a rehearsal from leaving for the real police by themselves."""
        lodged = self._open_guests().filtered("checked_in_at")
        lodged.action_hold()

    def _open_guests(self):
        """Return the guests whom this facility has still to report."""
        return self.env["hotel.folio.guest"].search(
            [
                ("facility_id", "in", self.ids),
                ("report_state", "not in", ("reported", "exempt")),
            ]
        )

    @api.model
    def _only_one_of(self, company):
        """Return the facility of a company that has just one, else none."""
        found = self.sudo().search([("company_id", "=", company.id)], limit=2)
        return found.with_env(self.env) if len(found) == 1 else self.browse()

    def _may_send(self, now):
        """Return whether nothing forbids to send now (naive UTC)."""
        self.ensure_one()
        waits = self.next_try_at and self.next_try_at > now
        stopped = self.service_state == "access_denied"
        return self.active and self._is_configured() and not stopped and not waits

    def _is_configured(self):
        """Return whether there is an address and an account to report with."""
        self.ensure_one()
        has_endpoint = self.environment in ENDPOINTS or bool(self.endpoint)
        return has_endpoint and bool(self.login) and self.has_password

    # Service

    def _note_outage(self, error):
        """Back off: surely nothing was received, the next try comes later."""
        self.ensure_one()
        count = self.outage_count + 1
        minutes = BACK_OFF_MINUTES[min(count, len(BACK_OFF_MINUTES)) - 1]
        next_try = fields.Datetime.now() + timedelta(minutes=minutes)
        self.write(
            {
                "service_state": "outage",
                "service_error": error.code,
                "outage_since": self.outage_since or fields.Datetime.now(),
                "outage_count": count,
                "next_try_at": next_try,
            }
        )
        self.env["ubyport.sender"]._trigger(at=next_try)

    def _note_access_denied(self, error):
        """Stop at once: repeated wrong passwords get an account locked."""
        numbers = getattr(error, "header_codes", ())
        texts = self.env["ubyport.error"]._texts_by_number(numbers)
        self.write(
            {
                "service_state": "access_denied",
                "service_error": error.code,
                "service_detail": " ".join(f"{text}." for text in texts.values()),
            }
        )

    def _note_working(self):
        self.ensure_one()
        if self.service_state == "ok" and not self.outage_count:
            return
        self.write(SERVICE_WORKS)

    def _refresh_lists(self, client):
        """Take over the three code lists and the batch size from the service."""
        self.ensure_one()
        lists = {
            model: client.code_list(name)
            for model, name in (
                ("ubyport.error", "Chyby"),
                ("ubyport.country", "Staty"),
                ("ubyport.purpose", "UcelyPobytu"),
            )
        }
        values = {
            "max_batch": client.max_batch(),
            "lists_refreshed_at": fields.Datetime.now(),
        }
        for model, entries in lists.items():
            self.env[model]._refresh(entries)
        self.sudo().write(values)

    def _next_slot(self):
        """Return the moment of the next interval; a slot still ahead is kept."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.next_send_at and self.next_send_at > now:
            return self.next_send_at
        step = relativedelta(**{self.interval_type: self.interval_number})
        return (
            self._daily_slot(now, step) if self.interval_type == "days" else now + step
        )

    def _morning_of(self, day):
        """Return eight o'clock of a day in the facility's zone as naive UTC."""
        if not day:
            return False
        zone = ZoneInfo(self.tz or "Europe/Prague")
        morning = datetime.combine(day, time(8), tzinfo=zone)
        return morning.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _daily_slot(self, now, step):
        """Return the first moment after now at the facility's time of day (UTC)."""
        zone = ZoneInfo(self.tz)
        local = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
        hours, minutes = divmod(round(self.interval_time * 60), 60)
        slot = local.replace(hour=hours, minute=minutes, second=0, microsecond=0)
        if slot <= local:
            slot += step
        return slot.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def action_test_connection(self):
        """Ask the service whether it works; nothing is reported."""
        self.ensure_one()
        self.check_access("write")
        try:
            with self._client() as client:
                works = client.test_availability()
        except exceptions.UbyportError as error:
            raise UserError(failure_text(self.env, error.code)) from error
        if not works:
            raise UserError(failure_text(self.env, "service_unavailable"))
        self._forget_service_state()
        return self._notification(self.env._("The connection works."))

    def action_refresh_lists(self):
        """Read nationalities, purposes and answers from the service."""
        self.ensure_one()
        self.check_access("write")
        try:
            with self._client() as client:
                self._refresh_lists(client)
        except exceptions.UbyportError as error:
            raise UserError(failure_text(self.env, error.code)) from error
        return self._notification(self.env._("The code lists are up to date."))

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
    def _notification(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "sticky": False},
        }
