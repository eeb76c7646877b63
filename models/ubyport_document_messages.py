# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words about Czech documents and the Ministry's list of invalid ones."""

from odoo.tools import LazyTranslate, format_date

_lt = LazyTranslate(__name__)

NUMBER_TEXTS = {
    "document_missing": _lt("Fill in the number of the document."),
    "document_characters": _lt(
        "A Czech document has only digits and letters A-Z in its number, not "
        "%(characters)s."
    ),
    "id_card_form": _lt(
        "This is no number of a Czech identity card: nine digits, or six digits and "
        "a series such as AB or AB01. %(suggestion)s"
    ),
    "passport_form": _lt(
        "This is no number of a Czech passport: eight digits. %(suggestion)s"
    ),
    "gun_licence_form": _lt(
        "This is no number of a Czech gun licence: six digits and a series of two "
        "letters. %(suggestion)s"
    ),
}
SUGGESTION_TEXTS = {
    "id_card": _lt("It looks like an identity card: choose that kind of document."),
    "passport": _lt("It looks like a passport: choose that kind of document."),
}


def number_message(env, finding):
    """Return the words for the engine's finding about a document number."""
    suggestion = SUGGESTION_TEXTS.get(finding.values.get("suggestion"), "")
    values = dict(finding.values, suggestion=suggestion and env._(suggestion))
    return (env._(NUMBER_TEXTS[finding.code]) % values).strip()


def listed_message(env, check):
    """Return what a ubyport.document.check that hit means and what to do.

    It accuses nobody: a document that was reported lost and found again stays on
    the list, and one wrong digit is enough to hit somebody else's.
    """
    found = env._(
        "This number is on the Ministry of the Interior's list of invalid documents "
        "(list of %s).",
        format_date(env, check.list_date),
    )
    if check.listed_since:
        found = env._(
            "This number is on the Ministry of the Interior's list of invalid "
            "documents since %(since)s (list of %(day)s).",
            since=format_date(env, check.listed_since),
            day=format_date(env, check.list_date),
        )
    return f"{found}\n{what_to_do(env)}"


def what_to_do(env):
    """Return what the reception does after a hit."""
    return env._(
        "First compare number and kind with the document: one wrong digit is enough. "
        "If they agree, ask the guest discreetly for another document; the guest may "
        "not know, as a document found again after its loss stays invalid. Do not keep "
        "the document. The list says nothing about the guest; if you doubt the "
        "identity, call the police (158)."
    )


def clear_message(env, check):
    """Return what it means that a document is not on the list."""
    return env._(
        "Not on the list of invalid documents (list of %s). This does not prove that "
        "the document is valid: expired and invented ones are not on the list.",
        format_date(env, check.list_date),
    )


def refused_message(env, check):
    """Return the list's own words about a question which it found wrong."""
    return env._(
        "The list of invalid documents did not understand the number: %s Compare it "
        "with the document.",
        check.message or "",
    )
