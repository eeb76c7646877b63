# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import Form, tagged

from .common import HotelCase


@tagged("post_install", "-at_install")
class TestCompanion(HotelCase):
    """Who travels together stays together, and compatriots live together."""

    def type_guest(self, form, surname, **values):
        with form.guest_ids.new() as row:
            row.surname = surname
            for name, value in values.items():
                row[name] = value

    def folio_form(self):
        folio = self.make_folio(user=self.reception)
        return Form(folio.with_user(self.reception))

    def test_a_new_row_takes_residence_and_dates_of_the_row_above(self):
        until = self.today() + timedelta(days=5)
        with self.folio_form() as form:
            self.type_guest(
                form,
                "Alfa",
                residence_street="Beispielweg 3",
                residence_city="Köln",
                residence_country_id=self.code("DEU"),
                departure_date=until,
            )
            self.type_guest(form, "Beta")
        second = form.record.guest_ids.sorted("id")[1]
        self.assertEqual(second.residence_street, "Beispielweg 3")
        self.assertEqual(second.residence_city, "Köln")
        self.assertEqual(second.residence_country_id.code, "DEU")
        self.assertEqual(second.departure_date, until)

    def test_a_person_is_never_copied(self):
        with self.folio_form() as form:
            self.type_guest(
                form,
                "Alfa",
                first_name="Jan",
                nationality_id=self.code("DEU"),
                document_number="C01X00T47",
                residence_city="Köln",
            )
            self.type_guest(form, "Beta")
        second = form.record.guest_ids.sorted("id")[1]
        self.assertFalse(second.first_name)
        self.assertFalse(second.nationality_id)
        self.assertFalse(second.document_number)

    def type_residence(self, form, surname, code, city):
        self.type_guest(
            form,
            surname,
            nationality_id=self.code(code),
            residence_city=city,
            residence_country_id=self.code(code),
        )

    def test_a_companion_of_another_nationality_gives_the_residence_back(self):
        with self.folio_form() as form:
            self.type_residence(form, "Alfa", "DEU", "Köln")
            with form.guest_ids.new() as row:
                self.assertEqual(row.residence_city, "Köln")
                row.nationality_id = self.code("VNM")
                self.assertFalse(row.residence_city)
                self.assertFalse(row.residence_country_id)
                row.nationality_id = self.code("DEU")
                self.assertEqual(row.residence_city, "Köln")

    def test_a_companion_lives_where_the_last_compatriot_lives(self):
        with self.folio_form() as form:
            self.type_residence(form, "Alfa", "DEU", "Köln")
            self.type_residence(form, "Beta", "FRA", "Lyon")
            with form.guest_ids.new() as row:
                self.assertEqual(row.residence_city, "Lyon")
                row.nationality_id = self.code("DEU")
                self.assertEqual(row.residence_city, "Köln")

    def test_a_typed_residence_survives_another_nationality(self):
        with self.folio_form() as form:
            self.type_residence(form, "Alfa", "DEU", "Köln")
            with form.guest_ids.new() as row:
                row.residence_city = "Bonn"
                row.nationality_id = self.code("VNM")
                self.assertEqual(row.residence_city, "Bonn")

    def test_what_a_companion_types_stays(self):
        with self.folio_form() as form:
            self.type_guest(form, "Alfa", residence_city="Köln")
            self.type_guest(form, "Beta", residence_city="Passau")
            self.type_guest(form, "Gama")
        cities = form.record.guest_ids.sorted("id").mapped("residence_city")
        self.assertEqual(cities, ["Köln", "Passau", "Passau"])

    def test_a_folio_is_called_by_its_own_number_and_found_by_it(self):
        folio = self.make_folio()
        self.assertEqual(folio.display_name, folio.name)
        found = self.env["hotel.folio"].name_search(folio.name)
        self.assertEqual(found, [(folio.id, folio.name)])
