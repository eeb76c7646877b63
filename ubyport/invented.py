# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Invented people for the police's check of a program (PR §11.2, §11.4).

PR §11.4 asks for 100 to 500 of them. Origins, purposes and special cases take
turns, so that already the smallest list holds all of them. The same seed, day and
code lists give the same people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .compose import CARDS, NOTE_MAX, residence
from .invented_names import ORIGINS, Origin
from .letters import squeeze
from .records import Guest
from .rules import RuleContext, check_guest
from .rules.documents import DOCUMENT_MAX, VISA_MAX
from .rules.names import FIRST_NAME, SURNAME
from .rules.residence import PART, TOTAL_MAX

FEWEST, MOST = 100, 500
# More draws than it takes to meet a person that is not there yet.
TRIES = 200

_ADS = "93"  # a visa for Chinese citizens only (code list UcelyPobytu)
_BIOMETRIC = "BIOMETRIKA"
_LETTERS = "ABCDEFGHJKLMNPRSTUVXYZ"
_DIGITS = "0123456789"
_DAY = timedelta(days=1)
_NOBODY = "the code lists have nothing that these people need"
_REMARKS = (
    "pokoj s výhledem",
    "přijel/a pozdě večer – klíč na recepci",
    "alergie: ořechy; žádá „tichý“ pokoj",
    "účet 50 % předem | zbytek při odjezdu",
    "skupina č. 7 & průvodce",
)

Case = Callable[[Random, Guest, RuleContext], Guest]


def invent(count: int, seed: int, context: RuleContext) -> tuple[Guest, ...]:
    """``count`` people, none twice, who pass ``rules.check_guest`` without errors.

    :raises ValueError: for a number outside 100 to 500, or when the code lists of
        ``context`` have nothing that these people need
    """
    if not FEWEST <= count <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} people are asked for, not {count}")
    if not (context.purposes and _origins(context)):
        raise ValueError(_NOBODY)
    random = Random(seed)
    people: dict[tuple, Guest] = {}
    for number in range(count):
        person = _new_person(random, number, context, people)
        people[_identity(person)] = person
    shuffled = list(people.values())
    random.shuffle(shuffled)
    return tuple(shuffled)


def _new_person(
    random: Random, number: int, context: RuleContext, known: dict[tuple, Guest]
) -> Guest:
    for attempt in range(TRIES):
        person = _person(random, number, attempt, context)
        errors = (f for f in check_guest(person, context) if f.severity == "error")
        if _identity(person) not in known and not any(errors):
            return person
    raise ValueError(_NOBODY)


def _origins(context: RuleContext) -> list[Origin]:
    return [origin for origin in ORIGINS if origin.code in context.countries]


def _identity(person: Guest) -> tuple:
    names = (squeeze(person.surname), squeeze(person.first_name))
    return (*map(str.casefold, names), person.birth_date.year)


def _person(random: Random, number: int, attempt: int, context: RuleContext) -> Guest:
    """Origins, purposes and cases take turns, each in a circle of its own length."""
    purposes = sorted(context.purposes)
    purpose = purposes[number % len(purposes)]
    origins = _origins(context)
    if purpose == _ADS:
        origins = [o for o in origins if o.code == "CHN"] or origins
    # An origin whose code has ended must not stop the list.
    origin = origins[(number + attempt) % len(origins)]
    plain = replace(_plain(random, origin, context.today), purpose=purpose)
    person = CASES[number % len(CASES)](random, plain, context)
    if purpose == _ADS and person.nationality != origin.code:
        person = plain
    return replace(person, visa_number=_visa(random, person, context))


def _plain(random: Random, origin: Origin, today: date) -> Guest:
    arrival = today - _DAY * random.randint(0, 2)
    return Guest(
        surname=random.choice(origin.surnames),
        first_name=random.choice(origin.first_names),
        birth_date=arrival - _DAY * random.randint(18 * 366, 85 * 365),
        nationality=origin.code,
        document_number=_number(random),
        residence_street=f"{origin.street} {random.randint(1, 199)}",
        residence_city=origin.city,
        residence_country=origin.code,
        arrival_date=arrival,
        departure_date=arrival + _DAY * random.randint(1, 14),
    )


def _number(random: Random, length: int = 9) -> str:
    """The number of a document: two letters, then digits."""
    return "".join(
        random.choice(_LETTERS if place < 2 else _DIGITS) for place in range(length)
    )


def _visa(random: Random, person: Guest, context: RuleContext) -> str:
    """What Regulation (EU) 2018/1806 asks for, unless the case has filled it in."""
    country = context.countries.get(person.nationality)
    if person.visa_number or country is None or person.document_type in CARDS:
        return person.visa_number
    sticker = "CZE" + "".join(random.choices(_DIGITS, k=9))
    if country.visa_free_if_biometric:
        return random.choice((_BIOMETRIC, sticker))
    return sticker if country.visa_required else ""


def _stretched(words: str, limit: int, mark: str) -> str:
    """``words`` repeated until exactly ``limit`` characters are sent."""
    sent = squeeze(mark.join([words] * limit))[:limit]
    return sent if sent[-1].isalpha() else f"{sent[:-1]}a"


# The special cases (PR §11.4 asks for lists without distortion, so the limits too)


def _usual(random: Random, person: Guest, context: RuleContext) -> Guest:
    return person


def _identity_card(random: Random, person: Guest, context: RuleContext) -> Guest:
    needs_passport = context.countries[person.nationality].visa_required
    return person if needs_passport else replace(person, document_type="id_card")


def _year_only(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(person, birth_year_only=True)


def _no_first_name(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(person, first_name="")


def _longest_names(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(
        person,
        surname=_stretched(person.surname, SURNAME.limit, "-"),
        first_name=_stretched(person.first_name, FIRST_NAME.limit, " "),
    )


def _shortest_names(random: Random, person: Guest, context: RuleContext) -> Guest:
    letter = random.choice("AEIOUÁÉÍÓÚÝ")
    return replace(person, surname=letter, first_name=person.first_name[:1])


def _capitals(random: Random, person: Guest, context: RuleContext) -> Guest:
    names = person.surname.upper(), person.first_name.upper()
    return replace(person, surname=names[0], first_name=names[1])


def _child(random: Random, person: Guest) -> Guest:
    years = random.randint(1, 14)
    return replace(person, birth_date=person.arrival_date - _DAY * 365 * years)


def _child_number(random: Random, person: Guest, context: RuleContext) -> Guest:
    """The parent's passport typed as the number: it moves to the note (P5 §4.2)."""
    return replace(_child(random, person), document_type="in_parent_passport")


def _child_note(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(
        _child(random, person),
        document_type="in_parent_passport",
        document_number="",
        note=f"v pasu matky č. {_number(random)}",
    )


def _newborn(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(person, birth_date=person.arrival_date)


def _aged(random: Random, person: Guest, context: RuleContext) -> Guest:
    born = person.arrival_date - _DAY * random.randint(99 * 366, 104 * 365)
    return replace(person, birth_date=born)


def _lost(random: Random, person: Guest, context: RuleContext) -> Guest:
    note = f"ztráta pasu, potvrzení policie {_number(random)}"
    return replace(person, document_type="lost", document_number="", note=note)


def _permit(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(person, document_type="residence_permit")


def _diplomat(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(person, document_type="diplomatic_card")


def _of(*codes: str) -> Case:
    """Persons under a code of the police that is no state (code list Staty)."""

    def case(random: Random, person: Guest, context: RuleContext) -> Guest:
        listed = [code for code in codes if code in context.countries]
        code = random.choice(listed) if listed else person.nationality
        return replace(person, nationality=code, document_type="other")

    return case


def _biometric(random: Random, person: Guest, context: RuleContext) -> Guest:
    """A passport which replaces the visa (Regulation (EU) 2018/1806, annex II)."""
    codes = [origin.code for origin in _origins(context)]
    free = [code for code in codes if context.countries[code].visa_free_if_biometric]
    if not free:
        return person
    return replace(person, nationality=random.choice(free), visa_number=_BIOMETRIC)


def _late(random: Random, person: Guest, context: RuleContext) -> Guest:
    """Reported after the three working days: accepted with a remark."""
    arrival = person.arrival_date - _DAY * random.randint(10, 40)
    nights = _DAY * random.randint(1, 60)
    return replace(person, arrival_date=arrival, departure_date=arrival + nights)


def _long_stay(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(person, departure_date=person.arrival_date + 364 * _DAY)


def _longest_texts(random: Random, person: Guest, context: RuleContext) -> Guest:
    """Every text at its limit: residence, document, visa, note."""
    city = _stretched(person.residence_city, PART.limit, " ")
    person = replace(person, residence_street="", residence_city=city)
    room = TOTAL_MAX - len(residence(person, context.countries)) - len(", ")
    street = _stretched("Nekonečná ulice", min(room, PART.limit), " ")
    return replace(
        person,
        residence_street=street,
        document_number=_number(random, DOCUMENT_MAX),
        visa_number=_number(random, VISA_MAX),
        note=_stretched(random.choice(_REMARKS), NOTE_MAX, " "),
    )


def _shortest_texts(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(
        person, residence_street="", document_number=_number(random, 6), note="."
    )


def _lives_elsewhere(random: Random, person: Guest, context: RuleContext) -> Guest:
    home = random.choice(_origins(context))
    return replace(
        person,
        residence_street=home.street,
        residence_city=home.city,
        residence_country=home.code,
    )


def _remarked(random: Random, person: Guest, context: RuleContext) -> Guest:
    return replace(person, note=random.choice(_REMARKS))


CASES: tuple[Case, ...] = (
    _usual,
    _identity_card,
    _year_only,
    _no_first_name,
    _longest_names,
    _shortest_names,
    _capitals,
    _child_number,
    _child_note,
    _newborn,
    _aged,
    _lost,
    _permit,
    _diplomat,
    _of("XXA"),
    _of("XXB", "XXC"),
    _of("XXK"),
    _of("UNO", "UNA", "XMR"),
    _late,
    _long_stay,
    _longest_texts,
    _shortest_texts,
    _lives_elsewhere,
    _remarked,
    _biometric,
)
