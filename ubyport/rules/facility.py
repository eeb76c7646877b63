# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The facility's registered data: PR §4.5, §4.6, §7.1, P3 §3.2, P5 §4.2."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from ..letters import LETTERS, squeeze
from ..records import Facility, Finding
from .codes import finding
from .text import TextRule, check_text

# No letter set is documented for the facility; a bar separates UNL fields.
_ANY = f"!-_a-{{}}~{LETTERS}"
_TEXTS = {
    "name": TextRule(35, _ANY),
    "contact": TextRule(50, _ANY),
    "district": TextRule(32, _ANY),
    "municipality": TextRule(48, _ANY),
    "municipality_part": TextRule(48, _ANY),
    "street": TextRule(48, _ANY),
}
_FORMATS = {
    "idub": re.compile(r"[0-9]{12,14}"),
    "mark": re.compile(r"[A-Za-z0-9]{5,6}"),
    "house_number": re.compile(r"[Ee]?[0-9]{1,4}"),
    "orientation_number": re.compile(r"[0-9]{1,3}[A-Za-z]?"),
    "zip": re.compile(r"[0-9]{3} ?[0-9]{2}"),
}
_REQUIRED = ("idub", "mark", "name")
_DIGITS = re.compile(r"\+?[0-9][0-9 ().\u00a0-]{3,}[0-9]")
_FEWEST_DIGITS = 5


def check_facility(facility: Facility) -> tuple[Finding, ...]:
    """All findings about a facility, in the order of its fields."""
    findings: list[Finding] = []
    for field in Facility.__slots__:
        findings.extend(_check_field(field, getattr(facility, field)))
    return tuple(findings)


def _check_field(field: str, text: str) -> Iterator[Finding]:
    text_rule, shape = _TEXTS.get(field), _FORMATS.get(field)
    sent = squeeze(text)
    if field in _REQUIRED and not sent:
        yield finding(field, f"{field}_missing")
    if text_rule:
        yield from check_text(field, text, text_rule)
    elif sent and shape and not shape.fullmatch(text.strip()):
        yield finding(field, f"{field}_format")
    if field == "contact":
        yield from _check_phones(sent)


def _check_phones(contact: str) -> Iterator[Finding]:
    """Every run of digits that looks like a telephone number has to be one."""
    for match in _DIGITS.finditer(contact):
        number = match.group()
        if sum(map(str.isdigit, number)) < _FEWEST_DIGITS:
            continue
        if not _is_phone(number) and not _is_several_phones(number):
            yield finding("contact", "contact_phone", number=number)


def _is_phone(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "CZ"))
    except phonenumbers.NumberParseException:
        return False


def _is_several_phones(numbers: str) -> bool:
    """Two numbers with only a space between them read as one long run."""
    rest = numbers
    for match in phonenumbers.PhoneNumberMatcher(numbers, "CZ"):
        rest = rest.replace(match.raw_string, "")
    return not any(map(str.isdigit, rest))
