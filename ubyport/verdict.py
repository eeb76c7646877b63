# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the police decided about one record: by severity, never by wording.

The severity of each code comes from the list ``Chyby`` (P5 §5.3.2): 0–2 the
record was accepted, 4–6 it was not. Severity 3 is described nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from .records import CodeEntry

ACCEPTED = "accepted"
DUPLICATE = "duplicate"
REFUSED = "refused"
UNKNOWN = "unknown"

_ACCEPTING = frozenset((0, 1, 2))
_REFUSING = frozenset((4, 5, 6))
_CODE = re.compile(r"(?:ERR_[A-Z]+_)?0*([0-9]+)", re.ASCII | re.IGNORECASE)


def judge(
    codes: Iterable[int], severities: Mapping[int, int], duplicates: Collection[int]
) -> str:
    """The verdict about one record from its codes (P5 §5.1.1, §5.3.2).

    A refusing code outweighs all others, then one without a known severity,
    which leaves the outcome unknown. A code in ``duplicates`` proves that an
    earlier report was accepted, so it counts as filed.
    """
    codes = set(codes)
    repeated = codes.intersection(duplicates)
    found = {severities.get(code) for code in codes - repeated}
    if found & _REFUSING:
        return REFUSED
    if not found <= _ACCEPTING:
        return UNKNOWN
    return DUPLICATE if repeated else ACCEPTED


def refuses(codes: Iterable[int], severities: Mapping[int, int]) -> bool:
    """Whether one of these codes means that something was not accepted."""
    return any(severities.get(code) in _REFUSING for code in codes)


def parse_severities(entries: Iterable[CodeEntry]) -> dict[int, int]:
    """Severity by code from the rows of ``Chyby`` (P5 §5.3.2).

    ``Kod2`` holds the code, ``TextKratkyCZ`` the severity; rows in which either
    is no number are left out, so that their codes stay unknown.
    """
    severities = {}
    for entry in entries:
        severity = entry.text_short_cz.strip()
        if _CODE.fullmatch(entry.kod2.strip()) and _is_number(severity):
            severities[code_number(entry.kod2)] = int(severity)
    return severities


def code_number(text: str) -> int:
    """``112`` of ``ERR_CZE_112``, ``0112`` or ``112`` (P5 §5.3.2).

    :raises ValueError: when there is no number in the expected place
    """
    match = _CODE.fullmatch(text.strip())
    if not match:
        raise ValueError("not an error code of the service")
    return int(match.group(1))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
