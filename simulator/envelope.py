# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""SOAP 1.1 in and out, as a WCF service speaks it [O P5 §5, PR §2]."""

from lxml import etree

from .contract import METHOD_NS, Undeserializable, is_nil, read_members, text_of

SOAP_NS = "http://schemas.xmlsoap.org/soap/envelope/"
ADDRESSING_NS = "http://schemas.microsoft.com/ws/2005/05/addressing/none"
DISPATCHER_NS = (
    "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher"
)
ACTION_PREFIX = f"{METHOD_NS}/IWS_UBY/"
METHODS = {
    "TestDostupnosti": ("AutentificationCode",),
    "MaximalniDelkaSeznamu": ("AutentificationCode",),
    "DejMiCiselnik": ("AutentificationCode", "CoChci"),
    "ZapisUbytovane": ("AutentificationCode", "Seznam"),
}
SERVICE_FAULT = "s:Chyba běhu programu"  # with spaces and diacritics [O P5]
_ENVELOPE = f"{{{SOAP_NS}}}Envelope"
_ACTION = f"{{{ADDRESSING_NS}}}Action"


class NotXml(Exception):
    """The body is not XML, or has a DTD; WCF answers HTTP 400 with nothing."""


class SoapFault(Exception):
    """An answer that is a SOAP fault."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code
        self.text = text


def service_fault(text):
    """The fault of the service itself, worded as the official sample [O P5]."""
    return SoapFault(
        SERVICE_FAULT, f"Server was unable to process request. ---> {text}"
    )


def parse(body):
    """The Envelope element.

    :raises NotXml: for what no XML reader takes, and for any DTD.
    :raises SoapFault: when it is XML but no SOAP 1.1 envelope.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotXml() from None
    if root.getroottree().docinfo.doctype:
        raise NotXml()
    if root.tag != _ENVELOPE:
        raise SoapFault("s:VersionMismatch", "The envelope is not one of SOAP 1.1.")
    return root


def method_of(envelope, soap_action):
    """The name of the called method, from the action.

    :param soap_action: the HTTP header's value, quoted or not.
    :raises SoapFault: unknown action, two different actions, or a header that must
        be understood and is not.
    """
    inner = _check_headers(envelope)
    action = (soap_action or "").strip().strip('"') or inner
    if inner and inner != action:
        raise _dispatch_fault("ActionMismatch", "The two actions differ.")
    name = (action or "").removeprefix(ACTION_PREFIX)
    if name not in METHODS or action != ACTION_PREFIX + name:
        raise _dispatch_fault(
            "ActionNotSupported", f"The action '{action or ''}' cannot be processed."
        )
    return name


def _check_headers(envelope):
    header = envelope.find(f"{{{SOAP_NS}}}Header")
    action = None
    for child in () if header is None else header:
        if child.tag == _ACTION:
            action = (child.text or "").strip()
        elif child.get(f"{{{SOAP_NS}}}mustUnderstand") == "1":
            raise SoapFault("s:MustUnderstand", f"Not understood: {child.tag}")
    return action


def arguments(envelope, method):
    """The method's parts by name, taken in their order; absent ones are left out.

    :raises SoapFault: when the body holds another method, or the formal code that
        P5 §2.1 demands is missing or empty.
    """
    body = envelope.find(f"{{{SOAP_NS}}}Body")
    wrapper = None if body is None else next(iter(body), None)
    if wrapper is None or wrapper.tag != f"{{{METHOD_NS}}}{method}":
        raise deserialization_fault(
            f"Expected element '{method}' of namespace '{METHOD_NS}'"
        )
    parts = read_members(wrapper, METHODS[method], METHOD_NS)
    code = parts.get("AutentificationCode")
    if code is None or is_nil(code) or not (text_of(code) or "").strip():
        raise service_fault("AutentificationCode není vyplněn.")
    return parts


def deserialization_fault(text):
    """What .NET answers when a value does not fit its type."""
    return _dispatch_fault(
        "DeserializationFailed",
        "The formatter threw an exception while trying to deserialize the message: "
        f"{text}.",
    )


def _dispatch_fault(code, text):
    return SoapFault(f"a:{code}", text)


def deserialized(read, *args):
    """Call ``read`` and turn what .NET could not read into its fault."""
    try:
        return read(*args)
    except Undeserializable as problem:
        raise deserialization_fault(problem) from None


def answer(method, fill):
    """A whole answer of ``method``; ``fill(result)`` writes into the result."""
    envelope, body = _empty()
    response = etree.SubElement(
        body, f"{{{METHOD_NS}}}{method}Response", nsmap={None: METHOD_NS}
    )
    fill(etree.SubElement(response, f"{{{METHOD_NS}}}{method}Result"))
    return _to_bytes(envelope)


def fault(problem):
    """A whole SOAP fault."""
    envelope, body = _empty()
    node = etree.SubElement(body, f"{{{SOAP_NS}}}Fault")
    code = etree.SubElement(node, "faultcode", nsmap={"a": DISPATCHER_NS})
    code.text = problem.code
    text = etree.SubElement(node, "faultstring")
    text.set("{http://www.w3.org/XML/1998/namespace}lang", "cs-CZ")
    text.text = problem.text
    return _to_bytes(envelope)


def _empty():
    envelope = etree.Element(_ENVELOPE, nsmap={"s": SOAP_NS})
    return envelope, etree.SubElement(envelope, f"{{{SOAP_NS}}}Body")


def _to_bytes(envelope):
    return etree.tostring(envelope, encoding="utf-8", xml_declaration=False)
