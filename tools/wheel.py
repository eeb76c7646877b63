# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Build the addon as an Odoo wheel."""

import zipfile

from . import environment, export
from .errors import ToolError
from .places import ADDON, DEV
from .process import scratch_folder
from .progress import say, step
from .python_env import pip

FOLDER = DEV / "dist"


def main() -> None:
    environment.build()
    say(f"Built {build()}")


def build():
    """Build the wheel into `.dev/dist` and return its path."""
    with step("Build the Odoo wheel"), scratch_folder() as folder:
        copy = export.copy_to(folder)
        options = ["--no-deps", "--no-build-isolation", "--wheel-dir", FOLDER]
        pip("wheel", *options, copy)
    wheel = max(FOLDER.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    with zipfile.ZipFile(wheel) as archive:
        if f"odoo/addons/{ADDON}/__manifest__.py" not in archive.namelist():
            raise ToolError(f"The wheel {wheel} does not hold the addon.")
    return wheel
