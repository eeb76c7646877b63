# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..ubyport import unl
from .common import HotelCase

# Invented people in the shape of the police's own sample.
ROWS = (
    "A|2|123456789012|HVLTA|Hotel Vltava|Jana Vzorová|Praha|Praha||||||2015.12.06 "
    "04:31:26||",
    "U|01.10.2015|02.10.2015|VZOROVÁ|ALFA||25.02.1974|||XXX|Kábul, Vzorová 21|321654|"
    "999|01||",
    "U|01.10.2015|04.10.2015|VZOROVIĆ|GAMA||13.06.1970|||SCG|Noar|753159|321|00||",
    "U|01.10.2015|32.10.2015|VZOR|CHYBNÝ||13.06.1970|||DEU|Ulm|753159||10||",
    "U|málo|polí",
    "U|01.10.2015|07.10.2015|VZOR|DELTA||00.00.2000|||DEU|Vzor 45, Ulm, DEU-Spolková "
    "republika Německo|159753||10||pokoj 3",
)
SAMPLE = "".join(f"{row}\r\n" for row in ROWS).encode("cp1250")


@tagged("post_install", "-at_install")
class TestUnlImport(HotelCase):
    """Guests of another program's UNL file are taken over into a folio."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folio = cls.make_folio(user=cls.reception)

    def preview(self, content, folio=None, **values):
        """Return the receptionist's preview of a file."""
        model = self.env["ubyport.unl.import"].with_user(self.reception)
        wizard = model.create(
            {
                "file": base64.b64encode(content),
                "folio_id": (folio or self.folio).id,
            }
            | values
        )
        wizard.action_read()
        return wizard

    def take_over(self, content, **values):
        """Import whatever the preview chooses; return the folio's new guests."""
        before = self.folio.guest_ids
        self.preview(content, **values).action_import()
        return self.folio.guest_ids - before

    def test_every_row_is_shown_with_what_is_wrong_by_line_and_field(self):
        lines = self.preview(SAMPLE).line_ids
        self.assertEqual(lines.mapped("number"), [2, 3, 4, 5, 6])
        lights = ["amber", "amber", "red", "red", "green"]
        self.assertEqual(lines.mapped("light"), lights)
        for line, text in zip(
            lines,
            ("Nationality: The police do not know the nationality XXX", "SCG")
            + ("Departure: “32.10.2015” is no date", "3 fields", "Only the year 2000"),
            strict=True,
        ):
            self.assertIn(text, line.outlook)
        self.assertEqual(lines.mapped("include"), [True, True, False, False, True])

    def test_the_chosen_guests_are_created_with_their_data(self):
        guests = self.take_over(SAMPLE)
        self.assertEqual(set(guests.mapped("first_name")), {"ALFA", "GAMA", "DELTA"})
        last = guests.filtered(lambda guest: guest.first_name == "DELTA")
        self.assertEqual(last.nationality_id.code, "DEU")
        self.assertEqual(last.purpose_id.code, "10")
        self.assertEqual((last.birth_date, last.birth_year_only), (date(2000, 1, 1), 1))
        self.assertEqual(last.residence_street, "Vzor 45")
        self.assertEqual(last.residence_city, "Ulm")
        self.assertEqual(last.residence_country_id.code, "DEU")
        self.assertEqual(last.arrival_date, date(2015, 10, 1))
        self.assertEqual(last.departure_date, date(2015, 10, 7))
        self.assertEqual(last.note, "pokoj 3")
        self.assertEqual(last.report_state, "expected")
        self.assertFalse(last._has_errors())

    def test_unknown_codes_stay_empty_and_are_findings_of_the_guest(self):
        guests = self.take_over(SAMPLE)
        first = guests.filtered(lambda guest: guest.first_name == "ALFA")
        self.assertFalse(first.nationality_id)
        self.assertIn("nationality_missing", self.codes_of(first)["nationality_id"])

    def test_a_file_of_our_own_comes_back_as_the_same_guests(self):
        guests = self.make_guests("Müller", "Țepeș", note="pozdní | příjezd")
        told = [guest._to_wire() for guest in guests]
        content = unl.write(self.facility._to_record(), told, datetime(2026, 11, 20))
        imported = self.take_over(content)
        again = [unl.as_written(each._to_wire()) for each in imported.sorted("id")]
        self.assertEqual(again, [unl.as_written(each) for each in told])

    def test_guests_reported_by_the_other_program_are_not_reported_again(self):
        guests = self.take_over(SAMPLE, told_reason="Web application, receipt kept")
        states = {guest.first_name: guest.report_state for guest in guests}
        self.assertEqual(states["DELTA"], "reported")
        self.assertEqual(states["ALFA"], "expected")

    def test_the_same_file_again_chooses_nobody_who_is_there(self):
        self.take_over(SAMPLE)
        wizard = self.preview(SAMPLE)
        self.assertFalse(any(wizard.line_ids.mapped("include")))
        self.assertIn("already", wizard.line_ids[0].outlook)
        with self.assertRaises(UserError):
            wizard.action_import()

    def test_a_row_that_cannot_be_read_is_not_imported_by_force(self):
        wizard = self.preview(SAMPLE)
        wizard.line_ids.include = False
        wizard.line_ids[2].include = True
        before = self.folio.guest_ids
        wizard.action_import()
        self.assertEqual(self.folio.guest_ids, before)

    def test_a_file_of_another_facility_is_remarked(self):
        self.assertFalse(self.preview(SAMPLE).remarks)
        self.assertEqual(self.preview(SAMPLE).facility_id, self.facility)
        foreign = SAMPLE.replace(b"123456789012", b"999999999999")
        self.assertIn("999999999999", self.preview(foreign).remarks)

    def test_a_wrong_file_is_refused_in_words_and_never_crashes(self):
        for content, words in (
            (b"", "Choose a UNL file"),
            (b"%PDF-1.4\n%\xe2\xe3", "no UNL file"),
            ("A|2|Vodňany".encode(), "UTF-8"),
            (b"\r\n", "empty"),
            (bytes(range(256)) * 20_000, "too large"),
            (bytes(range(1, 256)) * 1000, "no UNL file"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.preview(content)
        with self.assertRaises(UserError):
            self.env["ubyport.unl.import"].create({"file": "no base64"}).action_read()

    def test_a_header_alone_creates_nobody(self):
        with self.assertRaises(UserError):
            self.preview(f"{ROWS[0]}\r\n".encode("cp1250")).action_import()

    def test_another_file_can_be_chosen_and_a_folio_is_needed(self):
        wizard = self.preview(SAMPLE)
        wizard.action_back()
        self.assertFalse(wizard.line_ids or wizard.is_read)
        wizard.action_read()
        wizard.folio_id = False
        with self.assertRaisesRegex(UserError, "folio"):
            wizard.action_import()

    def test_the_form_works_for_the_receptionist_and_others_stay_outside(self):
        wizard = self.preview(SAMPLE)
        with Form(wizard) as form:
            form.told_reason = "Web application"
        with self.assertRaises(AccessError):
            wizard.with_user(self.accountant).action_import()
        with self.assertRaises(AccessError):
            wizard.with_user(self.manager).read(["file"])
