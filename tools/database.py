# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo databases: one base with Odoo's core, quick copies of it with the addon.

The base is a Czech company with English and Czech. It holds no demo data of the
core (American companies, unrelated orders); a copy "with demo data" has those of
`hotel` and of this addon only.
"""

import os
import subprocess
import sys

from . import environment, odoo, odoo_package, stamps
from .errors import ToolError
from .places import ADDON, PYTHON, ROOT
from .progress import step

BASE = "hotel_ubyport_base"
CZECH = "cs_CZ"
# hotel's demo data load only where all that it stands on "has" demo data
PRETEND_DEMO = "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"

# made once, or the first page of each kind would take seconds
BUNDLES = (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
)
WARM_UP = f"""
for name in {BUNDLES!r}:
    bundle = env["ir.qweb"]._get_asset_bundle(name, css=True, js=True)
    bundle.js(), bundle.css()
env.cr.commit()
"""


def build_base(env: dict[str, str]) -> str:
    """Make the base unless it is there; returns what it was made from (a hash)."""
    key = stamps.digest(odoo_package.find().path, odoo.core_modules(), sys.version)
    if stamps.is_done(BASE, key) and exists(BASE, env):
        return key
    with step("Database: Odoo's core modules, English and Czech"):
        what = "Creating the base database"
        init = ("db", "init", BASE, "--force", "--country", "CZ")
        odoo.call(what, *init, log=log_name(BASE), env=env)
        modules = ",".join(odoo.core_modules())
        _server(what, BASE, "-i", modules, f"--load-language={CZECH}", env=env)
    stamps.mark_done(BASE, key)
    return key


def build(name: str, env: dict[str, str], *, demo: bool) -> str:
    """A fresh database with the addon; returns the log of the installation."""
    build_base(env)
    stamps.forget(f"{name}.base")
    title = "with demo data" if demo else "without demo data"
    with step(f"Database {name}: install {ADDON} {title}"):
        copy(BASE, name, env)
        if demo:
            sql(name, PRETEND_DEMO, env)
        log = install(name, env, demo=demo)
    return log


def install(name: str, env: dict[str, str], *, demo: bool) -> str:
    options = ["--with-demo"] if demo else []
    return _server("Installing the addon", name, "-i", ADDON, *options, env=env)


def install_hotel(name: str, env: dict[str, str]) -> None:
    """OCA's hotel alone, to compare with."""
    _server("Installing hotel", name, "-i", "hotel", env=env)


def upgrade(name: str, env: dict[str, str]) -> str:
    with step(f"Database {name}: upgrade {ADDON}, its source has changed"):
        return _server("Upgrading the addon", name, "-u", ADDON, env=env)


def refresh(name: str, env: dict[str, str], *, demo: bool) -> bool:
    """Build it when missing or older than the base, upgrade it when the addon changed.

    Returns whether there was anything to do.
    """
    base = build_base(env)
    source = stamps.tree_digest(ROOT)
    if not (exists(name, env) and stamps.is_done(f"{name}.base", base)):
        build(name, env, demo=demo)
    elif not stamps.is_done(name, source):
        upgrade(name, env)
    else:
        return False
    stamps.mark_done(f"{name}.base", base)
    stamps.mark_done(name, source)
    return True


def copy(source: str, target: str, env: dict[str, str]) -> None:
    """Copy a database with its files; an older `target` is dropped."""
    words = ("db", "duplicate", "--force", source, target)
    odoo.call(f"Copying the database {source}", *words, log=log_name(target), env=env)


def drop(name: str, env: dict[str, str]) -> None:
    stamps.forget(name)
    if exists(name, env):
        words = ("db", "drop", name)
        odoo.call(f"Dropping the database {name}", *words, log=log_name(name), env=env)


def exists(name: str, env: dict[str, str]) -> bool:
    query = "SELECT datname FROM pg_database"
    return name in sql("postgres", query, env)


def has_addon(name: str, env: dict[str, str]) -> bool:
    """Whether the addon is installed there, that is whether its tests can run."""
    query = f"SELECT state FROM ir_module_module WHERE name = '{ADDON}'"
    return exists(name, env) and sql(name, query, env) == ["installed"]


SCRIPT = """
import psycopg2, sys
connection = psycopg2.connect(dbname=sys.argv[1])
connection.autocommit = True
cursor = connection.cursor()
cursor.execute(sys.argv[2])
for row in cursor.description and cursor.fetchall() or ():
    print(*row, sep="\\t")
"""


def sql(name: str, statement: str, env: dict[str, str]) -> list[str]:
    """Rows of a statement, one tab-separated line each (psql need not be there)."""
    done = subprocess.run(
        [PYTHON, "-c", SCRIPT, name, statement],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise ToolError(f"PostgreSQL refused: {lines[-1] if lines else 'no answer'}")
    return done.stdout.splitlines()


def _server(what: str, name: str, *options: str, env: dict[str, str]) -> str:
    """Run `odoo server` once on a database; returns what it logged."""
    words = ("server", "-d", name, *options, "--stop-after-init", "--no-http")
    return odoo.call(what, *words, log=log_name(name), env=env)


def shell(name: str, script: str, env: dict[str, str]) -> str:
    """Run Python in Odoo's shell on a database; returns what was logged."""
    words = ("shell", "-d", name, "--no-http")
    return odoo.call("Odoo's shell", *words, log=log_name(name), env=env, stdin=script)


def warm_up(name: str, env: dict[str, str]) -> str:
    """Make the style sheets and scripts of the web client; returns what was logged."""
    with step(f"Database {name}: style sheets and scripts"):
        return shell(name, WARM_UP, env)


def log_name(name: str) -> str:
    return f"database-{name}"


def main(name: str, *options: str) -> None:
    """`python3 -m tools database NAME [--demo]`: make or upgrade a database."""
    with environment.ready() as env:
        refresh(name, env, demo="--demo" in options)
