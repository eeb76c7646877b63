# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All that demo and tests stand on, built when missing."""

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

from . import odoo, postgres, python_env
from .errors import ToolError
from .places import DEV, PYTHON, ROOT, VENV, outside_folder

NEEDED_BYTES = 3 * 10**9


def build() -> None:
    """Odoo, the Python environment and the link to the addon."""
    check_disk()
    python_env.build()


def restart_in_venv() -> None:
    """Continue with `.dev/venv`'s Python, if not yet: for packages from there."""
    if Path(sys.prefix) == VENV:
        return
    build()
    command = [PYTHON, "-m", "tools", *sys.argv[1:]]
    os.chdir(ROOT)
    os.execv(PYTHON, [str(word) for word in command])


@contextmanager
def ready():
    """All built and PostgreSQL running; yields the PG* variables for it."""
    build()
    with postgres.server().running() as server:
        odoo.write_config(server.env)
        yield server.env


def check_disk() -> None:
    """A first build needs about 2 GB; later ones only some room for data."""
    DEV.mkdir(exist_ok=True)
    free = shutil.disk_usage(DEV).free
    needed = NEEDED_BYTES if not (DEV / "stamps" / "packages").exists() else 3 * 10**8
    if free < needed:
        raise ToolError(
            f"Only {free / 1e9:.1f} GB are free in {DEV.parent}, "
            f"{needed / 1e9:.1f} GB are needed."
        )


def clean() -> None:
    """`make clean`: remove all that was built; refused while something uses it."""
    postgres.stop()
    server = postgres.server()
    if isinstance(server, postgres.PrivateServer) and server.is_up():
        raise ToolError("The demonstration or a test run uses .dev: stop it first.")
    for folder in (DEV, outside_folder()):
        shutil.rmtree(folder, ignore_errors=True)
