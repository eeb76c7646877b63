# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long it takes from the receptionist's click to the police's receipt.

A facility which reports at once; the click is made in a real browser, and the time
ends when the receipt can be opened.
"""

import time
from collections.abc import Callable

from . import browser, screenshots
from .errors import ToolError

BUTTON = "button[name=action_check_in_guests]"
PATIENCE = 30.0


def seconds(folio_url: str, user: str, is_done: Callable[[], bool]) -> float:
    """Check a folio's guests in by a click; return the seconds until `is_done`."""
    with browser.opened() as page:
        page.resize(1440, 900)
        screenshots.log_in(page, folio_url, user)
        page.open(folio_url)
        page.wait_for(f"!!document.querySelector('{BUTTON}')")
        begin = time.monotonic()
        page.evaluate(f"document.querySelector('{BUTTON}').click()")
        while not is_done():
            if time.monotonic() > begin + PATIENCE:
                raise ToolError(
                    f"No receipt came within {PATIENCE:.0f} s of the click."
                )
            time.sleep(0.05)
        return time.monotonic() - begin
