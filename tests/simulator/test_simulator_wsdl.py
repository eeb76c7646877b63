# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The WSDL that the simulator hands out."""

import pytest
from lxml import etree
from simulator_caller import ACTION, NAMESPACES, PRODUCTION, TEST, Caller

from simulator.contract import GUEST_MEMBERS, LIST_MEMBERS
from simulator.envelope import METHODS
from simulator.lists import COLUMNS

SPACES = {
    "wsdl": "http://schemas.xmlsoap.org/wsdl/",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "xs": "http://www.w3.org/2001/XMLSchema",
}


@pytest.fixture
def wsdl(caller):
    response = caller.session.get(caller.url + "?singleWsdl")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def members(wsdl, name):
    path = f".//xs:complexType[@name='{name}']/xs:sequence/xs:element"
    return {node.get("name"): node for node in wsdl.iterfind(path, SPACES)}


@pytest.mark.parametrize("path", [PRODUCTION, TEST])
@pytest.mark.parametrize("query", ["?singleWsdl", "?singlewsdl", "?wsdl"])
def test_both_addresses_hand_it_out(police, path, query):
    caller = Caller(police.url, path=path)
    assert b"definitions" in caller.session.get(caller.url + query).content


def test_the_address_inside_is_not_the_one_to_call(wsdl, police):
    address = wsdl.find(".//soap:address", SPACES).get("location")
    assert str(police.port) not in address
    assert "ubyport.pcr.cz" not in address
    assert ".invalid/" in address


def test_there_are_exactly_four_methods_with_their_actions(wsdl):
    operations = wsdl.iterfind(".//wsdl:binding/wsdl:operation", SPACES)
    actions = {
        node.get("name"): node.find("soap:operation", SPACES).get("soapAction")
        for node in operations
    }
    assert actions == {name: ACTION + name for name in METHODS}
    assert len(actions) == 4


def test_members_are_in_the_order_in_which_they_are_read(wsdl):
    assert list(members(wsdl, "SeznamUbytovanych")) == LIST_MEMBERS
    assert list(members(wsdl, "Ubytovany")) == GUEST_MEMBERS
    assert tuple(members(wsdl, "CiselnikType")) == tuple(COLUMNS)
    assert list(members(wsdl, "Chyby")) == sorted(members(wsdl, "Chyby"))


@pytest.mark.parametrize("name", ["SeznamUbytovanych", "Ubytovany", "CiselnikType"])
def test_the_order_is_alphabetical_with_capitals_first(wsdl, name):
    names = list(members(wsdl, name))
    assert names == sorted(names)


def test_the_stay_dates_are_date_times_and_not_nullable(wsdl):
    guest = members(wsdl, "Ubytovany")
    for name in ("cFrom", "cUntil"):
        assert guest[name].get("type") == "xs:dateTime"
        assert guest[name].get("nillable") is None


def test_the_birth_date_is_text_and_the_purpose_a_nullable_number(wsdl):
    guest = members(wsdl, "Ubytovany")
    assert guest["cDate"].get("type") == "xs:string"
    assert guest["cPurp"].get("type") == "xs:int"
    assert guest["cPurp"].get("nillable") == "true"


def test_schemas_are_of_the_three_namespaces(wsdl):
    found = {n.get("targetNamespace") for n in wsdl.iterfind(".//xs:schema", SPACES)}
    assert found == {NAMESPACES["m"], NAMESPACES["d"], NAMESPACES["arr"]}


def test_the_schemas_hang_together(wsdl):
    defined = {
        node.get("name")
        for kind in ("complexType", "simpleType")
        for node in wsdl.iterfind(f".//xs:{kind}[@name]", SPACES)
    }
    used = {
        node.get("type").split(":")[1]
        for node in wsdl.iterfind(".//xs:element[@type]", SPACES)
        if node.get("type").split(":")[0] != "xs"
    }
    assert used <= defined


def test_an_answer_fits_the_types_of_the_wsdl(wsdl, caller):
    from simulator_caller import guest

    answer = caller.report(guest())
    result = answer.tree.find(".//m:ZapisUbytovaneResult", NAMESPACES)
    names = [etree.QName(node).localname for node in result]
    assert names == list(members(wsdl, "Chyby"))
