# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words for what the reader of UNL files finds."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

ROW_TEXTS = {
    "file_empty": _lt("The file is empty."),
    "file_too_large": _lt("This file is too large for a UNL file."),
    "file_utf8": _lt(
        "The file is in UTF-8, so its letters would come out wrong. Save it in "
        "Windows-1250 (ANSI), as the police want it."
    ),
    "file_not_unl": _lt(
        "This is no UNL file: it begins neither with a facility (A) nor with a guest "
        "(U)."
    ),
    "file_lines": _lt("Reading stopped here: a UNL file is never so long."),
    "file_guests": _lt(
        "The police take at most %(max)s guests in a file, here are %(actual)s."
    ),
    "header_missing": _lt("The row of the facility (A) is missing."),
    "row_empty": _lt("The row is empty."),
    "row_long": _lt("The row is longer than %(max)s letters: no guest needs so many."),
    "row_kind": _lt("The row is neither a facility (A) nor a guest (U)."),
    "row_fields": _lt("The row has %(actual)s fields instead of %(expected)s."),
    "row_letters": _lt("The row has letters which Windows-1250 does not know."),
    "row_line_end": _lt("The row does not end with CR and LF."),
    "header_again": _lt("A second facility in one file."),
    "version": _lt("The version of the format is “%(text)s” instead of 2."),
    "moment": _lt("“%(text)s” is no time like 2026.11.20 12:05:09."),
    "date": _lt("“%(text)s” is no date like 20.11.2026."),
    "birth_year_only": _lt("Only the year %(year)s is known."),
    "purpose_empty": _lt("Missing, counts as 99 (other)."),
    "purpose_text": _lt("“%(text)s” is no purpose: two digits are needed."),
    "control": _lt("Contains invisible control characters."),
    "spaces": _lt("Has spaces at its end."),
}
FIELD_LABELS = {
    "arrival": _lt("Arrival"),
    "departure": _lt("Departure"),
    "surname": _lt("Surname"),
    "first_name": _lt("First Name"),
    "birth_date": _lt("Date of Birth"),
    "nationality": _lt("Nationality"),
    "residence": _lt("Residence"),
    "document_number": _lt("Document"),
    "visa_number": _lt("Visa"),
    "purpose": _lt("Purpose"),
    "note": _lt("Note"),
    "version": _lt("Version"),
    "exported_at": _lt("Time of Export"),
}


def row_text(env, found):
    """Return "field: what is wrong" for an unl_reader.RowFinding."""
    text = env._(ROW_TEXTS[found.code]) % dict(found.values)
    if not found.field:
        return text
    label = FIELD_LABELS.get(found.field)
    return f"{env._(label) if label else found.field}: {text}"
