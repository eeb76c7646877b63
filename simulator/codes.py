# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The simulator's own list of codes (``Chyby``): numbers, texts, severities.

Severity decides: 0-2 the record is accepted, 4-6 it is not [P, written police answer].
The full official list is not public, so most numbers here are invented and marked:

=========  ====================================  ============================
number     meaning                               source
=========  ====================================  ============================
1          wrong file extension, severity 0      [O] P5 §5.3.2
2, 3       IDUB, abbreviation: interrupts        [I] (that they do: [O] FAQ)
4          empty list of guests: interrupts      [R] (the number: [I])
5 to 13    facility data differ, informative     [O] P5 samples; order [I]
14         account is not of this IDUB           [O] P5 §2.1 (the number: [I])
101        arrival date                          [R] number and text
102 - 105  departure, names, birth date          [I]
106        document number                       [O] number in P5's sample,
                                                 [R] text, severity [I]
107 - 111  nationality, visa, residence,         [I]
           purpose, note
112        reported late, severity 0             [O] P5 §5.3.2
150        duplicate                             [C] number and severity 4,
                                                 [R] text
205 - 213  as 5 to 13, in newer answers          [R] 207, the others [I]
=========  ====================================  ============================
"""

from dataclasses import dataclass

LATE = 112
DUPLICATE = 150
BAD_IDUB, BAD_MARK, EMPTY_LIST, FOREIGN_ACCOUNT = 2, 3, 4, 14
(
    BAD_ARRIVAL,
    BAD_DEPARTURE,
    BAD_SURNAME,
    BAD_FIRST_NAME,
    BAD_BIRTH_DATE,
    BAD_DOCUMENT,
    BAD_NATIONALITY,
    BAD_VISA,
    BAD_RESIDENCE,
    BAD_PURPOSE,
    BAD_NOTE,
) = range(101, 112)
DUPLICATE_TEXT = (
    "Záznam s hostem je duplicitní a byl již zpracován v jedné z předchozích dávek"
)
ACCEPTED_UP_TO = 2
NEW_HEADER_OFFSET = 200

# 0 and its name are official [O P5 §5.3.2]; the other names are ours [I].
SEVERITY_NAMES = {
    0: ("INFORMACE", "Uživatel musí být informován, zpracování pokračuje"),
    1: ("UPOZORNĚNÍ", "Záznam přijat, ubytovatel opraví své údaje"),
    2: ("VAROVÁNÍ", "Záznam přijat, ubytovatel zkontroluje své údaje"),
    4: ("CHYBA", "Záznam nepřijat"),
    5: ("ZÁVAŽNÁ CHYBA", "Záznam nepřijat"),
    6: ("KRITICKÁ CHYBA", "Dávka nezpracována"),
}

# Header members in the order of their codes 5, 6, ... 13 [I, fits P5's samples],
# with the registered datum that each is compared with.
COMPARED = (
    ("uName", "name", "Nekorektní název ubytovacího zařízení"),
    ("uCont", "contact", "Nekorektní kontakt"),
    ("uOkr", "district", "Nekorektní název Okres"),
    ("uOb", "municipality", "Nekorektní název Obec"),
    ("uObCa", "municipality_part", "Nekorektní název Část obce"),
    ("uStr", "street", "Nekorektní název Ulice"),
    ("uHomN", "house_number", "Nekorektní číslo domovní"),
    ("uOriN", "orientation_number", "Nekorektní číslo orientační"),
    ("uPsc", "zip", "Nekorektní PSČ"),
)
FIRST_COMPARED = 5

_FIXED = (
    (1, 0, "Nekorektní koncovka souboru"),
    (BAD_IDUB, 6, "Nekorektní IDUB"),
    (BAD_MARK, 6, "Nekorektní zkratka ubytovacího zařízení"),
    (EMPTY_LIST, 6, "Seznam ubytovaných je prázdný"),
    (FOREIGN_ACCOUNT, 6, "Účet nepatří k danému IDUB"),
    (BAD_ARRIVAL, 4, "Nekorektní datum ubytování od"),
    (BAD_DEPARTURE, 4, "Nekorektní datum ubytování do"),
    (BAD_SURNAME, 5, "Nekorektní příjmení"),
    (BAD_FIRST_NAME, 4, "Nekorektní jméno"),
    (BAD_BIRTH_DATE, 5, "Nekorektní datum narození"),
    (BAD_DOCUMENT, 4, "Nekorektní číslo cestovního dokladu"),
    (BAD_NATIONALITY, 5, "Nekorektní státní příslušnost"),
    (BAD_VISA, 4, "Nekorektní číslo víza"),
    (BAD_RESIDENCE, 4, "Nekorektní bydliště v zahraničí"),
    (BAD_PURPOSE, 4, "Nekorektní účel pobytu"),
    (BAD_NOTE, 4, "Nekorektní poznámka"),
    (LATE, 0, "Oznámeno pozdě"),
    (DUPLICATE, 4, DUPLICATE_TEXT),
)


@dataclass(frozen=True)
class Code:
    """One row of the list; the severity is the service's "síla chyby"."""

    number: int
    severity: int
    text: str


def all_codes(duplicate_severity=4):
    """Every code that an answer can hold, by number."""
    rows = [Code(*row) for row in _FIXED]
    for offset, severity in ((0, 1), (NEW_HEADER_OFFSET, 2)):
        rows += [
            Code(offset + FIRST_COMPARED + place, severity, compared[2])
            for place, compared in enumerate(COMPARED)
        ]
    table = {code.number: code for code in sorted(rows, key=lambda row: row.number)}
    table[DUPLICATE] = Code(DUPLICATE, duplicate_severity, DUPLICATE_TEXT)
    return table
