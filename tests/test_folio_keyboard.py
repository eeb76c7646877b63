# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .common import HotelCase
from .keyboard import ALT, SHIFT, play

FOLIO = "/odoo/action-hotel.open_hotel_folio1_form_tree_all/%d"
PAGE = ".o_notebook a.nav-link[name=guests]"
ADD = ".o_field_widget[name=guest_ids] .o_field_x2many_list_row_add a"
ROWS = "document.querySelectorAll('[name=guest_ids] .o_data_row').length"
BANNER = "document.querySelector('.o_ubyport_banner')"
SAVED = "!!document.querySelector('.o_form_status_indicator_buttons.invisible')"


@tagged("post_install", "-at_install")
class TestFolioKeyboard(HotelCase, HttpCase):
    """A receptionist types guests without ever taking the mouse."""

    def setUp(self):
        super().setUp()
        self.folio = self.make_folio(user=self.reception)

    def play(self, script):
        def work(keys):
            keys.focus(PAGE)
            keys.press("Enter")
            script(keys)

        play(self, FOLIO % self.folio.id, self.reception, work)
        self.env.invalidate_all()

    def add_guest(self, keys):
        keys.focus(ADD)
        keys.press("Enter")

    def type_guest(self, keys, surname, nationality="Germany", residence=True):
        """Type a row from its first to its last field; the last Tab leaves it."""
        keys.fill_in("surname", surname)
        keys.fill_in("first_name", "Jörg")
        keys.fill_in("birth_date", "05/17/1980")
        keys.fill_in("nationality_id", nationality, offered=True)
        keys.fill_in("document_number", "C01X00T47")
        keys.fill_in("visa_number", "")
        keys.fill_in("residence_street", "Beispielweg 3" if residence else "")
        keys.fill_in("residence_city", "Köln" if residence else "")
        country = "Germany" if residence else ""
        keys.fill_in("residence_country_id", country, offered=residence)
        keys.fill_in("purpose_id", "Tourism", offered=True)
        keys.fill_in("room_line_id", "")

    def save(self, keys):
        keys.press("s", ALT)
        keys.wait_for(SAVED)

    def test_two_guests_are_typed_by_tab_alone_and_no_empty_row_is_left(self):
        def script(keys):
            self.add_guest(keys)
            self.type_guest(keys, "Müller")
            self.type_guest(keys, "Beispiel", residence=False)
            keys.wait_for(f"{ROWS} === 3")
            self.save(keys)
            keys.wait_for(f"{ROWS} === 2")

        self.play(script)
        first, second = self.folio.guest_ids.sorted("id")
        self.assertEqual(first.display_name, "Müller Jörg")
        self.assertEqual(second.residence_street, "Beispielweg 3")
        self.assertFalse(first.findings)
        self.assertFalse(second.findings)

    def test_a_last_tab_through_an_untouched_row_drops_it(self):
        def script(keys):
            self.add_guest(keys)
            self.type_guest(keys, "Müller")
            for name in ("surname", "first_name", "birth_date", "nationality_id"):
                keys.fill_in(name, "")
            for name in ("document_number", "visa_number", "residence_street"):
                keys.fill_in(name, "")
            for name in ("residence_city", "residence_country_id", "purpose_id"):
                keys.fill_in(name, "")
            keys.fill_in("room_line_id", "")
            keys.wait_for(f"{ROWS} === 1")
            self.save(keys)

        self.play(script)
        self.assertEqual(self.folio.guest_ids.mapped("surname"), ["Müller"])

    def test_escape_drops_a_row_from_which_all_was_erased_again(self):
        def script(keys):
            self.add_guest(keys)
            # Erased before the server's answer, Odoo's field takes it for unchanged.
            keys.fill_in("surname", "M")
            keys.wait_for_answers()
            keys.press("Tab", SHIFT)
            keys.wait_for("document.activeElement.value === 'M'")
            keys.press("Backspace")
            keys.fill_in("surname", "")
            keys.wait_for("!!document.activeElement.closest('[name=first_name]')")
            keys.press("Escape")
            keys.wait_for(f"{ROWS} === 0")
            self.save(keys)

        self.play(script)
        self.assertFalse(self.folio.guest_ids)

    def test_check_in_with_an_untouched_row_open_lodges_who_was_typed(self):
        def script(keys):
            self.add_guest(keys)
            self.type_guest(keys, "Müller")
            keys.wait_for(f"{ROWS} === 2")
            keys.focus("button[name=action_check_in_guests]")
            keys.press("Enter")
            keys.wait_for(
                "!!document.querySelector('button[name=action_check_out_guests]')"
            )

        self.play(script)
        self.assertEqual(self.folio.guest_ids.mapped("surname"), ["Müller"])
        self.assertTrue(self.folio.guest_ids.checked_in_at)

    def test_what_is_missing_is_told_when_the_row_is_left_and_not_while_typing(self):
        def script(keys):
            self.add_guest(keys)
            keys.fill_in("surname", "Müller")
            keys.wait_for("document.activeElement.closest('td').getAttribute('name')")
            self.assertFalse(keys.evaluate(f"!!{BANNER}"))
            self.save(keys)
            keys.wait_for(f"{BANNER}?.textContent.includes('Choose the purpose')")

        self.play(script)

    def test_a_bad_letter_is_told_at_once(self):
        def script(keys):
            self.add_guest(keys)
            keys.fill_in("surname", "Иванов")
            keys.wait_for(f"{BANNER}?.textContent.includes('machine-readable')")
            self.assertFalse(keys.evaluate(f"{BANNER}.textContent.includes('purpose')"))
            self.save(keys)

        self.play(script)

    def test_a_finding_of_the_banner_leads_to_its_field(self):
        self.make_guest("Beispiel", folio=self.folio)
        self.make_guest("Müller", folio=self.folio, purpose_id=False)

        def script(keys):
            keys.focus(".o_ubyport_banner button")
            keys.press("Enter")
            keys.fill_in("purpose_id", "Tourism", offered=True)
            keys.wait_for(f"!{BANNER}")
            self.save(keys)

        self.play(script)
        self.assertFalse(any(self.folio.guest_ids.mapped("findings")))

    def test_a_finding_of_a_hidden_column_leads_to_the_field_of_the_guest(self):
        guest = self.make_guest("Müller", folio=self.folio)
        guest.departure_date = guest.arrival_date

        def script(keys):
            keys.focus(".o_ubyport_banner button")
            keys.press("Enter")
            keys.wait_for("document.activeElement.dataset.field === 'departure_date'")

        self.play(script)
