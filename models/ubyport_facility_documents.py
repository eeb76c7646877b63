# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models

from ..ubyport import invalid_documents
from .ubyport_facility_service import BACK_OFF_MINUTES
from .ubyport_messages import failure_text

DOCUMENTS_WORK = {
    "document_error": False,
    "document_error_count": 0,
    "document_next_try_at": False,
}


class UbyportFacility(models.Model):
    """The Ministry's list of invalid documents as one facility meets it."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    document_check = fields.Selection(
        [
            ("off", "Never"),
            ("button", "By button"),
            ("automatic", "At check-in"),
        ],
        string="Look Up Czech Documents",
        default="button",
        required=True,
        tracking=True,
        help="Numbers of Czech identity cards and passports are looked up in the "
        "Ministry of the Interior's public list of invalid documents. The number and "
        "the kind of document leave the hotel, nothing else. Foreign documents are "
        "not on that list.",
    )
    document_error = fields.Char(readonly=True, copy=False)
    document_error_count = fields.Integer(readonly=True, copy=False)
    document_next_try_at = fields.Datetime(readonly=True, copy=False)
    document_service_message = fields.Char(
        string="State of the List", compute="_compute_document_service_message"
    )

    @api.depends(
        "document_check", "document_next_try_at", "environment", "endpoint", "tz"
    )
    @api.depends_context("lang")
    def _compute_document_service_message(self):
        for facility in self:
            facility.document_service_message = facility._explain_documents()

    def _explain_documents(self):
        """Return what keeps documents from being looked up, else nothing."""
        if not self._documents_address():
            return self.env._(
                "Documents are looked up in production and on the simulator only: the "
                "list of invalid documents has no test service."
            )
        if self.document_next_try_at:
            return self.env._(
                "The list of invalid documents cannot be asked now (%(error)s) The "
                "next try is at %(time)s. Check-in goes on.",
                error=failure_text(self.env, self.document_error or ""),
                time=self._in_zone_text(self.document_next_try_at),
            )
        return False

    def _documents_address(self):
        """Return where the list is asked; nothing in the police's test environment."""
        if self.environment == "production":
            return invalid_documents.ADDRESS
        if self.environment != "simulator" or not self.endpoint:
            return False
        path = urlsplit(invalid_documents.ADDRESS).path
        return urlsplit(self.endpoint)._replace(path=path, query="").geturl()

    def _may_ask_documents(self, now):
        """Return whether nothing forbids to ask now (naive UTC)."""
        waits = self.document_next_try_at and self.document_next_try_at > now
        wanted = self.active and self.document_check != "off"
        return wanted and not waits and bool(self._documents_address())

    def _note_documents_outage(self, error):
        """Back off; everybody who waits for an answer waits for the next try."""
        count = self.document_error_count + 1
        minutes = BACK_OFF_MINUTES[min(count, len(BACK_OFF_MINUTES)) - 1]
        next_try = fields.Datetime.now() + timedelta(minutes=minutes)
        self.write(
            {
                "document_error": error.code,
                "document_error_count": count,
                "document_next_try_at": next_try,
            }
        )
        self.env["ubyport.document.checker"]._trigger(at=next_try)
        self._tell_document_screens()

    def _note_documents_working(self):
        if self.document_error_count:
            self.write(DOCUMENTS_WORK)

    def write(self, vals):
        result = super().write(vals)
        if {"environment", "endpoint"} & vals.keys():
            super().write(DOCUMENTS_WORK)
            self.env["ubyport.document.checker"]._trigger()
        if vals.get("document_check") == "off":
            guests = self.env["hotel.folio.guest"]._with_wanted_document(self)
            guests._drop_wanted_document()
        return result

    def _receptionists(self):
        """Return the users who look after guests in the company of this facility."""
        group = self.env.ref("hotel_ubyport.group_ubyport_user").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )

    def _tell_document_screens(self):
        """Let open forms of guests read the state of their documents anew."""
        for user in self._receptionists():
            user._bus_send("ubyport_document", {})
