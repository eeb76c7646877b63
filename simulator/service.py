# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two service addresses: authentication, faults, WSDL and SOAP."""

from pathlib import Path

from werkzeug.wrappers import Response

from . import envelope
from .faults import WSDL
from .methods import SAMPLE_FAULT

PATHS = {"/ws_uby/ws_uby.svc": "production", "/ws_uby_test/ws_uby.svc": "test"}
WSDL_FILE = Path(__file__).with_name("ws_uby.wsdl")
XML = "text/xml; charset=utf-8"
_CHARSETS = {"", "utf-8", "utf-16"}


class Service:
    """Answers requests to the service addresses."""

    def __init__(self, gate, accounts, trouble, methods, counters, changes):
        self._gate = gate
        self._accounts = accounts
        self._trouble = trouble
        self._methods = methods
        self._counters = counters
        self._changes = changes

    def respond(self, request) -> Response:
        """Answer one HTTP request to one of PATHS."""
        connection = request.environ["simulator.connection"]
        demand = self._gate.admit(connection, request.headers.get("Authorization"))
        if demand is not None:
            return _unauthorized(demand)
        if request.method == "POST":
            return self._post(request, connection)
        query = request.query_string.decode("latin-1").lower()
        if request.method == "GET" and query in ("singlewsdl", "wsdl"):
            return self._wsdl(request, connection)
        return Response("Not a call of the service.", 400)

    def _wsdl(self, request, connection):
        faults = self._trouble.take(WSDL)
        early = self._before(faults, connection, request)
        if early is not None:
            return early
        self._trouble.plan_sending(faults, request)
        self._counters.add(WSDL)
        changed = self._changes.wsdl
        content = WSDL_FILE.read_bytes() if changed is None else changed
        return Response(content, content_type=XML)

    def _post(self, request, connection):
        if not _is_soap(request):
            return Response("Expected text/xml; charset=utf-8.", 415)
        try:
            content, status = self._soap(request, connection)
        except envelope.NotXml:
            return Response(b"", 400)
        except envelope.SoapFault as problem:
            self._counters.add("soap_fault")
            content, status = envelope.fault(problem), 500
        if isinstance(content, Response):
            return content
        return Response(content, status, content_type=XML)

    def _soap(self, request, connection):
        root = envelope.parse(request.get_data())
        method = envelope.method_of(root, request.headers.get("SOAPAction"))
        self._counters.add(method)
        faults = self._trouble.take(method)
        early = self._before(faults, connection, request)
        if early is not None:
            return early, early.status_code
        parts = envelope.arguments(root, method)
        account = self._accounts.by_login(connection.account)
        environment = PATHS[request.path.lower()]
        answer = self._methods.call(method, parts, account, environment, faults)
        self._trouble.plan_sending(faults, request)
        return answer, 200

    def _before(self, faults, connection, request):
        """Faults that keep the call from being worked on; the answer, or None."""
        early = self._trouble.before(faults, request)
        if early is not None:
            return early
        if "unauthorized" in faults:
            return _turn_away(connection, request)
        if "fault" in faults:
            raise envelope.service_fault(SAMPLE_FAULT)
        return None


def _turn_away(connection, request):
    """401 that a client cannot cure with the handshake it then begins by itself."""
    connection.account = None
    connection.distrusted = "Authorization" not in request.headers
    return _unauthorized("NTLM")


def _is_soap(request):
    charset = request.mimetype_params.get("charset", "").lower()
    return request.mimetype == "text/xml" and charset in _CHARSETS


def _unauthorized(demand):
    return Response("Unauthorized", 401, {"WWW-Authenticate": demand})
