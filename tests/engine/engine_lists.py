# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The code lists as the addon ships them."""

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from ubyport.records import Country
from ubyport.rules import RuleContext

DATA = Path(__file__).resolve().parents[2] / "data"


def shipped(today: date) -> RuleContext:
    """The strictest rules on this day, with all nationalities and purposes."""
    return RuleContext(today=today, countries=countries(), purposes=purposes())


@lru_cache
def countries():
    return {
        row["code"]: Country(
            code=row["code"],
            name_cs=row["name_cs"],
            visa_required=row["visa_duty"] == "always",
            visa_free_if_biometric=row["visa_duty"] == "biometric",
        )
        for row in _rows("ubyport.country")
        if row["reportable"] == "True"
    }


@lru_cache
def purposes():
    return frozenset(row["code"] for row in _rows("ubyport.purpose"))


def _rows(model):
    with (DATA / f"{model}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
