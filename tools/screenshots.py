# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make screenshots`: pictures of the demonstration in two widths and languages.

A person adds pages to PAGES. Files: `.dev/screenshots/<name>-<language>-<width>.png`.
A page that writes errors into the console, or that scrolls sideways as a whole on a
phone, is a fault. `make screenshots ARGS=manual` makes the pictures of the manual anew,
`ARGS=banner` that of the README and of the shop.
"""

import json
import urllib.parse
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from . import browser, demo, demo_stage, environment, manual_pictures
from .errors import ToolError
from .places import DEV, ROOT
from .progress import say, step
from .remote import Remote

FOLDER = DEV / "screenshots"
BANNER = ROOT / "static" / "description" / "banner.png"
WIDTHS = (1440, 390)
HEIGHT = 900
LANGUAGES = ("en_US", "cs_CZ")
# what can be scrolled sideways and is ours, described for a person
SIDEWAYS = """
[
    document.scrollingElement,
    ...(document.querySelector('.modal') || document).querySelectorAll('*'),
]
.filter(node => node.scrollWidth > node.clientWidth + 1)
.filter(node => node === document.scrollingElement
    || ['auto', 'scroll'].includes(getComputedStyle(node).overflowX))
.filter(node => !node.matches('.o-mail-Chatter-topbar'))
.map(node => `${node.tagName} ${node.className}`)
"""
# what just happened elsewhere is no part of a page
CLOSE_NOTICES = """
document.querySelectorAll('.o_notification_close').forEach(button => button.click())
"""
TOO_WIDE = "document.scrollingElement.scrollWidth > innerWidth"
Action = Callable[[browser.Page], None]


@dataclass(frozen=True)
class Shot:
    """One page: who looks, where (path on the hotel's or the police's address).

    A path names records of `demo_stage.prepare` in braces; `tall` shows in one picture
    what is scrolled to on a phone.
    """

    name: str
    path: str
    user: str = "reception"
    side: str = "odoo"
    actions: tuple[Action, ...] = ()
    tall: bool = False


def click(selector: str) -> Action:
    return lambda page: page.click(selector)


def press(name: str) -> Action:
    """Press a form's button, which a phone may hide in a menu."""
    button = f"button[name={name}]"
    hidden = f".o_statusbar_buttons:not(:has({button})) .dropdown-toggle"

    def act(page: browser.Page) -> None:
        page.wait_for("!!document.querySelector('.o_form_view')")
        if page.evaluate(f"!!document.querySelector({json.dumps(hidden)})"):
            page.click(hidden)
        page.click(button)

    return act


def dialog(action: str) -> Action:
    """Open a dialog of the addon by its action, for the record in the address."""
    record = "Number(location.pathname.split('/').pop()) || false"
    service = "odoo.__WOWL_DEBUG__?.root.env.services.action"
    options = f"{{additionalContext: {{active_id: {record}}}}}"
    open_it = f".doAction('hotel_ubyport.{action}', {options})"

    def act(page: browser.Page) -> None:
        page.wait_for(f"!!{service}")
        page.evaluate(service + open_it)
        page.settle()

    return act


def pdf_drawn(page: browser.Page) -> None:
    """Wait until the viewer has drawn the PDF's first page."""
    frame = "document.querySelector('iframe.o_pdfview_iframe')?.contentDocument"
    page.wait_for(f"!!{frame}?.querySelector('.page[data-loaded]')")
    page.settle()


FOLIOS = "odoo/action-hotel.open_hotel_folio1_form_tree_all"
GUESTS_PAGE = click(".o_notebook a.nav-link[name=guests]")
REPORTS = "odoo/police-reports"
UNL = REPORTS + "/{unl}"
FOLIO = Shot("folio", FOLIOS + "/{folio}", actions=(GUESTS_PAGE,), tall=True)
PAGES = (
    Shot("login", "web/login", user=""),
    Shot("folios", FOLIOS),
    FOLIO,
    Shot("board", "odoo/police-board", "manager", tall=True),
    Shot("guests", "odoo/police-guests"),
    Shot("guest-records", "odoo/police-guest-records", "accountant"),
    Shot("guest", "odoo/police-guests/{guest}", tall=True),
    Shot(
        "preview",
        FOLIOS + "/{folio}",
        actions=(press("action_preview_report"),),
        tall=True,
    ),
    Shot("reports", REPORTS),
    Shot("report", "odoo/police-reports/{report}", tall=True),
    Shot(
        "receipt",
        "odoo/police-reports/{report}",
        actions=(click(".o_notebook a.nav-link[name=receipt]"), pdf_drawn),
        tall=True,
    ),
    Shot("unl", UNL, tall=True),
    Shot("unl-discard", UNL, actions=(press("action_discard_unl"),)),
    Shot("receipt-upload", REPORTS, actions=(dialog("ubyport_receipt_upload_action"),)),
    Shot("unl-import", REPORTS, actions=(dialog("ubyport_unl_import_action"),)),
    Shot(
        "certification-start",
        REPORTS,
        "manager",
        actions=(dialog("ubyport_certification_start_action"),),
    ),
    Shot(
        "police-message",
        "odoo/police-facilities/{facility}",
        "manager",
        actions=(dialog("ubyport_police_message_action"),),
        tall=True,
    ),
    Shot(
        "elsewhere",
        "odoo/police-guests/{guest}",
        actions=(press("action_report_elsewhere"),),
    ),
    Shot("all-to-report", "odoo/police-preview", tall=True),
    Shot("invitations", "odoo/police-invitations"),
    Shot("invitation", "odoo/police-invitations/{invitation}", tall=True),
    Shot("milestones", "odoo/police-milestones"),
    Shot("document-checks", "odoo/document-checks", "manager"),
    Shot("certification", "odoo/police-certification", "manager"),
    Shot("statistics", "odoo/police-statistics", "accountant"),
    Shot("statistics-graph", "odoo/police-statistics?view_type=graph", "manager"),
    Shot("facilities", "odoo/police-facilities", "manager"),
    Shot("settings", "odoo/settings#hotel_ubyport", "admin"),
    Shot("facility", "odoo/police-facilities/{facility}", "manager", tall=True),
    Shot("police", "", user="", side="police"),
    Shot(
        "police-batch",
        "",
        user="",
        side="police",
        actions=(click("td a[href^='/batches/']"),),
        tall=True,
    ),
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
    extra = {BANNER.stem, manual_pictures.NAME}
    unknown = set(names) - {shot.name for shot in PAGES} - extra
    if unknown:
        raise ToolError(f"No such page: {', '.join(sorted(unknown))}.")
    with step("Play what the pictures show"):
        numbers = demo_stage.prepare(addresses)
    faults = []
    for shot in PAGES:
        if not names or shot.name in names:
            with step(f"Picture of {shot.name}"):
                faults += _take_all(addresses, shot, numbers)
    if BANNER.stem in names:
        with step(f"Picture {BANNER.relative_to(ROOT)}"):
            _take_banner(addresses, numbers)
    if manual_pictures.NAME in names:
        faults += _take_manual(addresses, numbers)
    if faults:
        raise ToolError("\n".join(faults))
    say(f"The pictures are in {FOLDER}")


def _take_all(addresses, shot: Shot, numbers: dict[str, int]) -> list[str]:
    """Take a page in all languages and widths; return its faults."""
    faults = []
    for language in LANGUAGES:
        with _language(addresses, shot.user, language):
            for width in WIDTHS:
                file = FOLDER / f"{shot.name}-{language[:2]}-{width}.png"
                size = (width, 2 * HEIGHT if shot.tall and width < 768 else HEIGHT)
                url = _url(addresses, shot, numbers)
                faults += shoot(
                    shot.user, url, size, file, *shot.actions, language=language
                )
    return faults


def _take_manual(addresses, numbers: dict[str, int]) -> list[str]:
    """Take the pictures of the manual: on a desk, in both languages, made small."""
    faults = []
    for shot in PAGES:
        if shot.name in manual_pictures.PAGES:
            with step(f"Picture of {shot.name} for the manual"):
                faults += _take_for_manual(addresses, shot, numbers)
    return faults


def _take_for_manual(addresses, shot: Shot, numbers: dict[str, int]) -> list[str]:
    faults = []
    url = _url(addresses, shot, numbers)
    for language in LANGUAGES:
        file = manual_pictures.file_of(shot.name, language)
        with _language(addresses, shot.user, language):
            size = (manual_pictures.WIDTH, HEIGHT)
            faults += shoot(
                shot.user, url, size, file, *shot.actions, language=language
            )
        manual_pictures.make_small(file)
    return faults


def _take_banner(addresses: demo.Addresses, numbers: dict[str, int]) -> None:
    url = _url(addresses, FOLIO, numbers)
    with _language(addresses, FOLIO.user, LANGUAGES[0]):
        shoot(FOLIO.user, url, (WIDTHS[0], HEIGHT), BANNER, *FOLIO.actions)


def _url(addresses: demo.Addresses, shot: Shot, numbers: dict[str, int]) -> str:
    return f"{getattr(addresses, shot.side)}/{shot.path.format(**numbers)}"


def _language(addresses: demo.Addresses, user: str, language: str):
    if not user:
        return nullcontext()
    return Remote(addresses.odoo, demo.DATABASE, user).language(language)


def shoot(user, url, size, file: Path, *actions: Action, language="en_US") -> list[str]:
    """One picture: log in as `user` (password = login; "" for nobody), open, act.

    `size`: width and height of the window. `language` is the browser's; a user's pages
    are in the language of the user. What scrolls sideways within the page is told;
    errors and a page that does so as a whole are returned.
    """
    with browser.opened(language) as page:
        page.resize(*size)
        if user:
            log_in(page, url, user)
        page.open(url)
        for action in actions:
            action(page)
        page.evaluate(CLOSE_NOTICES)
        page.settle()
        page.picture(file)
        for node in page.evaluate(SIDEWAYS):
            say(f"Scrolls sideways in {file.name}: {node}")
        faults = [f"Error in the console: {text}" for text in page.errors]
        if page.evaluate(TOO_WIDE):
            faults.append("The page is wider than the window.")
        return [f"{file.name}: {fault}" for fault in faults]


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
