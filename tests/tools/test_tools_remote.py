# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The external API as the demonstration check uses it, against a small server."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.errors import ToolError
from tools.remote import Remote


class Hotel(BaseHTTPRequestHandler):
    """Answers as Odoo does to the few calls that matter; remembers what it got."""

    calls = []
    language = "en_US"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = self.answer(body)
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def answer(self, body):
        if self.path == "/web/session/authenticate":
            known = body["params"]["login"] == body["params"]["password"] == "reception"
            return 200, {"result": {"uid": 7 if known else None}}
        if self.path == "/web/dataset/call_kw":
            return 200, {"result": self.make_key(body["params"])}
        Hotel.calls.append((self.path, body, dict(self.headers)))
        if self.path.endswith("/forbidden"):
            return 403, {"name": "AccessError", "message": "Not for you."}
        if self.path.endswith("/read"):
            return 200, [{"id": 7, "lang": Hotel.language}]
        if self.path.endswith("/write"):
            Hotel.language = body["vals"].get("lang", Hotel.language)
            return 200, True
        return 200, [41]

    def make_key(self, params):
        if params["method"] == "create":
            return 3
        if params["method"] == "make_key":
            return {"res_model": "res.users.identitycheck", "res_id": 9}
        assert params["kwargs"]["context"] == {"password": "reception"}
        return {"res_model": "shown", "context": {"default_key": "secret-key"}}

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hotel)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reception(address):
    Hotel.calls.clear()
    return Remote(address, "hotel", "reception")


def test_the_key_that_the_user_made_opens_the_external_api(reception):
    assert reception.create("hotel.folio", {"partner_id": 1}, {"lang": "cs_CZ"}) == 41
    path, body, headers = Hotel.calls[-1]
    assert path == "/json/2/hotel.folio/create"
    assert body["vals_list"] == [{"partner_id": 1}]
    assert body["context"] == {"lang": "cs_CZ"}
    assert headers["Authorization"] == "bearer secret-key"
    assert headers["X-Odoo-Database"] == "hotel"


def test_a_wrong_login_is_one_sentence(address):
    with pytest.raises(ToolError, match=r"^Odoo refused the login of burglar\.$"):
        Remote(address, "hotel", "burglar")


def test_what_odoo_refuses_is_told_in_its_words(reception):
    with pytest.raises(ToolError, match=r"^x\.forbidden was refused: Not for you\.$"):
        reception.call("x", "forbidden", [1])


def test_the_language_is_put_back_even_after_a_failure(reception):
    with pytest.raises(ZeroDivisionError), reception.language("cs_CZ"):
        assert Hotel.language == "cs_CZ"
        raise ZeroDivisionError
    assert Hotel.language == "en_US"
