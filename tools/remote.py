# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's external API (JSON-2), used as one of the demonstration's users.

A user makes the key for it as in Odoo's preferences (Account Security, New API Key),
so nobody needs an administrator.
"""

import json
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar

from .errors import ToolError

PATIENCE = 60
KEY_MODEL = "res.users.apikeys.description"


class Remote:
    """A user logged in to a database; password = login, as in the demonstration."""

    def __init__(self, address: str, database: str, login: str):
        self.address = address
        website = _Website(address, database, login)
        self.user_id = website.user_id
        self._headers = {
            "Authorization": f"bearer {website.new_key()}",
            "X-Odoo-Database": database,
        }

    def call(self, model: str, method: str, ids=(), context=None, **named):
        """Call a public method; Odoo's message becomes the text of the ToolError."""
        body = {"ids": list(ids), "context": context or {}, **named}
        url = f"{self.address}/json/2/{model}/{method}"
        try:
            return _post(urllib.request.build_opener(), url, body, self._headers)
        except urllib.error.HTTPError as error:
            text = _message(error.read())
            raise ToolError(f"{model}.{method} was refused: {text}") from error

    def read(self, model: str, ids: list[int], *fields: str) -> list[dict]:
        return self.call(model, "read", ids, fields=list(fields))

    def search(self, model: str, domain: list, **options) -> list[int]:
        return self.call(model, "search", domain=domain, **options)

    def create(self, model: str, values: dict, context=None) -> int:
        return self.call(model, "create", context=context, vals_list=[values])[0]

    def write(self, model: str, ids: list[int], values: dict) -> None:
        self.call(model, "write", ids, vals=values)

    @contextmanager
    def language(self, code: str):
        """The user's language is another one for a while."""
        user = [self.user_id]
        before = self.read("res.users", user, "lang")[0]["lang"]
        self.write("res.users", user, {"lang": code})
        try:
            yield
        finally:
            self.write("res.users", user, {"lang": before})


class _Website:
    """A session in Odoo's web client, as the browser has one."""

    def __init__(self, address: str, database: str, login: str):
        self._address = address
        self._password = login
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        who = {"db": database, "login": login, "password": login}
        answer = self._rpc("/web/session/authenticate", who)
        self.user_id = answer.get("result", {}).get("uid")
        if not self.user_id:
            raise ToolError(f"Odoo refused the login of {login}.")

    def new_key(self) -> str:
        """An API key of this user for one day."""
        values = {"name": "Demonstration", "duration": "1"}
        wizard = self._call(KEY_MODEL, "create", [values])
        action = self._call(KEY_MODEL, "make_key", [[wizard]])
        if action["res_model"] == "res.users.identitycheck":
            context = {"password": self._password}
            ids = [[action["res_id"]]]
            action = self._call(action["res_model"], "run_check", ids, context)
        return action["context"]["default_key"]

    def _call(self, model: str, method: str, arguments: list, context=None):
        answer = self._rpc(
            "/web/dataset/call_kw",
            {
                "model": model,
                "method": method,
                "args": arguments,
                "kwargs": {"context": context or {}},
            },
        )
        if "error" in answer:
            raise ToolError(
                f"Odoo made no API key: {answer['error']['data']['message']}"
            )
        return answer["result"]

    def _rpc(self, path: str, params: dict) -> dict:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return _post(self._opener, self._address + path, body, {})


def _post(opener, url: str, body: dict, headers: dict):
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with opener.open(request, timeout=PATIENCE) as answer:
        return json.load(answer)


def _message(body: bytes) -> str:
    try:
        return json.loads(body)["message"]
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace")[:200]
