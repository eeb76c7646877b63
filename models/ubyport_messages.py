# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words for the engine's codes: what is wrong and what to do about it."""

from datetime import date

from odoo.tools import LazyTranslate, format_date

_lt = LazyTranslate(__name__)

FINDING_TEXTS = {
    "control": _lt("Contains invisible control characters. Type it again."),
    "script": _lt(
        "Contains characters which the police cannot store: %(characters)s. Use the "
        "Latin form from the machine-readable zone of the document."
    ),
    "characters": _lt("These characters are not allowed here: %(characters)s."),
    "too_long": _lt("Too long: %(actual)s characters, at most %(max)s are allowed."),
    "folded": _lt("Will be sent as “%(sent)s”."),
    "surname_missing": _lt("Fill in the surname."),
    "no_letters": _lt("There is no letter in the name."),
    "birth_date_missing": _lt("Fill in the date of birth, or at least the year."),
    "birth_date_future": _lt("The guest cannot be born after %(limit)s."),
    "birth_date_too_old": _lt("Check the year: it cannot be before %(min)s."),
    "nationality_missing": _lt("Choose the nationality from the document."),
    "nationality_unknown": _lt(
        "The police do not know the nationality %(code)s. %(suggestion)s"
    ),
    "czech": _lt("Czech citizens are not reported."),
    "document_type_unknown": _lt("Choose the kind of document."),
    "document_missing": _lt("Fill in the number of the travel document."),
    "document_too_short": _lt(
        "Too short: %(actual)s characters, at least %(min)s are needed."
    ),
    "document_short": _lt(
        "Unusually short (%(actual)s characters). Check it against the document."
    ),
    "document_words": _lt(
        "Enter the number only, without words (%(words)s). %(suggestion)s"
    ),
    "document_spaces": _lt("Leave out the spaces. %(suggestion)s"),
    "document_characters": _lt(
        "Only letters A-Z and digits are allowed, not %(characters)s. %(suggestion)s"
    ),
    "parent_document_missing": _lt(
        "The child travels in a parent's passport: write the number of that passport "
        "into the note."
    ),
    "child_without_document": _lt(
        "A child without any document cannot be reported by Ubyport. Print the form "
        "for the local office of the foreign police, hand it over, and note it by "
        "Reported Elsewhere."
    ),
    "adult_without_document": _lt(
        "Only a child may have no document. For a lost one choose “Lost document” and "
        "explain it in the note."
    ),
    "loss_explanation_missing": _lt(
        "The guest has no document: explain it in the note."
    ),
    "visa_missing": _lt(
        "Nationals of %(nationality)s need a visa: fill in its number. For a "
        "residence permit change the kind of document."
    ),
    "visa_or_biometric": _lt(
        "Nationals of %(nationality)s are free of visa only with a biometric "
        "passport: enter BIOMETRIKA, or the number of the visa."
    ),
    "visa_characters": _lt(
        "Only letters A-Z and digits are allowed, not %(characters)s. %(suggestion)s"
    ),
    "residence_missing": _lt("Fill in the residence abroad: street, city and state."),
    "residence_city_missing": _lt("Fill in the city, too."),
    "residence_country_missing": _lt("Choose the state of residence, too."),
    "residence_country_unknown": _lt(
        "The police do not know the state %(code)s. %(suggestion)s"
    ),
    "residence_country_czech": _lt("The residence abroad is asked for."),
    "residence_country_only": _lt("Fill in the city and the street, if known."),
    "residence_digits_only": _lt("A name is missing, there are digits only."),
    "residence_too_long": _lt(
        "Street, city and state have %(actual)s characters together, at most "
        "%(max)s are allowed. Shorten the street."
    ),
    "purpose_missing": _lt("Choose the purpose of stay."),
    "purpose_unknown": _lt("The police do not know the purpose %(code)s."),
    "arrival_missing": _lt("Fill in the day of arrival."),
    "arrival_future": _lt(
        "The arrival is in the future. Only guests who are here may be reported."
    ),
    "checked_in_late": _lt(
        "Checked in %(days)s days later. The police will be told the arrival on "
        "%(arrival)s: if the guest came later, change it."
    ),
    "departure_missing": _lt("Fill in the expected day of departure."),
    "departure_not_after_arrival": _lt("The departure must be after the arrival."),
    "code_not_yet": _lt(
        "%(code)s is valid at the police only from %(limit)s. Choose another entry."
    ),
    "code_ended": _lt(
        "The police ended %(code)s on %(limit)s, before the arrival. Choose another "
        "entry."
    ),
    "code_ended_lately": _lt(
        "The police ended %(code)s on %(limit)s. It was valid on the day of arrival; "
        "report the guest soon."
    ),
    "idub_missing": _lt("Fill in the IDUB which the police gave to the facility."),
    "idub_format": _lt("The IDUB has 12 to 14 digits."),
    "mark_missing": _lt("Fill in the abbreviation which the police gave."),
    "mark_format": _lt("The abbreviation has 5 or 6 letters or digits."),
    "name_missing": _lt("Fill in the name as registered with the police."),
    "contact_phone": _lt("%(number)s is no valid phone number."),
    "house_number_format": _lt(
        "At most 4 digits; E in front for an evidence number, e.g. E123."
    ),
    "orientation_number_format": _lt("At most 3 digits and one letter, e.g. 12a."),
    "zip_format": _lt("The ZIP has 5 digits."),
    "login_missing": _lt("Fill in the login."),
    "login_web": _lt(
        "This is a login to the web application (ub and digits). The web service "
        "needs an account of its own (uby-ws...), which the police give on request."
    ),
    "login_test_on_production": _lt(
        "This account is for the test service and does not work in production."
    ),
    "login_production_on_test": _lt(
        "This account is for production and does not work on the test service."
    ),
    "login_mask": _lt(
        "This does not look like an account for the web service (uby-ws...)."
    ),
}

FAILURE_TEXTS = {
    "unauthorized": _lt("The police refused the login or the password."),
    "forbidden": _lt("This account is not entitled to use the service."),
    "header_refused": _lt("The police refused the facility, no guest was taken."),
    "account_missing": _lt("Fill in the address, the login and the password first."),
    "no_connection": _lt("The service cannot be reached."),
    "no_such_host": _lt("The service cannot be reached: nobody knows its address."),
    "list_implausible": _lt(
        "The service sent a code list that cannot be whole; ours was kept."
    ),
    "connect_timeout": _lt("The service does not answer."),
    "tls": _lt("The secure connection (TLS) failed: check the clock and certificates."),
    "authentication": _lt("The login (NTLM) broke down."),
    "redirect": _lt("The address leads elsewhere; it was not followed."),
    "http_status": _lt("The service refused the request."),
    "no_answer": _lt("The service gave no usable answer."),
    "service_unavailable": _lt("The service answers, but is out of order."),
    "fault": _lt("The service reported a fault."),
    "timeout": _lt("The guests were sent, but no answer came in time."),
    "cut": _lt("The guests were sent, but the connection broke before the answer."),
    "server_error": _lt("The guests were sent, but the service broke down."),
    "unreadable": _lt("The guests were sent, but the answer cannot be read."),
    "too_large": _lt("The guests were sent, but the answer is too large."),
    "record_count": _lt("The guests were sent, but the answer is about others."),
    "process_stopped": _lt("The program was stopped while the guests were being sent."),
    "interrupted": _lt("The program failed while the guests were being sent."),
}
RECEIPT_TEXTS = {
    "missing": _lt("none was in the answer"),
    "not_base64": _lt("damaged on the way"),
    "not_pdf": _lt("no PDF"),
    "too_large": _lt("too large"),
}
# By code of a reconcile.Disagreement; of a count by code and name.
DISAGREEMENT_TEXTS = {
    "idub": _lt(
        "The receipt is for the facility with IDUB %(printed)s, not %(expected)s."
    ),
    "stamp": _lt(
        "The mark in the receipt (%(printed)s) is not that of the answer "
        "(%(expected)s)."
    ),
    "count_total": _lt(
        "The receipt says %(printed)s records in total, but lists %(listed)s."
    ),
    "count_ignored": _lt("The police ignored %(printed)s records."),
    "count_refused": _lt(
        "The receipt says %(printed)s refused records, but lists %(listed)s."
    ),
    "count_accepted": _lt(
        "The receipt says %(printed)s accepted records, but lists %(listed)s."
    ),
    "stranger": _lt("%(surname)s %(first_name)s is in the receipt, but was not sent."),
    "missing": _lt("%(guest)s is not in the receipt, although the police answered."),
    "refused": _lt(
        "%(guest)s was accepted by the answer, but refused by the receipt. %(remark)s"
    ),
    "accepted": _lt(
        "%(guest)s was refused by the answer, but accepted by the receipt."
    ),
    "letters": _lt(
        "%(guest)s, %(field)s: sent as “%(sent)s”, came back as “%(printed)s”."
    ),
}

# What the police's list of answers says, for who reads no Czech. By their words, not
# by number: the list is theirs, and its numbers may change.
ANSWERS_IN_ENGLISH = {
    "Nekorektní koncovka souboru": "Incorrect file extension",
    "Nekorektní IDUB": "Incorrect IDUB",
    "Nekorektní zkratka ubytovacího zařízení": "Incorrect abbreviation of the facility",
    "Nekorektní název ubytovacího zařízení": "Incorrect name of the facility",
    "Nekorektní kontakt": "Incorrect contact",
    "Nekorektní název Okres": "Incorrect district",
    "Nekorektní název Obec": "Incorrect municipality",
    "Nekorektní název Část obce": "Incorrect part of the municipality",
    "Nekorektní název Ulice": "Incorrect street",
    "Nekorektní číslo domovní": "Incorrect house number",
    "Nekorektní číslo orientační": "Incorrect orientation number",
    "Nekorektní PSČ": "Incorrect ZIP",
    "Nekorektní datum ubytování od": "Incorrect day of arrival",
    "Nekorektní datum ubytování do": "Incorrect day of departure",
    "Nekorektní příjmení": "Incorrect surname",
    "Nekorektní jméno": "Incorrect first name",
    "Nekorektní datum narození": "Incorrect date of birth",
    "Nekorektní číslo cestovního dokladu": "Incorrect number of the travel document",
    "Nekorektní státní příslušnost": "Incorrect nationality",
    "Nekorektní číslo víza": "Incorrect number of the visa",
    "Nekorektní bydliště v zahraničí": "Incorrect residence abroad",
    "Nekorektní účel pobytu": "Incorrect purpose of stay",
    "Nekorektní poznámka": "Incorrect note",
    "Oznámeno pozdě": "Reported late",
    "Záznam s hostem je duplicitní a byl již zpracován v jedné z předchozích dávek": (
        "The record is a duplicate and was processed in an earlier batch"
    ),
}


def finding_message(env, finding):
    """Return the words for a records.Finding in the language of env."""
    values = {
        name: format_date(env, value) if isinstance(value, date) else value
        for name, value in finding.values.items()
    }
    if values.get("suggestion"):
        values["suggestion"] = env._("Suggestion: %s", values["suggestion"])
    words = env._(FINDING_TEXTS[finding.code]) % values
    return words.strip()  # a suggestion at the end may be empty


def failure_text(env, code):
    """Return the words for a code of a failed call; the code itself if unknown."""
    return env._(FAILURE_TEXTS[code]) if code in FAILURE_TEXTS else code


def receipt_text(env, code):
    """Return the words for what is wrong with a receipt."""
    return env._(RECEIPT_TEXTS[code]) if code in RECEIPT_TEXTS else code


def disagreement_text(env, found, line):
    """Return the words for a disagreement as a report keeps it.

    :param found: {"code", "position", "values"}
    :param line: the ubyport.report.line which it is about; None for the whole receipt
    """
    code, values = found["code"], dict(found["values"])
    if code == "count":
        code = f"count_{values['name']}"
    if line:
        values["guest"] = f"{line.surname or ''} {line.first_name or ''}".strip()
    if "field" in values:
        column = line._column_of(values["field"])
        values["field"] = line._fields[column]._description_string(env)
    return (env._(DISAGREEMENT_TEXTS[code]) % values).strip()


def answer_text(env, words):
    """Return an answer of the police, in English for whoever reads no Czech."""
    if not words:
        return env._("Unknown answer")
    czech = (env.lang or "").startswith("cs")
    return words if czech else ANSWERS_IN_ENGLISH.get(words, words)
