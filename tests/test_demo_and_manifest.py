# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import csv
import sys

from lxml import etree

from odoo.modules.module import Manifest
from odoo.tests import BaseCase, tagged

from .common import ADDON

CODE = ("ubyport", "models", "wizards", "controllers", "reports", "hooks.py")
DATA_FOLDERS = ("data", "security", "views", "wizards", "reports", "templates")
# What Odoo 19 itself requires needs no declaration.
ODOO_BRINGS = {
    "odoo",
    "dateutil",
    "lxml",
    "markupsafe",
    "psycopg2",
    "pytz",
    "urllib3",
    "werkzeug",
}
# Packages which are imported by another name than they are installed.
PACKAGES = {"spnego": "pyspnego"}
# Loaded by other ways than the manifest.
NOT_IN_MANIFEST = {"data/neutralize.sql"}


def files(folder, *suffixes):
    """Return the addon's files below a folder, as paths from the addon's root."""
    found = (ADDON / folder).rglob("*")
    return {
        path.relative_to(ADDON).as_posix() for path in found if path.suffix in suffixes
    }


def imported(path):
    """Return the top names of all absolute imports of a Python file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
    return names


@tagged("post_install", "-at_install")
class TestManifest(BaseCase):
    """What the addon says of itself is true."""

    def setUp(self):
        super().setUp()
        self.manifest = ast.literal_eval(
            (ADDON / "__manifest__.py").read_text("utf-8").split("\n", 1)[1]
        )

    def test_every_data_file_is_loaded_and_exists(self):
        loaded = self.manifest["data"]
        self.assertEqual(len(loaded), len(set(loaded)))
        there = set().union(*(files(folder, ".xml", ".csv") for folder in DATA_FOLDERS))
        self.assertEqual(there - set(loaded) - NOT_IN_MANIFEST, set())
        self.assertEqual(set(loaded) - there, set())

    def test_every_demo_file_is_loaded_and_exists(self):
        there = files("demo", ".xml", ".csv")
        self.assertEqual(there, set(self.manifest["demo"]))

    def test_security_comes_before_what_needs_it(self):
        loaded = self.manifest["data"]
        groups = loaded.index("security/ubyport_security.xml")
        access = loaded.index("security/ir.model.access.csv")
        views = min(i for i, name in enumerate(loaded) if "views" in name)
        self.assertLess(groups, access)
        self.assertLess(access, views)

    def test_every_python_package_is_declared_and_used(self):
        paths = []
        for name in CODE:
            place = ADDON / name
            paths += [place] if place.is_file() else sorted(place.rglob("*.py"))
        used = set().union(*map(imported, paths))
        foreign = used - sys.stdlib_module_names - ODOO_BRINGS
        declared = self.manifest["external_dependencies"]["python"]
        packages = {PACKAGES.get(name, name) for name in foreign}
        self.assertEqual(packages, set(declared))
        self.assertEqual(declared, sorted(declared))

    def test_every_python_file_of_a_package_is_imported(self):
        for folder in ("models", "wizards", "controllers"):
            package = ADDON / folder
            if not package.is_dir():
                continue
            modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
            tree = ast.parse((package / "__init__.py").read_text("utf-8"))
            named = {
                alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            unused = {
                module
                for module in modules - named
                if not any(
                    f".{module} import" in path.read_text("utf-8")
                    for path in package.glob("*.py")
                )
            }
            self.assertFalse(unused, folder)

    def test_it_is_for_this_odoo_and_free(self):
        self.assertRegex(self.manifest["version"], r"\A19\.0\.\d+\.\d+\.\d+\Z")
        self.assertEqual(self.manifest["license"], "AGPL-3")
        self.assertTrue(self.manifest["summary"])
        self.assertIn("hotel", self.manifest["depends"])
        self.assertTrue(self.manifest.get("installable", True))
        self.assertEqual(Manifest.for_addon("hotel_ubyport").name, "hotel_ubyport")

    def test_it_has_an_icon_a_description_and_its_pictures(self):
        icon = ADDON / "static" / "description" / "icon.png"
        self.assertTrue(icon.is_file(), "static/description/icon.png")
        self.assertTrue(icon.read_bytes().startswith(b"\x89PNG"))
        self.assertTrue((ADDON / "static" / "description" / "index.html").is_file())
        for name in self.manifest.get("images", []):
            self.assertTrue((ADDON / name).is_file(), name)

    def test_every_asset_pattern_finds_something(self):
        for patterns in self.manifest["assets"].values():
            for pattern in patterns:
                inside = pattern.removeprefix("hotel_ubyport/")
                self.assertNotEqual(inside, pattern)
                self.assertTrue(any(ADDON.glob(inside)), pattern)

    def test_every_file_of_python_names_its_license(self):
        for folder in ("models", "wizards", "ubyport", "tests", "simulator"):
            for path in (ADDON / folder).rglob("*.py"):
                if text := path.read_text("utf-8"):
                    self.assertIn("AGPL-3.0", text.split("\n", 1)[0], path)

    def test_xml_and_csv_are_well_formed(self):
        for folder in (*DATA_FOLDERS, "demo", "static"):
            for name in files(folder, ".xml"):
                with self.subTest(name):
                    self.assertIsNotNone(etree.parse(str(ADDON / name)).getroot())
            for name in files(folder, ".csv"):
                with self.subTest(name), (ADDON / name).open(encoding="utf-8") as file:
                    rows = list(csv.reader(file))
                    self.assertEqual({len(row) for row in rows}, {len(rows[0])})
