# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""docs/compliance.md names a proof for every clause, and each proof exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLAUSES = {
    *(f"10.2 {letter}" for letter in "abcde"),
    "10.3",
    *(f"10.4 ({number})" for number in range(1, 6)),
    *(f"10.5 ({number})" for number in range(1, 6)),
    "11.2",
    "11.4",
    "12.4 (1)",
    "12.4 (2)",
    "12.4 (3–5)",
}


def rows():
    for line in (ROOT / "docs" / "compliance.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.match(r"\d", cells[0]):
            yield cells[0], cells[3]


def proofs(cell):
    """The tests of a row as (file, [class, function]); "…" stands for the last file."""
    file = None
    for name in re.findall(r"`([^`]+)`", cell):
        if name.startswith("make "):
            yield name, []
            continue
        path, *inside = name.lstrip("…").split("::")
        if name.startswith("…"):
            inside = [path, *inside]
        else:
            file = path
        yield file, inside


def test_every_clause_has_one_row():
    assert sorted(clause for clause, _cell in rows()) == sorted(CLAUSES)


@pytest.mark.parametrize("clause,cell", list(rows()), ids=lambda value: value[:8])
def test_every_proof_exists(clause, cell):
    found = list(proofs(cell))
    assert found, f"{clause} has no proof"
    for file, inside in found:
        assert exists(file, inside), f"{clause}: {file} {inside}"


def exists(file, inside):
    if file.startswith("make "):
        return f"{file.split()[1]}" in (ROOT / "Makefile").read_text()
    path = ROOT / file
    if not inside:
        return path.exists()
    names = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    ]
    return all(any(part.strip("….") in name for name in names) for part in inside)
