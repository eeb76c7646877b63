# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The simulated police as a whole, and the running simulator."""

import contextlib
import sys
import tempfile
import threading
from pathlib import Path

from .accounts import DEMO_FILE, AccountBook
from .application import Application
from .changes import Changes
from .clock import Clock
from .control import Control
from .documents import InvalidDocuments, Register
from .faults import FaultBoard
from .intake import Intake
from .listener import Listener
from .methods import Methods
from .ntlm import NtlmGate
from .options import Counters, Options
from .pages import Pages
from .service import Service
from .store import Store
from .trouble import Trouble
from .wire_http import HttpHandler


class Police:
    """What the police know and can do, without any address."""

    def __init__(self, database, accounts_file):
        self.accounts = AccountBook.from_file(accounts_file)
        self.clock = Clock()
        self.faults = FaultBoard()
        self.options = Options()
        self.counters = Counters()
        self.changes = Changes()
        self.trouble = Trouble(self.faults, self.counters)
        self.store = Store(database)
        self.gate = NtlmGate(
            self.accounts, lambda reason: self.counters.add(f"login_{reason}")
        )
        self.intake = Intake(self.store, self.accounts, self.clock, self.options)
        self.service = Service(
            self.gate,
            self.accounts,
            self.trouble,
            Methods(self.intake, self.options, self.changes),
            self.counters,
            self.changes,
        )
        self.register = Register()
        self.documents = InvalidDocuments(
            self.register, self.clock, self.trouble, self.counters
        )


class Refusal:
    """Refusing connections for a while: the listening socket is really closed."""

    def __init__(self, listener):
        self._listener = listener
        self._timer = None
        self._lock = threading.Lock()

    def refuse(self, seconds, keep):
        """Refuse for ``seconds``; only the connection ``keep`` stays open."""
        with self._lock:
            self._forget_timer()
            self._listener.refuse(keep)
            self._timer = threading.Timer(seconds, self.end)
            self._timer.daemon = True
            self._timer.start()

    def end(self):
        """Take connections again."""
        with self._lock:
            self._forget_timer()
            self._listener.open()

    def stop(self):
        """Never open again."""
        with self._lock:
            self._forget_timer()

    def as_json(self):
        """Whether connections are refused now."""
        return not self._listener.listening

    def _forget_timer(self):
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Simulator:
    """A running simulator; also a context manager, for tests in the same process.

    :param port: 0 takes a free one; see ``port`` and ``url`` afterwards.
    :param control_port: a second port with nothing but the control address, which
        stays reachable while connections are refused.
    :raises PortBusy: when a port cannot be had.
    :raises BadAccount: when the accounts file is wrong.
    """

    def __init__(
        self,
        host="127.0.0.1",
        port=0,
        *,
        database=None,
        accounts=DEMO_FILE,
        control_port=None,
        quiet=True,
    ):
        self._quiet = quiet
        self._cleanup = contextlib.ExitStack()
        with contextlib.ExitStack() as undo:
            undo.enter_context(self._cleanup)
            self._build(host, port, database, accounts, control_port)
            undo.pop_all()

    def _build(self, host, port, database, accounts, control_port):
        self.police = Police(database or self._temporary(), accounts)
        self._cleanup.callback(self.police.store.close)
        self._listener = Listener(host, port, self._serve)
        self._cleanup.callback(self._listener.close)
        self._refusal = Refusal(self._listener)
        self._cleanup.callback(self._refusal.stop)
        self._applications(control_port)
        self._cleanup.callback(self.police.trouble.stop_waiting)

    def _applications(self, control_port):
        control = Control(self.police, self._refusal)
        pages = Pages(self.police)
        self.application = Application(
            self.police.service, self.police.documents, control, pages
        )
        self._control_listener = None
        if control_port is not None:
            only = Application(None, None, control, None, only_control=True)
            self._control_listener = Listener(
                self._listener.host,
                control_port,
                lambda connection: HttpHandler(
                    connection, _Gateway(self, self._control_listener, only)
                ),
            )
            self._cleanup.callback(self._control_listener.close)

    def _temporary(self):
        folder = self._cleanup.enter_context(
            tempfile.TemporaryDirectory(prefix="ubyport-simulator-")
        )
        return str(Path(folder) / "police.sqlite")

    def _serve(self, connection):
        HttpHandler(connection, _Gateway(self, self._listener, self.application))

    def log(self, line):
        """Show one line about a request, unless quiet."""
        if not self._quiet:
            print(line, file=sys.stderr, flush=True)

    @property
    def port(self):
        """The port that is listened on."""
        return self._listener.port

    @property
    def url(self):
        """The address of everything but a separate control port."""
        return _url(self._listener)

    @property
    def control_url(self):
        """The address where ``/control/`` is always reachable."""
        return _url(self._control_listener or self._listener)

    def start(self):
        """Begin to answer, in threads of its own."""
        self._listener.open()
        if self._control_listener is not None:
            self._control_listener.open()
        return self

    def stop(self):
        """Close everything; a temporary database is deleted."""
        self._cleanup.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc_info):
        self.stop()


class _Gateway:
    """What the HTTP handler needs to know of the server."""

    def __init__(self, simulator, listener, application):
        self.host = listener.host
        self.port = listener.port
        self.application = application
        self.log = simulator.log


def _url(listener):
    host = f"[{listener.host}]" if ":" in listener.host else listener.host
    return f"http://{host}:{listener.port}"
