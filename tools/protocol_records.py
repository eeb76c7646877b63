# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Topics of the protocol check about single records: fields, letters, code lists."""

import csv
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from ubyport.letters import LETTERS, squeeze, unfoldable
from ubyport.rules import check_guest
from ubyport.wire import to_wire

from .places import ROOT
from .protocol_service import Service, Tally, as_printed, batches, letters_of, printed

# Latin letters of all languages: what the police keep, and what has to be folded.
LATIN = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]


def check_methods(service: Service, tally: Tally) -> None:
    """The four methods, by the real client."""
    with service.client() as client:
        tally.check(client.test_availability(), "the service is not available")
        tally.equal(client.max_batch(), 32, "MaximalniDelkaSeznamu")
        for name in ("Staty", "UcelyPobytu", "Chyby"):
            tally.check(client.code_list(name), f"the list {name} is empty")
        answer = client.report(service.facility, [service.told()])
        tally.equal(service.verdicts(answer), ["accepted"], "ZapisUbytovane")
        without = client.report(service.facility, [service.told()], with_pdf=False)
        tally.equal(without.receipt, None, "a receipt that nobody asked for")
    tally.tell("4 of 4, three code lists, with and without PDF")


def check_lists(service: Service, tally: Tally) -> None:
    """Every code of the service's lists can be sent and is accepted."""
    guests = [service.told(nationality=code) for code in service.countries]
    purposes = sorted(map(int, service.context.purposes))
    guests += [service.told(purpose=number) for number in purposes]
    for batch in batches(guests, 32):
        verdicts = service.verdicts(service.report(*batch))
        for sent, found in zip(batch, verdicts, strict=True):
            what = f"nationality {sent.nationality}, purpose {sent.purpose}"
            tally.equal(found, "accepted", what)
    for model, codes in _shipped().items():
        listed = service.countries if model == "country" else service.context.purposes
        tally.equal(sorted(codes - set(listed)), [], f"shipped, not listed: {model}")
    numbers = len(service.lists["Chyby"])
    tally.equal(len(service.severities), numbers, "answers with a severity")
    tally.tell(
        f"{len(service.countries)} nationalities, {len(purposes)} purposes, "
        f"{numbers} answers"
    )


def _shipped() -> dict[str, set[str]]:
    codes = {}
    for model in ("country", "purpose"):
        path = ROOT / "data" / f"ubyport.{model}.csv"
        with path.open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        codes[model] = {
            row["code"] for row in rows if row.get("reportable", "True") == "True"
        }
    return codes


def check_letters(service: Service, tally: Tally) -> None:
    """All letters arrive as they left; nothing is dropped on the way."""
    typed = [c for c in map(chr, LATIN) if unicodedata.category(c) in ("Lu", "Ll")]
    typed = [c for c in [*LETTERS, *typed] if not unfoldable(c)]
    names = ["".join(piece) for piece in batches(typed, 12)]
    guests = [
        to_wire(service.guest(surname=f"Z{name}"), service.countries) for name in names
    ]
    for batch in batches(guests, 32):
        found = service.verdicts(service.report(*batch))
        tally.equal(set(found), {"accepted"}, "names of all letters")
        for sent, record in zip(batch, service.held(len(batch)), strict=True):
            tally.equal(printed(record)["surname"], sent.surname, "letters")
    for letter in typed:
        tally.check(squeeze(letter), f"{letter} vanishes")
    folded = sum(squeeze(letter) != letter for letter in typed)
    tally.tell(f"{len(typed)} letters, {folded} of them folded")


def check_fields(service: Service, tally: Tally) -> None:
    """At its limit a field is accepted; beyond, our rules refuse and so do they."""
    fields = set()
    for name, fitting, beyond in _limits(service):
        fields.add(name)
        good, bad = service.told(**{name: fitting}), service.told(**{name: beyond})
        found = service.verdicts(service.report(good, bad))
        tally.equal(found[0], "accepted", f"{name} at its limit")
        tally.equal(found[1], "refused", f"{name} beyond its limit")
    for changes in _typed_wrong(service):
        findings = check_guest(service.guest(**changes), service.context)
        refused = {f.field for f in findings if f.severity == "error"}
        tally.check(refused & set(changes), f"the rules let pass: {list(changes)}")
        fields |= set(changes)
    tally.tell(f"{len(fields)} fields, at and beyond their limits")


def _limits(service: Service):
    """(field of WireGuest, still accepted, no longer accepted)."""
    today, day = service.today, timedelta(days=1)
    state = "DEU-Spolková republika Německo"
    place = "Musterstadt"
    yield "surname", "A" * 50, "A" * 51
    yield "surname", "O'Hara-Nováková van", "Nov4k"
    yield "surname", "Ž", "-"
    yield "first_name", "A" * 24, "A" * 25
    yield "first_name", "", "Anna1"
    yield "birth_date", "00001984", "00321984"
    yield "birth_date", f"{today:%d%m%Y}", f"{today + day:%d%m%Y}"
    yield "birth_date", "01011900", "31121899"
    yield "nationality", "XXA", "D"
    yield "document_number", "AB12", "AB1"
    yield "document_number", "A" * 30, "A" * 31
    yield "document_number", "C01X00T47", "C01 X00T47"
    yield "visa_number", "V" * 15, "V" * 16
    yield "visa_number", "BIOMETRIKA", "CZE-123"
    yield "residence", f"{'A' * 42}, {place}, {state}", f"{'A' * 43}, {place}, {state}"
    yield "residence", "", f"{place}, Německo"
    yield "residence", state, "1234, 56, " + state
    yield "purpose", 0, 98
    yield "arrival", today, today + day
    yield "departure", today + day, today
    yield "note", "x" * 255, "x" * 256
    yield "note", "Ostrov / 2; 50 %", "a|b"


def _typed_wrong(service: Service):
    """What a person may type and the rules must refuse before it leaves."""
    day = timedelta(days=1)
    yield {"surname": "A" * 51}
    yield {"surname": "Иванов"}
    yield {"surname": ""}
    yield {"first_name": "A" * 25}
    yield {"birth_date": service.today + day}
    yield {"birth_date": date(1899, 12, 31)}
    yield {"nationality": "CZE"}
    yield {"nationality": "D"}
    yield {"document_number": "AB1"}
    yield {"document_number": "pas 123456"}
    yield {"document_number": "A" * 31}
    yield {"document_type": "lost", "document_number": "", "note": ""}
    yield {"document_type": "in_parent_passport", "document_number": "", "note": ""}
    yield {"visa_number": "V" * 16}
    yield {"nationality": "VNM", "visa_number": ""}
    yield {"residence_street": "A" * 43}
    yield {"residence_city": "", "residence_street": "Weg 1"}
    yield {"residence_country": "CZE"}
    yield {"purpose": "98"}
    yield {"arrival_date": service.today + day}
    yield {"departure_date": service.today}
    yield {"note": "x" * 256}
    yield {"note": "\x00"}


# What is typed instead of a passport, by title.
SPECIAL = {
    "INPASS, number typed": {"document_type": "in_parent_passport"},
    "INPASS, number in the note": {
        "document_type": "in_parent_passport",
        "document_number": "",
        "note": "pas matky AB1234567",
    },
    "NONE, lost": {
        "document_type": "lost",
        "document_number": "",
        "note": "ztráta pasu",
    },
    "NONE, POBYT": {"document_type": "residence_permit", "nationality": "VNM"},
    "NONE, DIPLOMAT": {"document_type": "diplomatic_card", "nationality": "CHN"},
    "year of birth only": {"birth_year_only": True},
    "visa": {"nationality": "VNM", "visa_number": "CZE012345678"},
    "BIOMETRIKA": {"nationality": "UKR", "visa_number": "BIOMETRIKA"},
    "stateless": {"nationality": "XXA"},
    "refugee of 1951": {"nationality": "XXB"},
    "other refugee": {"nationality": "XXC"},
    "Kosovo": {"nationality": "XXK", "visa_number": "BIOMETRIKA"},
}


def check_documents(service: Service, tally: Tally) -> None:
    """Children, lost documents, permits, diplomats, persons without a state."""
    surnames = [f"Zvláštní {letters_of(number)}" for number in range(len(SPECIAL))]
    people = [
        service.guest(surname=name, **changes)
        for name, changes in zip(surnames, SPECIAL.values(), strict=True)
    ]
    sent = [to_wire(person, service.countries) for person in people]
    found = service.verdicts(service.report(*sent))
    held = service.held(len(sent))
    for number, title in enumerate(SPECIAL):
        findings = check_guest(people[number], service.context)
        errors = [f.code for f in findings if f.severity == "error"]
        tally.equal(errors, [], f"{title}: our rules")
        tally.equal(found[number], "accepted", title)
        tally.equal(printed(held[number]), as_printed(sent[number]), title)
    bare = replace(sent[1], note="", surname="Bez poznámky")
    tally.equal(service.verdicts(service.report(bare)), ["refused"], "INPASS alone")
    tally.tell(f"{len(SPECIAL)} special cases")
