# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The messages to the service, built by zeep on our own WSDL (P5 §3, §4.2).

The WSDL carries what matters most: the order of members. The service ignores a
member out of order without a word, so nothing is put together by hand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

import zeep
from lxml import etree

from .exceptions import DataError
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
    members = {
        name: getattr(facility, attribute) or zeep.xsd.Nil
        for name, attribute in _HEADER.items()
    }
    members["VracetPDF"] = with_pdf
    members["Ubytovani"] = {"Ubytovany": [_record(guest) for guest in guests]}
    return build("ZapisUbytovane", Seznam=members)


def _record(guest: WireGuest) -> dict[str, object]:
    """One ``Ubytovany``; an empty text stays empty text.

    Nil and empty are different values to the service, and nil is not accepted
    everywhere the WSDL allows it (P5 §4.2), while lengths from 0 are
    documented (P3 §2.7). Only the two unused members are nil.
    """
    return {
        "cDate": guest.birth_date,
        "cDocN": guest.document_number,
        "cFirstN": guest.first_name,
        "cFrom": _midnight(guest.arrival),
        "cNati": guest.nationality,
        "cNote": guest.note,
        "cPlac": zeep.xsd.Nil,
        "cPurp": guest.purpose,
        "cResi": guest.residence,
        "cSpz": zeep.xsd.Nil,
        "cSurN": guest.surname,
        "cUntil": _midnight(guest.departure),
        "cVisN": guest.visa_number,
    }


def _midnight(day: date) -> datetime:
    """Local midnight without a zone: a zone could move it to another day."""
    return datetime(day.year, day.month, day.day)


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
