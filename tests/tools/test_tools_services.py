# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Programs that a command starts: it waits for them, watches them and stops them."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import process, progress, services
from tools.errors import ToolError

SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
print("serving")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
# ignores a polite request to end
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + SERVER


@pytest.fixture(autouse=True)
def own_logs(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "LOGS", tmp_path)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port, script=SERVER):
    command = [sys.executable, "-u", "-c", script, port]
    return services.running("the server", command, f"http://127.0.0.1:{port}/", {})


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_service_answers_when_the_block_begins_and_is_gone_after_it(port, tmp_path):
    with start(port) as service:
        assert service.is_alive()
        assert "serving" in (tmp_path / "server.log").read_text()
    assert is_gone(service.process.pid)


def test_a_service_is_stopped_also_when_something_goes_wrong(port):
    with pytest.raises(ZeroDivisionError), start(port) as service:
        raise ZeroDivisionError
    assert is_gone(service.process.pid)


def test_a_service_that_does_not_listen_is_killed(port, monkeypatch):
    monkeypatch.setattr(services, "STOPPING", 0.2)
    with start(port, STUBBORN) as service:
        pass
    assert is_gone(service.process.pid)
    assert service.process.returncode == -signal.SIGKILL


def test_a_service_that_cannot_start_is_one_sentence_with_its_log(port):
    with pytest.raises(
        ToolError, match=r"^Starting the server failed\. Details: .*log$"
    ):
        with start(port, "raise SystemExit('no')"):
            pytest.fail("it must not go on")


def test_a_service_that_ends_by_itself_is_noticed(port):
    with start(port) as service:
        service.process.kill()
        with pytest.raises(ToolError, match="the server has ended"):
            services.watch(service)


def test_ctrl_c_in_the_terminal_does_not_reach_a_service_before_it_is_told(port):
    with start(port) as service:
        assert os.getpgid(service.process.pid) != os.getpgid(0)


def test_other_programs_on_the_machine_are_left_alone(port):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        with start(port):
            pass
        time.sleep(0.1)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_step_tells_what_was_done_and_how_long_it_took(capsys):
    with progress.step("Count the rooms"):
        pass
    line = capsys.readouterr().out
    assert line.startswith("  ok   Count the rooms")
    assert line.rstrip().endswith("0.0 s")


def test_a_failed_step_is_marked(capsys):
    with pytest.raises(ToolError), progress.step("Count the rooms"):
        raise ToolError("There are none.")
    assert capsys.readouterr().out.startswith(" FAIL  Count the rooms")


def test_a_box_is_as_wide_as_its_longest_line(capsys):
    progress.box(["a", "", "Žluťoučký"])
    widths = {len(line) for line in capsys.readouterr().out.splitlines()}
    assert widths == {len("Žluťoučký") + 4}


def test_the_logs_of_both_services_have_names_of_their_own():
    names = [services.log_name(name) for name in ("the police simulator", "Odoo")]
    assert names == ["simulator", "odoo"]
    assert Path(names[0]).name == names[0]
