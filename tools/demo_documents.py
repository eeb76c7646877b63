# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Three Czech guests, whose documents the receptionist has looked up.

The numbers are invented; the simulator's list of invalid documents has one of them.
"""

import time

from .errors import expect
from .remote import Remote

PATIENCE = 60.0
GUEST = "hotel.folio.guest"
# number of an identity card -> what the guest must show
CASES = {"987650000": "clear", "987654321": "listed", "98765": "malformed"}


def check(reception: Remote, folio: int) -> None:
    """Add the guests to a folio, press the button, wait for the answers."""
    guests = {number: _make(reception, folio, number) for number in CASES}
    for guest in guests.values():
        reception.call(GUEST, "action_check_document", [guest])
    end = time.monotonic() + PATIENCE
    while (found := _states(reception, guests)) != CASES and time.monotonic() < end:
        time.sleep(0.5)
    for number, wanted in CASES.items():
        state = found[number]
        expect(state == wanted, f"Document {number} is {state} instead of {wanted}")


def _make(reception: Remote, folio: int, number: str) -> int:
    czechia = reception.search("ubyport.country", [["code", "=", "CZE"]])[0]
    values = {
        "folio_id": folio,
        "surname": f"Zkušební {number}",
        "nationality_id": czechia,
        "document_type": "id_card",
        "document_number": number,
    }
    return reception.create(GUEST, values)


def _states(reception: Remote, guests: dict[str, int]) -> dict[str, str]:
    rows = reception.read(GUEST, list(guests.values()), "document_state")
    by_id = {row["id"]: row["document_state"] for row in rows}
    return {number: by_id[guest] for number, guest in guests.items()}
