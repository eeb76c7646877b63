# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ..ubyport import exceptions, rules
from .locking import meet_others
from .ubyport_messages import failure_text, finding_message

_lt = LazyTranslate(__name__)

# Seconds which somebody who pressed the button is willing to wait for an answer.
PATIENCE = 15.0
# What the outcome of a test belongs to.
TESTED_FIELDS = {"login", "password", "environment", "endpoint"}
WORKS = "works"
CONNECTION_TEXTS = {
    WORKS: _lt(
        "The connection works: address, secure line, login and password are right, and "
        "the police's system behind the service answers. Whether this account may "
        "report for this IDUB shows only with the first report: no question of the "
        "service tells it. If it may not, no guest is taken and you are told."
    ),
    "account_missing": _lt("Fill in the address, the login and the password first."),
    "no_such_host": _lt(
        "Address: nobody knows the computer in it. Check its spelling, and whether "
        "this server reaches the Internet."
    ),
    "no_connection": _lt(
        "Address: the service cannot be reached. The computer is there but nothing "
        "listens, or a firewall is in the way."
    ),
    "connect_timeout": _lt(
        "Address: the service does not answer. A firewall may be in the way, or the "
        "service is down: try again in some minutes."
    ),
    "tls": _lt(
        "Secure line (TLS): the certificate or the encryption was not accepted. Check "
        "this server's clock and certificates, and that no proxy opens the line."
    ),
    "redirect": _lt(
        "Address: it leads elsewhere, which was not followed. Check it letter by "
        "letter."
    ),
    "http_status": _lt(
        "Address: somebody answers, but the service is not there (%(detail)s). Check "
        "the end of the address: /ws_uby/ws_uby.svc"
    ),
    "no_service": _lt(
        "The service answered with a page instead of data. It may be down for "
        "maintenance, or the address belongs to something else."
    ),
    "timeout": _lt(
        "The service took the question, but did not answer in time. It is overloaded "
        "or down: try again in some minutes."
    ),
    "cut": _lt(
        "The service took the question and hung up. It is overloaded or down, or "
        "something in between cuts the line: try again in some minutes."
    ),
    "server_error": _lt("The service broke down over the question: try again later."),
    "fault": _lt("The service answered with a fault of its own: try again later."),
    "service_unavailable": _lt(
        "Login and password are right, but the police's system behind the service is "
        "out of order. Guests wait and are reported when it works again."
    ),
    "unauthorized": _lt(
        "Login: the police refused the login or the password. It must be the account "
        "for the web service (uby-ws...), with the password typed anew. Nothing more "
        "is sent with this password, so that the account does not get locked."
    ),
    "forbidden": _lt(
        "Login: this account exists, but is not entitled to use the service. Ask the "
        "police for an account for the web service."
    ),
    "authentication": _lt(
        "Login: the service does not speak the way of logging in (NTLM) which the "
        "police use. The address may belong to something else."
    ),
}


class UbyportFacility(models.Model):
    """The connection test: it says in words what is wrong, and its outcome is kept."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    connection_code = fields.Char(readonly=True, copy=False)
    connection_detail = fields.Char(readonly=True, copy=False)
    connection_tested_at = fields.Datetime(
        string="Connection Tested", readonly=True, copy=False
    )
    connection_tested_by_id = fields.Many2one(
        "res.users", string="Tested By", readonly=True, copy=False
    )
    connection_works = fields.Boolean(compute="_compute_connection")
    connection_text = fields.Text(
        string="Outcome of the Test", compute="_compute_connection"
    )

    @api.depends("connection_code", "connection_detail", "login", "environment")
    @api.depends_context("lang")
    def _compute_connection(self):
        for facility in self:
            facility.connection_works = facility.connection_code == WORKS
            facility.connection_text = facility._explain_connection()

    def _explain_connection(self):
        code = self.connection_code
        if not code:
            return False
        if code == "login":
            return "\n".join(
                finding_message(self.env, finding) for finding in self._login_findings()
            )
        if code not in CONNECTION_TEXTS:
            return failure_text(self.env, code)
        values = {"detail": self.connection_detail or ""}
        return self.env._(CONNECTION_TEXTS[code]) % values

    def _login_findings(self):
        return rules.check_login(self.login or "", self.environment)

    def write(self, vals):
        result = super().write(vals)
        if not TESTED_FIELDS.isdisjoint(vals):
            self.sudo().write(self._outcome_values(False))
        return result

    def action_test_connection(self):
        """Ask the service whether it works; nothing is reported.

        The outcome is noted and shown, whatever it is. A refused password stops the
        facility, as it does when it is refused to the sender.
        """
        self.ensure_one()
        self.check_access("write")
        # First: a conflict would make Odoo ask again, with the wrong password, too.
        meet_others(self)
        code, detail = self._try_connection()
        self.sudo().write(self._outcome_values(code, detail))
        kind = "success" if self.connection_works else "danger"
        return self._notification(self.connection_text, kind)

    def _try_connection(self):
        """Return (code of CONNECTION_TEXTS, technical words) of a test made now."""
        if self._is_configured() and self._login_findings():
            return "login", ""
        try:
            with self._client(timeout=PATIENCE) as client:
                works = client.test_availability()
        except exceptions.AccessDenied as error:
            self.sudo()._note_access_denied(error)
            return error.code, error.detail
        except exceptions.UbyportError as error:
            return self._failure_of(error), error.detail
        if not works:
            return "service_unavailable", ""
        self._forget_service_state()
        return WORKS, ""

    @api.model
    def _failure_of(self, error):
        """Return the code of CONNECTION_TEXTS for a failed question."""
        cause = getattr(error, "cause", "") or error.code
        return "no_service" if cause in ("unreadable", "no_answer") else cause

    @api.model
    def _outcome_values(self, code, detail=""):
        """Return the values that note the outcome of a test; of none without code."""
        return {
            "connection_code": code,
            "connection_detail": detail,
            "connection_tested_at": code and fields.Datetime.now(),
            "connection_tested_by_id": code and self.env.uid,
        }
