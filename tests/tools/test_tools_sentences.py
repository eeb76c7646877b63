# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a person reads when something is in the way: one sentence, no traceback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import chromium, demo, environment, odoo_package, ports, process
from tools.errors import ToolError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def busy_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
def own_logs(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "LOGS", tmp_path)


def command(*words, **settings):
    return subprocess.run(
        [sys.executable, "-m", "tools", *words],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("which", ["ODOO_PORT", "POLICE_PORT"])
def test_a_busy_port_stops_the_demonstration_before_anything_is_built(
    busy_port, which, tmp_path, monkeypatch
):
    monkeypatch.setattr(demo, "DEV", tmp_path)
    monkeypatch.setattr(demo, "STATE", tmp_path / "demo.json")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    chosen = {"ODOO_PORT": free, "POLICE_PORT": free} | {which: busy_port}
    with pytest.raises(ToolError) as caught:
        with demo.served(demo.Addresses(*chosen.values())):
            pass
    assert str(caught.value) == (
        f"Port {busy_port} is busy, another program uses it. "
        f"Take another one: {which}={busy_port + 100} make demo"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["demo.lock"]


def test_a_second_demonstration_is_told_about_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "DEV", tmp_path)
    monkeypatch.setattr(demo, "STATE", tmp_path / "demo.json")
    with demo.only_one():
        with pytest.raises(ToolError, match="runs already"), demo.only_one():
            pass
        with pytest.raises(ToolError, match="only starting"):
            demo.running_addresses()
        demo.STATE.write_text('{"odoo_port": 1, "police_port": 2}')
        assert demo.running_addresses() == demo.Addresses(1, 2)
    assert demo.running_addresses() is None


def test_a_fault_ends_with_one_sentence_and_no_traceback():
    done = command("demo", ODOO_PORT="eight")
    assert done.returncode == 1
    assert done.stdout.strip() == (
        "ODOO_PORT=eight is not a port: a number from 1 to 65535."
    )
    assert done.stderr == ""


def test_an_unknown_command_names_the_known_ones():
    done = command("dance")
    assert done.returncode == 2
    assert "demo-check" in done.stdout


@pytest.mark.parametrize("text", ["eight", "0", "70000", "-1", "80 "])
def test_a_port_must_be_a_port_number(monkeypatch, text):
    monkeypatch.setenv("ODOO_PORT", text)
    with pytest.raises(ToolError, match="is not a port"):
        ports.chosen("ODOO_PORT", 8069)


def test_an_empty_port_variable_means_the_usual_port(monkeypatch):
    monkeypatch.setenv("ODOO_PORT", "")
    assert ports.chosen("ODOO_PORT", 8069) == 8069


def test_a_closed_port_is_not_busy(busy_port):
    assert ports.is_busy(busy_port)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert not ports.is_busy(free)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("tar: write error: No space left on device", "the disk is full"),
        ("OSError: [Errno 28] No space left", "the disk is full"),
        ("Temporary failure resolving 'mirror.example'", "no network"),
        ("npm error code EAI_AGAIN", "no network"),
        ("Failed to establish a new connection: [Errno 101]", "no network"),
        ("Using the database user 'postgres' is a security risk, aborting.", "PGUSER"),
        ("ValueError: strange", "Details: "),
    ],
)
def test_the_reason_of_a_failure_is_read_from_the_output(output, sentence):
    script = f"import sys; print({output!r}); sys.exit(3)"
    with pytest.raises(ToolError) as caught:
        process.run("Trying it", [sys.executable, "-c", script], log="trial")
    text = str(caught.value)
    assert text.startswith("Trying it failed")
    assert sentence in text
    assert "\n" not in text


def test_only_the_output_of_the_last_run_is_judged():
    fail = "print('No space left on device'); raise SystemExit(1)"
    with pytest.raises(ToolError, match="disk is full"):
        process.run("First", [sys.executable, "-c", fail], log="same")
    with pytest.raises(ToolError, match=r"^Second failed\. Details"):
        process.run("Second", [sys.executable, "-c", "raise SystemExit(1)"], log="same")


def test_a_run_returns_what_it_printed_and_is_given_its_input():
    script = "import sys; print('got ' + sys.stdin.read())"
    output = process.run("Echo", [sys.executable, "-c", script], log="e", stdin="x")
    assert output.splitlines()[-1] == "got x"


def test_a_missing_program_names_the_package_to_install():
    with pytest.raises(ToolError, match="apt-get install nice-package"):
        process.need("no-such-program-here", "nice-package")


def test_a_full_disk_is_told_before_the_work_begins(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "DEV", tmp_path / ".dev")
    nearly_full = SimpleNamespace(free=10**9)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: nearly_full)
    with pytest.raises(
        ToolError, match=r"^Only 1\.0 GB are free .* 3\.0 GB are needed"
    ):
        environment.check_disk()


def test_later_starts_need_little_room(monkeypatch, tmp_path):
    stamp = tmp_path / ".dev" / "stamps" / "packages"
    stamp.parent.mkdir(parents=True)
    stamp.touch()
    monkeypatch.setattr(environment, "DEV", tmp_path / ".dev")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10**9))
    environment.check_disk()


def test_without_rights_the_one_command_for_chromium_is_told(monkeypatch):
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ToolError, match="sudo apt-get install chromium"):
        chromium.ensure()


def test_a_wrong_odoo_source_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("ODOO_SOURCE", str(tmp_path))
    with pytest.raises(ToolError, match="is not an Odoo source"):
        odoo_package.find()


def test_a_given_odoo_source_brings_its_addons(monkeypatch, tmp_path):
    for name in ("odoo/addons", "addons"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "odoo" / "release.py").touch()
    monkeypatch.setenv("ODOO_SOURCE", str(tmp_path))
    source = odoo_package.find()
    assert not source.packaged
    assert source.addons == (tmp_path / "addons", tmp_path / "odoo" / "addons")
