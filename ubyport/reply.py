# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading the service's answers without trusting them.

Anything that is not exactly an answer
leaves the outcome unknown.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import date

from lxml import etree

from . import safe_xml
from .exceptions import AccessDenied, Outage, ServiceFault, UnknownOutcome
from .records import UNREADABLE_CODE, Answer, CodeEntry
from .verdict import code_number

RECEIPT_MAX = 10 * 1024 * 1024

_FAULT_STRING_MAX = 2000
_PDF = b"%PDF"


def read_result(method: str, status: int, body: bytes) -> etree._Element | None:
    """The element ``<method>Result``; ``None`` when it is nil.

    :raises AccessDenied: HTTP 401 or 403
    :raises ServiceFault: a SOAP fault, whatever the status
    :raises Outage: a redirect or another refusal of HTTP
    :raises UnknownOutcome: HTTP 5xx without a fault, or no readable answer
    """
    _check_status(status)
    try:
        content = _soap_body(body)
    except UnknownOutcome as unreadable:
        _check_refusal(status)
        raise unreadable from None
    if _local_name(content) == "Fault":
        raise _fault(content, status)
    _check_refusal(status)
    result = content.find(f"{{*}}{method}Result")
    if _local_name(content) != f"{method}Response" or result is None:
        raise UnknownOutcome("unreadable", f"no {method}Result in the answer")
    return None if _is_nil(result) else result


def read_answer(
    result: etree._Element | None,
    sent: int,
    with_pdf: bool,
    request_xml: bytes,
    response_xml: bytes,
) -> Answer:
    """The answer of ``ZapisUbytovane`` about ``sent`` records (P5 §5.1).

    :raises UnknownOutcome: not exactly one entry for each record sent
    """
    members = {_local_name(child): child for child in _elements(result, "*")}
    records = list(_elements(members.get("ChybyZaznamu"), "string"))
    header_codes = _codes(_text(members.get("ChybyHlavicky")))
    if len(records) != sent:
        raise _other_count(sent, len(records), header_codes)
    receipt, problem = _document(members.get("DokumentPotvrzeni"))
    errors, error_problem = _document(members.get("DokumentChybyPotvrzeni"))
    if problem == "missing" and (errors or not with_pdf):
        problem = ""
    # The sample spells the stamp's name in another way than the table (P5).
    stamp = members.get("PseudoRazitko", members.get("PseudoRazirko"))
    return Answer(
        header_codes=header_codes,
        record_codes=tuple(map(_record_codes, records)),
        stamp=_text(stamp),
        receipt=receipt,
        receipt_problem=problem,
        error_receipt=errors,
        error_receipt_problem="" if error_problem == "missing" else error_problem,
        request_xml=request_xml,
        response_xml=response_xml,
    )


def read_code_list(result: etree._Element | None) -> list[CodeEntry]:
    """The rows of ``DejMiCiselnik`` (P5 §5.3)."""
    return [_code_entry(row) for row in _elements(result, "CiselnikType")]


def read_page(status: int, body: bytes) -> bytes:
    """The body of an answer that is no SOAP.

    :raises UbyportError: as ``read_result``
    """
    _check_status(status)
    _check_refusal(status)
    return body


def read_text(result: etree._Element | None) -> str:
    """The text of a plain result."""
    return _text(result)


def _other_count(
    sent: int, answered: int, header_codes: tuple[int, ...]
) -> UnknownOutcome:
    failure = UnknownOutcome("record_count", f"{sent} sent, {answered} answered")
    if not answered:
        failure.header_codes = header_codes
    return failure


def _check_status(status: int) -> None:
    if status in (401, 403):
        code = "unauthorized" if status == 401 else "forbidden"
        raise AccessDenied(code, f"HTTP {status}")
    if 300 <= status < 400:
        raise Outage("redirect", f"HTTP {status}")


def _check_refusal(status: int) -> None:
    """What an answer without a fault means, by its status alone."""
    if 400 <= status < 500:
        raise Outage("http_status", f"HTTP {status}")
    if status >= 500:
        raise UnknownOutcome("server_error", f"HTTP {status}")
    if status != 200:
        raise UnknownOutcome("unreadable", f"HTTP {status}")


def _soap_body(body: bytes) -> etree._Element:
    """The only child of the envelope's body."""
    root = _parse(body)
    content = root.find("{*}Body") if _local_name(root) == "Envelope" else None
    if content is None or len(content) != 1:
        raise UnknownOutcome("unreadable", "not a SOAP envelope")
    return content[0]


def _parse(body: bytes) -> etree._Element:
    try:
        return safe_xml.parse(body)
    except ValueError as error:
        raise UnknownOutcome("unreadable", str(error)) from None


def _fault(fault: etree._Element, status: int) -> ServiceFault:
    text = fault.find("{*}faultstring")
    if text is None:
        text = fault.find("{*}Reason/{*}Text")
    words = _text(text)[:_FAULT_STRING_MAX]
    return ServiceFault("fault", f"HTTP {status}", fault_string=words)


def _record_codes(record: etree._Element) -> tuple[int, ...]:
    """Codes of one record; ``;`` alone means none.

    Nil and empty text are documented nowhere: they prove no acceptance.
    """
    text = _text(record)
    if text == ";":
        return ()
    return _codes(text) if text else (UNREADABLE_CODE,)


def _codes(text: str) -> tuple[int, ...]:
    return tuple(_code(part) for part in text.split(";") if part.strip())


def _code(text: str) -> int:
    try:
        return code_number(text)
    except ValueError:
        return UNREADABLE_CODE


def _document(element: etree._Element | None) -> tuple[bytes | None, str]:
    """A receipt, or ``None`` and the reason why there is none."""
    text = "".join(_text(element).split())
    if not text:
        return None, "missing"
    if len(text) > RECEIPT_MAX * 4 // 3 + 4:
        return None, "too_large"
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None, "not_base64"
    if not content.startswith(_PDF):
        return None, "not_pdf"
    return (None, "too_large") if len(content) > RECEIPT_MAX else (content, "")


def _code_entry(row: etree._Element) -> CodeEntry:
    texts = {_local_name(child): _text(child) for child in row}
    number = texts.get("Id", "")
    return CodeEntry(
        id=int(number) if number.isdecimal() else 0,
        kod2=texts.get("Kod2", ""),
        kod3=texts.get("Kod3", ""),
        text_cz=texts.get("TextCZ", ""),
        text_short_cz=texts.get("TextKratkyCZ", ""),
        text_en=texts.get("TextENG", ""),
        text_short_en=texts.get("TextKratkyENG", ""),
        valid_from=_date(texts.get("PlatiOd", "")),
        valid_to=_date(texts.get("PlatiDo", "")),
    )


def _date(text: str) -> date | None:
    """The day of an xs:dateTime; .NET writes the year 1 for "none"."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year > 1 else None


def _elements(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return parent.iterchildren(f"{{*}}{name}") if parent is not None else iter(())


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _is_nil(element: etree._Element) -> bool:
    nil = element.get("{http://www.w3.org/2001/XMLSchema-instance}nil", "")
    return nil in ("true", "1")
