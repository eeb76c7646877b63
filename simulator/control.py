# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The control address ``/control/...``: JSON, without NTLM, for this machine only."""

import ipaddress
import json
from datetime import date
from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest, Forbidden, HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from .accounts import BadAccount
from .changes import BadChange
from .documents import BadDocument
from .faults import BadFault
from .options import BadOption

URLS = Map(
    [
        Rule(f"/control/{path}", endpoint=endpoint, methods=[method])
        for path, method, endpoint in (
            ("state", "GET", "state"),
            ("records", "GET", "records"),
            ("batches", "GET", "batches"),
            ("reset", "POST", "reset"),
            ("faults", "POST", "add_fault"),
            ("faults", "DELETE", "clear_faults"),
            ("clock", "POST", "set_clock"),
            ("accounts", "POST", "put_account"),
            ("options", "POST", "set_options"),
            ("changes", "POST", "order_changes"),
            ("documents", "GET", "documents"),
            ("documents", "POST", "add_document"),
        )
    ]
)


class Control:
    """Answers the control address.

    :param police: the Police, whose parts are shown and changed.
    :param refusal: has ``refuse(seconds, keep)``, ``end()`` and ``as_json()``.
    """

    def __init__(self, police, refusal):
        self._police = police
        self._refusal = refusal

    def respond(self, request) -> Response:
        """Answer one HTTP request below ``/control/``."""
        try:
            _only_this_machine(request)
            endpoint, _ = URLS.bind_to_environ(request.environ).match()
            data = _body(request)
            return _json(getattr(self, f"_{endpoint}")(request, data))
        except (BadAccount, BadChange, BadDocument, BadFault, BadOption) as problem:
            return _json({"error": str(problem)}, 400)
        except HTTPException as problem:
            return _json({"error": problem.description}, problem.code)

    def _state(self, request, data):
        police = self._police
        return {
            "accounts": [account.as_json() for account in police.accounts.all()],
            "faults": police.faults.as_json(),
            "refusing": self._refusal.as_json(),
            "clock": police.clock.as_json(),
            "options": police.options.as_json(),
            "counters": police.counters.as_json(),
        }

    def _records(self, request, data):
        batch = request.args.get("batch", type=int)
        return self._police.store.records(request.args.get("idub"), batch)

    def _batches(self, request, data):
        return self._police.store.batches(request.args.get("idub"))

    def _reset(self, request, data):
        """Forget data, faults, counters, changes and locks; clock and options stay."""
        police = self._police
        self._refusal.end()
        police.faults.clear()
        police.store.clear()
        police.register.reset()
        police.counters.clear()
        police.changes.clear()
        police.accounts.unlock_all()
        return {"ok": True}

    def _add_fault(self, request, data):
        fault = self._police.faults.add(data)
        if fault.kind == "refuse_connection":
            connection = request.environ["simulator.connection"]
            request.environ["simulator.sending"].close = True
            self._refusal.refuse(fault.seconds, connection)
        return {"id": fault.id, "kind": fault.kind, "seconds": fault.seconds}

    def _clear_faults(self, request, data):
        self._refusal.end()
        self._police.faults.clear()
        return {"ok": True}

    def _set_clock(self, request, data):
        text = data.get("today")
        try:
            self._police.clock.fixed_day = text and date.fromisoformat(text)
        except (TypeError, ValueError):
            raise BadRequest("today must be a date like 2026-11-20, or null") from None
        return self._police.clock.as_json()

    def _put_account(self, request, data):
        return self._police.accounts.put(data).as_json()

    def _set_options(self, request, data):
        self._police.options.change(data)
        limit = self._police.options.wrong_password_limit
        self._police.gate.wrong_password_limit = limit
        return self._police.options.as_json()

    def _order_changes(self, request, data):
        self._police.changes.order(data)
        return {"ok": True}

    def _documents(self, request, data):
        return self._police.register.as_json()

    def _add_document(self, request, data):
        self._police.register.add(data)
        return {"ok": True}


def _only_this_machine(request):
    """Other machines are kept out, and so are web pages open in a browser here."""
    host = urlsplit(f"//{request.host}").hostname or ""
    if not _is_loopback(request.environ["REMOTE_ADDR"]) or not (
        host == "localhost" or _is_loopback(host)
    ):
        raise Forbidden("the control address answers this machine only")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Forbidden("the control address does not answer other web pages")


def _is_loopback(address):
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _body(request):
    content = request.get_data()
    if request.method != "POST" or not content:
        return {}
    try:
        data = json.loads(content)
    except ValueError:
        raise BadRequest("the body is not JSON") from None
    if not isinstance(data, dict):
        raise BadRequest("the body must be a JSON object")
    return data


def _json(data, status=200):
    content = json.dumps(data, ensure_ascii=False, indent=1)
    return Response(content, status, content_type="application/json; charset=utf-8")
