# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A headless Chromium driven over the DevTools protocol: log in, click, take pictures.

Needs the package websocket-client, so it runs with the Python of `.dev/venv`.
"""

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from . import chromium
from .errors import ToolError

SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)
PATIENCE = 30.0
TIME_ZONE = "Europe/Prague"
# true when Odoo's client has drawn the page and no request is under way
SETTLED = """
document.readyState === 'complete'
&& !document.querySelector('.o_blockUI, .o_loading_indicator')
&& (!document.querySelector('.o_web_client')
    || !!document.querySelector('.o_action_manager > *'))
"""


class Page:
    """One tab. Every call waits for Chromium's answer; JavaScript faults raise."""

    def __init__(self, address: str):
        import websocket

        self._socket = websocket.create_connection(address, timeout=PATIENCE)
        self._last = 0
        self.errors: list[str] = []
        self.call("Page.enable")
        self.call("Runtime.enable")
        self.call("Emulation.setTimezoneOverride", timezoneId=TIME_ZONE)

    def call(self, method: str, **params):
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._last:
                break
            self._note_error(answer)
        if "error" in answer:
            raise ToolError(f"Chromium refused {method}: {answer['error']['message']}")
        return answer["result"]

    def _note_error(self, event: dict) -> None:
        """Keep what the page wrote into the console as an error."""
        params = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            text = details.get("exception", {}).get("description", details["text"])
            self.errors.append(text)
        elif params.get("type") == "error" and "args" in params:
            self.errors += [str(arg.get("value", arg)) for arg in params["args"]]

    def evaluate(self, script: str):
        """The value of a JavaScript expression; a promise is awaited."""
        answer = self.call(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            text = details.get("exception", {}).get("description", details["text"])
            raise ToolError(f"JavaScript in the page failed: {text}")
        return answer["result"].get("value")

    def wait_for(self, script: str, seconds: float = PATIENCE) -> None:
        """Wait until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not self._holds(script):
            if time.monotonic() > end:
                raise ToolError(f"The page never came to this state: {script.strip()}")
            time.sleep(0.1)

    def _holds(self, script: str) -> bool:
        try:
            return bool(self.evaluate(script))
        except ToolError:
            # the page is just being replaced by the next one
            return False

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is drawn and has been quiet for a moment."""
        time.sleep(0.3)
        self.wait_for(SETTLED)
        time.sleep(0.5)

    def click(self, selector: str) -> None:
        """Click the first element that matches a CSS selector."""
        quoted = json.dumps(selector)
        self.wait_for(f"!!document.querySelector({quoted})")
        self.evaluate(f"document.querySelector({quoted}).click()")
        self.settle()

    def click_text(self, text: str, within: str = "a, button, label, td") -> None:
        """Click the first element `within` whose text is `text`."""
        find = (
            f"[...document.querySelectorAll({json.dumps(within)})]"
            f".find(node => node.textContent.trim() === {json.dumps(text)})"
        )
        self.wait_for(f"!!{find}")
        self.evaluate(f"{find}.click()")
        self.settle()

    def type(self, selector: str, text: str) -> None:
        """Type text into a field as a person would."""
        quoted = json.dumps(selector)
        self.wait_for(f"!!document.querySelector({quoted})")
        self.evaluate(f"document.querySelector({quoted}).focus()")
        self.evaluate(f"document.querySelector({quoted}).select?.()")
        self.call("Input.insertText", text=text)

    def resize(self, width: int, height: int = 900) -> None:
        """The size of the window in CSS pixels; narrow ones act as a phone."""
        phone = width < 768
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=phone)

    def picture(self, file: Path, whole: bool = False) -> None:
        """Save what is seen (or the whole page) as PNG."""
        options = {"captureBeyondViewport": True} if whole else {}
        answer = self.call("Page.captureScreenshot", format="png", **options)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(answer["data"]))


@contextmanager
def opened(language: str = "en_US"):
    """A fresh Chromium with one empty page; closed and cleared at the end."""
    profile = Path(tempfile.mkdtemp(prefix="hotel_ubyport-chromium-"))
    command = [chromium.ensure(), *SWITCHES, f"--user-data-dir={profile}"]
    command += [f"--accept-lang={language.replace('_', '-')}", "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, start_new_session=True, **quiet)
    try:
        yield Page(_page_address(profile, process))
    finally:
        _end(process)
        _remove(profile)


def _end(process) -> None:
    """End Chromium with all its helpers, which still write into the profile."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _remove(profile: Path) -> None:
    end = time.monotonic() + 5
    while profile.exists() and time.monotonic() < end:
        shutil.rmtree(profile, ignore_errors=True)
        time.sleep(0.1)


def _page_address(profile: Path, process) -> str:
    """The socket of the first tab; Chromium writes its port into its profile."""
    port_file = profile / "DevToolsActivePort"
    end = time.monotonic() + PATIENCE
    while not (port_file.is_file() and port_file.read_text().count("\n")):
        if process.poll() is not None or time.monotonic() > end:
            raise ToolError("Chromium did not start.")
        time.sleep(0.1)
    port = port_file.read_text().split()[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
        pages = [one for one in json.load(answer) if one["type"] == "page"]
    return pages[0]["webSocketDebuggerUrl"]
