# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A hotel in this process: Odoo's registry, facilities, folios, guests, the police."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUEST = "hotel.folio.guest"
RECEPTION_GROUPS = (
    "hotel.group_hotel_user",
    "sales_team.group_sale_salesman_all_leads",
    "product.group_product_manager",
    "uom.group_uom",
)
# eight facilities as the simulator has them registered
ACCOUNTS = [
    {
        "name": f"Hotel {letter}",
        "idub": f"90000000000{number}",
        "mark": f"BENC{letter}",
        "contact": "Jana Vzorová, tel: +420 601 123 456",
        "district": "Praha",
        "municipality": "Praha",
        "municipality_part": "Nové Město",
        "street": "Zkušební",
        "house_number": str(number + 1),
        "orientation_number": "",
        "zip": "11000",
        "login": f"uby-wsbench{number}",
        "password": "Vltava2026",
    }
    for number, letter in enumerate("ABCDEFGH")
]
_numbers = count()


class Police:
    """A running simulator with accounts of its own for several facilities."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="hotel_ubyport-bench-")
        accounts = Path(self._folder.name, "accounts.json")
        accounts.write_text(json.dumps(ACCOUNTS))
        words = ["--port", "0", "--quiet", "--accounts", str(accounts)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self._process.stdout.readline().split()[-1]
        self.endpoint = f"{self.address}/ws_uby/ws_uby.svc"

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def cpu_seconds(self) -> float:
        """What the simulator itself has computed so far."""
        words = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2]
        user, system = words.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def reset(self) -> None:
        self._post("reset", {})

    def delay(self, seconds: float) -> None:
        """From now on every report takes the police so long."""
        order = {"kind": "delay", "seconds": seconds, "times": None}
        self._post("faults", order | {"method": "ZapisUbytovane"})

    def record_count(self) -> int:
        with urllib.request.urlopen(f"{self.address}/control/records") as answer:
            return len(json.load(answer))

    def _post(self, path: str, content) -> None:
        request = urllib.request.Request(
            f"{self.address}/control/{path}",
            data=json.dumps(content).encode(),
            headers={"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request).close()


@contextmanager
def police():
    running = Police()
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def session(database: str, login: str = ""):
    """An environment which commits at its end, as superuser or as a user."""
    from odoo import api
    from odoo.modules.registry import Registry

    registry = Registry(database)
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})
        if login:
            env = env(user=env["res.users"].search([("login", "=", login)]))
        yield env
    registry.signal_changes()


def commit(env) -> None:
    env.cr.commit()


def reception(env):
    """The receptionist with the real groups, made when missing."""
    from odoo import Command

    login = "bench.reception"
    found = env["res.users"].search([("login", "=", login)])
    groups = [env.ref(name).id for name in RECEPTION_GROUPS]
    values = {"name": login, "login": login, "group_ids": [Command.set(groups)]}
    return found or env["res.users"].create(values)


def room(env, name: str, facility=None):
    kind = env["hotel.room.type"].create({"name": f"Type {name}"})
    values = {"name": name, "capacity": 4, "isroom": True, "room_categ_id": kind.id}
    if facility:
        values["ubyport_facility_id"] = facility.id
    return env["hotel.room"].create(values)


def facility(env, endpoint: str, number: int = 0, **changes):
    """A facility of the simulator's account of this number, with fresh code lists."""
    service = {"environment": "simulator", "endpoint": endpoint}
    values = ACCOUNTS[number] | service | {"automation": "manual"}
    found = env["ubyport.facility"].create(values | changes)
    found.lists_refreshed_at = datetime.now()
    room(env, f"{found.mark}1", found)
    return found


def folio(env, hotel_room, **values):
    """A folio with one room from today's noon on."""
    from odoo import Command

    noon = datetime.combine(date.today(), datetime.min.time()) + timedelta(hours=12)
    stay = {
        "product_id": hotel_room.product_id.id,
        "name": hotel_room.name,
        "checkin_date": noon,
        "checkout_date": noon + timedelta(days=2),
    }
    payer = env["res.partner"].search([], limit=1)
    return env["hotel.folio"].create(
        {
            "partner_id": payer.id,
            "date_order": datetime.now() - timedelta(days=1),
            "room_line_ids": [Command.create(stay)],
        }
        | values
    )


def person(env, number: int) -> dict:
    """A complete invented guest; no two share a document."""
    germany = env["ubyport.country"].search([("code", "=", "DEU")]).id
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:06d}")
    return {
        "surname": f"Muster{letters}",
        "first_name": "Jörg",
        "birth_date": date(1980, 5, 17),
        "nationality_id": germany,
        "document_number": f"C{number:08d}",
        "residence_street": "Beispielweg 3",
        "residence_city": "Köln",
        "residence_country_id": germany,
        "purpose_id": env.ref("hotel_ubyport.purpose_10").id,
    }


def guests(env, hotel_folio, number: int):
    """So many complete guests of a folio, not yet checked in."""
    common = {"folio_id": hotel_folio.id}
    people = [person(env, next(_numbers)) | common for _ in range(number)]
    return env[GUEST].create(people)


def lodged(env, hotel_facility, number: int):
    """So many complete guests lodged in a facility."""
    made = guests(env, folio(env, hotel_facility.room_ids[0]), number)
    made.action_check_in()
    return made
