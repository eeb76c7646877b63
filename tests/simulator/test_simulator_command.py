# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m simulator`` as a program of its own."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from simulator_caller import TODAY, Caller, Control, guest

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def first_line(process):
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return line


def stop(process, with_signal=signal.SIGTERM):
    process.send_signal(with_signal)
    out, err = process.communicate(timeout=10)
    return process.returncode, out, err


@pytest.fixture
def running():
    """The program on a free port; its address and process."""
    process = start("--port", "0", "--quiet")
    url = first_line(process).removeprefix("listening on ").strip()
    yield url, process
    if process.poll() is None:
        stop(process)


def test_port_0_takes_a_free_port_and_says_which():
    process = start("--port", "0")
    line = first_line(process)
    assert re.fullmatch(r"listening on http://127\.0\.0\.1:\d+\n", line)
    stop(process)


def test_the_program_takes_a_report_from_end_to_end(running):
    url, _ = running
    control = Control(url)
    control.post("clock", today=TODAY)
    answer = Caller(url).report(guest())
    assert answer.records == [";"]
    assert "Počet přijatých záznamů: 1" in answer.lines
    assert control.records()[0]["fields"]["cSurN"] == "Vzorková"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_quietly_when_told(running, number):
    _, process = running
    assert stop(process, number) == (0, "", "")


def test_a_busy_port_is_one_sentence_and_exit_code_2(running):
    url, _ = running
    port = url.rsplit(":", 1)[1]
    second = start("--port", port)
    out, err = second.communicate(timeout=10)
    assert second.returncode == 2
    assert out == ""
    expected = (
        f"Port {port} on 127.0.0.1 is already in use; choose another with --port."
    )
    assert err == expected + "\n"


def test_two_programs_can_run_beside_each_other(running):
    url, _ = running
    second = start("--port", "0", "--quiet")
    other = first_line(second).removeprefix("listening on ").strip()
    assert other != url
    assert Caller(other).available() == Caller(url).available() == "true"
    stop(second)


def test_the_database_is_kept_between_runs(tmp_path):
    database = str(tmp_path / "kept.sqlite")
    for expected in (";", ";150;"):
        process = start("--port", "0", "--quiet", "--database", database)
        url = first_line(process).removeprefix("listening on ").strip()
        Control(url).post("clock", today=TODAY)
        assert Caller(url).report(guest()).records == [expected]
        stop(process)


def test_a_database_that_cannot_be_used_is_one_sentence(tmp_path):
    process = start("--port", "0", "--database", str(tmp_path / "no" / "folder.db"))
    _, err = process.communicate(timeout=10)
    assert process.returncode == 2
    assert err.startswith("Cannot use the database ")
    assert "Traceback" not in err and err.count("\n") == 1


def test_accounts_can_come_from_a_file(tmp_path):
    path = tmp_path / "mine.json"
    mine = {
        "login": "uby-ws77mine",
        "password": "Moje2026heslo",
        "idub": "777777777777",
        "mark": "MOJEX",
    }
    path.write_text(json.dumps([mine]), encoding="utf-8")
    process = start("--port", "0", "--quiet", "--accounts", str(path))
    url = first_line(process).removeprefix("listening on ").strip()
    mine = Caller(url, r"EXRESORTMV\uby-ws77mine", "Moje2026heslo")
    assert mine.available() == "true"
    assert Caller(url).call("TestDostupnosti").status_code == 401
    stop(process)


def test_a_bad_accounts_file_is_one_sentence(tmp_path):
    process = start("--port", "0", "--accounts", str(tmp_path / "missing.json"))
    _, err = process.communicate(timeout=10)
    assert process.returncode == 2
    assert "missing.json" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("port", ["70000", "-1", "x"])
def test_an_impossible_port_is_no_traceback(port):
    process = start(f"--port={port}")
    _, err = process.communicate(timeout=10)
    assert process.returncode == 2
    assert "Traceback" not in err


def test_requests_are_logged_without_anybody_in_them():
    process = start("--port", "0")
    url = first_line(process).removeprefix("listening on ").strip()
    Control(url).post("clock", today=TODAY)
    Caller(url).report(guest())
    _, _, err = stop(process)
    assert "POST /ws_uby/ws_uby.svc" in err
    for secret in ("Vzorková", "PA1234567", "05031984", "Vltava2026", "NTLM"):
        assert secret not in err


def test_a_control_port_is_announced_on_a_second_line():
    process = start("--port", "0", "--quiet", "--control-port", "0")
    first, second = first_line(process), first_line(process)
    assert first.startswith("listening on ")
    base = second.removeprefix("control on ").strip()
    assert requests.get(base + "/control/state", timeout=5).status_code == 200
    stop(process)
