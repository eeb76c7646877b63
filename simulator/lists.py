# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The three code lists of ``DejMiCiselnik`` [O P5 §4.1, §5.3].

``Staty``: ``Kod3`` is what a guest's nationality must be. ``Kod2`` is NOT the ISO code
(on the real list ``SK`` is Saint Kitts [C]); here no country has its ISO letters.
``Chyby`` has a layout of its own: the severity is in ``TextKratkyCZ``.
"""

import csv
import functools
from pathlib import Path

from .codes import SEVERITY_NAMES

COLUMNS = (
    "Id Kod2 Kod3 PlatiDo PlatiOd TextCZ TextENG TextKratkyCZ TextKratkyENG"
).split()
_FOLDER = Path(__file__).with_name("data")


@functools.cache
def _rows(name):
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@functools.cache
def countries():
    """Kod3 -> the Czech names that a residence may carry."""
    return {r["kod3"]: (r["text_cz"], r["text_kratky_cz"]) for r in _rows("staty.csv")}


@functools.cache
def purposes():
    """Numbers of the purposes of stay."""
    return frozenset(int(row["kod2"]) for row in _rows("ucely_pobytu.csv"))


def code_list(kind, codes):
    """Rows of one list as dictionaries by column; None where nothing is sent.

    :param kind: ``Staty``, ``UcelyPobytu`` or ``Chyby``.
    :raises KeyError: for another kind.
    """
    builders = {
        "Staty": _states,
        "UcelyPobytu": _purposes,
        "Chyby": lambda: _errors(codes),
    }
    return [_full(row) for row in builders[kind]()]


def _full(row):
    blank = dict.fromkeys(COLUMNS, "")
    return {**blank, "Id": "0", "PlatiDo": None, "PlatiOd": None, **row}


def _states():
    for row in _rows("staty.csv"):
        yield {
            "Kod2": row["kod2"],
            "Kod3": row["kod3"],
            "TextCZ": row["text_cz"],
            "TextENG": row["text_eng"],
            "TextKratkyCZ": row["text_kratky_cz"],
        }


def _purposes():
    for row in _rows("ucely_pobytu.csv"):
        yield {"Kod2": row["kod2"], "TextCZ": f"{row['kod2']} - {row['text_cz']}"}


def _errors(codes):
    for code in codes.values():
        name, explanation = SEVERITY_NAMES[code.severity]
        yield {
            "Kod2": f"ERR_CZE_{code.number:03}",
            "Kod3": code.text,
            "TextKratkyCZ": str(code.severity),
            "TextENG": name,
            "TextKratkyENG": explanation,
        }
