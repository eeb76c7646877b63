# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The SOAP client alone, 32 guests a call, against zeep as a beginner writes it."""

from datetime import date, datetime, timedelta
from functools import cache

# The benchmark is no part of the addon.
# pylint: disable-next=odoo-addons-relative-import
from odoo.addons.hotel_ubyport.ubyport import records, soap

from .hotel import ACCOUNTS, police
from .table import Row, in_turn_both

BATCHES = 20
SIZE = 32
BODY = "http://schemas.datacontract.org/2004/07/WS_UBY"
HEADER = {
    "uName": "name",
    "uCont": "contact",
    "uOkr": "district",
    "uOb": "municipality",
    "uObCa": "municipality_part",
    "uStr": "street",
    "uHomN": "house_number",
    "uPsc": "zip",
    "uIdub": "idub",
    "uMark": "mark",
}
MEMBERS = {
    "cSurN": "surname",
    "cFirstN": "first_name",
    "cDate": "birth_date",
    "cNati": "nationality",
    "cDocN": "document_number",
    "cResi": "residence",
    "cPurp": "purpose",
    "cNote": "note",
}


def run(env) -> list[Row]:
    """Both send the same guests to the same simulator, with receipts.

    The client alone is its own processor time: in wall time most is the simulator's,
    which proves the password, judges, and prints the receipt.
    """
    with police() as running:

        def ours():
            running.reset()
            _send_with_ours(running.endpoint)

        def theirs():
            running.reset()
            _send_with_zeep(running.endpoint)

        (own_wall, own), (other_wall, other) = in_turn_both(9, ours, theirs)
    ratio = other / own
    figure = f"{ratio:.1f} times, {own * 1000 / BATCHES:.1f} ms a call"
    compared = (
        f"zeep, a client for each batch: {other * 1000 / BATCHES:.1f} ms; wall time "
        f"with the simulator's {own_wall * 1000 / BATCHES:.0f} and "
        f"{other_wall * 1000 / BATCHES:.0f} ms"
    )
    what = "SOAP client alone, 32 guests a call"
    return [Row(what, figure, compared, "5 times", ratio >= 5)]


@cache
def batches() -> list[list[records.WireGuest]]:
    today = date.today()
    return [
        [
            records.WireGuest(
                surname=f"Muster{chr(97 + batch)}{chr(97 + number % 26)}",
                first_name="Jörg",
                birth_date="17051980",
                nationality="DEU",
                document_number=f"C{batch:03d}{number:05d}",
                visa_number="",
                residence="Beispielweg 3, Köln, DEU-Německo",
                purpose=10,
                arrival=today,
                departure=today + timedelta(days=2),
                note="",
            )
            for number in range(SIZE)
        ]
        for batch in range(BATCHES)
    ]


def _send_with_ours(endpoint: str) -> None:
    account = ACCOUNTS[0]
    header = {name: account[name] for name in HEADER.values()}
    facility = records.Facility(**header)
    login, password = account["login"], account["password"]
    with soap.UbyportClient(endpoint, login, password) as client:
        for guests in batches():
            answer = client.report(facility, guests)
            assert len(answer.record_codes) == SIZE and answer.receipt


def _send_with_zeep(endpoint: str) -> None:
    for guests in batches():
        answer = _zeep_batch(endpoint, guests)
        assert len(answer.ChybyZaznamu.string) == SIZE and answer.DokumentPotvrzeni


def _zeep_batch(endpoint: str, guests):
    import requests
    import zeep
    from requests_ntlm import HttpNtlmAuth

    account = ACCOUNTS[0]
    session = requests.Session()
    login = f"EXRESORTMV\\{account['login']}"
    session.auth = HttpNtlmAuth(login, account["password"])
    transport = zeep.Transport(session=session)
    client = zeep.Client(f"{endpoint}?singleWsdl", transport=transport)
    service = client.create_service(next(iter(client.wsdl.bindings)), endpoint)
    person = client.get_type(f"{{{BODY}}}Ubytovany")
    people = client.get_type(f"{{{BODY}}}ArrayOfUbytovany")
    told = people([person(**_members(guest)) for guest in guests])
    header = {member: account[name] for member, name in HEADER.items()}
    content = {"VracetPDF": True, "Ubytovani": told, **header}
    return service.ZapisUbytovane(AutentificationCode="X", Seznam=content)


def _members(guest) -> dict:
    values = {member: getattr(guest, name) for member, name in MEMBERS.items()}
    begin = datetime.min.time()
    return values | {
        "cFrom": datetime.combine(guest.arrival, begin),
        "cUntil": datetime.combine(guest.departure, begin),
    }
