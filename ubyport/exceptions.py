# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What can go wrong: the class of the exception is the decision about a repeat.

========================  ===================================================
``DataError``             this guest or facility cannot be sent as it is
``AccessDenied``          stop the facility at once, never repeat by itself
``Outage``                surely not received: back off and repeat
``ServiceFault``          an outage with the service's own words; may be bad data
``UnknownOutcome``        may have been received: never repeat blindly
``UnreadableReceipt``     a PDF that cannot be read; says nothing about the batch
========================  ===================================================
"""

from __future__ import annotations


class UbyportError(Exception):
    """The common ancestor.

    ``code`` is one of ``FAILURE_CODES`` (or, of a ``DataError``, a finding
    code), ``detail`` a few technical words without personal data.
    ``request_xml`` and ``response_xml`` hold the message bodies where they
    exist (they contain personal data, never the password).
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        request_xml: bytes | None = None,
        response_xml: bytes | None = None,
    ):
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.request_xml = request_xml
        self.response_xml = response_xml


class DataError(UbyportError):
    """A value cannot leave as it is; ``field`` names the attribute of the record."""

    def __init__(self, field: str, code: str, detail: str = ""):
        super().__init__(code, detail or field)
        self.field = field


class AccessDenied(UbyportError):
    """HTTP 401 or 403: wrong or unauthorised account, which may get locked."""


class Outage(UbyportError):
    """The batch was surely not received.

    ``cause`` tells of a question without an answer (``no_answer``) what became of
    it: a code of ``UnknownOutcome``.
    """

    cause: str = ""


class ServiceFault(Outage):
    """A SOAP fault: the batch was not taken. ``fault_string`` are its words."""

    def __init__(self, code: str, detail: str = "", *, fault_string: str = "", **xml):
        super().__init__(code, detail, **xml)
        self.fault_string = fault_string


class UnknownOutcome(UbyportError):
    """The batch may have been received; a blind repeat could file it twice.

    ``header_codes`` are the numbers about the facility in an answer that says
    nothing about any guest. Whether they mean a refusal is in the severities.
    """

    header_codes: tuple[int, ...] = ()


class UnreadableReceipt(UbyportError):
    """The receipt is not a PDF in the layout of a Doručenka."""


# Every ``code`` that the SOAP client gives to its exceptions.
FAILURE_CODES: dict[str, type[UbyportError]] = {
    "unauthorized": AccessDenied,  # HTTP 401
    "forbidden": AccessDenied,  # HTTP 403
    "no_connection": Outage,  # refused, no route
    "no_such_host": Outage,  # the name of the address is known to nobody
    "connect_timeout": Outage,
    "tls": Outage,  # certificate or handshake
    "authentication": Outage,  # the NTLM handshake itself broke down
    "redirect": Outage,  # any 3xx; never followed
    "http_status": Outage,  # any other 4xx
    "no_answer": Outage,  # a mere question (nothing filed) without usable answer
    "fault": ServiceFault,
    "timeout": UnknownOutcome,  # sent, no answer in time
    "cut": UnknownOutcome,  # sent, connection lost before the end of the answer
    "server_error": UnknownOutcome,  # 5xx without a fault
    "unreadable": UnknownOutcome,  # not XML, a DTD inside, no result inside
    "too_large": UnknownOutcome,  # an answer above the size limit
    "record_count": UnknownOutcome,  # not one verdict for each record sent
    "unreadable_receipt": UnreadableReceipt,
}
