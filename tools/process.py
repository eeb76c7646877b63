# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run other programs: output to a log file, failures as one sentence."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from .errors import ToolError
from .places import LOGS

DISK_FULL = re.compile(r"no space left on device|errno 28|disk quota exceeded", re.I)
NO_NETWORK = re.compile(
    r"temporary failure (in name resolution|resolving)|could not resolve|"
    r"name or service not known|network is unreachable|failed to establish a new|"
    r"could not connect to|connection (refused|timed out)|EAI_AGAIN|ENOTFOUND",
    re.I,
)


def need(program: str, package: str) -> str:
    """Full path of `program`, or a sentence naming the Debian package with it."""
    path = shutil.which(program)
    if not path:
        raise ToolError(
            f"The program '{program}' is missing: apt-get install {package}"
        )
    return path


def explain(what: str, output: str, log: Path | None = None) -> str:
    """One sentence on why `what` failed, judged by the program's output."""
    where = f" Details: {log}" if log else ""
    if DISK_FULL.search(output):
        return f"{what} failed: the disk is full. Free some space and start again."
    if "security risk, aborting" in output:
        return f"{what} failed: PGUSER must be a role other than postgres."
    if NO_NETWORK.search(output):
        return f"{what} failed: no network, the download could not be reached.{where}"
    return f"{what} failed.{where}"


def log_path(name: str) -> Path:
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name}.log"


def run(what, command, *, log, env=None, cwd=None, user=None, stdin=""):
    """Run to the end with output into .dev/log/<log>.log, and return that output.

    `what` is said in the ToolError when it fails; `stdin` is given to the program.
    """
    path = log_path(log)
    start = path.stat().st_size if path.exists() else 0
    words = [str(word) for word in as_user(command, user)]
    with path.open("ab") as output:
        output.write(f"$ {' '.join(words)}\n".encode())
        output.flush()
        done = subprocess.run(
            words,
            input=stdin.encode(),
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=cwd,
        )
    if done.returncode:
        raise ToolError(explain(what, tail(path, start), path))
    return tail(path, start, limit=10**7)


def tail(path: Path, start: int = 0, limit: int = 20000) -> str:
    """The end of a log, at most `limit` bytes, not before offset `start`."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(start, size - limit))
        return file.read().decode(errors="replace")


def as_user(command, user):
    """The command run by `user`, or as it is without one."""
    if user is None:
        return list(command)
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]


def scratch_folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="hotel_ubyport-")
