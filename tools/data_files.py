# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults in the addon's data files that Odoo would tell late or never."""

import ast
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

FOLDERS = ("data", "demo", "reports", "security", "views", "wizards")
# words of older Odoo versions that Odoo 19 ignores or refuses
OLD_TAGS = {"tree": "list", "openerp": "odoo"}
OLD_ATTRIBUTES = ("attrs", "states")


def faults(root: Path, files: list[Path]) -> list[str]:
    """One line for each fault in the addon at `root`; `files` are relative to it."""
    manifest = ast.literal_eval((root / "__manifest__.py").read_text())
    listed = [*manifest.get("data", []), *manifest.get("demo", [])]
    found = [
        f"{name}: not listed in __manifest__.py" for name in _unlisted(files, listed)
    ]
    trees = {}
    for path in files:
        if path.suffix == ".xml":
            try:
                trees[path] = ElementTree.parse(root / path).getroot()
            except ElementTree.ParseError as error:
                found.append(f"{path}: {error}")
    return found + _duplicate_ids(trees) + _old_words(trees)


def _unlisted(files: list[Path], listed: list[str]) -> list[str]:
    suffixes = {".xml", ".csv"}
    ours = [str(one) for one in files if one.parts[0] in FOLDERS]
    return [
        name for name in ours if Path(name).suffix in suffixes and name not in listed
    ]


def _duplicate_ids(trees) -> list[str]:
    tags = ("record", "template", "menuitem")
    ids = Counter(
        node.get("id")
        for path, tree in trees.items()
        if path.parts[0] in FOLDERS
        for tag in tags
        for node in tree.iter(tag)
        if node.get("id")
    )
    return [f"XML id {name}: defined {n} times" for name, n in ids.items() if n > 1]


def _old_words(trees) -> list[str]:
    found = []
    for path, tree in trees.items():
        for node in tree.iter() if path.parts[0] in FOLDERS else ():
            if node.tag in OLD_TAGS:
                found.append(f"{path}: <{node.tag}> is <{OLD_TAGS[node.tag]}> now")
            for name in OLD_ATTRIBUTES:
                if name in node.attrib:
                    found.append(f"{path}: the attribute {name} is gone in Odoo 19")
    return found
