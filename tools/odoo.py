# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Call Odoo: its configuration file and its commands."""

import ast
from pathlib import Path

from . import odoo_package
from .places import ADDON_LINK, ADDONS, DATA_DIR, DEV, PYTHON, VENV
from .process import run

CONFIG = DEV / "odoo.conf"
# time zones as a Czech hotel's server has them: none, Odoo wants UTC
ENV = {"TZ": "UTC", "PYTHONWARNINGS": "ignore::DeprecationWarning"}


def write_config(postgres_env: dict[str, str]) -> None:
    """`.dev/odoo.conf`, so that Odoo can also be started by hand."""
    source = odoo_package.find()
    extra = source.addons if not source.packaged else ()
    options = {
        "addons_path": ",".join(map(str, (*extra, ADDONS))),
        "data_dir": DATA_DIR,
        "list_db": False,
        "admin_passwd": "admin",
        "http_interface": "127.0.0.1",
        **_database_options(postgres_env),
    }
    lines = [f"{name} = {value}\n" for name, value in options.items()]
    CONFIG.write_text("".join(["[options]\n", *lines]))


def _database_options(env: dict[str, str]) -> dict[str, str]:
    names = {"PGHOST": "db_host", "PGPORT": "db_port", "PGUSER": "db_user"}
    return {option: env[name] for name, option in names.items() if name in env}


def command(*arguments) -> list:
    """`odoo COMMAND`; the caller's first argument is the command's name."""
    name, *rest = arguments
    return [PYTHON, "-m", "odoo", name, "-c", CONFIG, *rest]


def call(what: str, *arguments, log: str, env: dict[str, str], stdin: str = "") -> str:
    """Run an Odoo command to its end and return its log; ToolError when it fails."""
    settings = {**ENV, **env}
    return run(what, command(*arguments), log=log, env=settings, stdin=stdin)


def manifest(addon: Path) -> dict:
    return ast.literal_eval((addon / "__manifest__.py").read_text())


def hotel_folder() -> Path:
    """Where pip put OCA's hotel."""
    return next(VENV.glob("lib/python3*/site-packages/odoo/addons/hotel"))


def core_modules() -> list[str]:
    """What hotel and this addon stand on: all of it from Odoo's core."""
    depends = manifest(hotel_folder())["depends"] + manifest(ADDON_LINK)["depends"]
    return sorted(set(depends) - {"hotel"})
