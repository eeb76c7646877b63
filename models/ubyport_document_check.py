# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

KEPT_FOR = timedelta(days=7)
DOCUMENT_KINDS = [
    ("id_card", "Identity card"),
    ("passport", "Passport"),
]


class UbyportDocumentCheck(models.Model):
    """What the Ministry's list of invalid documents said about a document on a day.

    A document is asked for at most once a day for a facility, however many guests
    and clicks there are. The numbers are personal data and are soon forgotten.
    """

    _name = "ubyport.document.check"
    _description = "Question to the list of invalid documents"
    _order = "id desc"
    _rec_name = "number"

    facility_id = fields.Many2one(
        "ubyport.facility", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="facility_id.company_id", store=True, index=True
    )
    # An answer of the simulator must not count once the facility is in production.
    environment = fields.Char(required=True, readonly=True)
    kind = fields.Selection(DOCUMENT_KINDS, required=True, readonly=True)
    number = fields.Char(
        required=True,
        readonly=True,
        help="Without spaces and hyphens, the series behind the number.",
    )
    asked_on = fields.Date(
        required=True, readonly=True, help="The day in the facility's zone."
    )
    state = fields.Selection(
        [
            ("clear", "Not on the list"),
            ("listed", "On the list"),
            ("refused", "Question refused"),
        ],
        string="Answer",
        required=True,
        readonly=True,
    )
    list_date = fields.Date(string="List Of", readonly=True)
    listed_since = fields.Date(string="Invalid Since", readonly=True)
    message = fields.Char(
        string="Words of the List",
        readonly=True,
        help="Why a question was refused, or which change the service announces.",
    )
    guest_ids = fields.One2many(
        "hotel.folio.guest", "document_check_id", string="Guests", readonly=True
    )

    _document_day_unique = models.UniqueIndex(
        "(facility_id, environment, kind, number, asked_on)",
        "This document was asked for today already.",
    )

    @api.model
    def _of_today(self, facility, document):
        """Return the answer which is already there for an engine's Document."""
        return self.search(self._domain_of_today(facility, document), limit=1)

    @api.model
    def _domain_of_today(self, facility, document):
        values = self._key_of(facility, document)
        return [(name, "=", value) for name, value in values.items()]

    @api.model
    def _key_of(self, facility, document):
        return {
            "facility_id": facility.id,
            "environment": facility.environment,
            "kind": document.kind,
            "number": document.text,
            "asked_on": facility._today(),
        }

    @api.model
    def _keep_answer(self, facility, document, entry):
        """Create the record of an engine's Entry."""
        return self.create(
            self._key_of(facility, document)
            | {
                "state": "listed" if entry.listed else "clear",
                "list_date": entry.list_date,
                "listed_since": entry.listed_since,
                "message": entry.notice,
            }
        )

    @api.model
    def _keep_refusal(self, facility, document, words):
        """Create the record of a question which the list found wrong."""
        values = self._key_of(facility, document)
        return self.create(values | {"state": "refused", "message": words})

    def _is_about(self, facility, document):
        """Return whether this answers for an engine's Document in a facility."""
        return (self.environment, self.kind, self.number) == (
            facility.environment,
            document.kind,
            document.text,
        )

    @api.autovacuum
    def _forget_old(self):
        """Delete answers after a week, but not before the guests have left."""
        limit = fields.Date.today() - KEPT_FOR
        old = self.search([("asked_on", "<", limit)])
        old.filtered(lambda check: not check._is_needed(limit)).unlink()

    def _is_needed(self, limit):
        return any(
            guest._is_lodged() and guest.departure_date and guest.departure_date > limit
            for guest in self.guest_ids
        )
