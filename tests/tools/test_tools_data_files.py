# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

import pytest

from tools import data_files

GOOD = '<odoo><record id="a" model="m"><field name="b">c</field></record></odoo>'


def faults(tmp_path, listed, **files):
    """The faults of an addon with these files in views/ (name without .xml)."""
    (tmp_path / "views").mkdir()
    (tmp_path / "__manifest__.py").write_text(repr({"name": "x", "data": listed}))
    paths = []
    for name, text in files.items():
        paths.append(Path("views", f"{name}.xml"))
        (tmp_path / paths[-1]).write_text(text)
    return data_files.faults(tmp_path, paths)


def test_good_files_have_no_faults(tmp_path):
    assert faults(tmp_path, ["views/a.xml"], a=GOOD) == []


def test_a_file_that_odoo_never_loads_is_found(tmp_path):
    assert faults(tmp_path, [], a=GOOD) == [
        "views/a.xml: not listed in __manifest__.py"
    ]


def test_a_record_defined_twice_is_found(tmp_path):
    found = faults(tmp_path, ["views/a.xml", "views/b.xml"], a=GOOD, b=GOOD)
    assert found == ["XML id a: defined 2 times"]


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        ("<tree/>", "<tree> is <list> now"),
        ('<field name="a" attrs="{}"/>', "attrs is gone"),
        ('<field name="a" states="x"/>', "states is gone"),
    ],
)
def test_words_of_older_versions_are_found(tmp_path, view, fault):
    found = faults(tmp_path, ["views/a.xml"], a=f"<odoo>{view}</odoo>")
    assert len(found) == 1
    assert fault in found[0]


def test_a_file_that_is_no_xml_is_one_fault(tmp_path):
    found = faults(tmp_path, ["views/a.xml"], a="<odoo>")
    assert len(found) == 1
    assert found[0].startswith("views/a.xml: ")
