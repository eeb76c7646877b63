# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chromium for browser tests: Debian's package, installed where that is allowed."""

import os
import shutil
import subprocess

from .errors import ToolError
from .process import run
from .progress import step

# the names that Odoo's own test browser looks for
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]


def find() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def ensure() -> str:
    """Path of a Chromium, installed if need be; ToolError with the command if not."""
    if not find():
        prefix = _root_prefix()
        if prefix is None or not shutil.which("apt-get"):
            raise ToolError(
                "The browser tests need Chromium: sudo apt-get install chromium"
            )
        with step("Chromium: install Debian's package"):
            _install(prefix)
    path = find()
    if not path:
        raise ToolError("Chromium was installed but is not on the PATH.")
    return path


def _root_prefix() -> list[str] | None:
    """How to run a command as root without being asked for a password."""
    if os.getuid() == 0:
        return []
    probe = ["sudo", "-n", "true"]
    if shutil.which("sudo") and not subprocess.call(probe, stderr=subprocess.DEVNULL):
        return ["sudo", "-n"]
    return None


def _install(prefix: list[str]) -> None:
    what = "Installing Chromium (apt-get install chromium)"
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    run("Fetching package lists", [*prefix, "apt-get", "update"], log="chromium")
    run(what, [*prefix, *INSTALL], log="chromium", env=env)
