# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make bench`: what the addon costs, in one table; see benchmarks/README.md.

`make bench ARGS="sending memory"` measures these rows only. Each row works on a fresh
database, in a process of its own.
"""

import json
import os
import subprocess
import time

from . import database, environment, odoo
from .errors import ToolError
from .places import PYTHON, ROOT
from .process import log_path
from .progress import say, step

SOURCE = "hotel_ubyport_bench_source"
DATABASE = "hotel_ubyport_bench"
# a second one, for rows which compare two histories in turn
YOUNG = "hotel_ubyport_bench_young"
# the same code without this addon
BARE = "hotel_ubyport_bench_bare"
ROWS = (
    "saving",
    "checkin",
    "preview",
    "rules",
    "client",
    "sending",
    "parallel",
    "history",
    "keeping",
    "memory",
)
LAYOUT = "{mark:3} {what:45} {figure:38} {wanted:26} {command:24} {compared}"
HEAD = {
    "mark": "",
    "what": "what",
    "figure": "figure",
    "wanted": "to reach",
    "command": "alone by",
    "compared": "compared with, in the same run",
}


def main(*names: str) -> None:
    """Print one table; an unreached figure is no failure, a broken row is."""
    begin = time.monotonic()
    unknown = set(names) - set(ROWS)
    if unknown:
        raise ToolError(f"Rows: {', '.join(ROWS)}.")
    with environment.ready() as env:
        database.refresh(SOURCE, env, demo=False)
        _build_bare(env)
        found = [row for name in names or ROWS for row in _measure(name, env)]
        for name in (DATABASE, YOUNG, BARE):
            database.drop(name, env)
    say("\n" + LAYOUT.format(**HEAD))
    for row in found:
        say(LAYOUT.format(mark="ok" if row.pop("reached") else "NO", **row))
    say(f"\nmake bench: {time.monotonic() - begin:.0f} s")


def _build_bare(env: dict[str, str]) -> None:
    with step("Database: hotel without this addon"):
        database.copy(database.BASE, BARE, env)
        database.install_hotel(BARE, env)


def _measure(name: str, env: dict[str, str]) -> list[dict]:
    with step(f"Measure: {name}"):
        database.copy(SOURCE, DATABASE, env)
        if name == "history":
            database.copy(SOURCE, YOUNG, env)
        command = [PYTHON, "-m", "benchmarks", odoo.CONFIG, DATABASE, name]
        with log_path("bench").open("ab") as log:
            done = subprocess.run(
                [str(word) for word in command],
                cwd=ROOT,
                env={**os.environ, **odoo.ENV, **env},
                stdout=subprocess.PIPE,
                stderr=log,
            )
        if done.returncode:
            raise ToolError(f"{name} broke. Details: {log_path('bench')}")
    rows = json.loads(done.stdout.splitlines()[-1])
    return [row | {"command": f"make bench ARGS={name}"} for row in rows]
