# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the police think of one record.

The check of a record ends at the first code that refuses it: P5's sample guest has no
surname and the document "aaa" and gets ``;112;106;``, one refusing code only [I].
The order dates, document, person, the rest reproduces that sample.
"""

import re
from dataclasses import dataclass
from datetime import date

from . import codes, lists
from .contract import SentGuest
from .lateness import is_late
from .letters import FORBIDDEN, LETTERS, drop_unknown

DEFAULT_PURPOSE = 99  # [O] P5: nil means 99
EARLIEST_BIRTH = 1900  # [C]
EARLIEST_ARRIVAL = date(2000, 1, 1)  # [I]; very old arrivals were accepted [R]

_ALL_LETTERS = re.escape("".join(sorted(LETTERS))) + "A-Za-z"
_NAME = re.compile(f"[{_ALL_LETTERS} '-]*")  # P5, P3 §2.4.1
_HAS_LETTER = re.compile(f"[{_ALL_LETTERS}]")
_RESIDENCE = re.compile(f"[{_ALL_LETTERS}0-9 '/.,;:()&#@-]*")  # P3 §2.4.1
_DOCUMENT = re.compile(r"[A-Z0-9]{4,30}")  # P5; P3 and MAN say 6 (see README)
_VISA = re.compile(r"[A-Z0-9]{0,15}")  # P5
_WORDS = {"PASS", "PASSPORT", "IDCARD"}  # "no words such as pas" [O], these [I]
_NEEDS_NOTE = {"INPASS", "NONE"}  # P5, FORM
_COUNTRY_STARTS = re.compile(r"(?:^|, )([A-Z]{3})-")  # a name may hold ", " (BES)
_LONGEST_RESIDENCE = 128  # P5; P3 says 255
_LONGEST_PART = 42  # P3 §2.7, of street and city


@dataclass(frozen=True)
class Record:
    """One guest as the police store it: letters dropped, dates without a time."""

    surname: str
    first_name: str
    birth_date: str
    nationality: str
    document: str
    visa: str
    purpose: int
    arrival: date
    departure: date
    residence: str
    note: str

    @property
    def key(self):
        """The eight data of the duplicate check [P, rule A3]; case is ignored [I]."""
        return "|".join(
            str(part).strip().casefold()
            for part in (
                self.arrival,
                self.departure,
                self.surname,
                self.first_name,
                self.birth_date,
                self.nationality,
                self.document,
                self.purpose,
            )
        )


def to_record(sent: SentGuest) -> Record:
    """What is left of a sent guest; nil and absent texts become empty."""
    kept = {name: drop_unknown(value) or "" for name, value in sent.fields.items()}
    return Record(
        surname=kept["cSurN"],
        first_name=kept["cFirstN"],
        birth_date=_undotted(kept["cDate"]),
        nationality=kept["cNati"],
        document=kept["cDocN"],
        visa=kept["cVisN"],
        purpose=DEFAULT_PURPOSE if sent.purpose is None else sent.purpose,
        arrival=sent.arrival.date(),
        departure=sent.departure.date(),
        residence=kept["cResi"],
        note=kept["cNote"],
    )


def _undotted(text):
    """Dots are tolerated in ``DD.MM.RRRR`` [O P5 sample] and nowhere else."""
    dotted = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text, re.ASCII)
    return "".join(dotted.groups()) if dotted else text


def judge(record: Record, today: date) -> "tuple[int, ...]":
    """The codes of one record, without the duplicate check."""
    late = _late(record, today)
    for code, is_good in _CHECKS:
        if not is_good(record, today):
            return (*late, code)
    return late


def _late(record, today):
    if not _good_arrival(record, today):
        return ()
    return (codes.LATE,) if is_late(record.arrival, today) else ()


def _good_arrival(record, today):
    return EARLIEST_ARRIVAL <= record.arrival <= today


def _good_departure(record, today):
    return record.departure > record.arrival


def _good_document(record, today):
    if record.document in _NEEDS_NOTE:
        return bool(record.note.strip())
    return bool(_DOCUMENT.fullmatch(record.document)) and record.document not in _WORDS


def _good_surname(record, today):
    name = record.surname
    fits = 0 < len(name) <= 50 and bool(_NAME.fullmatch(name))
    return fits and bool(_HAS_LETTER.search(name))


def _good_first_name(record, today):
    return bool(_NAME.fullmatch(record.first_name)) and len(record.first_name) <= 24


def _good_birth_date(record, today):
    """``DDMMRRRR``, or with unknown parts ``0000RRRR`` and ``00DDRRRR`` [O P5]."""
    match = re.fullmatch(r"(\d\d)(\d\d)(\d{4})", record.birth_date, re.ASCII)
    if not match:
        return False
    day, month, year = map(int, match.groups())
    if day == 0:
        return month <= 31 and EARLIEST_BIRTH <= year <= record.arrival.year
    try:
        born = date(year, month, day)
    except ValueError:
        return False
    return year >= EARLIEST_BIRTH and born <= record.arrival


def _good_nationality(record, today):
    return record.nationality in lists.countries()


def _good_visa(record, today):
    return bool(_VISA.fullmatch(record.visa))


def _good_residence(record, today):
    """Empty, or "street, city, KOD-Czech name" with parts missing from the left."""
    text = record.residence
    if not text:
        return True
    if len(text) > _LONGEST_RESIDENCE or not _RESIDENCE.fullmatch(text):
        return False
    places = _places_before_country(text)
    return places is not None and len(places) <= 2 and all(map(_good_place, places))


def _places_before_country(text):
    """Street and city; None when no country of the list stands at the end."""
    for match in _COUNTRY_STARTS.finditer(text):
        names = lists.countries().get(match.group(1), ())
        if text[match.end() :] in map(drop_unknown, names):
            stands_alone = match.start() == 0 and not match.group().startswith(",")
            return [] if stands_alone else text[: match.start()].split(", ")
    return None


def _good_place(part):
    return 0 < len(part.strip()) <= _LONGEST_PART and not part.strip().isdigit()


def _good_purpose(record, today):
    return record.purpose in lists.purposes()


def _good_note(record, today):
    return len(record.note) <= 255 and not set(FORBIDDEN) & set(record.note)


_CHECKS = (
    (codes.BAD_ARRIVAL, _good_arrival),
    (codes.BAD_DEPARTURE, _good_departure),
    (codes.BAD_DOCUMENT, _good_document),
    (codes.BAD_SURNAME, _good_surname),
    (codes.BAD_FIRST_NAME, _good_first_name),
    (codes.BAD_BIRTH_DATE, _good_birth_date),
    (codes.BAD_NATIONALITY, _good_nationality),
    (codes.BAD_VISA, _good_visa),
    (codes.BAD_RESIDENCE, _good_residence),
    (codes.BAD_PURPOSE, _good_purpose),
    (codes.BAD_NOTE, _good_note),
)
