# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from .common import HotelCase


@tagged("post_install", "-at_install")
class TestReturningGuest(HotelCase):
    """What a contact remembers of a stay, and fills in at the next one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create({"name": "Returning"})

    def stay(self, **values):
        guest = self.make_guest(partner_id=self.contact.id, **values)
        guest.action_check_in()
        return guest

    def next_stay(self, **typed):
        """Return an unsaved guest on whom the contact was chosen after typing."""
        guest = self.env["hotel.folio.guest"].with_user(self.reception).new(typed)
        guest.partner_id = self.contact
        guest._onchange_partner_id()
        return guest

    def test_the_kind_of_document_comes_with_its_number(self):
        self.stay(document_type="residence_permit", document_number="RP123456")
        guest = self.next_stay(document_type="passport")
        self.assertEqual(guest.document_number, "RP123456")
        self.assertEqual(guest.document_type, "residence_permit")

    def test_a_typed_document_keeps_its_kind(self):
        self.stay(document_type="residence_permit", document_number="RP123456")
        guest = self.next_stay(document_type="passport", document_number="P7654321")
        self.assertEqual(guest.document_number, "P7654321")
        self.assertEqual(guest.document_type, "passport")

    def test_a_year_alone_is_filled_in_as_a_year_alone(self):
        self.stay(birth_date=date(1950, 1, 1), birth_year_only=True)
        self.assertTrue(self.next_stay().birth_year_only)

    def test_a_typed_date_of_birth_does_not_become_a_year_alone(self):
        self.stay(birth_date=date(1950, 1, 1), birth_year_only=True)
        guest = self.next_stay(birth_date=date(1950, 3, 4))
        self.assertFalse(guest.birth_year_only)

    def test_a_full_date_learnt_later_replaces_the_year_alone(self):
        self.stay(birth_date=date(1950, 1, 1), birth_year_only=True)
        self.stay(birth_date=date(1950, 3, 4), birth_year_only=False)
        guest = self.next_stay()
        self.assertEqual(guest.birth_date, date(1950, 3, 4))
        self.assertFalse(guest.birth_year_only)

    def test_what_was_typed_is_never_overwritten(self):
        self.stay()
        guest = self.next_stay(surname="Typed", residence_city="Wien")
        self.assertEqual((guest.surname, guest.residence_city), ("Typed", "Wien"))
        self.assertEqual(guest.first_name, "Jörg")

    def test_a_stay_with_gaps_does_not_make_the_contact_forget(self):
        self.stay()
        self.stay(document_number=False, residence_city=False)
        self.assertEqual(self.contact.document_number, "C01X00T47")
        self.assertEqual(self.contact.residence_city, "Köln")
        self.assertEqual(self.contact.name, "Returning", "that is not ours to change")
