# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Python environment `.dev/venv`: Odoo on its path, all dependencies from PyPI."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import apt, odoo_package, stamps
from .errors import ToolError
from .places import ADDON_LINK, ADDONS, CACHE, PYTHON, ROOT, VENV
from .process import run
from .progress import step

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
OLDEST = (3, 10)
# psycopg2 comes as psycopg2-binary, PyPDF2 as pypdf, LDAP is not used
NOT_WANTED = re.compile(r"(psycopg2|python-ldap|PyPDF2)\b")


def build() -> None:
    """Create or refresh the environment; nothing to do when its inputs are the same."""
    if sys.version_info < OLDEST:
        raise ToolError(f"Python 3.10 or newer is needed, this is {sys.version[:6]}.")
    source = odoo_package.build()
    born = stamps.digest(sys.version, source.path)
    if not (stamps.is_done("venv", born) and PYTHON.exists()):
        with step("Python environment: create"):
            _create()
            _add_odoo(source)
        stamps.forget("packages")
        stamps.mark_done("venv", born)
    wanted = [*REQUIREMENTS.read_text().splitlines(), *odoo_requirements(source)]
    if not stamps.is_done("packages", stamps.digest(*wanted)):
        with step("Python environment: install Odoo's and the addon's dependencies"):
            pip("install", "-r", REQUIREMENTS, *odoo_requirements(source))
        stamps.mark_done("packages", stamps.digest(*wanted))
    link_addon()


def link_addon() -> None:
    """The checkout may have any name; Odoo sees it as `.dev/addons/hotel_ubyport`."""
    ADDONS.mkdir(parents=True, exist_ok=True)
    if ADDON_LINK.is_symlink() and ADDON_LINK.resolve() == ROOT:
        return
    ADDON_LINK.unlink(missing_ok=True)
    ADDON_LINK.symlink_to(ROOT, target_is_directory=True)


def pip(*arguments) -> None:
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments]
    run("Installing Python packages", command, log="pip")


def _create() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if _has_ensurepip():
        run("Creating the Python environment", _venv_command(), log="pip")
    else:
        run(
            "Creating the Python environment", _venv_command("--without-pip"), log="pip"
        )
        _bring_pip()


def _venv_command(*options: str) -> list:
    return [sys._base_executable, "-m", "venv", *options, VENV]


def _has_ensurepip() -> bool:
    probe = [sys._base_executable, "-c", "import ensurepip"]
    return subprocess.call(probe, stderr=subprocess.DEVNULL) == 0


def _bring_pip() -> None:
    """Debian splits pip off Python: take the wheel from its package, uninstalled."""
    source = apt.PackageSource(["sid"])
    source.update()
    folder = CACHE / "pip"
    apt.unpack(source.download({"python3-pip-whl": "sid"})[0], folder)
    wheel = next(folder.glob("usr/share/python-wheels/pip-*.whl"))
    command = [PYTHON, f"{wheel}/pip", "install", "--no-index", wheel]
    run("Installing pip", command, log="pip")


def _add_odoo(source: odoo_package.OdooSource) -> None:
    packages = next(VENV.glob("lib/python3*/site-packages"))
    (packages / "odoo_source.pth").write_text(f"{source.path}\n")
    # tells pip that `odoo==19.0.*` is there, so that it builds nothing for it
    info = packages / "odoo-19.0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n")


def odoo_requirements(source: odoo_package.OdooSource) -> list[str]:
    """What Odoo itself declares, less what another package replaces."""
    listed = source.path / "requirements.txt"
    if listed.is_file():
        lines = re.sub(r"#.*", "", listed.read_text()).splitlines()
    else:
        metadata = next(source.path.glob("odoo-19*.egg-info")) / "PKG-INFO"
        lines = re.findall(r"^Requires-Dist: (.+)$", metadata.read_text(), re.M)
    plain = [line.strip() for line in lines if line.strip() and "extra ==" not in line]
    return [line for line in plain if not NOT_WANTED.match(line)]
