# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The SOAP layer: actions, bodies that are none, and the formal code."""

import pytest
from simulator_caller import ACTION, CODE, envelope, fault_of, guest, seznam

ADDRESSING = "http://schemas.microsoft.com/ws/2005/05/addressing/none"


def header(method, attributes='s:mustUnderstand="1"', action=None):
    """The header of the official samples."""
    return (
        f'<s:Header><Action {attributes} xmlns="{ADDRESSING}">'
        f"{action or ACTION + method}</Action></s:Header>"
    )


def test_the_service_says_that_it_is_available(caller):
    assert caller.available() == "true"


def test_the_longest_list_is_32(caller):
    assert ">32<" in caller.call("MaximalniDelkaSeznamu").text


def test_answers_are_utf_8_xml(caller):
    response = caller.call("TestDostupnosti")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"


@pytest.mark.parametrize("form", ['"{}"', "{}"])
def test_the_action_may_be_quoted_or_not(caller, form):
    action = form.format(ACTION + "TestDostupnosti")
    response = caller.call("TestDostupnosti", action=action)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "action",
    [
        "",
        "TestDostupnosti",
        ACTION,
        ACTION + "ZrusUbytovane",
        ACTION.lower() + "TestDostupnosti",
        "http://UBY.pcr.cz/WS_UBY/TestDostupnosti",
    ],
)
def test_an_unknown_action_is_a_fault(caller, action):
    response = caller.call("TestDostupnosti", action=action)
    assert response.status_code == 500
    assert fault_of(response)[0] == "a:ActionNotSupported"


def test_the_action_header_of_the_samples_is_understood(caller):
    body = envelope("TestDostupnosti", CODE, header("TestDostupnosti"))
    assert caller.post("TestDostupnosti", body).status_code == 200


def test_the_action_header_alone_is_enough(caller):
    body = envelope("TestDostupnosti", CODE, header("TestDostupnosti"))
    assert caller.post("TestDostupnosti", body, action="").status_code == 200


def test_two_different_actions_are_a_fault(caller):
    body = envelope("TestDostupnosti", CODE, header("ZapisUbytovane"))
    response = caller.post("TestDostupnosti", body)
    assert fault_of(response)[0] == "a:ActionMismatch"


def test_a_header_that_must_be_understood_and_is_not_is_a_fault(caller):
    odd = '<s:Header><To s:mustUnderstand="1" xmlns="urn:x">y</To></s:Header>'
    response = caller.post("TestDostupnosti", envelope("TestDostupnosti", CODE, odd))
    assert response.status_code == 500
    assert fault_of(response)[0] == "s:MustUnderstand"


def test_another_header_is_ignored(caller):
    odd = '<s:Header><To xmlns="urn:x">y</To></s:Header>'
    response = caller.post("TestDostupnosti", envelope("TestDostupnosti", CODE, odd))
    assert response.status_code == 200


def test_a_body_of_another_method_than_the_action_is_a_fault(caller, control):
    body = envelope("ZapisUbytovane", CODE + seznam([guest()]))
    response = caller.post("TestDostupnosti", body)
    assert fault_of(response)[0] == "a:DeserializationFailed"
    assert control.records() == []


def test_a_method_in_another_namespace_is_a_fault(caller):
    body = envelope("TestDostupnosti", CODE).replace(
        'xmlns="http://UBY.pcr.cz/WS_UBY"', 'xmlns="http://uby.pcr.cz/WS_UBY"'
    )
    assert caller.post("TestDostupnosti", body).status_code == 500


def test_an_empty_body_is_a_fault(caller):
    body = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        "<s:Body/></s:Envelope>"
    )
    response = caller.post("TestDostupnosti", body)
    assert fault_of(response)[0] == "a:DeserializationFailed"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        "<unclosed>",
        envelope("TestDostupnosti", CODE)[:-5],
        envelope("TestDostupnosti", CODE).replace("X<", "\x07<"),
        envelope("TestDostupnosti", CODE).replace("X<", "&nbsp;<"),
        envelope("TestDostupnosti", CODE).replace("X<", "&#7;<"),
        b'<?xml version="1.0" encoding="utf-8"?><a>\xff</a>',
    ],
)
def test_what_is_not_xml_is_400_with_nothing_in_it(caller, body):
    response = caller.post("TestDostupnosti", body)
    assert response.status_code == 400
    assert response.content == b""


def test_one_control_character_makes_the_whole_batch_unreadable(caller, control):
    bad = envelope(
        "ZapisUbytovane", CODE + seznam([guest(), guest(cSurN="Bad\x0bName")])
    )
    assert caller.post("ZapisUbytovane", bad).status_code == 400
    assert control.records() == []


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE x>",
        '<!DOCTYPE x [<!ENTITY e "boom">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_a_document_type_is_refused(caller, doctype):
    body = envelope("TestDostupnosti", CODE).replace("?>", "?>" + doctype, 1)
    assert caller.post("TestDostupnosti", body).status_code == 400


def test_an_envelope_of_soap_12_is_a_version_mismatch(caller):
    body = envelope("TestDostupnosti", CODE).replace(
        "http://schemas.xmlsoap.org/soap/envelope/",
        "http://www.w3.org/2003/05/soap-envelope",
    )
    response = caller.post("TestDostupnosti", body)
    assert fault_of(response)[0] == "s:VersionMismatch"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/soap+xml; charset=utf-8",
        "application/xml",
        "application/json",
        "text/xml; charset=windows-1250",
        "text/plain",
        "",
    ],
)
def test_another_content_type_is_415(caller, content_type):
    response = caller.call("TestDostupnosti", Content_Type=content_type)
    assert response.status_code == 415


def test_utf_16_is_read(caller):
    text = envelope("TestDostupnosti", CODE).replace("utf-8", "utf-16")
    response = caller.post(
        "TestDostupnosti",
        text.encode("utf-16"),
        Content_Type="text/xml; charset=utf-16",
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    "method",
    ["TestDostupnosti", "MaximalniDelkaSeznamu", "DejMiCiselnik", "ZapisUbytovane"],
)
@pytest.mark.parametrize(
    "code",
    [
        "",
        "<AutentificationCode/>",
        "<AutentificationCode>  </AutentificationCode>",
        '<AutentificationCode i:nil="true"/>',
        '<AutentificationCode xmlns="">X</AutentificationCode>',
        "<AutenticationCode>X</AutenticationCode>",
    ],
)
def test_the_formal_code_must_be_there_and_not_empty(caller, control, method, code):
    rest = {
        "DejMiCiselnik": "<CoChci>Staty</CoChci>",
        "ZapisUbytovane": seznam([guest()]),
    }
    response = caller.call(method, code + rest.get(method, ""))
    assert response.status_code == 500
    code, text = fault_of(response)
    assert code == "s:Chyba běhu programu"
    assert "AutentificationCode" in text
    assert control.records() == []


def test_the_content_of_the_formal_code_does_not_matter(caller):
    inner = "<AutentificationCode>cokoli</AutentificationCode>"
    assert caller.call("TestDostupnosti", inner).status_code == 200


def test_letters_beyond_ascii_arrive_as_they_were_sent(caller, control):
    caller.report(guest(cSurN="Łękawska", cFirstN="Źofie", cNote="čtvrť <& ß>"))
    fields = control.records()[0]["fields"]
    assert fields["cSurN"] == "Łękawska"
    assert fields["cFirstN"] == "Źofie"
    assert fields["cNote"] == "čtvrť <& ß>"


def test_a_get_that_does_not_ask_for_the_wsdl_is_no_call(caller):
    assert caller.session.get(caller.url).status_code == 400


def test_the_address_ignores_the_case_of_letters(caller, police):
    caller.url = police.url + "/WS_UBY/WS_UBY.svc"
    assert caller.available() == "true"
