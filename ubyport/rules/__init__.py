# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules of the fields: every finding of every field, all at once.

Findings are data. Their words, in the language of the reader, belong to
whoever shows them; ``FINDING_CODES`` lists every code there is.
"""

from __future__ import annotations

from ..records import Finding, Guest
from .codes import FINDING_CODES, SOFTENABLE, RuleContext
from .documents import check_document, check_visa
from .facility import check_facility
from .login import check_login
from .names import check_names
from .origin import DOCUMENT_CODES, check_birth, check_nationality
from .residence import check_residence
from .stay import check_dates, check_note, check_purpose

__all__ = [
    "DOCUMENT_CODES",
    "FINDING_CODES",
    "SOFTENABLE",
    "RuleContext",
    "check_facility",
    "check_guest",
    "check_login",
]

_CHECKS = (
    check_names,
    check_birth,
    check_nationality,
    check_document,
    check_visa,
    check_residence,
    check_purpose,
    check_dates,
    check_note,
)


def check_guest(guest: Guest, context: RuleContext) -> tuple[Finding, ...]:
    """All findings about a guest, field by field in the order of ``_CHECKS``.

    Without an ``error`` among them ``wire.to_wire`` can send the guest.
    """
    findings: list[Finding] = []
    for check in _CHECKS:
        findings.extend(check(guest, context))
    return tuple(findings)
