# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The messages to the service, built by zeep on our own WSDL (P5 §3, §4.2).

The WSDL carries what matters most: the order of members. The service ignores a
member out of order without a word, so nothing is put together by hand here:
zeep makes the form of a report once, and batches only fill it in.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from xml.sax.saxutils import escape

import zeep
from lxml import etree

from .exceptions import DataError
from .letters import xml_illegal
from .records import Facility, WireGuest

WSDL = Path(__file__).with_name("ws_uby.wsdl")
NAMESPACE = "http://UBY.pcr.cz/WS_UBY"
DATA_NAMESPACE = "http://schemas.datacontract.org/2004/07/WS_UBY"

# Formally demanded and unused; "X" is what the police recommend (P5 §2.1, §3).
AUTHENTICATION_CODE = "X"

# Header members and the attributes that fill them. An empty one travels as nil,
# as in the police's own sample (P5 §5.1.1).
_HEADER = {
    "uCont": "contact",
    "uHomN": "house_number",
    "uIdub": "idub",
    "uMark": "mark",
    "uName": "name",
    "uOb": "municipality",
    "uObCa": "municipality_part",
    "uOkr": "district",
    "uOriN": "orientation_number",
    "uPsc": "zip",
    "uStr": "street",
}
# The same for a record; the two unused ones are always nil.
_RECORD = {
    "cDate": "birth_date",
    "cDocN": "document_number",
    "cFirstN": "first_name",
    "cNati": "nationality",
    "cNote": "note",
    "cPurp": "purpose",
    "cResi": "residence",
    "cSurN": "surname",
    "cVisN": "visa_number",
}
_STAY = {"cFrom": "arrival", "cUntil": "departure"}
_UNUSED = ("cPlac", "cSpz")
# Between these stand the guests.
_OPEN, _CLOSE = "<data:Ubytovani>", "</data:Ubytovani>"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_lock = Lock()


def action(method: str) -> str:
    """The SOAPAction of a method."""
    return f"{NAMESPACE}/IWS_UBY/{method}"


def build(method: str, **parameters: object) -> bytes:
    """A SOAP 1.1 envelope that calls ``method``, in UTF-8.

    :raises DataError: a text that XML cannot carry
    """
    client, service = _speaker()
    try:
        envelope = client.create_message(
            service,
            method,
            AutentificationCode=AUTHENTICATION_CODE,
            **parameters,
        )
    except ValueError:
        # lxml names neither the text nor the member.
        raise DataError("", "control", "a text that XML cannot carry") from None
    return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")


def build_report(
    facility: Facility, guests: Iterable[WireGuest], with_pdf: bool
) -> bytes:
    """The call of ``ZapisUbytovane`` for one facility (P5 §4.2).

    :raises DataError: a text that XML cannot carry
    """
    frame, record = _form()
    try:
        head, rest = _filled_frame(frame, facility, with_pdf)
        people = "".join(record % _texts(guest) for guest in guests)
        if xml_illegal(people):
            raise ValueError
        # A bare carriage return would arrive as another sign.
        return b"".join((head, people.replace("\r", "&#13;").encode(), rest))
    except ValueError:
        # Nobody says which text or member it is.
        raise DataError("", "control", "a text that XML cannot carry") from None


@lru_cache(maxsize=1)
def _form() -> tuple[etree._Element, str]:
    """A report without guests, and one guest as text with a place for each datum."""
    client, service = _speaker()
    record = dict.fromkeys(_RECORD, "") | dict.fromkeys(_UNUSED, zeep.xsd.Nil)
    record |= dict.fromkeys(_STAY, datetime.min) | {"cPurp": 0}
    header = dict.fromkeys(_HEADER, "") | {"VracetPDF": True}
    envelope = client.create_message(
        service,
        "ZapisUbytovane",
        AutentificationCode=AUTHENTICATION_CODE,
        Seznam=header | {"Ubytovani": {"Ubytovany": [record]}},
    )
    for member in _listing(envelope)[0]:
        name = etree.QName(member).localname
        if name not in _UNUSED:
            member.text = f"%({(_RECORD | _STAY)[name]})s"
    text = etree.tostring(envelope, encoding="unicode")
    _listing(envelope).clear()
    return envelope, text.partition(_OPEN)[2].partition(_CLOSE)[0]


def _listing(envelope: etree._Element) -> etree._Element:
    return next(envelope.iter(f"{{{DATA_NAMESPACE}}}Ubytovani"))


def _filled_frame(
    frame: etree._Element, facility: Facility, with_pdf: bool
) -> tuple[bytes, bytes]:
    """What stands before the guests and what after them."""
    envelope = copy(frame)  # of lxml: with everything below
    listing = _listing(envelope)
    listing.text = ""
    _fill_header(listing.getparent(), facility, with_pdf)
    message = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    head, close, rest = message.partition(_CLOSE.encode())
    return head, close + rest


def _fill_header(seznam: etree._Element, facility: Facility, with_pdf: bool) -> None:
    for member in seznam:
        name = etree.QName(member).localname
        if name == "VracetPDF":
            member.text = "true" if with_pdf else "false"
        elif name in _HEADER:
            member.text = getattr(facility, _HEADER[name])
            if not member.text:
                member.set(_NIL, "true")


def _texts(guest: WireGuest) -> dict[str, str]:
    """What fills the places of one guest; an empty text stays empty text.

    Nil and empty are different values to the service, and nil is not accepted
    everywhere the WSDL allows it (P5 §4.2), while lengths from 0 are
    documented (P3 §2.7). Only the two unused members are nil.
    """
    texts = {name: escape(str(getattr(guest, name))) for name in _RECORD.values()}
    stay = {name: _midnight(getattr(guest, name)) for name in _STAY.values()}
    return texts | stay


def _midnight(day: date) -> str:
    """Local midnight without a zone: a zone could move it to another day."""
    return f"{day.isoformat()}T00:00:00"


class _NoNetwork(zeep.Transport):
    """Loads the WSDL from its file and nothing from anywhere else."""

    def _load_remote_data(self, url: str) -> bytes:
        raise ValueError("the WSDL may not refer to anything outside its file")


def _speaker() -> tuple[zeep.Client, zeep.proxy.ServiceProxy]:
    """The WSDL, parsed once for the whole process."""
    with _lock:
        return _parse_wsdl()


@lru_cache(maxsize=1)
def _parse_wsdl() -> tuple[zeep.Client, zeep.proxy.ServiceProxy]:
    settings = zeep.Settings(forbid_dtd=True, forbid_entities=True)
    client = zeep.Client(str(WSDL), transport=_NoNetwork(), settings=settings)
    client.set_ns_prefix("uby", NAMESPACE)
    client.set_ns_prefix("data", DATA_NAMESPACE)
    return client, client.service
