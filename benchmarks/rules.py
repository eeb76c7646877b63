# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine alone: all rules on one guest; the client against zeep."""

import random
from dataclasses import replace
from datetime import date

# The benchmark is no part of the addon.
# pylint: disable-next=odoo-addons-relative-import
from odoo.addons.hotel_ubyport.ubyport import rules

from .table import Row, in_turn

GUESTS = 5_000
NAMES = ("Novák", "Nguyễn Thị Hương", "Σπανός", "O'Connor-Łukasz", "Šćepanović")


def run(env) -> list[Row]:
    """All findings of guests with ordinary, folded, and faulty data."""
    from .hotel import person

    typed = person(env, 1)
    context = env["ubyport.facility"].new({})._rule_context()
    sample = env["hotel.folio.guest"].new(typed)._to_record()
    people = _people(sample)

    def check():
        for one in people:
            rules.check_guest(one, context)

    (elapsed,) = in_turn(5, check)
    rate = GUESTS / elapsed
    figure = f"{rate:,.0f} guests a second"
    return [Row("check one guest by all rules", figure, "-", "20,000", rate >= 20_000)]


def _people(sample):
    dice = random.Random(7)
    today = date.today()
    return [
        replace(
            sample,
            surname=dice.choice(NAMES),
            document_number=f"C{number:08d}" if number % 10 else "",
            arrival_date=today,
            departure_date=today,
            note="" if number % 3 else "INPASS AB123456",
        )
        for number in range(GUESTS)
    ]
