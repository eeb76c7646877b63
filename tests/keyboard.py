# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Real key events: what a person at a keyboard does, and where the cursor is then."""

import json
import time
from unittest.mock import patch

from odoo.tests.common import ChromeBrowser

PATIENCE = 20
CODES = {"Tab": 9, "Enter": 13, "Escape": 27, "Backspace": 8}
ALT, SHIFT = 1, 8
CURSOR = "document.activeElement?.closest('.o_field_widget')?.getAttribute('name')"
OFFERED = """
[...document.querySelectorAll('.o-autocomplete--dropdown-item')]
    .some(item => item.textContent.includes(%s))
"""
CALENDAR = "!!document.querySelector('.o_datetime_picker')"
# A question that follows from an answer is asked before the answer counts as taken in.
COUNT_QUESTIONS = """
    window.questions = 0;
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function () {
        window.questions++;
        const answered = () => window.questions--;
        this.addEventListener("loadend", () => setTimeout(answered, 50));
        return send.apply(this, arguments);
    };
"""
END = "console.log('test successful')"


class Keyboard:
    """The keys of a browser. Waits for what the page answers, never for a time."""

    def __init__(self, browser):
        self._browser = browser
        self.evaluate(f"(() => {{{COUNT_QUESTIONS}}})()")

    def press(self, key, modifiers=0):
        name = key if key in CODES else f"Key{key.upper()}"
        event = {"key": key, "code": name, "modifiers": modifiers}
        event["windowsVirtualKeyCode"] = CODES.get(key) or ord(key.upper())
        text = {"text": "\r"} if key == "Enter" else {}
        self._dispatch("keyDown" if text else "rawKeyDown", **event, **text)
        self._dispatch("keyUp", **event)

    def type(self, text):
        for letter in text:
            self._dispatch("keyDown", key=letter, text=letter)
            self._dispatch("keyUp", key=letter)

    def fill_in(self, name, text, offered=False):
        """Type into the field where the cursor has to be, and leave it by Tab."""
        self.wait_for(f"{CURSOR} === {json.dumps(name)}")
        if name.endswith("_date"):
            # One that opens after the cursor has gone on takes it back.
            self.wait_for(CALENDAR)
        self.type(text)
        if offered:
            self.wait_for(OFFERED % json.dumps(text))
        self.press("Tab")

    def focus(self, selector):
        """Put the cursor where Tab would reach it sooner or later."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.wait_for(f"!!{found}")
        self.evaluate(f"{found}.focus()")

    def wait_for(self, script):
        end = time.monotonic() + PATIENCE
        while not self.evaluate(script):
            if time.monotonic() > end:
                cursor = self.evaluate(CURSOR)
                raise AssertionError(f"Never came true: {script}; cursor in {cursor}")
            time.sleep(0.05)

    def wait_for_answers(self):
        """Wait until the server has answered whatever was asked."""
        self.wait_for("window.questions === 0")

    def evaluate(self, script):
        answer = self._browser._websocket_request(
            "Runtime.evaluate", params={"expression": script, "returnByValue": True}
        )
        return answer["result"].get("value")

    def _dispatch(self, kind, **event):
        event["type"] = kind
        self._browser._websocket_request("Input.dispatchKeyEvent", params=event)


def play(case, path, user, script):
    """Open a page as a user and let script(Keyboard) work on it.

    Any error in the console fails the test, as in a tour.
    """
    finish = ChromeBrowser._wait_code_ok

    def work(browser, code, *args, **kwargs):
        script(Keyboard(browser))
        finish(browser, code, *args, **kwargs)

    with patch.object(ChromeBrowser, "_wait_code_ok", work):
        case.browser_js(path, END, login=user.login)
