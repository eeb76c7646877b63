# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport import records

# Columns by the attributes of the engine's WireGuest.
SNAPSHOT = {
    "surname": "surname",
    "first_name": "first_name",
    "birth_date": "birth_date",
    "nationality": "nationality",
    "document_number": "document_number",
    "visa_number": "visa_number",
    "residence": "residence",
    "purpose": "purpose",
    "arrival_date": "arrival",
    "departure_date": "departure",
    "note": "note",
}


class UbyportSnapshotMixin(models.AbstractModel):
    """The columns which hold one person letter by letter as told to the police."""

    _name = "ubyport.snapshot.mixin"
    _description = "Person as told to the police"

    surname = fields.Char(readonly=True)
    first_name = fields.Char(readonly=True)
    birth_date = fields.Char(readonly=True, help="DDMMYYYY, zeros for unknown parts.")
    nationality = fields.Char(readonly=True)
    document_number = fields.Char(readonly=True)
    visa_number = fields.Char(readonly=True)
    residence = fields.Char(readonly=True)
    purpose = fields.Integer(readonly=True)
    arrival_date = fields.Date(readonly=True)
    departure_date = fields.Date(readonly=True)
    note = fields.Char(readonly=True)

    @api.model
    def _snapshot_of(self, wire_guest):
        """Return column values which hold a records.WireGuest letter by letter."""
        return {
            column: getattr(wire_guest, name) or False
            for column, name in SNAPSHOT.items()
        } | {"purpose": wire_guest.purpose}

    def _told(self):
        """Return the engine's records.WireGuest that left."""
        self.ensure_one()
        values = {name: self[column] or "" for column, name in SNAPSHOT.items()}
        # 0 is a purpose, too.
        return records.WireGuest(**values | {"purpose": self.purpose})
