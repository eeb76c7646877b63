# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The vocabulary of the tests: a hotel, its people, its guests and its police.

The police are the simulator in a process of its own, spoken to over real HTTP
with real NTLM; control questions go to its control address.
"""

import json
import subprocess
import sys
import urllib.request
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path

from odoo import Command, fields
from odoo.tests import HttpCase, TransactionCase, new_test_user

ADDON = Path(__file__).resolve().parent.parent
LOGIN, PASSWORD = "uby-ws12demo", "Vltava2026"
HOTEL = {
    "name": "Hotel Vltava",
    "idub": "123456789012",
    "mark": "HVLTA",
    "contact": "Jana Vzorová, tel: +420 601 123 456",
    "district": "Praha",
    "municipality": "Praha",
    "municipality_part": "Nové Město",
    "street": "Zkušební",
    "house_number": "12",
    "orientation_number": "6",
    "zip": "11000",
    "environment": "simulator",
    "login": LOGIN,
    "password": PASSWORD,
}
RECEPTION_GROUPS = (
    "hotel.group_hotel_user,sales_team.group_sale_salesman_all_leads,"
    "product.group_product_manager,uom.group_uom"
)


class Police:
    """A running simulator and the questions that a test asks it."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "simulator", "--port", "0", "--quiet"],
            cwd=ADDON,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self._process.stdout.readline().split()[-1]
        self.endpoint = f"{self.address}/ws_uby/ws_uby.svc"
        self.test_endpoint = f"{self.address}/ws_uby_test/ws_uby.svc"

    def stop(self):
        self._process.kill()
        self._process.communicate()

    def reset(self):
        self._call("POST", "/control/reset")

    def fault(self, kind, **options):
        """Let the next calls of ZapisUbytovane fail; see simulator/README.md."""
        options = {"method": "ZapisUbytovane", "times": 1} | options
        self._call("POST", "/control/faults", options | {"kind": kind})

    def tell(self, **changes):
        """Let the service tell another WSDL or other lists; see simulator/README.md."""
        self._call("POST", "/control/changes", changes)

    def called(self, name):
        """Return how often the service was asked for something since the reset."""
        return self._call("GET", "/control/state")["counters"].get(name, 0)

    def heal(self):
        self._call("DELETE", "/control/faults")

    def add_account(self, **account):
        self._call("POST", "/control/accounts", account)

    def records(self):
        """Return every record received, in order of arrival.

        Each has "fields" (as received), "printed" (as stored), "verdict", "codes".
        """
        return self._call("GET", "/control/records")

    def _call(self, method, path, content=None):
        request = urllib.request.Request(
            self.address + path,
            method=method,
            data=json.dumps(content).encode() if content is not None else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            body = response.read()
        return json.loads(body) if body else None


class HotelCase(TransactionCase):
    """A hotel with a facility, a room and people with their real groups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.company = cls.env.company
        cls.env["ubyport.facility"].search([]).active = False
        cls.reception = new_test_user(cls.env, "anna.recepce", RECEPTION_GROUPS)
        cls.accountant = new_test_user(
            cls.env, "ucetni", "hotel_ubyport.group_ubyport_auditor"
        )
        cls.manager = new_test_user(
            cls.env, "reditel", f"{RECEPTION_GROUPS},hotel.group_hotel_manager"
        )
        cls.facility = cls.env["ubyport.facility"].create(HOTEL | cls.service())
        cls.room = cls.make_room("101")
        cls.room.ubyport_facility_id = cls.facility
        cls.payer = cls.env["res.partner"].create({"name": "Payer s.r.o."})

    @classmethod
    def service(cls):
        """Return the facility's values which say where it reports."""
        return {"endpoint": "http://127.0.0.1:9/ws_uby/ws_uby.svc"}

    @classmethod
    def make_room(cls, name):
        kind = cls.env["hotel.room.type"].create({"name": f"Type of {name}"})
        return cls.env["hotel.room"].create(
            {"name": name, "capacity": 4, "isroom": True, "room_categ_id": kind.id}
        )

    @classmethod
    def today(cls):
        return cls.facility._today()

    @classmethod
    def make_folio(cls, *rooms, user=None, arrival=None, nights=2, **values):
        """Create a folio with one line for each room, from noon of a day on."""
        env = cls.env(user=user) if user else cls.env
        first = datetime.combine(arrival or cls.today(), datetime.min.time())
        checkin = first + timedelta(hours=12)
        return env["hotel.folio"].create(
            {
                "partner_id": cls.payer.id,
                "date_order": min(first, fields.Datetime.now()),
                "room_line_ids": [
                    Command.create(
                        {
                            "product_id": room.product_id.id,
                            "name": room.name,
                            "checkin_date": checkin,
                            "checkout_date": checkin + timedelta(days=nights),
                        }
                    )
                    for room in rooms or [cls.room]
                ],
            }
            | values
        )

    @classmethod
    def code(cls, code):
        """Return the nationality of a police code."""
        return cls.env["ubyport.country"].search([("code", "=", code)])

    @classmethod
    def guest_values(cls, surname="Müller", **values):
        """Return a complete invented German guest, changed by values."""
        germany = cls.code("DEU").id
        return {
            "surname": surname,
            "first_name": "Jörg",
            "birth_date": date(1980, 5, 17),
            "nationality_id": germany,
            "document_number": "C01X00T47",
            "residence_street": "Beispielweg 3",
            "residence_city": "Köln",
            "residence_country_id": germany,
            "purpose_id": cls.env.ref("hotel_ubyport.purpose_10").id,
        } | values

    @classmethod
    def make_guest(cls, surname="Müller", folio=None, **values):
        folio = folio or cls.make_folio()
        guest_values = cls.guest_values(surname, **values) | {"folio_id": folio.id}
        return folio.env["hotel.folio.guest"].create(guest_values)

    @classmethod
    def make_guests(cls, *surnames, folio=None, **values):
        """Create lodged guests under one folio, one for each surname."""
        folio = folio or cls.make_folio()
        guests = folio.env["hotel.folio.guest"].create(
            [
                cls.guest_values(surname, document_number=f"DOC{number:05d}", **values)
                | {"folio_id": folio.id}
                for number, surname in enumerate(surnames)
            ]
        )
        guests.action_check_in()
        return guests

    def codes_of(self, guest, severity="error"):
        """Return {field: [codes]} of a guest's findings of one severity."""
        found = {}
        for finding in guest.findings or []:
            if finding["severity"] == severity:
                found.setdefault(finding["field"], []).append(finding["code"])
        return found


class PoliceCase(HotelCase):
    """A hotel whose facility reports to a running simulator."""

    @classmethod
    def setUpClass(cls):
        # A process for each class, ended before Odoo looks for what is left running.
        cls.police = Police()
        super().setUpClass()
        cls.addClassCleanup(cls.police.stop)

    @classmethod
    def service(cls):
        return {"endpoint": cls.police.endpoint}

    def setUp(self):
        super().setUp()
        self.police.reset()

    def run_sender(self, cron="ir_cron_ubyport_send"):
        """Run the scheduled action as Odoo does, in cursors of its own."""
        cron = self.env.ref(f"hotel_ubyport.{cron}")
        shared = isinstance(self, HttpCase)
        with nullcontext() if shared else self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def send(self, guests):
        """Command these guests to be sent and let the sender run."""
        guests._enqueue(fields.Datetime.now())
        self.run_sender()

    def skip_waiting(self):
        """Let all waiting times of facility and guests be over."""
        past = fields.Datetime.now() - timedelta(hours=2)
        self.facility.next_try_at = past
        guests = self.env["hotel.folio.guest"].search([("queued_at", "!=", False)])
        guests._write_own({"send_after": past})

    def surnames_received(self):
        return [record["fields"]["cSurN"] for record in self.police.records()]
