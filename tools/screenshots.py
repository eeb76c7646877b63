# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make screenshots`: pictures of the demonstration in two widths and languages.

A person adds pages to PAGES. Files: `.dev/screenshots/<name>-<language>-<width>.png`.
"""

import json
import urllib.parse
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from . import browser, demo, environment
from .errors import ToolError
from .places import DEV
from .progress import say, step
from .remote import Remote

FOLDER = DEV / "screenshots"
WIDTHS = (1440, 390)
LANGUAGES = ("en_US", "cs_CZ")
Action = Callable[[browser.Page], None]


@dataclass(frozen=True)
class Shot:
    """One page: who looks, where (path on the hotel's or the police's address)."""

    name: str
    path: str
    user: str = "reception"
    side: str = "odoo"
    actions: tuple[Action, ...] = ()


def click(selector: str) -> Action:
    return lambda page: page.click(selector)


def first_row(page: browser.Page) -> None:
    """Open the first record of a list (or of the cards that a phone shows)."""
    page.click(".o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)")


PAGES = (
    Shot("login", "web/login", user=""),
    Shot("folios", "odoo/action-hotel.open_hotel_folio1_form_tree_all"),
    Shot("guests", "odoo/action-hotel_ubyport.hotel_folio_guest_action"),
    Shot("reports", "odoo/action-hotel_ubyport.ubyport_report_action"),
    Shot("facilities", "odoo/action-hotel_ubyport.ubyport_facility_action", "manager"),
    Shot("police", "", user="", side="police"),
)


def main(*names: str) -> None:
    """Take the pictures of all pages, or of those named."""
    environment.restart_in_venv()
    addresses = demo.running_addresses()
    if addresses:
        return take(addresses, names)
    with demo.served(demo.chosen_addresses()) as (addresses, *_):
        take(addresses, names)


def take(addresses: demo.Addresses, names=()) -> None:
    unknown = set(names) - {shot.name for shot in PAGES}
    if unknown:
        raise ToolError(f"No such page: {', '.join(sorted(unknown))}.")
    for shot in PAGES:
        if not names or shot.name in names:
            with step(f"Picture of {shot.name}"):
                _take_all(addresses, shot)
    say(f"The pictures are in {FOLDER}")


def _take_all(addresses: demo.Addresses, shot: Shot) -> None:
    url = f"{getattr(addresses, shot.side)}/{shot.path}"
    for language in LANGUAGES:
        with _language(addresses, shot.user, language):
            for width in WIDTHS:
                file = FOLDER / f"{shot.name}-{language[:2]}-{width}.png"
                shoot(shot.user, url, width, file, *shot.actions, language=language)


def _language(addresses: demo.Addresses, user: str, language: str):
    if not user:
        return nullcontext()
    return Remote(addresses.odoo, demo.DATABASE, user).language(language)


def shoot(user, url, width, file: Path, *actions: Action, language="en_US") -> None:
    """One picture: log in as `user` (password = login; "" for nobody), open, act.

    `language` is the browser's; a user's pages are in the language of the user.
    """
    with browser.opened(language) as page:
        page.resize(width)
        if user:
            log_in(page, url, user)
        page.open(url)
        for action in actions:
            action(page)
        page.picture(file)


def log_in(page: browser.Page, url: str, user: str) -> None:
    """Start a session of `user` in the browser, without the login page's scripts."""
    parts = urllib.parse.urlsplit(url)
    page.open(f"{parts.scheme}://{parts.netloc}/web/login")
    who = {"db": demo.DATABASE, "login": user, "password": user}
    request = {
        "method": "POST",
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"params": who}),
    }
    answer = page.evaluate(
        f"fetch('/web/session/authenticate', {json.dumps(request)})"
        ".then(answer => answer.json())"
    )
    if not answer.get("result", {}).get("uid"):
        raise ToolError(f"Odoo refused the login of {user}.")
