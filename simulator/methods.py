# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The four methods of the service and the shape of their answers [O P5 §3 to §5]."""

import base64
from dataclasses import replace

from lxml import etree

from . import codes, envelope, lists
from .contract import ARRAY_NS, DATA_NS, XSI_NS, read_list, text_of

# The inner text of the official sample of a fault [O P5].
SAMPLE_FAULT = "Length cannot be less than zero.\nParameter name: length"
BACKEND_FAULT = "Databáze není dostupná."
_LINE = 76


class Methods:
    """Answers a call; every method takes the parts and gives the XML answer."""

    def __init__(self, intake, options, changes):
        self._intake = intake
        self._options = options
        self._changes = changes

    def call(self, method, parts, account, environment, faults=()):
        """The bytes of the answer.

        :param parts: the method's arguments by name, as XML elements.
        :param faults: the ordered faults that hit this call, by kind.
        :raises SoapFault: when the answer is a fault.
        """
        if method == "ZapisUbytovane":
            return self._report(parts, account, environment, faults)
        if method == "DejMiCiselnik":
            return self._code_list(parts)
        if method == "TestDostupnosti":
            return _simple(method, "false" if "backend_down" in faults else "true")
        return _simple(method, str(self._options.max_batch))

    def _code_list(self, parts):
        kind = (envelope.deserialized(text_of, parts.get("CoChci")) or "").strip()
        try:
            rows = lists.code_list(
                kind, codes.all_codes(self._options.duplicate_severity)
            )
        except KeyError:
            raise envelope.deserialization_fault(
                "Invalid enum value for type 'DruhCislelniku'"
            ) from None
        rows = self._changes.apply(kind, rows)
        return envelope.answer("DejMiCiselnik", lambda result: _fill_list(result, rows))

    def _report(self, parts, account, environment, faults):
        if "backend_down" in faults:
            raise envelope.service_fault(BACKEND_FAULT)
        element = parts.get("Seznam")
        if element is None:
            element = etree.Element("Seznam")
        sent = envelope.deserialized(read_list, element)
        outcome = self._intake.take(sent, account, environment, faults)
        outcome = _spoiled(outcome, faults)
        receipt = _base64(outcome.receipt)
        if receipt and "bad_receipt" in faults:
            receipt = "AAAA" + receipt[:-5] + "*"
        return envelope.answer(
            "ZapisUbytovane", lambda result: _fill_report(result, outcome, receipt)
        )


def _spoiled(outcome, faults):
    """The outcome as ordered faults distort it; what is kept stays right."""
    if "wrong_count" in faults:
        outcome = replace(outcome, record_codes=outcome.record_codes[:-1])
    if "no_pdf" in faults:
        outcome = replace(outcome, receipt=None, error_receipt=None)
    if "unknown_code" in faults:
        extra = faults["unknown_code"].code
        outcome = replace(
            outcome, record_codes=tuple((*c, extra) for c in outcome.record_codes)
        )
    return outcome


def _simple(method, text):
    def fill(result):
        result.text = text

    return envelope.answer(method, fill)


def _fill_list(result, rows):
    for row in rows:
        item = _child(result, DATA_NS, "CiselnikType", {"a": DATA_NS, "i": XSI_NS})
        for column in lists.COLUMNS:
            _text(item, column, row[column])


def _fill_report(result, outcome, receipt):
    """Members in alphabetical order; ``;112;106;`` per record, ``;`` for no code."""
    _text(result, "ChybyHlavicky", "".join(f"{c};" for c in outcome.header_codes))
    array = _child(result, DATA_NS, "ChybyZaznamu", {"a": DATA_NS, "b": ARRAY_NS})
    for found in outcome.record_codes:
        _child(array, ARRAY_NS, "string").text = "".join(
            [";", *(f"{code};" for code in found)]
        )
    _text(result, "DokumentChybyPotvrzeni", _base64(outcome.error_receipt))
    _text(result, "DokumentPotvrzeni", receipt)
    _text(result, "PseudoRazitko", outcome.stamp or None)


def _child(parent, namespace, name, nsmap=None):
    return etree.SubElement(parent, f"{{{namespace}}}{name}", nsmap=nsmap)


def _text(parent, name, value):
    """A string member; None travels as nil."""
    child = _child(parent, DATA_NS, name, {"a": DATA_NS, "i": XSI_NS})
    if value is None:
        child.set(f"{{{XSI_NS}}}nil", "true")
    else:
        child.text = value


def _base64(content):
    """Base64 broken into lines [O P5 sample], or None."""
    if content is None:
        return None
    text = base64.b64encode(content).decode()
    return "\n".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))
