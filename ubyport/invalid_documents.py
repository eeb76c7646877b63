# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Ministry of the Interior's list of invalid Czech documents: questions, answers.

Everything here follows the Ministry's page "Neplatné doklady ve formátu XML"
(called IDX below). The list knows documents reported lost or stolen and documents
made invalid; a document that is not in it need not be valid.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from lxml import etree

from . import safe_xml
from .exceptions import DataError, Outage, ServiceFault
from .records import Finding

# The address of the real list (IDX, "Tvar dotazu"); the only one there is.
ADDRESS = "https://aplikace.mvcr.cz/neplatne-doklady/doklady.aspx"

# What ``doklad`` is for each kind (IDX, "Tvar dotazu").
KINDS = {"id_card": "0", "passport": "4", "gun_licence": "6"}

# Codes of what ``check_number`` finds; each has a Finding of severity "error".
NUMBER_FINDINGS = (
    "document_missing",
    "document_characters",  # neither a digit nor a letter A-Z (characters)
    "id_card_form",  # (suggestion: another kind with numbers like this, or "")
    "passport_form",  # (suggestion)
    "gun_licence_form",  # (suggestion)
)

# IDX, "Tvar čísel dokladů"; a series may stand before or behind the number.
_FORMS = {
    "id_card": (
        r"(?P<number>[1-9][0-9]{8})",
        r"(?P<number>[0-9]{6})(?P<series>[A-Z]{2}(?:[0-9]{2})?)",
        r"(?P<series>[A-Z]{2}(?:[0-9]{2})?)(?P<number>[0-9]{6})",
    ),
    "passport": (r"(?P<number>[1-9][0-9]{7})",),
    # The page does not say what the two signs of a series are: letters in practice.
    "gun_licence": (
        r"(?P<series>[A-Z]{2})(?P<number>[0-9]{6})",
        r"(?P<number>[0-9]{6})(?P<series>[A-Z]{2})",
    ),
}
_DATE = re.compile(r"\s*([0-9]{1,2})\s*\.\s*([0-9]{1,2})\s*\.\s*([0-9]{4})\s*")
_WORDS_MAX = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A number of the right form: ``kind`` of ``KINDS``, ``series`` may be empty."""

    kind: str
    number: str
    series: str = ""

    @property
    def text(self) -> str:
        """Number and series as the list is asked for them."""
        return self.number + self.series


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the list says about a document.

    ``list_date`` is the day of the list, ``listed_since`` is often unknown,
    ``notice`` announces a change of the service itself.
    """

    listed: bool
    list_date: date
    listed_since: date | None = None
    notice: str = ""


def check_number(kind: str, typed: str) -> tuple[Finding, ...]:
    """What keeps a typed number from being looked up; nothing if it can be.

    :raises ValueError: for a kind that is not in ``KINDS``
    """
    document = _squeeze(typed)
    if not document:
        return (_finding("document_missing"),)
    foreign = "".join(sorted(set(re.sub(r"[A-Za-z0-9]", "", document))))
    if foreign:
        return (_finding("document_characters", characters=foreign),)
    if _match(kind, document):
        return ()
    others = (other for other in KINDS if other != kind and _match(other, document))
    return (_finding(f"{kind}_form", suggestion=next(others, "")),)


def read_number(kind: str, typed: str) -> Document:
    """The document of a typed number.

    :raises DataError: ``check_number`` has a finding; its code
    :raises ValueError: for a kind that is not in ``KINDS``
    """
    for found in check_number(kind, typed):
        raise DataError(found.field, found.code)
    return Document(kind=kind, **_match(kind, _squeeze(typed)))


def read_answer(document: Document, body: bytes) -> Entry:
    """What an answer says about the document that was asked for.

    :raises DataError: ``question_refused``, the list finds the question wrong
    :raises ServiceFault: the list reports a fault of its own, in ``fault_string``
    :raises Outage: ``no_answer``, this is no answer to the question
    """
    try:
        root = safe_xml.parse(body)
    except ValueError as error:
        raise _no_answer(str(error)) from None
    members = {child.tag: child for child in root}
    if root.tag != "doklady_neplatne" or len(members) != len(root):
        raise _no_answer("not the list's answer")
    if set(members) == {"chyba"}:
        raise _refusal(members["chyba"])
    if set(members) != {"dotaz", "odpoved"}:
        raise _no_answer("neither answer nor error")
    _check_question(document, members["dotaz"])
    return _entry(members["odpoved"], root.get("pristi_zmeny", ""))


def _entry(answer: etree._Element, notice: str) -> Entry:
    listed_since = answer.get("evidovano_od", "").strip()
    return Entry(
        listed=_yes(answer.get("evidovano")),
        list_date=_date(answer.get("aktualizovano", "")),
        listed_since=_date(listed_since) if listed_since else None,
        notice=notice.strip()[:_WORDS_MAX],
    )


def _refusal(error: etree._Element) -> DataError | ServiceFault:
    words = " ".join("".join(error.itertext()).split())[:_WORDS_MAX]
    if _yes(error.get("spatny_dotaz")):
        return DataError("document_number", "question_refused", words)
    return ServiceFault("fault", "an error answer", fault_string=words)


def _check_question(document: Document, question: etree._Element) -> None:
    """An answer about another document would be worse than none."""
    series = _squeeze(question.get("serie", "")).upper()
    told = (_squeeze(question.get("cislo", "")), series)
    names = _names_of(document)
    if told != (document.number, document.series) or (
        names and question.get("typ", "").strip() not in names
    ):
        raise _no_answer("an answer about another document")


def _names_of(document: Document) -> tuple[str, ...]:
    """What the list calls such a document; for a gun licence IDX does not say."""
    if document.kind == "id_card":
        return ("OPs",) if document.series else ("OP",)
    return ("CD",) if document.kind == "passport" else ()


def _yes(text: str | None) -> bool:
    if text not in ("ano", "ne"):
        raise _no_answer("neither ano nor ne")
    return text == "ano"


def _date(text: str) -> date:
    parts = _DATE.fullmatch(text)
    try:
        day, month, year = map(int, parts.groups()) if parts else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise _no_answer("not a date") from None


def _match(kind: str, squeezed: str) -> dict[str, str] | None:
    if kind not in _FORMS:
        raise ValueError(f"no such kind of document: {kind}")
    for form in _FORMS[kind]:
        if found := re.fullmatch(form, squeezed, re.ASCII | re.IGNORECASE):
            return {name: text.upper() for name, text in found.groupdict().items()}
    return None


def _squeeze(typed: str) -> str:
    """Without what the list ignores: spaces, hyphens and the like."""
    return "".join(
        sign
        for sign in typed
        if not sign.isspace() and unicodedata.category(sign) not in ("Pd", "Cf")
    )


def _finding(code: str, **values: object) -> Finding:
    return Finding(field="document_number", severity="error", code=code, values=values)


def _no_answer(detail: str) -> Outage:
    return Outage("no_answer", detail)
