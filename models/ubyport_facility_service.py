# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from ..ubyport import exceptions
from .ubyport_messages import failure_text

# Minutes to wait after the first, second, ... failure of the service in a row.
BACK_OFF_MINUTES = (1, 2, 5, 15, 30, 60)
SERVICE_WORKS = {
    "service_state": "ok",
    "service_error": False,
    "service_detail": False,
    "outage_since": False,
    "outage_count": 0,
    "next_try_at": False,
}


class UbyportFacility(models.Model):
    """The police's service as one facility meets it: account and state."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

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
    max_batch = fields.Integer(
        string="Guests per Batch",
        default=32,
        readonly=True,
        help="Told by the service (MaximalniDelkaSeznamu).",
    )

    _max_batch_positive = models.Constraint(
        "CHECK(max_batch > 0)", "A batch holds at least one guest."
    )

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
                "The service of the police does not work: %(error)s "
                "Guests wait; the next try is at %(time)s.",
                error=failure_text(self.env, self.service_error or ""),
                time=self._in_zone_text(self.next_try_at),
            )
        return False

    def _forget_service_state(self):
        """A new account or address deserves a new try at once."""
        self.sudo().write(SERVICE_WORKS)
        self.env["ubyport.sender"]._trigger()

    def _client(self, **options):
        """Return the facility's channel, open for its account.

        :param options: how long to wait, in seconds; see the client
        :raise exceptions.DataError: the account is not set up.
        """
        self.ensure_one()
        channel, _environment, endpoint, login, password = self._credentials()
        if not (endpoint and login and password):
            raise exceptions.DataError("login", "account_missing")
        return channel(endpoint, login, password, **options)

    def _account(self):
        """Return (channel, environment, address, login): whose a session is."""
        self.ensure_one()
        channel = self._channel()
        endpoint = channel.addresses.get(self.environment, self.endpoint)
        return channel, self.environment, endpoint, self.login

    def _credentials(self):
        """Return the account with its password, which must not be kept or logged."""
        facility = self.sudo()
        return *facility._account(), facility.password_secret

    def _may_send(self, now):
        """Return whether nothing forbids to send now (naive UTC)."""
        self.ensure_one()
        waits = self.next_try_at and self.next_try_at > now
        stopped = self.service_state == "access_denied"
        return self.active and self._is_configured() and not stopped and not waits

    def _is_configured(self):
        """Return whether there is an address and an account to report with."""
        self.ensure_one()
        addresses = self._channel().addresses
        has_endpoint = self.environment in addresses or bool(self.endpoint)
        return has_endpoint and bool(self.login) and self.has_password

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
