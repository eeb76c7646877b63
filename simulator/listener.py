# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The listening socket: accepts, counts open connections, can truly refuse.

NTLM authenticates a connection, not a request, and some faults are about
connections. So the simulator keeps each connection as an object of its own.
"""

import contextlib
import errno
import socket
import threading


class PortBusy(Exception):
    """The address cannot be listened on; the text is one sentence for people."""


class Connection:
    """One TCP connection of a client, from accept to close."""

    def __init__(self, sock, peer):
        self.socket = sock
        self.peer = peer
        self.account = None
        self.handshake = None
        self.distrusted = False

    def drop(self):
        """Close at once, in both directions; harmless when already closed."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            self.socket.close()


class Listener:
    """Accepts connections on one address and gives each a thread.

    :param serve: called as ``serve(connection)`` in the connection's own thread.
    """

    def __init__(self, host, port, serve):
        self.host = host
        self._serve = serve
        self._open_connections = set()
        self._lock = threading.Lock()
        self._switch = threading.Lock()
        self._thread = None
        self._socket = self._bind(port)
        self.port = self._socket.getsockname()[1]

    def _bind(self, port):
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((self.host, port))
        except OSError as error:
            bound.close()
            raise PortBusy(_why_not(self.host, port, error)) from error
        return bound

    @property
    def listening(self):
        """Whether new connections are taken now."""
        return self._thread is not None

    def open(self):
        """Start to accept; does nothing when it already does."""
        with self._switch:
            if self._thread is None:
                self._listen()
                self._thread = threading.Thread(
                    target=self._accept, args=(self._socket,), daemon=True
                )
                self._thread.start()

    def _listen(self):
        try:
            self._socket.listen(128)
        except OSError as error:
            raise PortBusy(_why_not(self.host, self.port, error)) from error

    def refuse(self, keep=None):
        """Refuse new connections and drop the open ones but ``keep``.

        The port stays bound, so that nobody else can take it meanwhile.
        """
        with self._switch:
            if self._thread is None:
                return
            self._stop_accepting()
            self._socket = self._bind(self.port)
        self._drop_all(keep)

    def close(self):
        """Stop for good."""
        with self._switch:
            if self._thread is not None:
                self._stop_accepting()
            self._socket.close()
        self._drop_all(None)

    def _stop_accepting(self):
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._thread = None
        self._socket.close()

    def _drop_all(self, keep):
        with self._lock:
            connections = [c for c in self._open_connections if c is not keep]
        for connection in connections:
            connection.drop()

    def _accept(self, listening):
        while True:
            try:
                sock, peer = listening.accept()
            except OSError:
                return
            connection = Connection(sock, peer[0])
            with self._lock:
                self._open_connections.add(connection)
            threading.Thread(
                target=self._attend, args=(connection,), daemon=True
            ).start()

    def _attend(self, connection):
        try:
            # A client may go away at any moment; that is no error of ours.
            with contextlib.suppress(OSError):
                self._serve(connection)
        finally:
            connection.drop()
            with self._lock:
                self._open_connections.discard(connection)


def _why_not(host, port, error):
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is already in use; choose another with --port."
    return f"Cannot listen on {host} port {port}: {error.strerror}."
