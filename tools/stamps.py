# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Remember which inputs a step was done with, to do it again only when they change."""

import hashlib
from pathlib import Path

from .places import STAMPS

NOT_SOURCE = {".dev", ".git", "__pycache__", ".pytest_cache", ".ruff_cache"}
# folders of the checkout that no database depends on
BESIDE = {"tests", "tools", "simulator", "docs", "readme", "benchmarks", ".ci"}


def digest(*parts) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def is_done(name: str, key: str) -> bool:
    path = STAMPS / name
    return path.is_file() and path.read_text() == key


def mark_done(name: str, key: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(key)


def forget(name: str) -> None:
    (STAMPS / name).unlink(missing_ok=True)


def tree_digest(root: Path, skip=frozenset(NOT_SOURCE | BESIDE)) -> str:
    """Hash of names and contents of all files below `root`."""
    total = hashlib.sha256()
    for path in sorted(_files(root, skip)):
        total.update(f"{path.relative_to(root)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(folder: Path, skip):
    for entry in folder.iterdir():
        if entry.name in skip or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _files(entry, skip)
        elif entry.is_file():
            yield entry
