# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the pictures of the demonstration show: played once, then only found again.

As `reception`, through Odoo's external API, the family of the demonstration is checked
in; their facility reports at once, so a report with its receipt comes to be.
"""

import time

from . import demo
from .errors import ToolError
from .remote import Remote

PATIENCE = 60.0
FOLIO = "hotel.folio"
GUEST = "hotel.folio.guest"
REPORT = "ubyport.report"
INVITATION = "hotel.invitation"
FAMILY = "Inés Peña Ibáñez"
GROUP = "Cestovka Příklad s.r.o."
INCOMPLETE = "Fenwicke"


def prepare(addresses: demo.Addresses) -> dict[str, int]:
    """Play what is missing; the numbers of the records by their names in addresses."""
    hotel = Remote(addresses.odoo, demo.DATABASE, "reception")
    family = _guests_of(hotel, FAMILY)
    _report(hotel, family)
    report = hotel.read(GUEST, family, "receipt_report_id")[0]["receipt_report_id"]
    guest = _first(hotel, GUEST, [["surname", "=", INCOMPLETE]])
    # the facility which has not reported yet: its form leads to the first report
    facility = hotel.read(GUEST, [guest], "facility_id")[0]["facility_id"]
    return {
        "folio": _folio(hotel, GROUP),
        "guest": guest,
        "report": report[0],
        "facility": facility[0],
        "unl": _first(hotel, REPORT, [["channel", "=", "unl"]]),
        "invitation": _first(hotel, INVITATION, [["state", "=", "filed"]]),
    }


def _report(hotel: Remote, guests: list[int]) -> None:
    """Check the guests in, unless done before, and wait for the police."""
    end = time.monotonic() + PATIENCE
    while states := _open_states(hotel, guests):
        if time.monotonic() > end:
            raise ToolError(f"The family was not reported, it is {states}: start anew.")
        if "expected" in states:
            hotel.call(GUEST, "action_check_in", guests)
        time.sleep(0.5)


def _open_states(hotel: Remote, guests: list[int]) -> set[str]:
    rows = hotel.read(GUEST, guests, "report_state")
    return {row["report_state"] for row in rows} - {"reported"}


def _guests_of(hotel: Remote, payer: str) -> list[int]:
    return hotel.search(GUEST, [["folio_id", "=", _folio(hotel, payer)]])


def _folio(hotel: Remote, payer: str) -> int:
    return _first(hotel, FOLIO, [["partner_id.name", "=", payer]])


def _first(hotel: Remote, model: str, domain: list) -> int:
    found = hotel.search(model, domain, limit=1, order="id")
    if not found:
        raise ToolError(f"The demonstration has no {model} {domain}: start it anew.")
    return found[0]
