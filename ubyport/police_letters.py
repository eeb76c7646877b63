# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a host writes to the foreign police about an account or a registration.

The letters are Czech whatever language the host reads. They hold what the operating
rules ask for (PR §4.1, §5.15, §6.4 to §6.9, §11.1). What only the host knows stands in
square brackets and has to be filled in.
"""

from __future__ import annotations

from dataclasses import dataclass

from .records import Facility

# Where the rules send each kind (PR §4.1, §11.1); that of a lost password is on a web
# page of the police (PR §13.5), the accounts' own address answers it as well.
REGISTRY = "reguby@pcr.cz"
TEST_REGISTRY = "rscp.spis@pcr.cz"
# MAN; the copy of PR has two letters the other way round.
DATABOX = "ybndqw9"
ADDRESSEE = """Policie České republiky
Ředitelství služby cizinecké policie
Olšanská 2
130 51 Praha 3
datová schránka: {databox}"""
# Stands for the PUK wherever a text is kept.
PUK_MARK = "•••••"
# The beginning of every place that the host has to fill in.
TO_FILL_IN = "[doplňte"


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicant:
    """Who writes, and about what. Texts may be empty, except the facility's names."""

    facility: Facility
    host: str
    host_number: str  # IČO; the tax number (DIČ) must not be given (PR §4.2)
    seat: str
    person: str
    email: str
    phone: str
    login: str
    program: str
    maker: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A ready message."""

    recipient: str
    subject: str
    body: str


def compose(kind: str, applicant: Applicant) -> Message:
    """The message of one of ``KINDS``; ``PUK_MARK`` stands where a PUK belongs.

    :raises KeyError: for another kind
    """
    subject, body = KINDS[kind](applicant)
    recipient = REGISTRY
    if kind == "test_account":  # its subject is prescribed
        recipient = TEST_REGISTRY
    else:
        subject += f", IDUB {applicant.facility.idub}"
    paragraphs = ("Dobrý den,", *body, "S pozdravem", _signature(applicant))
    return Message(recipient=recipient, subject=subject, body="\n\n".join(paragraphs))


def address_line(facility: Facility) -> str:
    """The address on one line."""
    numbers = "/".join(
        filter(None, (facility.house_number, facility.orientation_number))
    )
    street = " ".join(filter(None, (facility.street, numbers)))
    town = " ".join(filter(None, (facility.zip, facility.municipality)))
    return ", ".join(filter(None, (street, facility.municipality_part, town)))


def facility_address(facility: Facility) -> str:
    """The registered address on one line, with the district."""
    district = facility.district and f"okres {facility.district}"
    return ", ".join(filter(None, (address_line(facility), district)))


def sender_lines(applicant: Applicant) -> str:
    """Who writes, for the head of a letter."""
    number = applicant.host_number and f"IČO {applicant.host_number}"
    return "\n".join(filter(None, (applicant.host, applicant.seat, number)))


def _ws_account(applicant: Applicant) -> tuple[str, list[str]]:
    return (
        "Žádost o přihlašovací údaje pro webovou službu Ubyport",
        [
            "žádám o přihlašovací údaje pro webovou službu Ubyport (bod 5.15 provozního"
            " řádu) pro toto již registrované ubytovací zařízení:",
            _about(applicant),
            "Údaje o ubytovaných cizincích budu zasílat automatizovaně prostřednictvím"
            f" programu {applicant.program}, výrobce {applicant.maker}.",
        ],
    )


def _test_account(applicant: Applicant) -> tuple[str, list[str]]:
    name = f"TEST WS - {applicant.host}"
    seat = applicant.seat or f"{TO_FILL_IN} adresu sídla]"
    rows = [
        ("Adresa ubytovacího zařízení", seat),
        ("Název ubytovacího zařízení", name),
        ("IČO", applicant.host_number),
        ("Kontaktní osoba", applicant.person),
        ("Telefon", applicant.phone),
        ("E-mail", applicant.email),
        ("Počet", "1"),
        ("Poznámka", name),
        ("Program", f"{applicant.program}, výrobce {applicant.maker}"),
    ]
    return "TEST WS registrace", [
        "žádám o přístupová oprávnění do testovací webové služby Ubyport (bod 11.1"
        " provozního řádu). V příloze zasílám Žádost o registraci ubytovacího zařízení"
        " z webového formuláře s těmito údaji:",
        _rows(rows),
        "Zasílat budu jen smyšlená data, nejvýše 1000 osob denně.",
    ]


def _change(applicant: Applicant) -> tuple[str, list[str]]:
    return "Žádost o změnu registrace ubytovacího zařízení", [
        "žádám o změnu registrace ubytovacího zařízení v Ubyportu. Dosud je"
        " registrováno takto:",
        _about(applicant),
        f"Požadovaná změna: {TO_FILL_IN}, který údaj se mění a jak má nově znít]",
        f"Změna platí ode dne: {TO_FILL_IN} datum]",
    ]


def _cancel(applicant: Applicant) -> tuple[str, list[str]]:
    return "Žádost o zrušení registrace ubytovacího zařízení", [
        "žádám o zrušení registrace tohoto ubytovacího zařízení v Ubyportu a o zrušení"
        " jeho přihlašovacích údajů (body 6.8 a 6.9 provozního řádu):",
        _about(applicant, login=True),
        f"Důvod: {TO_FILL_IN}, např. ukončení provozu, změna IČO nebo adresy]",
        f"Provoz skončil dne: {TO_FILL_IN} datum]",
    ]


def _lost_password(applicant: Applicant) -> tuple[str, list[str]]:
    return _lost(applicant, "bod 6.7", f"PUK: {PUK_MARK}")


def _lost_puk(applicant: Applicant) -> tuple[str, list[str]]:
    return _lost(applicant, "body 6.4 a 6.6", "PUK neznám, ztrátu oznamuji písemně.")


def _lost(applicant: Applicant, clause: str, puk: str) -> tuple[str, list[str]]:
    return "Ztráta hesla k webové službě Ubyport", [
        f"oznamuji ztrátu hesla k webové službě Ubyport ({clause} provozního řádu) a"
        " žádám o nové heslo:",
        _about(applicant, login=True),
        puk,
        "Nové heslo prosím zašlete na kontaktní adresu uvedenou v registraci"
        " ubytovacího zařízení.",
    ]


# Who may write what; the keys are stored.
KINDS = {
    "ws_account": _ws_account,
    "test_account": _test_account,
    "change": _change,
    "cancel": _cancel,
    "lost_password": _lost_password,
    "lost_puk": _lost_puk,
}


def _about(applicant: Applicant, *, login: bool = False) -> str:
    """The data by which the police know a facility (PR §5.15, §6.7)."""
    facility = applicant.facility
    return _rows(
        [
            ("IDUB", facility.idub),
            ("Zkratka", facility.mark),
            ("Název ubytovacího zařízení", facility.name),
            ("Adresa ubytovacího zařízení", facility_address(facility)),
            ("Ubytovatel", applicant.host),
            ("IČO", applicant.host_number),
            ("Přihlašovací jméno", applicant.login if login else ""),
            ("Kontaktní osoba", facility.contact or applicant.person),
            ("Telefon", applicant.phone),
            ("E-mail", applicant.email),
        ]
    )


def _rows(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"{title}: {text}" for title, text in rows if text)


def _signature(applicant: Applicant) -> str:
    return "\n".join(filter(None, (applicant.person, applicant.host)))
