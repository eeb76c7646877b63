# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The records that the engine takes and gives: frozen, keyword only, no logic.

Documents named in this package: PR = Provozní řád Internetové aplikace Ubyport
(2018), P3 = its Příloha č. 3 (items and UNL format, 2018), P5 = its Příloha
č. 5 (technical description of the web service, 2019), MAN = the manual of
Ubyport 2.0 (2024).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DOCUMENT_TYPES = (
    "passport",
    "id_card",
    "residence_permit",
    "diplomatic_card",
    "in_parent_passport",
    "lost",
    "none",
    "other",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility:
    """One registered accommodation facility as typed (PR §7.1, P5 §4.2)."""

    idub: str
    mark: str
    name: str = ""
    contact: str = ""
    district: str = ""
    municipality: str = ""
    municipality_part: str = ""
    street: str = ""
    house_number: str = ""
    orientation_number: str = ""
    zip: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """One accommodated person as typed (P5 §4.2).

    ``nationality`` and ``residence_country`` are police codes (``Kod3``),
    ``purpose`` two digits, ``document_type`` one of ``DOCUMENT_TYPES``. With
    ``birth_year_only`` just the year of ``birth_date`` counts. Dates are local
    dates of the facility.
    """

    surname: str
    first_name: str = ""
    birth_date: date | None = None
    birth_year_only: bool = False
    nationality: str = ""
    document_type: str = "passport"
    document_number: str = ""
    visa_number: str = ""
    residence_street: str = ""
    residence_city: str = ""
    residence_country: str = ""
    purpose: str = ""
    arrival_date: date | None = None
    departure_date: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A row of the list ``Staty``; ``code`` is its ``Kod3``.

    ``visa_required`` and ``visa_free_if_biometric`` follow the annexes of
    Regulation (EU) 2018/1806: annex I, and those of annex II who are exempt only
    with a biometric passport. ``valid_from`` and ``valid_to`` are the first and last
    day of the entry, where the list names one.
    """

    code: str
    name_cs: str
    visa_required: bool = False
    visa_free_if_biometric: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WireGuest:
    """One record exactly as it leaves: folded, composed, formatted (P5 §4.2).

    ``birth_date`` is ``DDMMRRRR`` or ``0000RRRR``; ``purpose`` a number.
    """

    surname: str
    first_name: str
    birth_date: str
    nationality: str
    document_number: str
    visa_number: str
    residence: str
    purpose: int
    arrival: date
    departure: date
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One remark about one field; the words belong to whoever shows it.

    ``field`` is the attribute of ``Guest`` or ``Facility``, ``severity`` one of
    ``error``, ``warning``, ``info``; ``values`` fill the words (personal data).
    """

    field: str
    severity: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeEntry:
    """A row of ``DejMiCiselnik`` (P5 §4.1, §5.3); texts as they came."""

    id: int
    kod2: str
    kod3: str
    text_cz: str
    text_short_cz: str
    text_en: str
    text_short_en: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer of ``ZapisUbytovane`` (P5 §4.2, §5.1).

    ``record_codes`` has one entry for each record sent, in order. A code that
    is no number is given as ``UNREADABLE_CODE``. A receipt that is missing or
    damaged is ``None`` and ``receipt_problem`` says why (``missing``,
    ``not_base64``, ``not_pdf``, ``too_large``): it does not touch the verdict.
    A channel whose answer is a verdict by itself gives ``states`` (``accepted``,
    ``duplicate``, ``refused``, ``unknown``), one for each record; otherwise the
    codes are judged by the police's list.
    """

    header_codes: tuple[int, ...]
    record_codes: tuple[tuple[int, ...], ...]
    stamp: str
    receipt: bytes | None
    error_receipt: bytes | None
    request_xml: bytes
    response_xml: bytes
    receipt_problem: str = ""
    error_receipt_problem: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """What went out about ``sent`` guests and what came back, not yet understood."""

    request_xml: bytes
    response_xml: bytes
    sent: int
    with_pdf: bool = True


# Stands for something in ChybyZaznamu or ChybyHlavicky that is not a number.
UNREADABLE_CODE = -1
