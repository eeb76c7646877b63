# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

DOCUMENT_TYPES = [
    ("passport", "Passport"),
    ("id_card", "Identity card"),
    ("residence_permit", "Czech residence permit"),
    ("diplomatic_card", "Diplomatic card"),
    ("in_parent_passport", "Child in a parent's passport"),
    ("lost", "Lost document"),
    ("none", "Child without any document"),
    ("other", "Other travel document"),
]


class UbyportIdentityMixin(models.AbstractModel):
    """Who a person is, as section 97 of Act 326/1999 asks for it.

    One place for the fields that a guest and a returning guest's contact share.
    """

    _name = "ubyport.identity.mixin"
    _description = "Identity of a person for the foreign police"

    surname = fields.Char(
        help="As in the travel document, in Latin letters. At most 50 letters.",
    )
    first_name = fields.Char(
        help="All given names as in the travel document, at most 24 letters. "
        "Leave it empty only if the document has none.",
    )
    birth_date = fields.Date(
        string="Date of Birth",
        help="As in the travel document. If it gives only the year, see the next "
        "field.",
    )
    birth_year_only = fields.Boolean(
        string="Only the Year of Birth Is Known",
        help="Some documents give only a year. Enter any day of that year and tick "
        "this: only the year is reported.",
    )
    nationality_id = fields.Many2one(
        "ubyport.country",
        ondelete="restrict",
        help="As in the travel document, not where the guest lives. You can type the "
        "code printed there, e.g. D or DEU.",
    )
    document_type = fields.Selection(
        DOCUMENT_TYPES,
        default="passport",
        help="Says how the number is checked and reported. A child without a document "
        "of its own is reported with that of the parent.",
    )
    document_number = fields.Char(
        help="Letters A-Z and digits only, without spaces and without words. "
        "For a residence permit or a diplomatic card enter its own number.",
    )
    visa_number = fields.Char(
        help="Letters A-Z and digits only, at most 15. Enter BIOMETRIKA if the guest "
        "is free of visa duty thanks to a biometric passport.",
    )
    residence_street = fields.Char(
        string="Street of Residence Abroad",
        help="Where the guest lives abroad, with the number of the house.",
    )
    residence_city = fields.Char(
        string="City of Residence Abroad",
        help="Without abbreviations; the postal code may stand before it.",
    )
    residence_country_id = fields.Many2one(
        "ubyport.country",
        string="State of Residence",
        ondelete="restrict",
        help="Where the guest lives; it may differ from the nationality.",
    )
