# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words for the engine's codes about invitations."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

FINDING_TEXTS = {
    "arrival_missing": _lt("Fill in the first day of the stay."),
    "arrival_past": _lt("The stay must not begin in the past."),
    "departure_missing": _lt("Fill in the last day of the stay."),
    "departure_before_arrival": _lt("The stay must not end before it begins."),
    "accommodation_only_long": _lt(
        "The costs of accommodation alone can be borne for a stay of at most %(max)s "
        "days. For a longer one all costs have to be borne."
    ),
    "code_missing": _lt(
        "Fill in the identification code which came after the electronic form was sent."
    ),
    "code_malformed": _lt(
        "The identification code has exactly five characters: letters A-Z and digits."
    ),
    "residence_missing": _lt(
        "Fill in the reported residence: it decides which office is competent."
    ),
}
ITEM_TEXTS = {
    "identity_document": _lt("Identity card or passport of who comes to the office"),
    "residence_document": _lt(
        "Document issued by the Czech Republic with the permit to reside over 90 days"
    ),
    "stamp_and_signature": _lt(
        "Stamp of the legal entity; name and signature of its statutory body"
    ),
    "form_code": _lt("Identification code of the electronic form, five characters"),
    "form_paper": _lt("Filled-in and signed paper form of the invitation"),
    "power_of_attorney": _lt("Power of attorney with an officially verified signature"),
    "means": _lt("Means for the stay and the way home, for all invited at a time"),
    "means_on_account": _lt(
        "Bank statement in the inviting person's name, or an international payment "
        "card with a statement: means for all invited at a time"
    ),
    "accommodation": _lt("Confirmation of secured accommodation"),
    "fee": _lt("Fee of 300 CZK in revenue stamps; the office does not sell them"),
}
