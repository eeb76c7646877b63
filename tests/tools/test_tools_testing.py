# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

import pytest

from tools import database, demo_check, demo_guests, export, testing
from tools.errors import ToolError

LINK = ".dev/addons/hotel_ubyport"


def test_odoo_tests_are_reached_through_the_link_whatever_the_checkout_is_called():
    words = testing.odoo_arguments(["tests/common.py::Police", "-k", "folio"])
    assert words[0] == f"{LINK}/tests/common.py::Police"
    assert words[1:3] == ["-k", "folio"]
    assert f"{LINK}/tests" not in words


def test_without_paths_all_odoo_tests_run_but_not_the_plain_ones():
    words = testing.odoo_arguments(["-x"])
    assert f"{LINK}/tests" in words
    assert f"--ignore={LINK}/tests/engine" in words


LOG = """\
2026-11-20 13:00:00,001 77 INFO db odoo.modules: WARNING is only a word here
2026-11-20 13:00:00,002 77 WARNING db odoo.addons.hotel_ubyport: something old
  a second line
2026-11-20 13:00:00,003 77 ERROR db odoo.sql_db: bad query
Running as user 'root' is a security risk.
"""


def test_warnings_and_errors_of_the_installation_are_found(monkeypatch):
    monkeypatch.setattr(database, "build", lambda *args, **options: LOG)
    monkeypatch.setattr(database, "warm_up", lambda *args: "")
    with pytest.raises(ToolError) as caught:
        testing.check_installation("db", {}, demo=False)
    lines = str(caught.value).splitlines()[1:]
    assert [line.split()[3] for line in lines] == ["WARNING", "ERROR"]


def test_a_quiet_installation_passes(monkeypatch):
    monkeypatch.setattr(database, "build", lambda *args, **options: "")
    monkeypatch.setattr(database, "warm_up", lambda *args: LOG.splitlines()[0])
    testing.check_installation("db", {}, demo=False)


def test_a_skipped_test_is_a_failure(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase name="test_tour">'
        '<skipped message="Chrome executable not found"/></testcase>'
        '<testcase name="test_other"/></testsuite></testsuites>'
    )
    with pytest.raises(ToolError, match="test_tour: Chrome executable not found"):
        testing._refuse_skipped(report)


def test_the_copy_for_building_holds_the_addon_and_nothing_that_was_built(tmp_path):
    copy = export.copy_to(tmp_path)
    assert copy.name == "hotel_ubyport"
    assert (copy / "__manifest__.py").is_file()
    assert (copy / "tests" / "tools" / "test_tools_testing.py").is_file()
    assert not (copy / ".dev").exists()
    assert not (copy / ".git").exists()


def record(**changes):
    wanted = demo_guests.expected_record(
        demo_guests.SPANISH, "X123", date(2026, 12, 31), 2
    )
    return wanted | changes


def test_the_expected_record_has_the_days_of_arrival_and_departure():
    assert record()["cFrom"] == "2026-12-31T00:00:00"
    assert record()["cUntil"] == "2027-01-02T00:00:00"


def test_a_record_received_as_sent_is_equal_and_absent_is_empty():
    demo_check.compare("X", record(), record(cVisN=None, cSpz=None))


@pytest.mark.parametrize(
    "change",
    [
        {"cSurN": "Peñaranda d'Ørsted"},
        {"cFirstN": "Inigo"},
        {"cResi": "Calle del Río 7, Logrono, ESP"},
        {"cNote": ""},
        {"cSpz": "1A2 3456"},
    ],
)
def test_a_single_letter_that_differs_is_found(change):
    with pytest.raises(ToolError, match=next(iter(change))):
        demo_check.compare("X", record(), record(**change))


def test_a_receipt_that_is_no_pdf_is_found():
    with pytest.raises(ToolError, match="not a PDF"):
        demo_check.pdf_text(b"<html>")
