# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Surname and first name: P5 §4.2, P3 §2.4.1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..letters import LETTERS, squeeze
from ..records import Finding, Guest
from .codes import ERROR, RuleContext, finding
from .text import TextRule, check_text

SURNAME = TextRule(50, f"{LETTERS}'-")
FIRST_NAME = TextRule(24, f"{LETTERS}'-")

_LETTER = re.compile(f"[{LETTERS}]")


def check_names(guest: Guest, context: RuleContext) -> Iterator[Finding]:
    """Surname 1–50 characters, first name 0–24 (empty when the document has none)."""
    if not squeeze(guest.surname):
        yield finding("surname", "surname_missing")
    yield from _check_name("surname", guest.surname, SURNAME)
    yield from _check_name("first_name", guest.first_name, FIRST_NAME)


def _check_name(field: str, name: str, rule: TextRule) -> Iterator[Finding]:
    findings = list(check_text(field, name, rule))
    yield from findings
    sent = squeeze(name)
    if sent and not _LETTER.search(sent) and not any(map(_is_error, findings)):
        yield finding(field, "no_letters")


def _is_error(found: Finding) -> bool:
    return found.severity == ERROR
