# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Topics of the protocol check about documents: UNL files, the service's WSDL."""

from datetime import datetime
from zoneinfo import ZoneInfo

import requests

from ubyport import unl, unl_reader, wsdl
from ubyport.invented import MOST, invent
from ubyport.receipt import read_receipt
from ubyport.reconcile import match
from ubyport.wire import to_wire

from .protocol_service import Service, Tally

SEED = 20261122
PATIENCE = 20


def check_unl(service: Service, tally: Tally) -> None:
    """Written, read again, taken by the web application, its receipts read."""
    people = invent(MOST, SEED, service.context)
    sent = [to_wire(person, service.countries) for person in people]
    moment = datetime.now(ZoneInfo("Europe/Prague")).replace(microsecond=0, tzinfo=None)
    files = 0
    for number, batch in enumerate(unl.batches(sent)):
        content = unl.write(service.facility, batch, moment)
        written = [unl.as_written(guest) for guest in batch]
        _check_reading(tally, content, written)
        name = unl.file_name(service.facility.idub, moment, f"check{number}")
        _check_upload(service, tally, name, content, written)
        files += 1
    tally.tell(f"{files} files of {len(sent)} people, read again and uploaded")


def _check_reading(tally: Tally, content: bytes, written) -> None:
    reading = unl_reader.read(content)
    errors = [one for one in reading.findings if one.severity == "error"]
    tally.equal(errors, [], "errors in our own file")
    tally.equal(list(reading.guests.values()), written, "written and read")


def _check_upload(service: Service, tally: Tally, name, content, written) -> None:
    answer = requests.post(
        service.police.web_form, files={"file": (name, content)}, timeout=PATIENCE
    )
    tally.equal(answer.status_code, 200, "the upload")
    receipt = read_receipt(answer.content)
    tally.equal(receipt.accepted, len(written), "accepted from the file")
    found = match(written, receipt)
    wrong = [difference for one in found.matches for difference in one.differences]
    tally.equal(wrong, [], "letters of the file's receipt")
    tally.equal(found.named, len(written), "named in the file's receipt")


def check_wsdl(service: Service, tally: Tally) -> None:
    """The service describes itself as we know it; a change is noticed."""
    with service.client() as client:
        told = client.wsdl()
    tally.equal(wsdl.compare(wsdl.ours(), wsdl.read(told)), (), "the same description")
    for old, new in CHANGES.items():
        changed = told.replace(old, new)
        tally.check(changed != told, f"nothing to change: {old}")
        found = wsdl.compare(wsdl.ours(), wsdl.read(changed))
        tally.check(found, f"not noticed: {old} is {new}")
    tally.tell(f"the same description; {len(CHANGES)} changes noticed")


# A member renamed, another type, a method that is gone.
CHANGES = {
    b'name="VracetPDF"': b'name="vracetPDF"',
    b'name="cPurp" nillable="true" type="xs:int"': b'name="cPurp" type="xs:string"',
    b'name="MaximalniDelkaSeznamu"': b'name="DelkaSeznamu"',
}
