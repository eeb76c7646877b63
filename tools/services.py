# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Long-running programs that a command starts, watches and stops again."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager

from . import ports
from .errors import ToolError
from .places import ROOT
from .process import explain, log_path, tail
from .progress import step

# seconds to wait for the first answer, and for the end after being asked
PATIENCE = 120.0
STOPPING = 15.0


class Service:
    """One program with its log in `.dev/log/`, named by the last word."""

    def __init__(self, name: str, command, url: str, env: dict[str, str]):
        self.name = name
        self.url = url
        self.log = log_path(log_name(name))
        with self.log.open("wb") as output:
            # a session of its own: Ctrl-C reaches us only, and we stop it in order
            self.process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **env},
                cwd=ROOT,
                start_new_session=True,
            )

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def wait_until_it_answers(self) -> None:
        if not ports.wait_for(self.url, self.is_alive, PATIENCE):
            raise ToolError(explain(f"Starting {self.name}", tail(self.log), self.log))

    def stop(self) -> None:
        if self.is_alive():
            self.process.terminate()
            try:
                self.process.wait(STOPPING)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def log_name(name: str) -> str:
    """The last word of a service's name."""
    return name.split()[-1].lower()


@contextmanager
def running(name: str, command, url: str, env: dict[str, str]):
    """The service, answering at `url`; stopped at the end."""
    service = Service(name, command, url, env)
    try:
        with step(f"Start {name}"):
            service.wait_until_it_answers()
        yield service
    finally:
        service.stop()


def watch(*services: Service) -> None:
    """Return never, but raise as soon as one of them ends by itself."""
    while True:
        for service in services:
            if not service.is_alive():
                raise ToolError(f"{service.name} has ended. Details: {service.log}")
        time.sleep(0.5)
