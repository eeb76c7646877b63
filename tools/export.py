# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The addon's own files, copied into a folder named as Odoo wants it."""

import shutil
import subprocess
from pathlib import Path

from .places import ADDON, ROOT
from .stamps import NOT_SOURCE


def files() -> list[Path]:
    """Files of the checkout, relative: those of git, or all if there is no git."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        return [path.relative_to(ROOT) for path in _walk(ROOT)]
    names = filter(None, done.stdout.split("\0"))
    return [Path(name) for name in sorted(names) if (ROOT / name).is_file()]


def _walk(folder: Path):
    for entry in sorted(folder.iterdir()):
        if entry.name in NOT_SOURCE:
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


def copy_to(folder: Path) -> Path:
    """Copy them to `folder`/hotel_ubyport and return that path."""
    target = Path(folder, ADDON)
    for path in files():
        destination = target / path
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, destination)
    return target
