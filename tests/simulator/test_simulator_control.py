# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
import requests
from simulator_caller import LIPA, Caller, guest
from werkzeug.test import Client

from simulator.police import Simulator


def test_the_control_address_needs_no_login(control):
    assert set(control.get("state")) == {
        "accounts",
        "faults",
        "refusing",
        "clock",
        "options",
        "counters",
    }


def test_no_password_is_ever_shown(control):
    control.post("accounts", login="uby-ws12demo", password="Tajne2026x")
    for what in ("state", "records", "batches"):
        text = requests.get(f"{control.base}/control/{what}", timeout=5).text
        assert "Tajne2026x" not in text
        assert "Lipa2026" not in text
        assert '"password"' not in text


def test_the_demo_accounts_are_complete(control):
    vltava, lipa = control.get("state")["accounts"]
    assert (vltava["idub"], vltava["mark"]) == ("123456789012", "HVLTA")
    assert (lipa["idub"], lipa["mark"]) == ("1234567890123", "PENSN")
    assert vltava["name"] == "Hotel Vltava" and lipa["name"] == "Penzion U Lípy"
    assert vltava["zip"] == "11000" and lipa["zip"] == "38901"
    assert lipa["orientation_number"] == ""


def test_records_can_be_asked_for_by_facility_and_by_batch(caller, pension, control):
    caller.report(guest(cSurN="A"), guest(cSurN="B"))
    pension.report(guest(cSurN="C"), facility=LIPA)

    def names(**query):
        return [r["fields"]["cSurN"] for r in control.records(**query)]

    assert names() == ["A", "B", "C"]
    assert names(idub="1234567890123") == ["C"]
    assert names(batch=1) == ["A", "B"]
    assert names(idub="000000000000") == []


def test_a_record_tells_everything_about_itself(caller, control):
    answer = caller.report(guest(cFrom="2026-11-02T00:00:00"))
    record = control.records()[0]
    assert record["codes"] == [112]
    assert record["verdict"] == "accepted"
    assert record["late"] is True
    assert record["batch"] == 1
    assert record["position"] == 1
    assert record["stamp"] == answer.stamp
    assert record["login"] == "uby-ws12demo"
    assert record["environment"] == "production"
    assert record["received_at"].startswith("2026-11-20T")
    assert record["printed"]["nationality"] == "SVK"
    assert "key" not in record


def test_a_batch_tells_what_came_and_what_became_of_it(caller, control):
    caller.report(guest(), guest(), guest(cDocN="x"), uOkr="Brno")
    batch = control.get("batches")[0]
    assert (batch["sent"], batch["accepted"], batch["duplicate"], batch["refused"]) == (
        3,
        1,
        1,
        1,
    )
    assert batch["header"]["uOkr"] == "Brno"
    assert batch["header_codes"] == [7]
    assert batch["with_pdf"] is True
    assert batch["interrupted"] is False
    assert batch["has_receipt"] and batch["has_error_receipt"]


def test_the_newest_batch_comes_first(caller, control):
    caller.report(guest(cSurN="A"))
    caller.report(guest(cSurN="B"))
    assert [batch["number"] for batch in control.get("batches")] == [2, 1]
    assert control.get("batches", idub="1234567890123") == []


def test_a_reset_forgets_data_faults_counters_and_locks(caller, control):
    caller.report(guest())
    control.fault("no_pdf")
    control.post("accounts", login="uby-ws34demo", locked=True)
    control.post("reset")
    state = control.get("state")
    assert control.records() == [] and control.get("batches") == []
    assert state["faults"] == [] and state["counters"] == {}
    assert not any(account["locked"] for account in state["accounts"])


def test_a_reset_keeps_accounts_clock_and_options(control):
    control.post("clock", today="2026-05-05")
    control.post("options", max_batch=5)
    control.post("accounts", login="uby-ws12demo", name="Hotel Labe")
    control.post("reset")
    state = control.get("state")
    assert state["clock"] == {"today": "2026-05-05", "fixed": True}
    assert state["options"]["max_batch"] == 5
    assert state["accounts"][0]["name"] == "Hotel Labe"


def test_after_a_reset_batches_are_numbered_from_one(caller, control):
    caller.report(guest())
    control.post("reset")
    caller.report(guest())
    assert [batch["number"] for batch in control.get("batches")] == [1]


def test_the_clock_can_be_set_and_set_free(control):
    assert control.post("clock", today="2030-01-31") == {
        "today": "2030-01-31",
        "fixed": True,
    }
    assert control.post("clock", today=None)["fixed"] is False


@pytest.mark.parametrize("today", ["tomorrow", "2026-02-30", 20261120, ["2026-11-20"]])
def test_a_day_that_is_none_is_refused(control, today):
    response = control.try_post("clock", today=today)
    assert response.status_code == 400
    assert control.get("state")["clock"]["today"] == "2026-11-20"


@pytest.mark.parametrize(
    "changes",
    [
        {"max_batch": 0},
        {"max_batch": "5"},
        {"max_batch": True},
        {"duplicate_severity": 3},
        {"new_header_codes": 1},
        {"colour": "red"},
        {"max_batch": 5, "colour": "red"},
        {"change": 1},
    ],
)
def test_an_impossible_option_changes_nothing(control, changes):
    before = control.get("state")["options"]
    assert control.try_post("options", **changes).status_code == 400
    assert control.get("state")["options"] == before


def test_the_limit_of_wrong_passwords_can_be_set(police, control):
    control.post("options", wrong_password_limit=1)
    Caller(police.url, password="Spatne2026").call("TestDostupnosti")
    assert control.get("state")["accounts"][0]["locked"] is True


@pytest.mark.parametrize("content", [b"{", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(control, content):
    response = requests.post(control.base + "/control/faults", content, timeout=5)
    assert response.status_code == 400
    assert response.json()["error"]


def test_unknown_addresses_and_methods_are_told_apart(control):
    assert requests.get(control.base + "/control/nothing", timeout=5).status_code == 404
    assert requests.get(control.base + "/control/reset", timeout=5).status_code == 405
    assert requests.put(control.base + "/control/state", timeout=5).status_code == 405


def test_calls_are_counted_by_method(caller, control):
    caller.available()
    caller.available()
    caller.report(guest())
    caller.raw_report(guest(cFrom="x"))
    counters = control.get("state")["counters"]
    assert counters["TestDostupnosti"] == 2
    assert counters["ZapisUbytovane"] == 2
    assert counters["soap_fault"] == 1


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.1", "2001:db8::1"])
def test_other_machines_are_kept_out(police, peer):
    client = Client(police.application)
    response = client.get("/control/state", environ_base={"REMOTE_ADDR": peer})
    assert response.status_code == 403
    assert "uby-ws12demo" not in response.text


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.9.1", "::1"])
def test_this_machine_is_let_in_by_all_its_names(police, peer):
    client = Client(police.application)
    response = client.get("/control/state", environ_base={"REMOTE_ADDR": peer})
    assert response.status_code == 200


def test_a_web_page_from_elsewhere_cannot_use_a_browser_as_a_messenger(control):
    url = control.base + "/control/reset"
    foreign = {"Origin": "http://pages.invalid"}
    assert requests.post(url, headers=foreign, timeout=5).status_code == 403
    own = {"Origin": control.base}
    assert requests.post(url, headers=own, timeout=5).status_code == 200


@pytest.mark.parametrize("host", ["pages.invalid", "192.0.2.7:8070", ""])
def test_a_foreign_name_for_this_machine_is_not_taken(control, host):
    url = control.base + "/control/state"
    response = requests.get(url, headers={"Host": host}, timeout=5)
    assert response.status_code == 403
    here = {"Host": "localhost:8070"}
    assert requests.get(url, headers=here, timeout=5).status_code == 200


def test_a_separate_control_port_serves_nothing_else():
    with Simulator(control_port=0) as running:
        base = running.control_url
        assert base != running.url
        assert requests.get(base + "/control/state", timeout=5).status_code == 200
        assert requests.get(base + "/", timeout=5).status_code == 404
        assert requests.post(base + "/ws_uby/ws_uby.svc", timeout=5).status_code == 404
