# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo 19 and its addons on disk: Debian's package unpacked, or a given folder."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import apt, stamps
from .errors import ToolError
from .places import CACHE
from .progress import step

FOLDER = CACHE / "odoo-19"
DIST = FOLDER / "usr" / "lib" / "python3" / "dist-packages"
# The web assets of the package are links into these packages. Odoo's style sheets
# need the 4.7 line of Font Awesome, which only Debian 12 still has.
PACKAGES = {
    "odoo-19": "sid",
    "libjs-jquery": "sid",
    "libjs-jquery-form": "sid",
    "libjs-underscore": "sid",
    "fonts-roboto-unhinted": "sid",
    "fonts-montserrat": "sid",
    "fonts-ocr-b": "sid",
    "fonts-font-awesome": "bookworm",
    "fonts-inconsolata": "bookworm",
}
# three quarters of the package are translations into languages other than Czech
NEEDLESS = ("*/i18n/[!c]*.po", "*/i18n/c[!s]*.po", "./usr/share/doc")
# the package lacks this file, and every page would log an error
MISSING = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class OdooSource:
    """`path` goes on Python's path; `addons` are the folders with Odoo's addons."""

    path: Path
    addons: tuple[Path, ...]
    packaged: bool = True


def find() -> OdooSource:
    """The Odoo to use: ODOO_SOURCE if set, else the unpacked Debian package."""
    given = os.environ.get("ODOO_SOURCE")
    if not given:
        return OdooSource(DIST, (DIST / "odoo" / "addons",))
    path = Path(given).resolve()
    if not (path / "odoo" / "release.py").is_file():
        raise ToolError(
            f"ODOO_SOURCE={given} is not an Odoo source (no odoo/release.py)."
        )
    both = (path / "addons", path / "odoo" / "addons")
    return OdooSource(path, tuple(one for one in both if one.is_dir()), packaged=False)


def build() -> OdooSource:
    """Download and unpack the package unless it is there already."""
    source = find()
    key = stamps.digest(PACKAGES, NEEDLESS)
    if not source.packaged or (stamps.is_done("odoo", key) and DIST.is_dir()):
        return source
    with step("Odoo 19: download Debian's package (120 MB)"):
        debs = _download()
    with step("Odoo 19: unpack"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        for deb in debs:
            apt.unpack(deb, FOLDER, *NEEDLESS)
        _complete_assets()
        for deb in debs:
            deb.unlink()
    stamps.mark_done("odoo", key)
    return source


def _download() -> list[Path]:
    source = apt.PackageSource(dict.fromkeys(PACKAGES.values()))
    source.update()
    return source.download(PACKAGES)


def _complete_assets() -> None:
    missing = DIST / "odoo" / "addons" / MISSING
    if not missing.exists():
        missing.parent.mkdir(parents=True, exist_ok=True)
        missing.touch()
    broken = [path for path in _links(DIST) if not path.exists()]
    if broken:
        raise ToolError(f"Odoo's package misses {len(broken)} assets, e.g. {broken[0]}")


def _links(folder: Path):
    for name, folders, files in os.walk(folder):
        for entry in (*folders, *files):
            path = Path(name, entry)
            if path.is_symlink():
                yield path
