# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A difference between the service's description and ours is found and named."""

from pathlib import Path

import pytest
from engine_police import client, fault, police, reply

import ubyport
from ubyport import wsdl
from ubyport.exceptions import AccessDenied, Outage

OURS = wsdl.OUR_WSDL.read_text(encoding="utf-8")
SIMULATOR = Path(ubyport.__file__).parents[1] / "simulator/ws_uby.wsdl"
GUEST = "ZapisUbytovane/Seznam/Ubytovani/Ubytovany"


def differences(text):
    """(code, where, values) of everything in which a WSDL differs from ours."""
    told = wsdl.read(text.encode() if isinstance(text, str) else text)
    return [
        (found.code, found.where, dict(found.values))
        for found in wsdl.compare(wsdl.ours(), told)
    ]


def changed(*pairs):
    """Our WSDL with these texts replaced; each must be there."""
    text = OURS
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def member(name, kind="xs:string"):
    return f'<xs:element minOccurs="0" name="{name}" nillable="true" type="{kind}"/>'


def test_ours_agrees_with_itself_and_reaches_every_member():
    assert differences(OURS) == []
    members = wsdl.ours().members
    assert [one.name for one in members["ZapisUbytovane/Seznam"]][:2] == [
        "Ubytovani",
        "VracetPDF",
    ]
    assert len(members[GUEST]) == 13
    assert set(wsdl.ours().methods) == {
        "TestDostupnosti",
        "MaximalniDelkaSeznamu",
        "DejMiCiselnik",
        "ZapisUbytovane",
    }


def test_another_hand_wrote_the_same_service():
    assert differences(SIMULATOR.read_bytes()) == []


def test_address_names_of_types_and_prefixes_mean_nothing():
    text = changed(
        ("https://ubyport.pcr.cz/ws_uby/ws_uby.svc", "https://elsewhere.example/x"),
        ("d:Ubytovany", "d:Person"),
        ('complexType name="Ubytovany"', 'complexType name="Person"'),
        ("xmlns:d=", "xmlns:other="),
        ('"d:', '"other:'),
        ("TestDostupnostiInput", "IWS_UBY_TestDostupnosti_InputMessage"),
    )
    assert differences(text) == []


def test_a_prefix_may_be_declared_where_it_is_used():
    local = 'xmlns:q1="http://schemas.datacontract.org/2004/07/WS_UBY" type="q1:Chyby"'
    assert differences(changed(('type="d:Chyby"', local))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            member("cDocN"),
            "",
            ("member_missing", GUEST, {"member": "cDocN"}),
        ),
        (
            member("cVisN"),
            member("cVisN") + member("cZzz"),
            ("member_new", GUEST, {"member": "cZzz"}),
        ),
        (
            member("cPurp", "xs:int"),
            member("cPurp"),
            (
                "member_kind",
                GUEST,
                {"member": "cPurp", "ours": "int", "theirs": "string"},
            ),
        ),
        (
            "http://UBY.pcr.cz/WS_UBY/IWS_UBY/ZapisUbytovane",
            "urn:other",
            (
                "method_action",
                "ZapisUbytovane",
                {
                    "ours": "http://UBY.pcr.cz/WS_UBY/IWS_UBY/ZapisUbytovane",
                    "theirs": "urn:other",
                },
            ),
        ),
        (
            '<xs:enumeration value="Chyby"/>',
            '<xs:enumeration value="Chyby"/><xs:enumeration value="Okresy"/>',
            ("member_new", "DejMiCiselnik/CoChci", {"member": "Okresy"}),
        ),
        (
            member("PseudoRazitko"),
            "",
            (
                "member_missing",
                "ZapisUbytovaneResponse/ZapisUbytovaneResult",
                {"member": "PseudoRazitko"},
            ),
        ),
    ],
    ids=["gone", "new", "kind", "action", "list", "answer"],
)
def test_one_change_is_one_difference(old, new, expected):
    assert differences(changed((old, new))) == [expected]


def test_another_order_is_a_difference_although_every_name_is_there():
    pdf = '<xs:element minOccurs="0" name="VracetPDF" type="xs:boolean"/>'
    last = member("uStr")
    text = changed((pdf, ""), (last, last + pdf))
    ((code, where, values),) = differences(text)
    assert (code, where) == ("member_order", "ZapisUbytovane/Seznam")
    assert values["ours"].startswith("Ubytovani, VracetPDF, uCont")
    assert values["theirs"].endswith("uStr, VracetPDF")


def test_a_new_and_a_missing_method_are_named_once():
    text = changed(('operation name="ZapisUbytovane"', 'operation name="ZapisHosty"'))
    assert differences(text) == [
        ("method_missing", "ZapisUbytovane", {}),
        ("method_new", "ZapisHosty", {}),
    ]


def test_a_new_namespace_of_what_is_sent_is_a_difference():
    space = "http://schemas.datacontract.org/2004/07/WS_UBY"
    found = differences(changed((space, space + "2")))
    assert ("member_space", GUEST) in {(code, where) for code, where, _v in found}


def test_a_member_which_lost_its_own_members_is_named_by_these():
    lost = 'nillable="true" type="d:SeznamUbytovanych"'
    found = differences(changed((lost, 'nillable="true" type="xs:string"')))
    assert ("member_kind", "ZapisUbytovane") in {
        (code, where) for code, where, _ in found
    }


def test_a_type_which_holds_itself_ends():
    text = changed((member("cPlac"), member("cPlac", "d:Ubytovany")))
    assert ("member_kind", GUEST) in {(c, where) for c, where, _v in differences(text)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Odstavka</body></html>",
        b"no XML",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        b'<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"/>',
    ],
    ids=["empty", "html", "text", "dtd", "bare"],
)
def test_what_is_no_description_is_refused(content):
    with pytest.raises(ValueError):
        wsdl.read(content)


# The question itself; that it is asked with NTLM is shown against the simulator.


def test_the_service_is_asked_for_its_description():
    with police(reply(OURS.encode())) as server, client(server) as speaker:
        assert differences(speaker.wsdl()) == []


@pytest.mark.parametrize(
    ("act", "kind", "code"),
    [
        (reply(status=401), AccessDenied, "unauthorized"),
        (reply(status=404), Outage, "http_status"),
        (reply(fault(), 500), Outage, "no_answer"),
    ],
    ids=["401", "404", "500"],
)
def test_a_description_which_is_refused_files_nothing(act, kind, code):
    with police(act) as server, client(server) as speaker:
        with pytest.raises(kind) as caught:
            speaker.wsdl()
    assert caught.value.code == code
