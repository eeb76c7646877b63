# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Style: ruff, pylint-odoo and Prettier, with the settings of the OCA for Odoo 19."""

import subprocess

from . import data_files, environment, export, node
from .errors import ToolError
from .places import ADDON, ROOT, VENV
from .process import scratch_folder
from .progress import say, step

PRETTIER_SUFFIXES = {".xml", ".js", ".scss", ".css"}
# written by other programs: not ours to lay out
FOREIGN = {"static/description/index.html"}


def main() -> None:
    environment.build()
    check()


def check() -> None:
    """Raise ToolError unless every check passes; all of them are run."""
    checks = {
        "ruff check": lambda: _run(_ruff("check", "--quiet", ".")),
        "ruff format": lambda: _run(_ruff("format", "--check", "--quiet", ".")),
        "prettier": lambda: _run(_prettier("--check", "--log-level=warn")),
        "pylint-odoo": _pylint,
        "data files": _data_files,
    }
    failed = [name for name, part in checks.items() if not _passes(name, part)]
    if failed:
        raise ToolError(
            f"Style: {', '.join(failed)} found faults (above); "
            "`make format` puts most of the layout right."
        )


def reformat() -> None:
    """`make format`."""
    environment.build()
    _run(_ruff("check", "--fix", "--quiet", "."))
    _run(_ruff("format", "--quiet", "."))
    _run(_prettier("--write", "--log-level=warn"))


def _ruff(*words: str) -> list:
    return [VENV / "bin" / "ruff", *words]


def _prettier(*words: str) -> list:
    names = [path for path in export.files() if path.suffix in PRETTIER_SUFFIXES]
    wanted = [path for path in names if str(path) not in FOREIGN]
    return [*node.prettier(), *words, "--no-error-on-unmatched-pattern", *wanted]


def _pylint() -> None:
    """pylint-odoo reads the whole folder: give it a copy without `.dev/`."""
    with scratch_folder() as folder:
        rules = export.copy_to(folder) / ".pylintrc"
        command = [VENV / "bin" / "pylint", f"--rcfile={rules}", "-j", "0", ADDON]
        _run(command, cwd=folder)


def _data_files() -> None:
    found = data_files.faults(ROOT, export.files())
    if found:
        raise ToolError("\n".join(found))


def _passes(name: str, part) -> bool:
    try:
        with step(name):
            part()
    except ToolError as error:
        say(error)
        return False
    return True


def _run(command, cwd=ROOT) -> None:
    """Run a checker; what it says becomes the text of the ToolError."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise ToolError((done.stdout + done.stderr).strip())
