# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads members as a WCF data contract does: in order, and silent about the rest.

The reader walks forward only. A member that comes too late in the order, in another
namespace, twice, or that is not in the class is skipped without a word: that is how a
``VracetPDF`` at the end of the list leads to accepted guests and no PDF [R].
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from .clock import PRAGUE

METHOD_NS = "http://UBY.pcr.cz/WS_UBY"
DATA_NS = "http://schemas.datacontract.org/2004/07/WS_UBY"
ARRAY_NS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
XSI_NS = "http://www.w3.org/2001/XMLSchema-instance"

# Ordinal alphabetical order, capitals first [O P5 §5.1.1].
LIST_MEMBERS = (
    "Ubytovani VracetPDF uCont uHomN uIdub uMark uName uOb uObCa uOkr uOriN uPsc uStr"
).split()
GUEST_MEMBERS = (
    "cDate cDocN cFirstN cFrom cNati cNote cPlac cPurp cResi cSpz cSurN cUntil cVisN"
).split()
HEADER_TEXTS = [name for name in LIST_MEMBERS if name.startswith("u")]
UNSET_DATE = datetime(1, 1, 1)  # what .NET has where no date came

_XSD_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?"
)


class Undeserializable(Exception):
    """A value that .NET cannot turn into the member's type; names the member."""


@dataclass(frozen=True)
class SentGuest:
    """One ``Ubytovany``: the members as received, and the typed ones."""

    fields: dict
    arrival: datetime
    departure: datetime
    purpose: "int | None"


@dataclass(frozen=True)
class SentList:
    """A ``SeznamUbytovanych`` as received."""

    header: dict
    with_pdf: bool
    guests: "tuple[SentGuest, ...]"


def read_members(element, names, namespace):
    """The accepted children by name; what is out of order is not among them."""
    found, position = {}, -1
    for child in element:
        if not isinstance(child.tag, str):
            continue
        for index in range(position + 1, len(names)):
            if child.tag == f"{{{namespace}}}{names[index]}":
                found[names[index]] = child
                position = index
                break
    return found


def text_of(element):
    """The text of a string member; None when absent or nil."""
    if element is None or is_nil(element):
        return None
    if len(element):
        raise Undeserializable("a simple value was expected, an element was found")
    return element.text or ""


def is_nil(element):
    """Whether ``xsi:nil`` is set."""
    return element.get(f"{{{XSI_NS}}}nil", "").strip() in ("true", "1")


def to_boolean(text, name):
    """xs:boolean; None (nil) is an error, a boolean cannot be nil."""
    values = {"true": True, "1": True, "false": False, "0": False}
    value = values.get((text or "").strip())
    if value is None:
        raise Undeserializable(f"'{name}' is not a valid Boolean value")
    return value


def to_int(text, name):
    """xs:int; None stays None."""
    if text is None:
        return None
    if not re.fullmatch(r"[+-]?\d{1,10}", text.strip(), re.ASCII):
        raise Undeserializable(f"'{name}' is not a valid Int32 value")
    number = int(text)
    if not -(2**31) <= number < 2**31:
        raise Undeserializable(f"'{name}' is too large or too small for an Int32")
    return number


def to_date_time(text, name):
    """xs:dateTime as the server's local time.

    An offset is turned into Czech time and ``Z`` keeps its own hours, as .NET does
    when only the date of the value is used [I]; so a zone can move the day.
    """
    match = _XSD_DATE_TIME.fullmatch(text.strip()) if text is not None else None
    try:
        value = datetime.fromisoformat(match.group(1))
        zone = match.group(2)
        if zone in (None, "Z"):
            return value
        hours, minutes = int(zone[1:3]), int(zone[4:])
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
        local = value.replace(tzinfo=timezone(offset)).astimezone(PRAGUE)
        return local.replace(tzinfo=None)
    except (AttributeError, ValueError, OverflowError):
        raise Undeserializable(f"'{name}' is not a valid DateTime value") from None


def read_list(element) -> SentList:
    """Read ``Seznam``.

    :raises Undeserializable: when a typed member has an impossible value.
    """
    members = read_members(element, LIST_MEMBERS, DATA_NS)
    header = {name: text_of(members.get(name)) for name in HEADER_TEXTS}
    # Absent is False, the value .NET has where nothing came.
    with_pdf = "VracetPDF" in members and to_boolean(
        text_of(members["VracetPDF"]), "VracetPDF"
    )
    guests = members.get("Ubytovani")
    rows = [] if guests is None else guests.findall(f"{{{DATA_NS}}}Ubytovany")
    return SentList(header, with_pdf, tuple(map(_read_guest, rows)))


def _read_guest(element):
    members = read_members(element, GUEST_MEMBERS, DATA_NS)
    fields = {name: text_of(members.get(name)) for name in GUEST_MEMBERS}
    return SentGuest(
        fields,
        _stay_date(members, fields, "cFrom"),
        _stay_date(members, fields, "cUntil"),
        to_int(fields["cPurp"], "cPurp"),
    )


def _stay_date(members, fields, name):
    """Not nullable: absent is .NET's first day, nil or rubbish is an error."""
    if name not in members:
        return UNSET_DATE
    return to_date_time(fields[name], name)
