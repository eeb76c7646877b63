# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Topics of the protocol check that take a hotel: corrections, certification run."""

from ubyport.wire import CORRECTION

from .crash_hotel import Hotel
from .protocol_service import Service, Tally

PEOPLE = 500
SEED = 7
KEY_CHANGES = {"first_name": "Georg", "document_number": "PROCES9999"}


def check_corrections(service: Service, tally: Tally, hotel: Hotel) -> None:
    """A change of a key datum becomes a marked correction, another one does not."""
    guests = hotel.guests(3)
    _send(hotel, guests)
    tally.equal(set(hotel.states(guests).values()), {"reported"}, "before the change")
    corrected, remarked, untouched = guests
    hotel.worker.do("edit", guest=corrected, values=KEY_CHANGES)
    hotel.worker.do("edit", guest=remarked, values={"note": "jiná poznámka"})
    states = hotel.states(guests)
    tally.equal(states[corrected], "changed", "a key datum was changed")
    tally.equal(states[untouched], "reported", "nothing was changed")
    before = len(hotel.police.records())
    _send(hotel, guests)
    new = hotel.police.records()[before:]
    tally.equal(len(new), 1, "sent after the changes")
    tally.equal({one["verdict"] for one in new}, {"accepted"}, "the correction")
    notes = {one["fields"]["cNote"].startswith(CORRECTION) for one in new}
    tally.equal(notes, {True}, "the prescribed sentence")
    tally.equal(set(hotel.states(guests).values()), {"reported"}, "after the change")
    tally.tell("key datum, note alone, nothing changed")


def check_certification(service: Service, tally: Tally, hotel: Hotel) -> None:
    """The manager's run through Odoo's own sender."""
    before = len(hotel.police.records())
    run = hotel.worker.do("certify", facility=hotel.vltava, size=PEOPLE, seed=SEED)
    received = hotel.police.records()[before:]
    tally.equal(run["state"], "done", "the run")
    tally.equal(run["states"], {"accepted": PEOPLE}, "its people")
    tally.equal(len(received), PEOPLE, "received by the police")
    surnames = sorted(one["printed"]["surname"] for one in received)
    tally.equal(surnames, sorted(run["surnames"]), "letters")
    tally.equal(run["receipts"], run["batches"], "batches with a receipt")
    tally.equal(run["guests"], 0, "invented people among the guests")
    tally.tell(f"{len(received)} people in {run['batches']} batches, by Odoo's sender")


def _send(hotel: Hotel, guests) -> None:
    hotel.worker.do("send", guests=guests)
    hotel.worker.do("cron")
