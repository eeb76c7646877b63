# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.tests import tagged

from .common import HotelCase, PoliceCase

EMOJI = "Nov😀ak"
# What is typed into one field, and the code of what is said beside it. None: no
# error, the letters are sent.
TYPED = (
    ("surname", "Nov\x01ak", "control"),
    ("surname", "Nov\x7fak", "control"),
    ("surname", "Nov\ufffeak", "control"),
    ("surname", EMOJI, "script"),
    ("surname", "Новак", "script"),
    ("surname", "Παπάς", "script"),
    ("surname", "محمد", "script"),
    ("surname", "王小明", "script"),
    ("surname", "<b>Novak</b> & ]]>", "characters"),
    ("surname", '"; DROP TABLE res_users; --', "characters"),
    ("surname", "x" * 200, "too_long"),
    ("surname", "   ", "surname_missing"),
    ("first_name", "x" * 200, "too_long"),
    ("first_name", "Ann|Marie", "characters"),
    ("birth_date", date(2999, 1, 1), "birth_date_future"),
    ("departure_date", date(2000, 1, 1), "departure_not_after_arrival"),
    ("document_number", "pas 123", "document_words"),
    ("document_number", "č. 123456", "document_words"),
    ("document_number", "АВ123456", "document_characters"),
    ("document_number", "X" * 200, "too_long"),
    ("visa_number", "<CZE123>", "visa_characters"),
    ("residence_city", "Köln\tam \n Rhein", None),
    ("residence_city", "Köln\x02", "control"),
    ("residence_street", "ул. Ленина 5", "script"),
    ("note", EMOJI, "script"),
    ("note", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", None),
    ("note", "]]> & < > \" ' | \\", None),
    ("note", "x" * 300, "too_long"),
)


@tagged("post_install", "-at_install")
class TestBadInputIsKept(HotelCase):
    """Nothing typed is lost or raises; the words stand beside the right field."""

    def test_bad_input_is_saved_as_typed_and_named_beside_its_field(self):
        folio = self.make_folio(user=self.reception)
        for name, typed, code in TYPED:
            with self.subTest(name, typed=typed):
                guest = self.make_guest(folio=folio, **{name: typed})
                guest.action_check_in()
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(guest[name], typed)
                if code:
                    self.assertIn(code, self.codes_of(guest).get(name, []))
                    self.assertEqual(guest.report_state, "incomplete")
                    self.assertTrue(guest.report_reason)
                else:
                    self.assertFalse(self.codes_of(guest))
                    self.assertEqual(guest.report_state, "ready")

    def test_bad_input_shows_only_at_the_field_where_it_is(self):
        folio = self.make_folio()
        for name, typed, code in TYPED:
            with self.subTest(name, typed=typed):
                guest = self.make_guest(**{"folio": folio, name: typed})
                fields = {name} if code else set()
                self.assertEqual(set(self.codes_of(guest)), fields)

    def test_characters_which_the_database_cannot_store_do_not_raise(self):
        # Not even as typed: PostgreSQL knows no NUL and UTF-8 no half of a pair.
        for typed in ("Nov\x00ak", "Nov\ud83dak"):
            for name in ("surname", "residence_city", "note"):
                with self.subTest(name, typed=repr(typed)):
                    guest = self.make_guest(**{name: typed})
                    guest.flush_recordset()
                    guest.invalidate_recordset()
                    self.assertEqual(guest[name], "Nov\ufffdak")
                    self.assertIn("script", self.codes_of(guest)[name])
                    guest[name] = "Novak"
                    guest[name] = typed
                    guest.flush_recordset()
                    self.assertTrue(self.codes_of(guest)[name])

    def test_an_unknown_nationality_is_named_and_its_guest_kept(self):
        gone = self.env["ubyport.country"].create(
            {"code": "QQQ", "name": "Nowhere", "name_cs": "Nikde", "active": False}
        )
        guest = self.make_guest(nationality_id=gone.id)
        guest.action_check_in()
        self.assertEqual(
            self.codes_of(guest), {"nationality_id": ["nationality_unknown"]}
        )
        self.assertIn("QQQ", guest.report_reason)

    def test_an_unknown_nationality_in_an_import_names_its_row(self):
        folio = self.make_folio(user=self.reception)
        header = ["folio_id/.id", "surname", "nationality_id"]
        rows = [
            [str(folio.id), "Novak", "Narnia"],
            [str(folio.id), "Dvorak", "Germany"],
        ]
        result = folio.env["hotel.folio.guest"].load(header, rows)
        self.assertFalse(result["ids"])
        (message,) = result["messages"]
        self.assertEqual(message["rows"]["from"], 0)
        self.assertIn("Narnia", message["message"])

    def test_nationalities_are_imported_by_their_code_and_by_their_czech_name(self):
        folio = self.make_folio(user=self.reception)
        header = ["folio_id/.id", "surname", "nationality_id"]
        rows = [
            [str(folio.id), "Novak", "DEU"],
            [str(folio.id), "Dvorak", "Spolková republika Německo"],
        ]
        result = folio.env["hotel.folio.guest"].load(header, rows)
        self.assertFalse(result["messages"])
        guests = self.env["hotel.folio.guest"].browse(result["ids"])
        self.assertEqual(guests.nationality_id, self.code("DEU"))

    def test_a_guest_without_any_data_can_be_saved_and_checked_in(self):
        folio = self.make_folio(user=self.reception)
        guest = folio.env["hotel.folio.guest"].create({"folio_id": folio.id})
        guest.action_check_in()
        self.assertEqual(guest.report_state, "incomplete")
        self.assertTrue(guest.display_name)
        guest.action_check_out()
        self.assertTrue(guest.checked_out_at)


@tagged("post_install", "-at_install")
class TestBadInputAndTheBatch(PoliceCase):
    """One bad guest never holds up the others of the batch."""

    def test_the_good_guests_of_a_batch_go_through_and_the_bad_ones_stay(self):
        folio = self.make_folio()
        good = self.make_guests("Alfa", "Beta", folio=folio)
        bad = self.env["hotel.folio.guest"]
        for number, (name, typed, code) in enumerate(TYPED):
            if code:
                values = {"document_number": f"BAD{number:05d}"} | {name: typed}
                bad += self.make_guest(folio=folio, **values)
        bad.action_check_in()
        self.send(bad + good)
        self.assertEqual(set(good.mapped("report_state")), {"reported"})
        self.assertEqual(set(bad.mapped("report_state")), {"incomplete"})
        self.assertEqual(self.surnames_received(), ["Alfa", "Beta"])
        self.assertFalse(bad.line_ids)

    def test_a_guest_who_turns_bad_while_queued_stays_and_the_others_go(self):
        good, bad = self.make_guests("Good", "Bad")
        (good + bad)._enqueue(self.facility.create_date)
        bad.surname = EMOJI
        self.run_sender()
        self.assertEqual(good.report_state, "reported")
        self.assertEqual(bad.report_state, "incomplete")
        self.assertEqual(self.surnames_received(), ["Good"])

    def test_what_looks_like_xml_arrives_letter_by_letter(self):
        note = ']]> & <x a="1"> \' &amp; &#1; <!-- \\ -->'
        guest = self.make_guests("Alfa", note=note)
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(self.police.records()[0]["fields"]["cNote"], note)

    def test_a_repaired_guest_goes_with_the_next_batch(self):
        guest = self.make_guests("Новак")
        self.send(guest)
        self.assertEqual(self.police.records(), [])
        guest.surname = "Novak"
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(self.surnames_received(), ["Novak"])

    def test_guests_with_a_future_arrival_wait_for_their_day(self):
        guest = self.make_guests("Alfa")
        guest.arrival_date = self.today() + timedelta(days=1)
        guest.departure_date = self.today() + timedelta(days=3)
        self.send(guest)
        self.assertEqual(guest.report_state, "incomplete")
        self.assertIn("future", guest.report_reason)
        self.assertEqual(self.police.records(), [])
