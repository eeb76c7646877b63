# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The vocabulary of the engine's tests: invented people and a small world."""

from dataclasses import replace
from datetime import date

from ubyport.records import Country, Facility, Guest
from ubyport.rules import RuleContext, check_guest

TODAY = date(2026, 11, 20)

COUNTRIES = {
    country.code: country
    for country in (
        Country(code="BES", name_cs="Bonaire, Svatý Eustach a Saba"),
        Country(code="DEU", name_cs="Spolková republika Německo"),
        Country(
            code="GBR", name_cs="Spojené království Velké Británie a Severního Irska"
        ),
        Country(
            code="HKG",
            name_cs="Zvláštní administrativní oblast Čínské lidové rep. Hongkong",
        ),
        Country(
            code="VNM", name_cs="Vietnamská socialistická republika", visa_required=True
        ),
        Country(code="UKR", name_cs="Ukrajina", visa_free_if_biometric=True),
        Country(code="XXA", name_cs="Bez státní příslušnosti - dle OSN"),
        Country(code="XXC", name_cs="Uprchlík - ostatní"),
        Country(code="XXK", name_cs="Kosovská republika"),
    )
}

CONTEXT = RuleContext(
    today=TODAY, countries=COUNTRIES, purposes=frozenset(("00", "01", "10", "99"))
)

FLAWLESS = Guest(
    surname="Zkušební",
    first_name="Anna",
    birth_date=date(1984, 2, 29),
    nationality="DEU",
    document_number="C01X00T47",
    residence_street="Beispielweg 7",
    residence_city="Musterstadt",
    residence_country="DEU",
    purpose="10",
    arrival_date=date(2026, 11, 19),
    departure_date=date(2026, 11, 23),
)

HOTEL = Facility(
    idub="123456789012",
    mark="HVLTA",
    name="Hotel Vltava",
    contact="Jana Vzorová, tel: +420 601 123 456",
    district="Praha",
    municipality="Praha",
    municipality_part="Nové Město",
    street="Zkušební",
    house_number="12",
    orientation_number="6",
    zip="11000",
)


def guest(**changes):
    """A flawless guest, changed."""
    return replace(FLAWLESS, **changes)


def hotel(**changes):
    """A flawless facility, changed."""
    return replace(HOTEL, **changes)


def softening(*codes):
    """The small world with some errors turned into warnings."""
    return replace(CONTEXT, softened=frozenset(codes))


def findings_of(context=CONTEXT, **changes):
    """What the rules say about a flawless guest after these changes."""
    return check_guest(guest(**changes), context)


def said(findings):
    """Findings as short triples: field, severity, code."""
    return [(found.field, found.severity, found.code) for found in findings]


def errors(findings):
    """Only the errors, as pairs: field, code."""
    return [(f.field, f.code) for f in findings if f.severity == "error"]


def only(findings, code):
    """The one finding with this code."""
    (found,) = [found for found in findings if found.code == code]
    return found
