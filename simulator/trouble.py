# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ordered faults that every service here can have, whatever it answers."""

import threading

from werkzeug.wrappers import Response

from .wire_http import Sending


class Trouble:
    """Takes the faults that hit a call and plays those which any call can have."""

    def __init__(self, faults, counters):
        self._faults = faults
        self._counters = counters
        self._closing = threading.Event()

    def stop_waiting(self):
        """Let the calls go that a fault holds."""
        self._closing.set()

    def take(self, method):
        """The faults that hit this call, by kind; each is counted."""
        faults = self._faults.take(method)
        for kind in faults:
            self._counters.add(f"fault_{kind}")
        return faults

    def before(self, faults, request):
        """Faults that keep the call from being worked on; the answer, or None."""
        for kind in ("delay", "hang"):
            if kind in faults:
                self._closing.wait(faults[kind].seconds)
        if "hang" in faults or "drop_before" in faults:
            request.environ["simulator.sending"].plan = Sending.NOTHING
            return Response(b"")
        if "server_error" in faults:
            return Response("<h1>Server Error</h1>", 500, content_type="text/html")
        if "html_page" in faults:
            return Response("<h1>Odstávka</h1>", 200, content_type="text/html")
        return None

    def plan_sending(self, faults, request):
        """Faults that spoil the answer on its way."""
        sending = request.environ["simulator.sending"]
        if "accept_then_die" in faults:
            self._closing.wait(faults["accept_then_die"].seconds)
            sending.plan = Sending.NOTHING
        elif "cut_answer" in faults:
            sending.plan = Sending.HALF
