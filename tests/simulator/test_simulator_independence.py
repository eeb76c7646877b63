# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The simulator is the opponent of a client and shares nothing with it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "simulator").glob("*.py"))
# An import may only point to a module further down this list.
LAYERS = [
    "__main__",
    "police",
    "application",
    "control",
    "pages",
    "documents",
    "service",
    "trouble",
    "methods",
    "intake",
    "judge",
    "lists",
    "codes",
    "receipt",
    "changes",
    "faults",
    "envelope",
    "unl",
    "contract",
    "clock",
    "ntlm",
    "options",
    "accounts",
    "lateness",
    "letters",
    "listener",
    "store",
    "wire_http",
    "__init__",
]


def imports(path):
    """Names of the modules that a file imports; own ones begin with a dot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            names = [node.module] if node.module else [a.name for a in node.names]
            yield from (f".{name}" for name in names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_imports_odoo_or_the_client(path):
    roots = {name.split(".")[0] for name in imports(path)}
    assert not roots & {"odoo", "ubyport", "zeep"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_point_down_only(path):
    own = [name[1:] for name in imports(path) if name.startswith(".")]
    place = LAYERS.index(path.stem)
    assert all(LAYERS.index(name) > place for name in own), own


def test_every_module_has_its_place():
    assert {path.stem for path in MODULES} == set(LAYERS)


def test_running_it_loads_neither_odoo_nor_the_client():
    code = (
        "import sys, simulator.police;"
        "print(sorted({n.split('.')[0] for n in sys.modules} & {'odoo', 'ubyport'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr


def test_it_works_from_another_folder_too(tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r});"
        "from simulator.police import Simulator;"
        "sim = Simulator().start(); print(sim.url); sim.stop()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.startswith("http://127.0.0.1:"), done.stderr
