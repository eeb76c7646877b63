# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP/1.1 with connections kept alive, serving a WSGI application.

The application finds its connection in ``environ["simulator.connection"]`` and how
the answer is to be sent in ``environ["simulator.sending"]`` (see Sending).
"""

import io
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote

MAX_BODY = 16 * 1024 * 1024
IDLE_SECONDS = 120


class Sending:
    """How this one answer leaves: ``whole``, ``half`` or ``nothing``."""

    WHOLE, HALF, NOTHING = "whole", "half", "nothing"

    def __init__(self):
        self.plan = self.WHOLE
        self.close = False


class BadBody(Exception):
    """The request's body cannot be read; carries the HTTP status to answer."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


class HttpHandler(BaseHTTPRequestHandler):
    """One connection; reads each body wholly before the application is called."""

    protocol_version = "HTTP/1.1"
    server_version = "UbyportSimulator"
    sys_version = ""
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True

    def __init__(self, connection, server):
        self.link = connection
        super().__init__(connection.socket, (connection.peer, 0), server)

    def answer(self):
        """Answer one request (the name of the HTTP method does not matter here)."""
        try:
            body = self._read_body()
        except BadBody as problem:
            self._refuse_body(problem.status)
            return
        sending = Sending()
        status, headers, content = self._call(self._environ(body, sending))
        self._send(sending, status, headers, content)

    do_GET = do_POST = do_DELETE = do_PUT = do_HEAD = answer

    def _refuse_body(self, status):
        self.close_connection = True
        sending = Sending()
        sending.close = True
        self._send(sending, f"{status} Refused", [], b"")

    def _read_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        text = self.headers.get("Content-Length", "0")
        if not text.isdigit():
            raise BadBody(400)
        return self._read_exactly(int(text))

    def _read_exactly(self, length):
        if length > MAX_BODY:
            raise BadBody(413)
        body = self.rfile.read(length)
        if len(body) < length:
            raise BadBody(400)
        return body

    def _read_chunks(self):
        parts, total = [], 0
        while size := self._chunk_size():
            total += size
            if total > MAX_BODY:
                raise BadBody(413)
            parts.append(self._read_exactly(size))
            self.rfile.readline(16)
        while self.rfile.readline(4096).strip():
            pass
        return b"".join(parts)

    def _chunk_size(self):
        try:
            return int(self.rfile.readline(64).split(b";")[0], 16)
        except ValueError:
            raise BadBody(400) from None

    def _environ(self, body, sending):
        path, _, query = self.path.partition("?")
        environ = {
            # A HEAD is worked on like a GET; only its body is not sent.
            "REQUEST_METHOD": "GET" if self.command == "HEAD" else self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.server.host,
            "SERVER_PORT": str(self.server.port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.link.peer,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "simulator.connection": self.link,
            "simulator.sending": sending,
        }
        environ.update(_wsgi_variables(body))
        for name, value in self.headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        environ.pop("HTTP_TRANSFER_ENCODING", None)  # the body is put together by now
        return environ

    def _call(self, environ):
        head = []

        def start_response(status, headers, exc_info=None):
            head[:] = [status, headers]

        chunks = self.server.application(environ, start_response)
        content = b"".join(chunks)
        return head[0], head[1], content

    def _send(self, sending, status, headers, content):
        if sending.plan == Sending.NOTHING:
            self.close_connection = True
            return
        if sending.close:
            self.close_connection = True
        head = self._head(status, headers, len(content))
        if self.command == "HEAD":
            content = b""
        if sending.plan == Sending.HALF:
            self.close_connection = True
            content = content[: len(content) // 2]
        self.log_request(status.split()[0], len(content))
        self.wfile.write(head + content)

    def _head(self, status, headers, length):
        lines = [f"HTTP/1.1 {status}", f"Date: {self.date_time_string()}"]
        lines += [f"{k}: {v}" for k, v in headers if k.lower() != "content-length"]
        lines.append(f"Content-Length: {length}")
        if self.close_connection:
            lines.append("Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def log_message(self, format, *args):
        """One line per request: address asked for and status, no body, no person."""
        self.server.log(format % args)


def _wsgi_variables(body):
    return {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
