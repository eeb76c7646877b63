# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make demo-check`: from the folio to the police's receipt, as the receptionist.

Everything goes through Odoo's external API as the user `reception`; what the police
have received is asked from the simulator. Needs pypdf (the Python of `.dev/venv`).
"""

import base64
import io
import json
import time
import urllib.request
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from . import demo, demo_click, demo_documents, demo_guests, environment
from .errors import expect
from .progress import say, step
from .remote import Remote

IDUB = "123456789012"
# reports at once, without a command
PROMPT_IDUB = "1234567890123"
NIGHTS = 2
PATIENCE = 60.0
GUEST = "hotel.folio.guest"
RELATIONS = {
    "nationality_id": "ubyport.country",
    "residence_country_id": "ubyport.country",
    "purpose_id": "ubyport.purpose",
}
# the fields that the findings about an incomplete guest must name
MISSING = {"purpose_id", "residence_city", "document_number"}


def main() -> None:
    """Check the demonstration that runs, or one started for the purpose."""
    environment.restart_in_venv()
    addresses = demo.running_addresses()
    if addresses:
        return check(addresses)
    with demo.served(demo.chosen_addresses()) as (addresses, *_):
        check(addresses)


def check(addresses: demo.Addresses) -> None:
    """Play the whole story; ToolError at the first thing that is not as it must be."""
    story = Story(addresses)
    with step("Reception: a folio with a room and three foreign guests"):
        story.make_folio()
    with step("Reception: check the guests in, read what is missing"):
        story.check_in()
    with step("Reception: complete the guest"):
        story.complete()
    with step("Reception: report to the police, wait for the verdict"):
        story.report()
    with step("The receipt is a PDF that names every guest"):
        story.check_receipts()
    with step("The police have received what was sent, letter by letter"):
        story.check_police()
    with step("A valid, an invalid and a malformed document of Czech guests"):
        demo_documents.check(story.reception, story.folio)
    with step("A facility which reports at once: check in by a click in the browser"):
        elapsed = prompt_seconds(addresses)
    say(f"From the click to the receipt: {elapsed:.1f} s")
    say("\nThe demonstration works from the folio to the receipt.")


def prompt_seconds(addresses: demo.Addresses) -> float:
    """Return how long the police's receipt takes where reporting needs no command."""
    complete = [guest for guest in demo_guests.ALL if guest.is_complete]
    story = Story(addresses, PROMPT_IDUB, complete)
    story.make_folio()
    url = f"{addresses.odoo}/odoo/hotel.folio/{story.folio}"
    return demo_click.seconds(url, "reception", story.has_receipts)


class Story:
    """What the receptionist does, with what is remembered between the steps."""

    def __init__(self, addresses: demo.Addresses, idub=IDUB, guests=demo_guests.ALL):
        self.addresses = addresses
        self.idub, self.guests = idub, guests
        self.reception = Remote(addresses.odoo, demo.DATABASE, "reception")
        self.now = datetime.now(ZoneInfo("Europe/Prague"))
        # new numbers at every run, or the police would see repeats
        start = int(time.time()) % 10**7
        numbers = [f"X{start:07d}{n}" for n, _ in enumerate(demo_guests.ALL)]
        self.documents = dict(zip(demo_guests.ALL, numbers, strict=True))
        self.ids: dict = {}

    def make_folio(self) -> None:
        room = self._room()
        arrival = datetime.now(tz=ZoneInfo("UTC")).replace(microsecond=0, tzinfo=None)
        stay = {
            "product_id": room["product_id"][0],
            "name": room["name"],
            "checkin_date": str(arrival),
            "checkout_date": str(arrival + timedelta(days=NIGHTS)),
        }
        folio = {
            "partner_id": self._payer(),
            "date_order": str(arrival - timedelta(hours=1)),
            "room_line_ids": [[0, 0, stay]],
        }
        self.folio = self.reception.create("hotel.folio", folio)
        for guest in self.guests:
            values = self._values(guest, guest.typed, guest.is_complete)
            values["folio_id"] = self.folio
            self.ids[guest] = self.reception.create(GUEST, values)

    def check_in(self) -> None:
        self.reception.call("hotel.folio", "action_check_in_guests", [self.folio])
        for guest, row in self._rows("report_state", "findings"):
            errors = {
                f["field"] for f in row["findings"] or [] if f["severity"] == "error"
            }
            wanted = set() if guest.is_complete else MISSING
            name = guest.typed["surname"]
            expect(
                wanted <= errors, f"{name}: not told to be missing: {wanted - errors}"
            )
            expect(wanted or not errors, f"{name} is complete, but: {errors}")
            state = row["report_state"]
            as_it_should = (state != "incomplete") == guest.is_complete
            expect(as_it_should, f"{name} has the state {state} after check-in")

    def complete(self) -> None:
        for guest, row_id in self.ids.items():
            if guest.later:
                values = self._values(guest, guest.later, with_document=True)
                self.reception.write(GUEST, [row_id], values)
        for guest, row in self._rows("report_state", "finding_summary"):
            name, state = guest.typed["surname"], row["report_state"]
            expect(state != "incomplete", f"{name}: {row['finding_summary']}")

    def report(self) -> None:
        context = {"active_model": "hotel.folio", "active_ids": [self.folio]}
        wizard = self.reception.create("ubyport.export", {}, context)
        self.reception.call("ubyport.export", "action_send", [wizard])
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            rows = [row for _, row in self._rows("report_state")]
            if all(row["report_state"] == "reported" for row in rows):
                return
            time.sleep(0.5)
        for guest, row in self._rows("report_state", "report_reason"):
            expect(
                row["report_state"] == "reported",
                f"{guest.typed['surname']} is {row['report_state']} after "
                f"{PATIENCE:.0f} s: {row['report_reason']}",
            )

    def has_receipts(self) -> bool:
        return all(
            row["receipt_report_id"] for _, row in self._rows("receipt_report_id")
        )

    def check_receipts(self) -> None:
        for guest, row in self._rows("receipt_report_id"):
            name = guest.received["cSurN"]
            expect(row["receipt_report_id"], f"{name} has no report with a receipt")
            report = row["receipt_report_id"][0]
            content = self.reception.read("ubyport.report", [report], "receipt")
            text = pdf_text(base64.b64decode(content[0]["receipt"] or b""))
            for wanted in (name, self.documents[guest]):
                expect(wanted in text, f"The receipt does not name {wanted}")

    def check_police(self) -> None:
        received = {
            record["fields"]["cDocN"]: record for record in self._police_records()
        }
        for guest, document in self.documents.items():
            name = guest.received["cSurN"]
            expect(document in received, f"The police have no record of {name}")
            record = received[document]
            expect(record["verdict"] == "accepted", f"The police refused {name}")
            wanted = demo_guests.expected_record(
                guest, document, self.now.date(), NIGHTS
            )
            compare(name, wanted, record["fields"])

    def _police_records(self) -> list[dict]:
        url = f"{self.addresses.police}/control/records?idub={self.idub}"
        with urllib.request.urlopen(url, timeout=20) as answer:
            content = json.load(answer)
        return content["records"] if isinstance(content, dict) else content

    def _room(self) -> dict:
        domain = [["ubyport_facility_id.idub", "=", self.idub]]
        rooms = self.reception.search("hotel.room", domain, limit=1)
        expect(rooms, "No room belongs to the facility of the demonstration")
        return self.reception.read("hotel.room", rooms, "name", "product_id")[0]

    def _payer(self) -> int:
        """Some contact: a receptionist may not create one."""
        return self.reception.search("res.partner", [["customer_rank", ">=", 0]])[0]

    def _values(self, guest, typed: dict, with_document: bool) -> dict:
        values = {name: self._value(name, value) for name, value in typed.items()}
        if with_document:
            values["document_number"] = self.documents[guest]
        return values

    def _value(self, name: str, value):
        if name not in RELATIONS:
            return value
        found = self.reception.search(RELATIONS[name], [["code", "=", value]])
        expect(found, f"{RELATIONS[name]} has no code {value}")
        return found[0]

    def _rows(self, *fields: str):
        rows = self.reception.read(GUEST, list(self.ids.values()), *fields)
        by_id = {row["id"]: row for row in rows}
        return [(guest, by_id[row_id]) for guest, row_id in self.ids.items()]


def compare(name: str, wanted: dict[str, str], received: dict) -> None:
    """Member by member; an absent member is an empty one."""
    for member in sorted(set(wanted) | set(received)):
        sent, got = wanted.get(member, ""), received.get(member)
        got = "" if got is None else str(got)
        expect(
            sent == got, f"{name}, {member}: wanted {sent!r}, the police have {got!r}"
        )


def pdf_text(content: bytes) -> str:
    """All text of a PDF, with white space made even."""
    import pypdf

    expect(content.startswith(b"%PDF-"), "The receipt is not a PDF")
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
