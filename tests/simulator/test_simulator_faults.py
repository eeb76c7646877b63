# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults on order: what the client sees, and what the police keep."""

import socket
import threading
import time

import pytest
import requests
from simulator_caller import Answer, Caller, Control, fault_of, guest, pdf_lines

from simulator.faults import KINDS
from simulator.police import Simulator

CUT = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


def seconds_of(call):
    start = time.monotonic()
    result = call()
    return time.monotonic() - start, result


def test_unauthorized_refuses_a_right_password(caller, control):
    control.fault("unauthorized", times=1)
    assert caller.raw_report(guest()).status_code == 401
    assert control.records() == []
    assert caller.report(guest()).records == [";"]


def test_unauthorized_also_hits_a_connection_that_is_authenticated(caller, control):
    caller.available()
    control.fault("unauthorized", times=2)
    statuses = [caller.call("TestDostupnosti").status_code for _ in range(3)]
    assert statuses == [401, 401, 200]


def test_unauthorized_blames_no_account(caller, control):
    control.fault("unauthorized", times=1)
    caller.raw_report(guest())
    assert {a["wrong_passwords"] for a in control.get("state")["accounts"]} == {0}


def test_a_server_error_has_no_fault_inside_and_nothing_is_kept(caller, control):
    control.fault("server_error", times=1)
    response = caller.raw_report(guest())
    assert response.status_code == 500
    assert "Envelope" not in response.text
    assert control.records() == []


def test_the_soap_fault_is_that_of_the_official_sample(caller, control):
    control.fault("fault", times=1)
    response = caller.raw_report(guest())
    assert response.status_code == 500
    code, text = fault_of(response)
    assert code == "s:Chyba běhu programu"
    assert text.startswith("Server was unable to process request. --->")
    assert "Length cannot be less than zero" in text
    assert control.records() == []


def test_a_page_instead_of_an_answer_is_html_with_status_200(caller, control):
    control.fault("html_page", times=1)
    response = caller.raw_report(guest())
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")
    assert control.records() == []


def test_a_connection_dropped_before_leaves_nothing_behind(caller, control):
    control.fault("drop_before", times=1)
    with pytest.raises(CUT):
        caller.raw_report(guest())
    assert control.records() == []
    assert control.get("batches") == []


def test_accept_then_die_keeps_the_batch_and_answers_nothing(caller, control):
    control.fault("accept_then_die", times=1)
    with pytest.raises(CUT):
        caller.raw_report(guest())
    assert [record["verdict"] for record in control.records()] == ["accepted"]
    assert caller.report(guest()).records == [";150;"], "the repeat is a duplicate"


def test_a_cut_answer_is_shorter_than_it_says_and_the_batch_is_kept(caller, control):
    control.fault("cut_answer", times=1)
    with pytest.raises(CUT):
        caller.raw_report(guest())
    assert len(control.records()) == 1


def test_a_hanging_call_is_never_answered_and_not_worked_on(caller, control):
    control.fault("hang", seconds=30, times=1)
    with pytest.raises(requests.ReadTimeout):
        caller.raw_report(guest(), timeout=0.4)
    assert control.records() == []


def test_after_hanging_the_connection_closes_without_a_byte(caller, control):
    control.fault("hang", seconds=0.3, times=1)

    def call():
        with pytest.raises(CUT):
            caller.raw_report(guest())

    assert seconds_of(call)[0] >= 0.3
    assert control.records() == []


def test_a_hanging_call_does_not_hinder_another_client(police, caller, control):
    control.fault("hang", seconds=30, times=1, method="ZapisUbytovane")
    outcome = []

    def hang():
        try:
            outcome.append(caller.raw_report(guest(), timeout=1))
        except requests.ReadTimeout:
            outcome.append("hung")

    thread = threading.Thread(target=hang)
    thread.start()
    assert seconds_of(Caller(police.url).available)[0] < 1
    thread.join()
    assert outcome == ["hung"]


def test_a_delayed_call_is_worked_on_and_answered(caller, control):
    control.fault("delay", seconds=0.4, times=1)
    took, answer = seconds_of(lambda: caller.report(guest()))
    assert took >= 0.4
    assert answer.records == [";"]


def test_a_delayed_batch_is_kept_although_the_client_gave_up(caller, control):
    control.fault("delay", seconds=0.5, times=1)
    with pytest.raises(requests.ReadTimeout):
        caller.raw_report(guest(), timeout=0.2)
    deadline = time.monotonic() + 5
    while not control.records() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(control.records()) == 1


def test_a_back_end_that_is_down_is_told_by_both_methods(caller, control):
    control.fault("backend_down")
    assert caller.available() == "false"
    response = caller.raw_report(guest())
    assert fault_of(response)[0] == "s:Chyba běhu programu"
    assert control.records() == []
    assert ">32<" in caller.call("MaximalniDelkaSeznamu").text
    requests.delete(control.base + "/control/faults", timeout=5)
    assert caller.available() == "true"
    assert caller.report(guest()).records == [";"]


def test_wrong_count_answers_for_one_guest_fewer_and_keeps_all(caller, control):
    control.fault("wrong_count", times=1)
    answer = caller.report(guest(), guest(cSurN="Druhá"))
    assert answer.records == [";"]
    assert len(control.records()) == 2


def test_wrong_count_for_one_guest_answers_for_nobody(caller, control):
    control.fault("wrong_count", times=1)
    answer = caller.report(guest())
    assert answer.records == []
    assert answer.stamp


def test_no_pdf_gives_a_stamp_and_codes_only(caller, control):
    control.fault("no_pdf", times=1)
    answer = caller.report(guest(), guest(cDocN="x"))
    assert answer.receipt is None and answer.error_receipt is None
    assert answer.stamp and answer.records == [";", ";106;"]


def test_an_unknown_code_is_in_no_list(caller, control):
    control.fault("unknown_code", times=1)
    assert caller.report(guest(), guest(cDocN="x")).records == [";777;", ";106;777;"]
    known = {row["Kod2"] for row in caller.code_list("Chyby")}
    assert "ERR_CZE_777" not in known
    assert control.records()[0]["codes"] == [], "the police keep the true codes"


def test_the_unknown_code_can_be_chosen(caller, control):
    control.fault("unknown_code", code=199, times=1)
    assert caller.codes() == ";199;"


def test_a_bad_receipt_is_neither_base64_nor_a_pdf(caller, control):
    control.fault("bad_receipt", times=1)
    answer = caller.report(guest())
    assert answer.receipt.startswith("AAAA")
    assert "*" in answer.receipt
    stored = requests.get(control.base + "/batches/1/receipt.pdf", timeout=5)
    assert pdf_lines(stored.content), "the police's own is good"


def refuses(police):
    try:
        socket.create_connection(("127.0.0.1", police.port), timeout=2).close()
    except ConnectionRefusedError:
        return True
    return False


def wait_until(condition, seconds=5):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_a_refused_connection_is_really_refused_and_only_for_a_while(police, control):
    assert not refuses(police)
    control.fault("refuse_connection", seconds=0.5)
    assert refuses(police)
    assert wait_until(lambda: not refuses(police))
    assert Caller(police.url).available() == "true"


def test_refusing_also_closes_the_connections_that_are_open(caller, police, control):
    assert caller.available() == "true"
    control.fault("refuse_connection", seconds=0.5)
    with pytest.raises(requests.ConnectionError):
        caller.available()
    assert wait_until(lambda: not refuses(police))
    assert caller.available() == "true"


def test_a_second_refusal_prolongs_the_first():
    with Simulator(control_port=0) as running:
        control = Control(running.control_url)
        control.fault("refuse_connection", seconds=0.3)
        control.fault("refuse_connection", seconds=30)
        time.sleep(0.5)
        assert refuses(running)


def test_a_control_port_stays_reachable_while_connections_are_refused():
    with Simulator(control_port=0) as running:
        control = Control(running.control_url)
        control.fault("refuse_connection", seconds=60)
        assert refuses(running)
        assert control.get("state")["refusing"] is True
        requests.delete(running.control_url + "/control/faults", timeout=5)
        assert not refuses(running)
        assert control.get("state")["refusing"] is False
        assert Caller(running.url).available() == "true"


def test_a_reset_ends_a_refusal():
    with Simulator(control_port=0) as running:
        control = Control(running.control_url)
        control.fault("refuse_connection", seconds=60)
        control.post("reset")
        assert not refuses(running)


def test_a_simulator_can_be_stopped_while_it_refuses():
    running = Simulator().start()
    Control(running.url).fault("refuse_connection", seconds=60)
    running.stop()
    assert refuses(running)


def test_a_fault_happens_as_often_as_ordered(caller, control):
    control.fault("server_error", times=2)
    statuses = [caller.call("TestDostupnosti").status_code for _ in range(3)]
    assert statuses == [500, 500, 200]
    assert control.get("state")["faults"] == []


def test_a_fault_without_a_number_stays_until_it_is_cleared(caller, control):
    control.fault("server_error")
    statuses = {caller.call("TestDostupnosti").status_code for _ in range(3)}
    assert statuses == {500}
    requests.delete(control.base + "/control/faults", timeout=5)
    assert caller.available() == "true"


def test_a_fault_can_be_meant_for_one_method(caller, control):
    control.fault("server_error", method="ZapisUbytovane", times=1)
    assert caller.available() == "true"
    assert caller.raw_report(guest()).status_code == 500
    assert caller.report(guest()).records == [";"]


def test_a_fault_of_reports_is_not_used_up_by_other_methods(caller, control):
    control.fault("no_pdf", times=1)
    caller.available()
    assert caller.report(guest()).receipt is None


def test_a_try_with_a_wrong_password_uses_no_fault_up(police, caller, control):
    control.fault("server_error", times=1)
    wrong = Caller(police.url, password="Spatne2026")
    assert wrong.call("TestDostupnosti").status_code == 401
    assert caller.call("TestDostupnosti").status_code == 500


def test_several_faults_can_hit_one_call(caller, control):
    control.fault("delay", seconds=0.2, times=1)
    control.fault("no_pdf", times=1)
    control.fault("unknown_code", times=1)
    took, answer = seconds_of(lambda: caller.report(guest()))
    assert took >= 0.2
    assert answer.receipt is None
    assert answer.records == [";777;"]


def test_two_orders_of_a_kind_follow_one_another(caller, control):
    control.fault("unknown_code", code=801, times=1)
    control.fault("unknown_code", code=802, times=1)
    codes = [caller.codes(cSurN=name) for name in ("A", "B", "C")]
    assert codes == [";801;", ";802;", ";"]


def test_faults_are_counted(caller, control):
    control.fault("server_error", times=1)
    caller.call("TestDostupnosti")
    assert control.get("state")["counters"]["fault_server_error"] == 1


def test_the_wsdl_can_fail_too(caller, control):
    control.fault("html_page", method="singleWsdl", times=1)
    assert caller.available() == "true"
    broken = caller.session.get(caller.url + "?singleWsdl")
    assert broken.headers["Content-Type"].startswith("text/html")
    assert b"definitions" in caller.session.get(caller.url + "?singleWsdl").content


def test_control_and_pages_are_never_hit(control):
    control.fault("server_error")
    control.fault("drop_before")
    assert requests.get(control.base + "/", timeout=5).status_code == 200
    assert len(control.get("state")["faults"]) == 2


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"refuse_connection"}))
def test_after_every_fault_the_service_works_again(police, control, kind):
    control.fault(kind, times=1, seconds=0.05)
    caller = Caller(police.url)
    try:
        caller.raw_report(guest())
    except CUT:
        pass
    control.post("reset")
    answer = Answer(Caller(police.url).raw_report(guest()))
    assert answer.records == [";"]
    assert answer.receipt


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "hang", "seconds": -1},
        {"kind": "hang", "seconds": 601},
        {"kind": "hang", "seconds": "2"},
        {"kind": "hang", "seconds": True},
        {"kind": "no_pdf", "times": 0},
        {"kind": "no_pdf", "times": 1.5},
        {"kind": "no_pdf", "times": "1"},
        {"kind": "no_pdf", "method": "TestDostupnosti"},
        {"kind": "delay", "method": "Zapis"},
        {"kind": "unknown_code", "code": 0},
        {"kind": "unknown_code", "code": "777"},
        {"kind": "no_pdf", "colour": "red"},
        {"kind": ["no_pdf"]},
        {"kind": "delay", "method": ["ZapisUbytovane"]},
    ],
)
def test_an_impossible_fault_is_refused_with_a_reason(control, order):
    response = control.try_post("faults", **order)
    assert response.status_code == 400
    assert response.json()["error"]
    assert control.get("state")["faults"] == []
