# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the service's own description (WSDL) says otherwise than ours.

The order of members decides: the service ignores without a word a member which comes
out of its order (P5 §5.1.1). So a difference is worth an alarm before guests are lost
by it. Compared is what travels: methods with their actions, and the names and order of
members; of what we send the kind of value, too. The address differs by nature (P5 §6);
names of types, messages and bindings never travel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from . import safe_xml

OUR_WSDL = Path(__file__).with_name("ws_uby.wsdl")

# In brackets: the keys of ``Difference.values``.
DIFFERENCE_CODES = (
    "method_missing",
    "method_new",
    "method_action",  # another SOAPAction (ours, theirs)
    "member_missing",  # (member)
    "member_new",  # (member)
    "member_space",  # another namespace (member, ours, theirs)
    "member_kind",  # another kind of value (member, ours, theirs)
    "member_order",  # (ours, theirs)
)

_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
_XSD = "http://www.w3.org/2001/XMLSchema"
_XS = f"{{{_XSD}}}"
_ANSWER = "Response"
# Deeper than any honest description; a type may hold itself.
_DEEPEST = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One member; ``kind`` is its type in Clark's notation, empty for a value of an
    enumeration."""

    name: str
    space: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """What a WSDL promises.

    ``methods`` maps names to SOAPActions, ``members`` a path from a method's element
    (``ZapisUbytovane/Seznam``) to what stands there, in order.
    """

    methods: Mapping[str, str]
    members: Mapping[str, tuple[Member, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """``code`` is one of ``DIFFERENCE_CODES``, ``where`` a method or a path."""

    code: str
    where: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


def read(content: bytes) -> Description:
    """Read a WSDL in UTF-8.

    :raises ValueError: not XML, a DTD inside, or no WSDL with methods
    """
    root = safe_xml.parse(content)
    methods = _methods(root) if root.tag == f"{_WSDL}definitions" else {}
    if not methods:
        raise ValueError("no WSDL with methods")
    shapes, members = _shapes(root), {}
    space = root.get("targetNamespace", "")
    for method in methods:
        for name in (method, method + _ANSWER):
            members.update(_walk(shapes, f"{{{space}}}{name}", (name,)))
    return Description(methods=methods, members=members)


@cache
def ours() -> Description:
    """The description which this client was written from."""
    return read(OUR_WSDL.read_bytes())


def compare(known: Description, told: Description) -> tuple[Difference, ...]:
    """Every difference of what the service told from what we know."""
    return (*_compare_methods(known, told), *_compare_members(known, told))


def _compare_methods(known: Description, told: Description) -> Iterator[Difference]:
    for name, action in known.methods.items():
        if name not in told.methods:
            yield Difference(code="method_missing", where=name)
        elif told.methods[name] != action:
            values = {"ours": action, "theirs": told.methods[name]}
            yield Difference(code="method_action", where=name, values=values)
    for name in sorted(told.methods.keys() - known.methods.keys()):
        yield Difference(code="method_new", where=name)


def _compare_members(known: Description, told: Description) -> Iterator[Difference]:
    for path, members in known.members.items():
        method = path.split("/")[0].removesuffix(_ANSWER)
        # Below a member which is missing, everything is: said once, above.
        parent_there = "/" not in path or path in told.members
        if method in told.methods and parent_there:
            theirs = {member.name: member for member in told.members.get(path, ())}
            ours_by_name = {member.name: member for member in members}
            yield from _compare_names(path, ours_by_name, theirs)
            yield from _compare_each(path, ours_by_name, theirs)


def _compare_names(
    path: str, ours: dict[str, Member], theirs: dict[str, Member]
) -> Iterator[Difference]:
    for code, names in (
        ("member_missing", [name for name in ours if name not in theirs]),
        ("member_new", [name for name in theirs if name not in ours]),
    ):
        for name in names:
            yield Difference(code=code, where=path, values={"member": name})
    known = [name for name in ours if name in theirs]
    told = [name for name in theirs if name in ours]
    if known != told:
        values = {"ours": ", ".join(known), "theirs": ", ".join(told)}
        yield Difference(code="member_order", where=path, values=values)


def _compare_each(
    path: str, ours: dict[str, Member], theirs: dict[str, Member]
) -> Iterator[Difference]:
    is_sent = not path.split("/")[0].endswith(_ANSWER)
    for name in ours.keys() & theirs.keys():
        known, told = ours[name], theirs[name]
        pairs = [("member_space", known.space, told.space)]
        if is_sent:
            pairs.append(("member_kind", _value(known.kind), _value(told.kind)))
        for code, mine, other in pairs:
            if mine != other:
                values = {"member": name, "ours": mine, "theirs": other}
                yield Difference(code=code, where=path, values=values)


def _value(kind: str) -> str:
    """The kind of a plain value; what has members is compared by these."""
    name = etree.QName(kind) if kind else None
    return name.localname if name is not None and name.namespace == _XSD else ""


def _methods(root: etree._Element) -> dict[str, str]:
    """{method: SOAPAction}, read from the port type and the SOAP 1.1 binding."""
    actions = {}
    for operation in root.iterfind(f"{_WSDL}binding/{_WSDL}operation"):
        soap = operation.find(f"{_SOAP}operation")
        if soap is not None:
            actions[operation.get("name")] = soap.get("soapAction", "")
    names = [
        operation.get("name", "")
        for operation in root.iterfind(f"{_WSDL}portType/{_WSDL}operation")
    ]
    return {name: actions.get(name, "") for name in names if name}


def _shapes(root: etree._Element) -> dict[str, tuple[Member, ...]]:
    """What has members, by its name in Clark's notation: types, and elements whose
    type stands inside."""
    shapes = {}
    for schema in root.iterfind(f"{_WSDL}types/{_XS}schema"):
        space = schema.get("targetNamespace", "")
        for node in schema.iterchildren(f"{_XS}complexType", f"{_XS}simpleType"):
            shapes[f"{{{space}}}{node.get('name')}"] = _read_members(node, space)
        for node in schema.iterfind(f"{_XS}element[{_XS}complexType]"):
            shapes[f"{{{space}}}{node.get('name')}"] = _read_members(node[-1], space)
    return shapes


def _read_members(node: etree._Element, space: str) -> tuple[Member, ...]:
    values = [value.get("value", "") for value in node.iter(f"{_XS}enumeration")]
    if values:  # their order means nothing
        return tuple(Member(name=value) for value in sorted(values))
    return tuple(
        Member(name=member.get("name", ""), space=space, kind=_kind(member))
        for member in node.iterfind(f"{_XS}sequence/{_XS}element")
    )


def _kind(member: etree._Element) -> str:
    """A member's type; its prefix is resolved where it stands."""
    prefix, _colon, name = member.get("type", "").rpartition(":")
    return f"{{{member.nsmap.get(prefix or None) or ''}}}{name}"


def _walk(
    shapes: dict[str, tuple[Member, ...]], kind: str, path: tuple[str, ...]
) -> Iterator[tuple[str, tuple[Member, ...]]]:
    """Every path below one element, with the members that stand there."""
    if kind not in shapes or len(path) > _DEEPEST:
        return
    yield "/".join(path), shapes[kind]
    for member in shapes[kind]:
        yield from _walk(shapes, member.kind, (*path, member.name))
