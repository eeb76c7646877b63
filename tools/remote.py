# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's external API (XML-RPC), used as one of the demonstration's users."""

import xmlrpc.client
from contextlib import contextmanager

from .errors import ToolError


class Remote:
    """A user logged in to a database; password = login, as in the demonstration."""

    def __init__(self, address: str, database: str, login: str):
        common = self._proxy(address, "common")
        self._key = (database, common.authenticate(database, login, login, {}), login)
        if not self._key[1]:
            raise ToolError(f"Odoo refused the login of {login}.")
        self._object = self._proxy(address, "object")

    @staticmethod
    def _proxy(address: str, name: str) -> xmlrpc.client.ServerProxy:
        return xmlrpc.client.ServerProxy(f"{address}/xmlrpc/2/{name}", allow_none=True)

    @property
    def user_id(self) -> int:
        return self._key[1]

    def call(self, model: str, method: str, *arguments, **options):
        """Call a public method; Odoo's message becomes the text of the ToolError."""
        try:
            return self._object.execute_kw(
                *self._key, model, method, list(arguments), options
            )
        except xmlrpc.client.Fault as fault:
            text = fault.faultString.strip().splitlines()[-1]
            raise ToolError(f"{model}.{method} was refused: {text}") from fault

    def read(self, model: str, ids: list[int], *fields: str) -> list[dict]:
        return self.call(model, "read", ids, list(fields))

    def search(self, model: str, domain: list, **options) -> list[int]:
        return self.call(model, "search", domain, **options)

    def create(self, model: str, **values) -> int:
        return self.call(model, "create", values)

    @contextmanager
    def language(self, code: str):
        """The user's language is another one for a while."""
        before = self.read("res.users", [self.user_id], "lang")[0]["lang"]
        self.call("res.users", "write", [self.user_id], {"lang": code})
        try:
            yield
        finally:
            self.call("res.users", "write", [self.user_id], {"lang": before})
