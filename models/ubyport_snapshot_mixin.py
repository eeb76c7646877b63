# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


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
