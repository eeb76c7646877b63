# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A caller of the simulator that knows nothing but raw envelopes written by hand."""

import base64
import io
from xml.sax.saxutils import escape

import pypdf
import requests
from lxml import etree
from requests_ntlm import HttpNtlmAuth

PRODUCTION = "/ws_uby/ws_uby.svc"
TEST = "/ws_uby_test/ws_uby.svc"
ACTION = "http://UBY.pcr.cz/WS_UBY/IWS_UBY/"
NAMESPACES = {
    "s": "http://schemas.xmlsoap.org/soap/envelope/",
    "m": "http://UBY.pcr.cz/WS_UBY",
    "d": "http://schemas.datacontract.org/2004/07/WS_UBY",
    "arr": "http://schemas.microsoft.com/2003/10/Serialization/Arrays",
}
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">{header}
  <s:Body>
    <{method} xmlns="http://UBY.pcr.cz/WS_UBY"
        xmlns:d="http://schemas.datacontract.org/2004/07/WS_UBY"
        xmlns:i="http://www.w3.org/2001/XMLSchema-instance">{inner}</{method}>
  </s:Body>
</s:Envelope>"""

CODE = "<AutentificationCode>X</AutentificationCode>"

# A guest nobody finds fault with, if the police's day is 20 November 2026.
TODAY = "2026-11-20"
GUEST = {
    "cDate": "05031984",
    "cDocN": "PA1234567",
    "cFirstN": "Testa",
    "cFrom": "2026-11-19T00:00:00",
    "cNati": "SVK",
    "cNote": "",
    "cPlac": None,
    "cPurp": "10",
    "cResi": "Skúšobná 5, Košice, SVK-Slovenská republika",
    "cSpz": None,
    "cSurN": "Vzorková",
    "cUntil": "2026-11-23T00:00:00",
    "cVisN": "",
}
# What is registered for the first demo account, member by member.
VLTAVA = {
    "uCont": "Jana Vzorová, tel: +420 601 123 456",
    "uHomN": "12",
    "uIdub": "123456789012",
    "uMark": "HVLTA",
    "uName": "Hotel Vltava",
    "uOb": "Praha",
    "uObCa": "Nové Město",
    "uOkr": "Praha",
    "uOriN": "6",
    "uPsc": "11000",
    "uStr": "Zkušební",
}
LIPA = {
    "uCont": "Petr Příklad, tel: +420 602 123 456",
    "uHomN": "26",
    "uIdub": "1234567890123",
    "uMark": "PENSN",
    "uName": "Penzion U Lípy",
    "uOb": "Vodňany",
    "uObCa": "Vodňany I",
    "uOkr": "Strakonice",
    "uOriN": "",
    "uPsc": "38901",
    "uStr": "Cvičná",
}


def envelope(method, inner, header=""):
    """A whole request as text."""
    return ENVELOPE.format(method=method, inner=inner, header=header)


def member(name, value):
    """One member; None leaves it out, the word NIL makes it nil."""
    if value is None:
        return ""
    if value == "NIL":
        return f'<d:{name} i:nil="true"/>'
    return f"<d:{name}>{escape(value)}</d:{name}>"


def guest(**changes):
    """A ``Ubytovany`` in the right order."""
    values = {**GUEST, **changes}
    members = "".join(member(name, values[name]) for name in sorted(values))
    return f"<d:Ubytovany>{members}</d:Ubytovany>"


def seznam(guests, facility=None, with_pdf="true", **changes):
    """A ``Seznam`` in the right order."""
    header = {**(facility or VLTAVA), **changes}
    return (
        "<Seznam>"
        + f"<d:Ubytovani>{''.join(guests)}</d:Ubytovani>"
        + member("VracetPDF", with_pdf)
        + "".join(member(name, header[name]) for name in sorted(header))
        + "</Seznam>"
    )


class Answer:
    """The answer of ``ZapisUbytovane``, taken apart."""

    def __init__(self, response):
        self.response = response
        self.tree = etree.fromstring(response.content)
        self.header = self.text("ChybyHlavicky")
        self.records = [
            node.text for node in self.tree.iterfind(".//arr:string", NAMESPACES)
        ]
        self.stamp = self.text("PseudoRazitko")
        self.receipt = self.text("DokumentPotvrzeni")
        self.error_receipt = self.text("DokumentChybyPotvrzeni")

    def text(self, name):
        """A member's text; None when it is nil or missing."""
        node = self.tree.find(f".//d:{name}", NAMESPACES)
        if node is None or node.get(NIL) == "true":
            return None
        return node.text or ""

    @property
    def lines(self):
        """The lines of the receipt."""
        return pdf_lines(base64.b64decode(self.receipt))


def pdf_lines(content):
    """The text of a PDF, line by line, over all pages."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    return [line.rstrip() for line in text.splitlines()]


def fault_of(response):
    """Code and text of a SOAP fault."""
    tree = etree.fromstring(response.content)
    return tree.findtext(".//faultcode"), tree.findtext(".//faultstring")


class Caller:
    """One client with one account."""

    def __init__(
        self,
        base,
        login=r"EXRESORTMV\uby-ws12demo",
        password="Vltava2026",
        path=PRODUCTION,
    ):
        self.base = base
        self.url = base + path
        self.session = requests.Session()
        self.session.auth = HttpNtlmAuth(login, password)

    def post(self, method, body, action=None, timeout=10, **headers):
        """Send a body as it is, with the method's action."""
        sent = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{ACTION}{method}"' if action is None else action,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        content = body.encode() if isinstance(body, str) else body
        return self.session.post(self.url, content, headers=sent, timeout=timeout)

    def call(self, method, inner=CODE, **options):
        """Send an envelope with this inside the method's element."""
        return self.post(method, envelope(method, inner), **options)

    def available(self, **options):
        """Ask ``TestDostupnosti``; the text of the answer."""
        response = self.call("TestDostupnosti", **options)
        assert response.status_code == 200, response.text
        tree = etree.fromstring(response.content)
        return tree.findtext(".//m:TestDostupnostiResult", namespaces=NAMESPACES)

    def report(self, *guests, **options):
        """Send guests; the Answer."""
        response = self.raw_report(*guests, **options)
        assert response.status_code == 200, response.text
        return Answer(response)

    def raw_report(self, *guests, timeout=10, **options):
        """Send guests; the HTTP response."""
        inner = CODE + seznam(guests, **options)
        return self.call("ZapisUbytovane", inner, timeout=timeout)

    def codes(self, **changes):
        """Send one guest with these changes; its codes as the service writes them."""
        answer = self.report(guest(**changes))
        assert len(answer.records) == 1
        return answer.records[0]

    def code_list(self, kind):
        """Rows of ``DejMiCiselnik`` as dictionaries; nil is None."""
        inner = f"{CODE}<CoChci>{kind}</CoChci>"
        response = self.call("DejMiCiselnik", inner)
        assert response.status_code == 200, response.text
        tree = etree.fromstring(response.content)
        return [
            {
                etree.QName(column).localname: (
                    None if column.get(NIL) == "true" else column.text or ""
                )
                for column in row
            }
            for row in tree.iterfind(".//d:CiselnikType", NAMESPACES)
        ]


class Control:
    """The control address."""

    def __init__(self, base):
        self.base = base

    def get(self, what, **query):
        """GET, as data."""
        response = requests.get(f"{self.base}/control/{what}", query, timeout=10)
        assert response.status_code == 200, response.text
        return response.json()

    def post(self, what, **data):
        """POST, as data."""
        response = self.try_post(what, **data)
        assert response.status_code == 200, response.text
        return response.json()

    def try_post(self, what, **data):
        """POST, as the HTTP response."""
        url = f"{self.base}/control/{what}"
        return requests.post(url, json=data, timeout=10)

    def fault(self, kind, **data):
        """Order a fault."""
        return self.post("faults", kind=kind, **data)

    def records(self, **query):
        """What the police received."""
        return self.get("records", **query)
