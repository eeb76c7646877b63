# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import html
import json
import struct
import tempfile
import urllib.parse
from pathlib import Path

import pytest

from tools import browser, screenshots
from tools.demo import Addresses
from tools.errors import ToolError

PAGE = """data:text/html;charset=utf-8,<input id=a value=old>
<button onclick="document.title=a.value">Go</button>"""


@pytest.fixture(scope="module")
def page():
    with browser.opened("cs_CZ") as opened:
        yield opened


def size(file):
    """Width and height of a PNG."""
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    return struct.unpack(">II", content[16:24])


def test_what_is_typed_and_clicked_reaches_the_page(page):
    page.open(PAGE)
    page.type("#a", "Žižkov")
    page.click_text("Go")
    assert page.evaluate("document.title") == "Žižkov"


def test_the_page_is_seen_in_czech_and_in_czech_time(page):
    page.open(PAGE)
    assert page.evaluate("navigator.language") == "cs-CZ"
    summer = "new Date('2026-07-01T12:00:00Z').getHours()"
    assert page.evaluate(summer) == 14


@pytest.mark.parametrize(("width", "pixels"), [(1440, 1440), (390, 780)])
def test_a_picture_is_as_wide_as_asked_and_sharp_on_a_phone(
    page, tmp_path, width, pixels
):
    page.open(PAGE)
    page.resize(width, 600)
    page.picture(tmp_path / "deep" / "a.png")
    assert size(tmp_path / "deep" / "a.png")[0] == pixels


def test_a_fault_of_the_pages_script_is_told(page):
    page.open(PAGE)
    with pytest.raises(ToolError, match="no_such_thing is not defined"):
        page.evaluate("no_such_thing")


def test_waiting_for_what_never_comes_ends(page):
    page.open(PAGE)
    with pytest.raises(ToolError, match="never came"):
        page.wait_for("false", seconds=0.2)


def test_nothing_of_the_browser_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with browser.opened():
        assert list(Path(tmp_path).glob("hotel_ubyport-chromium-*"))
    assert not list(Path(tmp_path).glob("hotel_ubyport-chromium-*"))


def test_an_unknown_page_is_refused_before_the_first_picture():
    with pytest.raises(ToolError, match="No such page: kitchen"):
        screenshots.take(Addresses(1, 2), ["kitchen"])


def test_what_scrolls_sideways_is_found(page):
    page.open(
        "data:text/html,<div style='width:50px;overflow:auto'><p style='width:90px'>A"
        "</div><div style='width:50px;overflow:hidden'><p style='width:90px'>B</div>"
    )
    assert page.evaluate(screenshots.SIDEWAYS) == ["DIV "]


@pytest.mark.parametrize("hidden", [True, False])
def test_a_button_is_pressed_also_when_a_phone_hides_it_in_a_menu(page, hidden):
    button = "<button name=go onclick=document.title='gone'>Go</button>"
    menu = f"this.parentNode.innerHTML += {json.dumps(button)}"
    toggle = (
        f"<button class=dropdown-toggle onclick='{html.escape(menu)}'>More</button>"
    )
    inside = toggle if hidden else button
    form = f"<div class='o_form_view o_statusbar_buttons'>{inside}</div>"
    page.open("data:text/html;charset=utf-8," + urllib.parse.quote(form))
    screenshots.press("go")(page)
    assert page.evaluate("document.title") == "gone"


def test_every_page_has_a_name_of_its_own_and_known_records():
    names = [shot.name for shot in screenshots.PAGES]
    assert len(names) == len(set(names))
    records = dict.fromkeys(
        ("folio", "guest", "report", "facility", "unl", "invitation"), 1
    )
    for shot in screenshots.PAGES:
        assert "{" not in shot.path.format(**records)
