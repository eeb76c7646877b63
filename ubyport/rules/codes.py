# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every finding code with its severity, and what the rules need to know."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ..records import Country, Finding

ERROR = "error"
WARNING = "warning"
INFO = "info"

# In brackets: the keys of ``Finding.values``.
FINDING_CODES: dict[str, str] = {
    # Any text
    "control": ERROR,  # control characters (characters: "U+0001 U+0002")
    "script": ERROR,  # letters of another script, emoji (characters)
    "characters": ERROR,  # not allowed in this field (characters)
    "too_long": ERROR,  # (max, actual) as sent, after folding
    "folded": INFO,  # sent in other letters than typed (typed, sent)
    # Names
    "surname_missing": ERROR,
    "no_letters": ERROR,  # a name of nothing but marks
    # Origin
    "birth_date_missing": ERROR,
    "birth_date_future": ERROR,  # after arrival or today (limit: date)
    "birth_date_too_old": ERROR,  # before 1900 (min: date)
    "nationality_missing": ERROR,
    "nationality_unknown": ERROR,  # (code, suggestion: code(s) or "")
    "czech": ERROR,  # Czech citizens are not reported
    # Document and visa
    "document_type_unknown": ERROR,  # (type)
    "document_missing": ERROR,
    "document_too_short": ERROR,  # below 4 (min, actual)
    "document_short": WARNING,  # 4 or 5; usual are 6 and more (min, actual)
    "document_words": ERROR,  # "pas 123" (words, suggestion)
    "document_spaces": ERROR,  # "AB 123 456" (suggestion)
    "document_characters": ERROR,  # not A–Z, 0–9 (characters, suggestion)
    "parent_document_missing": ERROR,  # INPASS without the parent's number in the note
    "child_without_document": ERROR,  # goes to the local office on paper
    "adult_without_document": ERROR,  # only children may have none
    "loss_explanation_missing": ERROR,  # NONE without an explanation in the note
    "visa_missing": ERROR,  # softenable; citizens with visa duty (nationality)
    "visa_or_biometric": WARNING,  # visa-free only with a biometric passport
    "visa_characters": ERROR,  # (characters, suggestion)
    # Residence
    "residence_missing": ERROR,  # softenable; nothing at all
    "residence_city_missing": ERROR,  # a street without a city
    "residence_country_missing": ERROR,  # a street or city without a state
    "residence_country_unknown": ERROR,  # (code, suggestion)
    "residence_country_czech": ERROR,  # the residence asked for is abroad
    "residence_country_only": WARNING,  # a state alone
    "residence_digits_only": ERROR,  # a part of digits only
    "residence_too_long": ERROR,  # all parts together (max, actual)
    # Stay
    "purpose_missing": ERROR,  # softenable; then sent as 99 (sent)
    "purpose_unknown": ERROR,  # (code)
    "arrival_missing": ERROR,
    "arrival_future": ERROR,  # only those who are there are reported (limit: date)
    "checked_in_late": WARNING,  # days after the arrival (days, arrival)
    "departure_missing": ERROR,
    "departure_not_after_arrival": ERROR,
    # Any code of a list of the police
    "code_not_yet": ERROR,  # valid only later (code, limit: first day)
    "code_ended": ERROR,  # ended before the arrival (code, limit: last day)
    "code_ended_lately": WARNING,  # ended since the arrival (code, limit: last day)
    # Facility
    "idub_missing": ERROR,
    "idub_format": ERROR,  # 12 to 14 digits
    "mark_missing": ERROR,
    "mark_format": ERROR,  # 5 or 6 letters or digits
    "name_missing": ERROR,
    "contact_phone": ERROR,  # no valid telephone number (number)
    "house_number_format": ERROR,  # E and at most 4 digits
    "orientation_number_format": ERROR,  # at most 3 digits and a letter
    "zip_format": ERROR,  # 5 digits
    # Login
    "login_missing": ERROR,
    "login_web": ERROR,  # a login for the web form; the web service needs its own
    "login_test_on_production": ERROR,
    "login_production_on_test": ERROR,
    "login_mask": ERROR,  # none of the known shapes
}

# Errors that a manager may turn into warnings for a facility.
SOFTENABLE = frozenset(("purpose_missing", "residence_missing", "visa_missing"))


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleContext:
    """What the rules cannot know by themselves.

    ``today`` is the date in the facility's zone, ``countries`` maps police
    codes (``Kod3``), ``purposes`` holds two-digit codes, ``softened`` the codes
    out of ``SOFTENABLE`` that shall be warnings (others are ignored).
    ``purpose_spans`` maps purposes to their first and last day, where one is known.
    """

    today: date
    countries: Mapping[str, Country]
    purposes: Collection[str]
    softened: frozenset[str] = frozenset()
    purpose_spans: Mapping[str, tuple[date | None, date | None]] = dataclasses.field(
        default_factory=dict
    )

    def finding(self, field: str, code: str, /, **values: object) -> Finding:
        """A finding whose severity respects ``softened``."""
        if code in self.softened and code in SOFTENABLE:
            return Finding(field=field, severity=WARNING, code=code, values=values)
        return finding(field, code, **values)


def finding(field: str, code: str, /, **values: object) -> Finding:
    """A finding of the severity that ``FINDING_CODES`` gives to its code."""
    return Finding(field=field, severity=FINDING_CODES[code], code=code, values=values)
