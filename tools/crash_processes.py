# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The processes of a crash test: Odoo workers that obey, and the police simulator."""

import json
import os
import signal
import subprocess
import time
import urllib.request

from . import odoo
from .crash_tally import document_of
from .errors import ToolError
from .places import PYTHON, ROOT
from .process import log_path

PATIENCE = 60.0
PAUSE = 0.05


class Worker:
    """One Odoo process; see crash_worker for its orders."""

    def __init__(self, database: str, env: dict[str, str]):
        self._log = log_path("crash").open("ab")
        self._process = subprocess.Popen(
            [PYTHON, "-m", "tools.crash_worker", odoo.CONFIG, database],
            cwd=ROOT,
            env={**os.environ, **odoo.ENV, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._is_ready = False

    def start(self, order: str, **arguments) -> None:
        """Give an order; `result` waits for its end."""
        self.wait_until_ready()
        self._process.stdin.write(json.dumps([order, arguments]) + "\n")
        self._process.stdin.flush()

    def result(self):
        """The answer to the order; ToolError when the process has died instead."""
        line = self._process.stdout.readline()
        if not line:
            raise ToolError(f"A worker has ended. Details: {self._log.name}")
        return json.loads(line)

    def do(self, order: str, **arguments):
        self.start(order, **arguments)
        return self.result()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)

    def end(self) -> int:
        """Wait until it dies or has done its orders; the code, negative: a signal."""
        try:
            self._process.stdin.close()
            return self._process.wait(PATIENCE)
        finally:
            self.stop()

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        self._log.close()

    def wait_until_ready(self) -> None:
        if not self._is_ready:
            self._is_ready = self.result() == "ready"


class Police:
    """A running simulator and its control address."""

    def __init__(self):
        self._process = subprocess.Popen(
            [PYTHON, "-m", "simulator", "--port", "0", "--quiet"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._address = self._process.stdout.readline().split()[-1]
        self.endpoint = f"{self._address}/ws_uby/ws_uby.svc"
        self.web_form = f"{self._address}/unl"
        self._ordered: dict[str, int] = {}

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def fault(self, kind: str, times: int | None = 1, **options) -> None:
        """Let the next reports fail; see simulator/README.md."""
        self._ordered[kind] = self._happened(kind)
        order = {"kind": kind, "times": times, "method": "ZapisUbytovane"}
        self._call("faults", order | options)

    def heal(self) -> None:
        self._call("faults", method="DELETE")

    def set_options(self, **options) -> None:
        self._call("options", options)

    def counters(self) -> dict[str, int]:
        """How often each method was called and each fault happened, since its start."""
        return self._call("state")["counters"]

    def records(self) -> list[dict]:
        return self._call("records")

    def records_of(self, documents) -> list[dict]:
        return [one for one in self.records() if document_of(one) in documents]

    def wait_for_fault(self, kind: str, times: int = 1) -> None:
        """Until it has happened so often since it was ordered."""
        wanted = self._ordered[kind] + times
        wait_until(lambda: self._happened(kind) >= wanted, f"{kind} at the police")

    def _happened(self, kind: str) -> int:
        return self.counters().get(f"fault_{kind}", 0)

    def _call(self, path: str, content=None, method=None):
        request = urllib.request.Request(
            f"{self._address}/control/{path}",
            data=json.dumps(content).encode() if content else None,
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)


def wait_until(condition, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise ToolError(f"Waited {PATIENCE:.0f} s in vain: {what}.")
        time.sleep(PAUSE)
