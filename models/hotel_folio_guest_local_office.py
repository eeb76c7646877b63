# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import models

from ..ubyport import police_letters

ADULT = relativedelta(years=18)


class HotelFolioGuest(models.Model):
    """The paper for the local office about a child whom Ubyport cannot take.

    A child under 18 without a document of its own, who stands in no parent's passport,
    is told to the local foreign police (their page on the registration form, point 5).
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    def action_print_local_office(self):
        """Open the form to be printed from the browser and handed over."""
        return self.env.ref("hotel_ubyport.ubyport_local_office_report").report_action(
            self
        )

    def _local_office_rows(self):
        """Return (Czech label, value) for all that section 97 asks for."""
        self.ensure_one()
        born = self.birth_date
        year_only = born and self.birth_year_only
        residence = (
            self.residence_street,
            self.residence_city,
            self.residence_country_id.name_cs,
        )
        return [
            ("Příjmení", self.surname),
            ("Jméno", self.first_name),
            ("Datum narození", born.year if year_only else self._czech_day(born)),
            ("Státní občanství", self.nationality_id.name_cs),
            ("Trvalé bydliště v zahraničí", ", ".join(filter(None, residence))),
            ("Číslo víza", self.visa_number),
            ("Počátek ubytování", self._czech_day(self.arrival_date)),
            ("Předpokládaný konec", self._czech_day(self.departure_date)),
            ("Účel pobytu", self.purpose_id.name_cs),
            ("Poznámka", self.note),
        ]

    def _local_office_address(self):
        """Return the address of the facility as one line."""
        return police_letters.address_line(self.facility_id._to_record())

    def _local_office_companions(self):
        """Return the grown-up guests of the same room, one of whom is the parent."""
        self.ensure_one()
        others = (self.folio_id.guest_ids - self).filtered(
            lambda other: other.room_line_id == self.room_line_id and other.birth_date
        )
        day = self.arrival_date
        return others.filtered(lambda other: day and other.birth_date + ADULT <= day)
