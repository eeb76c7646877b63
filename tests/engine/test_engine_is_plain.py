# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine is plain Python: no Odoo, and nothing heavy where rules are checked."""

import ast
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import ubyport

ENGINE = Path(ubyport.__file__).parent
ROOT = ENGINE.parent
MODULES = sorted(
    module.name for module in pkgutil.walk_packages([str(ENGINE)], prefix="ubyport.")
)
LIGHT = ["records", "exceptions", "letters", "rules", "wire", "verdict", "compose"]
HEAVY = {"zeep", "requests", "requests_ntlm", "spnego", "lxml", "pypdf", "holidays"}


def loaded_by(*names):
    """The names of all modules in a fresh Python after these imports."""
    code = f"import sys, {', '.join(names)}; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return set(run.stdout.split())


def imports_of(path):
    """The top-level names that a file imports absolutely."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def test_there_are_modules_to_look_at():
    assert {"ubyport.soap", "ubyport.rules", "ubyport.receipt"} <= set(MODULES)


def test_importing_every_module_loads_no_odoo():
    assert "odoo" not in {name.split(".")[0] for name in loaded_by(*MODULES)}


def test_checking_guests_needs_neither_zeep_nor_the_network():
    tops = {
        name.split(".")[0] for name in loaded_by(*(f"ubyport.{name}" for name in LIGHT))
    }
    assert not tops & HEAVY


def test_the_package_alone_loads_none_of_its_modules():
    own = {name for name in loaded_by("ubyport") if name.startswith("ubyport")}
    assert own == {"ubyport"}


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda p: p.stem)
def test_a_module_imports_neither_odoo_nor_the_simulator_nor_itself_by_name(path):
    assert not {"odoo", "simulator", "ubyport"} & set(imports_of(path))


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda p: p.stem)
def test_no_module_asks_the_clock_for_the_day(path):
    asked = {
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow")
    }
    assert asked <= {"context.today"}
