# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two sides of the protocol check: the engine's client, a simulator process."""

import csv
import itertools
import string
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ubyport import verdict
from ubyport.records import Answer, Country, Facility, Guest, WireGuest
from ubyport.rules import RuleContext
from ubyport.soap import UbyportClient
from ubyport.wire import to_wire

from .crash_hotel import VLTAVA
from .crash_processes import Police
from .places import ROOT

METHODS = (
    "TestDostupnosti",
    "MaximalniDelkaSeznamu",
    "DejMiCiselnik",
    "ZapisUbytovane",
)
IMPATIENT = 1.0


@dataclass
class Tally:
    """What one topic has really done; ``wrong`` are sentences."""

    title: str
    checks: int = 0
    calls: int = 0
    people: int = 0
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def check(self, is_right, otherwise: str) -> None:
        """Count one comparison."""
        self.checks += 1
        if not is_right:
            self.wrong.append(otherwise)

    def equal(self, got, wanted, what: str) -> None:
        self.check(got == wanted, f"{what}: {got!r} instead of {wanted!r}")

    def tell(self, what: str) -> None:
        """Name something that was exercised."""
        self.told.append(what)


class Service:
    """The service as one facility meets it, and what the police hold of it."""

    def __init__(self, police: Police):
        self.police = police
        self.today = datetime.now(ZoneInfo("Europe/Prague")).date()
        values = {name: VLTAVA[name] for name in Facility.__slots__}
        self.facility = Facility(**values)
        self._numbers = itertools.count(1)
        with self.client() as client:
            self.lists = {
                name: client.code_list(name)
                for name in ("Staty", "UcelyPobytu", "Chyby")
            }
        self.severities = verdict.parse_severities(self.lists["Chyby"])
        self.duplicates = {
            verdict.code_number(entry.kod2)
            for entry in self.lists["Chyby"]
            if "duplicit" in entry.kod3
        }
        self.countries = _countries(self.lists["Staty"])
        purposes = {entry.kod2 for entry in self.lists["UcelyPobytu"]}
        self.context = RuleContext(
            today=self.today, countries=self.countries, purposes=purposes
        )

    def client(self, **options) -> UbyportClient:
        account = {"password": VLTAVA["password"]} | options
        login = account.pop("login", VLTAVA["login"])
        password = account.pop("password")
        return UbyportClient(self.police.endpoint, login, password, **account)

    def report(self, *guests: WireGuest, facility: Facility | None = None) -> Answer:
        """Hand one batch over."""
        with self.client() as client:
            return client.report(facility or self.facility, guests)

    def verdicts(self, answer: Answer) -> list[str]:
        return [
            verdict.judge(codes, self.severities, self.duplicates)
            for codes in answer.record_codes
        ]

    def guest(self, **changes) -> Guest:
        """A flawless person, another one with each call, changed."""
        person = Guest(
            surname="Zkušební",
            first_name="Anna",
            birth_date=date(1984, 2, 29),
            nationality="DEU",
            document_number=f"PROTO{next(self._numbers):06d}",
            residence_street="Beispielweg 7",
            residence_city="Musterstadt",
            residence_country="DEU",
            purpose="10",
            arrival_date=self.today,
            departure_date=self.today + timedelta(days=2),
        )
        return replace(person, **changes)

    def told(self, **changes) -> WireGuest:
        """A flawless person as sent, changed without asking any rule."""
        return replace(to_wire(self.guest(), self.countries), **changes)

    def held(self, count: int) -> list[dict]:
        """The last records of the police."""
        return self.police.records()[-count:]

    def calls(self) -> int:
        """How many calls of the four methods have arrived so far."""
        counters = self.police.counters()
        return sum(counters.get(name, 0) for name in METHODS)


def printed(record: dict) -> dict:
    """The members of the engine's WireGuest as the police print them."""
    kept = record["printed"]
    return {
        "surname": kept["surname"],
        "first_name": kept["first_name"],
        "birth_date": kept["birth_date"],
        "nationality": kept["nationality"],
        "document_number": kept["document"],
        "visa_number": kept["visa"],
        "residence": kept["residence"],
        "purpose": kept["purpose"],
        "arrival": date.fromisoformat(kept["arrival"]),
        "departure": date.fromisoformat(kept["departure"]),
        "note": kept["note"],
    }


def as_printed(guest: WireGuest) -> dict:
    return {name: getattr(guest, name) for name in WireGuest.__slots__}


def letters_of(number: int) -> str:
    """A name of four letters for a number, so that names need no digits."""
    abc = string.ascii_lowercase
    return "".join(abc[number // 26**place % 26] for place in range(4)).capitalize()


def batches(items, size: int):
    """The items in pieces of at most ``size``."""
    items = list(items)
    return [items[start : start + size] for start in range(0, len(items), size)]


def _countries(entries) -> dict[str, Country]:
    """The service's nationalities, with the visa duties that the addon ships."""
    with (ROOT / "data" / "ubyport.country.csv").open(encoding="utf-8") as lines:
        duties = {row["code"]: row["visa_duty"] for row in csv.DictReader(lines)}
    return {
        entry.kod3: Country(
            code=entry.kod3,
            name_cs=entry.text_cz,
            visa_required=duties.get(entry.kod3) == "always",
            visa_free_if_biometric=duties.get(entry.kod3) == "biometric",
        )
        for entry in entries
    }
