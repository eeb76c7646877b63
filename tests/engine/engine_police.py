# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A tiny police on localhost: real HTTP, real NTLM, answers by script."""

import base64
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import spnego
from spnego.exceptions import SpnegoError

from ubyport.soap import UbyportClient

LOGIN = "uby-ws12demo"
PASSWORD = "Vltava2026"
METHODS = "http://UBY.pcr.cz/WS_UBY"
DATA = "http://schemas.datacontract.org/2004/07/WS_UBY"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
PDF = b"%PDF-1.4\n%test\n"


def envelope(content):
    """A SOAP answer with this content in its body."""
    return (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{content}</s:Body></s:Envelope>'
    ).encode()


def result(method, content="", attributes=""):
    """The answer of a method with this result."""
    return envelope(
        f'<{method}Response xmlns="{METHODS}"><{method}Result xmlns:a="{DATA}"'
        f' xmlns:b="{ARRAYS}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
        f"{attributes}>{content}</{method}Result></{method}Response>"
    )


def report(*records, header="", receipt=PDF, errors=None, stamp="", names=()):
    """An answer of ZapisUbytovane; `records` are texts, ``None`` is nil."""
    stamp_name = dict(names).get("PseudoRazitko", "PseudoRazitko")
    texts = "".join(
        '<b:string i:nil="true"/>' if text is None else f"<b:string>{text}</b:string>"
        for text in records
    )
    return result(
        "ZapisUbytovane",
        f"<a:ChybyHlavicky>{header}</a:ChybyHlavicky>"
        f"<a:ChybyZaznamu>{texts}</a:ChybyZaznamu>"
        f"{document('DokumentChybyPotvrzeni', errors)}"
        f"{document('DokumentPotvrzeni', receipt)}"
        f"<a:{stamp_name}>{stamp}</a:{stamp_name}>",
    )


def document(name, content):
    """A PDF in base64; text goes as it is, ``None`` is nil."""
    if content is None:
        return f'<a:{name} i:nil="true"/>'
    if isinstance(content, bytes):
        content = base64.b64encode(content).decode()
    return f"<a:{name}>{content}</a:{name}>"


def fault(code="s:Chyba běhu programu", text="Server was unable ... ---> Length < 0"):
    """A SOAP fault in the odd shape of the police's own sample."""
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    return envelope(
        f"<s:Fault><faultcode>{code}</faultcode>"
        f'<faultstring xml:lang="cs-CZ">{text}</faultstring></s:Fault>'
    )


# What the police may do with a request.


def reply(body=b"", status=200, headers=()):
    """Answer properly."""

    def act(handler):
        handler.answer(status, body, headers)

    return act


def cut_before_the_answer(handler):
    """Take the request and hang up."""
    handler.hang_up()


def cut_inside(body, at):
    """Begin an answer and hang up."""

    def act(handler):
        handler.begin(200, len(body))
        handler.wfile.write(body[:at])
        handler.hang_up()

    return act


def cut_inside_without_length(body, at):
    """Begin an answer that ends with the connection, and hang up."""

    def act(handler):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + body[:at])
        handler.hang_up()

    return act


def hang(handler):
    """Take the request and never answer."""
    handler.server.released.wait(20)
    handler.hang_up()


def hang_inside(body, at):
    """Begin an answer and never end it."""

    def act(handler):
        handler.begin(200, len(body))
        handler.wfile.write(body[:at])
        hang(handler)

    return act


def endless(handler):
    """Send more than any answer may hold."""
    size = 1 << 30
    handler.begin(200, size)
    try:
        for _ in range(size >> 20):
            handler.wfile.write(b"x" * (1 << 20))
    except OSError:
        pass
    handler.close_connection = True


class Handler(BaseHTTPRequestHandler):
    """One connection; NTLM authenticates the connection, as IIS does."""

    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1
        self.account = None
        self.context = None

    def do_POST(self):
        self.let_in(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_GET(self):
        self.let_in(self.path)

    def let_in(self, received):
        self.server.legs.append(dict(self.headers))
        if self.server.ntlm and not self.account and not self.authenticate():
            return
        self.server.received.append(received)
        self.server.actions.append(self.headers.get("SOAPAction"))
        self.server.next_act()(self)

    def authenticate(self):
        """One step of NTLM; True when this very request proved the password."""
        scheme, _space, token = self.headers.get("Authorization", "").partition(" ")
        if scheme != "NTLM":
            return self.challenge("NTLM")
        if self.context is None:
            self.context = spnego.server(
                protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm
            )
        try:
            answer = self.context.step(base64.b64decode(token))
        except SpnegoError:
            self.context = None
            return self.challenge("NTLM")
        if not self.context.complete:
            return self.challenge(f"NTLM {base64.b64encode(answer).decode()}")
        self.account = self.context.client_principal
        self.server.accounts.append(self.account)
        return True

    def challenge(self, header):
        self.answer(401, b"", [("WWW-Authenticate", header)])
        return False

    def answer(self, status, body, headers=()):
        self.begin(status, len(body), headers)
        self.wfile.write(body)

    def begin(self, status, length, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(length))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def hang_up(self):
        self.close_connection = True

    def log_message(self, *args):
        pass


class Police(ThreadingHTTPServer):
    """The server; `legs` are all requests, `received` those let in."""

    daemon_threads = True

    def __init__(self, acts, ntlm):
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts = list(acts)
        self.ntlm = ntlm
        self.accounts, self.actions, self.legs, self.received = [], [], [], []
        self.connections = 0
        self.released = threading.Event()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/ws_uby/ws_uby.svc"

    def next_act(self):
        return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]

    def handle_error(self, request, client_address):
        pass


@contextmanager
def police(*acts, ntlm=False):
    """A police that does these acts one by one and repeats the last."""
    server = Police(acts, ntlm)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def client(server, **options):
    """A client of this police, impatient as tests are."""
    options = {"timeout": 5.0, "connect_timeout": 2.0, **options}
    address = server if isinstance(server, str) else server.address
    return UbyportClient(
        address,
        options.pop("login", LOGIN),
        options.pop("password", PASSWORD),
        **options,
    )
