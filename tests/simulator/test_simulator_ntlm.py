# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import http.client
import struct

import pytest
import requests
import spnego
from requests_ntlm import HttpNtlmAuth
from simulator_caller import ACTION, CODE, LIPA, Caller, envelope, guest


def with_login(police, login, password="Vltava2026"):
    return Caller(police.url, login, password)


def status(caller):
    return caller.call("TestDostupnosti").status_code


def counters(control):
    return control.get("state")["counters"]


def account(control, login="uby-ws12demo"):
    accounts = control.get("state")["accounts"]
    return next(one for one in accounts if one["login"] == login)


def test_the_right_password_opens_the_service(caller):
    assert caller.available() == "true"


def test_a_call_without_a_login_is_asked_for_ntlm(police):
    response = requests.post(police.url + "/ws_uby/ws_uby.svc", b"x", timeout=5)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "NTLM"


def test_a_wrong_password_is_401_and_is_counted(police, control):
    assert status(with_login(police, r"EXRESORTMV\uby-ws12demo", "Vltava2025")) == 401
    assert counters(control)["login_wrong_password"] == 1
    assert account(control)["wrong_passwords"] == 1


def test_the_case_of_the_password_matters(police):
    assert status(with_login(police, r"EXRESORTMV\uby-ws12demo", "vltava2026")) == 401


def test_the_case_of_login_and_domain_does_not_matter(police):
    assert status(with_login(police, r"exresortmv\UBY-WS12DEMO")) == 200


@pytest.mark.parametrize(
    "login", [r"WORKGROUP\uby-ws12demo", "uby-ws12demo", "uby-ws12demo@EXRESORTMV"]
)
def test_a_login_outside_the_domain_is_401_without_blame(police, control, login):
    assert status(with_login(police, login)) == 401
    assert counters(control)["login_wrong_domain"] == 1
    assert account(control)["wrong_passwords"] == 0


def test_a_login_of_the_web_form_is_not_one_of_the_web_service(police, control):
    assert status(with_login(police, r"EXRESORTMV\ub1234567")) == 401
    assert counters(control)["login_unknown_login"] == 1


def test_the_fifth_wrong_password_locks_the_account(police, control):
    wrong = r"EXRESORTMV\uby-ws12demo", "Spatne2026"
    for _ in range(4):
        assert status(with_login(police, *wrong)) == 401
    assert not account(control)["locked"]
    assert status(with_login(police, *wrong)) == 401
    assert account(control)["locked"]
    assert status(Caller(police.url)) == 401
    assert counters(control)["login_locked"] == 1


def test_a_right_password_in_between_forgives_the_wrong_ones(police, control):
    for _ in range(4):
        status(with_login(police, r"EXRESORTMV\uby-ws12demo", "Spatne2026"))
    assert status(Caller(police.url)) == 200
    assert account(control)["wrong_passwords"] == 0


def test_a_locked_account_does_not_lock_another(police, control, pension):
    control.post("accounts", login="uby-ws12demo", locked=True)
    assert status(Caller(police.url)) == 401
    assert status(pension) == 200


def test_an_unlocked_account_works_again(police, control):
    control.post("accounts", login="uby-ws12demo", locked=True, wrong_passwords=5)
    control.post("accounts", login="uby-ws12demo", locked=False)
    assert status(Caller(police.url)) == 200
    assert account(control)["wrong_passwords"] == 0


def test_a_locked_account_loses_its_open_connection_too(caller, control):
    assert status(caller) == 200
    control.post("accounts", login="uby-ws12demo", locked=True)
    assert status(caller) == 401


def test_a_changed_password_replaces_the_old_one(police, control):
    control.post("accounts", login="uby-ws12demo", password="Morava2027")
    assert status(Caller(police.url)) == 401
    assert status(with_login(police, r"EXRESORTMV\uby-ws12demo", "Morava2027")) == 200


def test_a_password_with_czech_letters_works(police, control):
    control.post("accounts", login="uby-ws12demo", password="Žluťoučký1Kůň")
    answer = status(with_login(police, r"EXRESORTMV\uby-ws12demo", "Žluťoučký1Kůň"))
    assert answer == 200


def test_an_account_added_at_run_time_can_report(police, control):
    control.post(
        "accounts",
        login="uby-ws56demo",
        password="Kemp2026x",
        idub="12345678901234",
        mark="KEMPX1",
        name="Kemp U Jezu",
    )
    caller = with_login(police, r"EXRESORTMV\uby-ws56demo", "Kemp2026x")
    mine = {"uIdub": "12345678901234", "uMark": "KEMPX1", "uName": "Kemp U Jezu"}
    answer = caller.report(guest(), facility=mine)
    assert answer.records == [";"]
    assert answer.header == ""


def test_an_account_may_not_report_for_another_facility(caller, control):
    answer = caller.report(guest(), facility=LIPA)
    assert answer.header == "14;"
    assert answer.records == []
    assert control.records() == []


def open_connection(police):
    return http.client.HTTPConnection("127.0.0.1", police.port, timeout=5)


def ask(connection, token=None):
    headers = {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": ACTION + "TestDostupnosti",
    }
    if token is not None:
        headers["Authorization"] = "NTLM " + base64.b64encode(token).decode()
    body = envelope("TestDostupnosti", CODE).encode()
    connection.request("POST", "/ws_uby/ws_uby.svc", body, headers)
    response = connection.getresponse()
    response.read()
    return response


def challenge_in(response):
    return base64.b64decode(response.headers["WWW-Authenticate"].split()[1])


def client_context(password="Vltava2026"):
    return spnego.client(
        r"EXRESORTMV\uby-ws12demo",
        password,
        protocol="ntlm",
        options=spnego.NegotiateOptions.use_ntlm,
    )


def test_ntlm_authenticates_the_connection_and_no_other(police):
    first, second = open_connection(police), open_connection(police)
    client = client_context()
    challenge = challenge_in(ask(first, client.step()))
    assert ask(first, client.step(challenge)).status == 200
    assert ask(first).status == 200, "the connection stays authenticated"
    assert ask(second).status == 401, "another connection does not"


def test_an_answer_to_the_challenge_of_another_connection_is_refused(police):
    first, second = open_connection(police), open_connection(police)
    client = client_context()
    challenge = challenge_in(ask(first, client.step()))
    assert ask(second, client_context().step()).status == 401
    assert ask(second, client.step(challenge)).status == 401


def test_a_third_message_without_the_first_is_refused(police):
    client = client_context()
    challenge = challenge_in(ask(open_connection(police), client.step()))
    assert ask(open_connection(police), client.step(challenge)).status == 401


def test_a_used_answer_cannot_be_used_again(police):
    connection = open_connection(police)
    client = client_context()
    answer = client.step(challenge_in(ask(connection, client.step())))
    assert ask(connection, answer).status == 200
    assert ask(connection, answer).status == 401


def test_a_new_handshake_ends_the_old_authentication(police):
    connection = open_connection(police)
    client = client_context()
    ask(connection, client.step(challenge_in(ask(connection, client.step()))))
    assert ask(connection, client_context().step()).status == 401
    assert ask(connection).status == 401


@pytest.mark.parametrize(
    "token",
    [
        b"",
        b"rubbish",
        b"NTLMSSP\0",
        b"NTLMSSP\0" + struct.pack("<I", 1),
        b"NTLMSSP\0" + struct.pack("<I", 3) + b"\xff" * 80,
        b"NTLMSSP\0" + struct.pack("<I", 9) + b"\0" * 80,
    ],
)
def test_a_broken_token_is_401_and_the_connection_lives_on(police, token):
    connection = open_connection(police)
    assert ask(connection, token).status == 401
    client = client_context()
    challenge = challenge_in(ask(connection, client.step()))
    assert ask(connection, client.step(challenge)).status == 200


def test_basic_authentication_is_not_taken(police):
    response = requests.post(
        police.url + "/ws_uby/ws_uby.svc",
        b"x",
        auth=(r"EXRESORTMV\uby-ws12demo", "Vltava2026"),
        timeout=5,
    )
    assert response.status_code == 401


def test_the_environment_of_the_process_is_left_as_it_was(caller, monkeypatch):
    import os

    monkeypatch.setenv("NTLM_USER_FILE", "/of/somebody/else")
    assert caller.available() == "true"
    assert os.environ["NTLM_USER_FILE"] == "/of/somebody/else"


def test_the_wsdl_is_behind_ntlm_too(police):
    url = police.url + "/ws_uby/ws_uby.svc?singleWsdl"
    assert requests.get(url, timeout=5).status_code == 401
    auth = HttpNtlmAuth(r"EXRESORTMV\uby-ws12demo", "Vltava2026")
    assert requests.get(url, auth=auth, timeout=5).status_code == 200
