# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .common import HotelCase, PoliceCase
from .keyboard import play

STATE = "document.querySelector('.o_arrow_button_current:not(.d-none)')?.textContent"
LETTER = "!!document.querySelector('button[name=action_write_to_police]')"
BADGE = "document.querySelector('.o_data_row .o_field_ubyport_state')?.textContent"


@tagged("post_install", "-at_install")
class TestGuestForm(PoliceCase, HttpCase):
    """The page of a guest says what is the case, and offers only what makes sense."""

    def lodged(self, surname="Müller", **values):
        folio = self.make_folio(user=self.reception)
        return self.make_guests(surname, folio=folio, **values)

    def look(self, path, *facts):
        def script(keys):
            for fact in facts:
                keys.wait_for(fact)

        play(self, path, self.reception, script)

    def test_who_waits_in_a_unl_file_is_told_so_and_gets_no_letter(self):
        guest = self.lodged()
        self.send(guest)
        guest.document_number = "C01X00T99"
        guest.action_make_unl()
        self.assertEqual(guest.report_state, "sending")
        self.look(
            f"/odoo/police-guests/{guest.id}",
            f"{STATE}?.trim() === 'In UNL file'",
            f"!{LETTER}",
        )
        self.look("/odoo/police-guests", f"{BADGE}?.trim() === 'In UNL file'")

    def test_who_is_reported_may_be_corrected_by_a_letter(self):
        guest = self.lodged()
        self.send(guest)
        self.look(
            f"/odoo/police-guests/{guest.id}", f"{STATE}?.trim() === 'Reported'", LETTER
        )

    def test_only_a_guest_who_waits_in_a_file_is_in_one(self):
        one, other = self.make_guests("Alfa", "Beta", folio=self.make_folio())
        one.action_make_unl()
        self.assertTrue(one.is_in_unl)
        self.assertFalse(other.is_in_unl)
        one.unl_report_id._discard_unl("Not used")
        self.assertFalse(one.is_in_unl)


@tagged("post_install", "-at_install")
class TestCheckDocumentOffer(HotelCase):
    """The list of invalid documents is offered for documents which it knows."""

    def offered(self, **values):
        czech = {
            "nationality_id": self.code("CZE").id,
            "document_type": "id_card",
            "document_number": "123456789",
        }
        return self.make_guest(**czech | values).can_check_document

    def test_a_czech_document_is_looked_up_and_a_foreign_one_never(self):
        self.facility.document_check = "button"
        self.assertTrue(self.offered())
        self.assertFalse(self.offered(nationality_id=self.code("DEU").id))
        self.assertFalse(self.offered(nationality_id=False))

    def test_nothing_is_offered_that_would_be_refused(self):
        self.facility.document_check = "button"
        self.assertFalse(self.offered(document_number=False))
        self.assertFalse(self.offered(document_number="1"))
        self.assertFalse(self.offered(document_type="residence_permit"))
        self.facility.document_check = "off"
        self.assertFalse(self.offered())


@tagged("post_install", "-at_install")
class TestFolioButtons(PoliceCase):
    """The smart buttons of a folio count what they lead to."""

    def test_reports_and_receipts_of_a_folio_are_counted(self):
        folio = self.make_folio(user=self.reception)
        self.make_guest("Alfa", folio=folio)
        self.assertEqual(folio.ubyport_report_count, 0)
        self.assertEqual(folio.ubyport_receipt_count, 0)
        self.send(self.make_guests("Beta", "Gama", folio=folio))
        self.assertEqual(folio.ubyport_report_count, 1)
        self.assertEqual(folio.ubyport_receipt_count, 1)
        action = folio.action_view_ubyport_reports()
        found = self.env["ubyport.report"].search(action["domain"])
        self.assertEqual(len(found), 1)
