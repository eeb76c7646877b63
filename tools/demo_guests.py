# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Three invented guests: what a receptionist types, and what the police must receive.

What must be received is written out by hand, letter by letter (names of the members
as in Příloha č. 5 §4.2, letters as in Windows-1250), not computed by the engine.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, eq=False)
class InventedGuest:
    """`typed`: fields of hotel.folio.guest, related records by their code.

    `later` is what is missing at check-in and typed afterwards; `received` holds the
    members of the police's record that do not depend on day and document number.
    """

    typed: dict
    received: dict
    later: dict

    @property
    def is_complete(self) -> bool:
        return not self.later


POLISH = InventedGuest(
    typed={
        "surname": "Okoń-Żarnowiecka",
        "first_name": "Łucja Maria",
        "birth_date": "1955-01-01",
        "birth_year_only": True,
        "nationality_id": "POL",
        "document_type": "passport",
        "residence_street": "ul. Źródlana 4",
        "residence_city": "Łódź",
        "residence_country_id": "POL",
        "purpose_id": "10",
    },
    received={
        "cSurN": "Okoń-Żarnowiecka",
        "cFirstN": "Łucja Maria",
        "cDate": "00001955",
        "cNati": "POL",
        "cResi": "ul. Źródlana 4, Łódź, POL-Polská republika",
        "cPurp": "10",
    },
    later={},
)
SPANISH = InventedGuest(
    typed={
        "surname": "Peñaranda d'Ørsted",
        "first_name": "Íñigo",
        "birth_date": "1987-12-24",
        "nationality_id": "ESP",
        "document_type": "id_card",
        "residence_street": "Calle del Río 7",
        "residence_city": "Logroño",
        "residence_country_id": "ESP",
        "purpose_id": "10",
        "note": "přijel vlakem",
    },
    received={
        "cSurN": "Penaranda d'Orsted",
        "cFirstN": "Ínigo",
        "cDate": "24121987",
        "cNati": "ESP",
        "cResi": "Calle del Río 7, Logrono, ESP-Španělské království",
        "cPurp": "10",
        "cNote": "přijel vlakem",
    },
    later={},
)
# comes to the counter without a document in hand
BRITISH = InventedGuest(
    typed={
        "surname": "Thistlewood",
        "first_name": "Ottoline",
        "birth_date": "1969-07-05",
        "nationality_id": "GBR",
    },
    received={
        "cSurN": "Thistlewood",
        "cFirstN": "Ottoline",
        "cDate": "05071969",
        "cNati": "GBR",
        "cResi": "4 Heather Lane, Whitby, "
        "GBR-Spojené království Velké Británie a Severního Irska",
        "cPurp": "10",
    },
    later={
        "document_type": "passport",
        "residence_street": "4 Heather Lane",
        "residence_city": "Whitby",
        "residence_country_id": "GBR",
        "purpose_id": "10",
    },
)
ALL = (POLISH, SPANISH, BRITISH)


def expected_record(guest: InventedGuest, document: str, arrival: date, nights: int):
    """Every member of the police's record of this guest, as text."""
    departure = date.fromordinal(arrival.toordinal() + nights)
    return {
        "cDocN": document,
        "cVisN": "",
        "cNote": "",
        "cFrom": f"{arrival}T00:00:00",
        "cUntil": f"{departure}T00:00:00",
        **guest.received,
    }
