# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import date, timedelta

from odoo.tests import Form, tagged

from ..models.ubyport_messages import FAILURE_TEXTS, FINDING_TEXTS, failure_text
from ..ubyport import exceptions, rules
from .common import HOTEL, HotelCase

# What a guest must hold to get each finding: values, or codes of the lists.
BAD_GUESTS = {
    "control": {"surname": "Nov\x07ak"},
    "script": {"surname": "Иванов"},
    "characters": {"surname": "Novak (senior)"},
    "too_long": {"surname": "x" * 51},
    "folded": {"surname": "Peña"},
    "surname_missing": {"surname": False},
    "no_letters": {"surname": "-"},
    "birth_date_missing": {"birth_date": False},
    "birth_date_future": {"birth_date": date(2099, 1, 1)},
    "birth_date_too_old": {"birth_date": date(1899, 12, 31)},
    "nationality_missing": {"nationality_id": False},
    "nationality_unknown": {"nationality_id": "QQQ"},
    "document_missing": {"document_number": False},
    "document_too_short": {"document_number": "A1"},
    "document_short": {"document_number": "A1234"},
    "document_words": {"document_number": "pas 123456"},
    "document_spaces": {"document_number": "AB 123 456"},
    "document_characters": {"document_number": "AB-123456"},
    "parent_document_missing": {
        "document_type": "in_parent_passport",
        "document_number": False,
    },
    "loss_explanation_missing": {"document_type": "lost", "document_number": False},
    "child_without_document": {"document_type": "none", "birth_date": date(2020, 1, 1)},
    "adult_without_document": {"document_type": "none"},
    "visa_missing": {"nationality_id": "CHN"},
    "visa_or_biometric": {"nationality_id": "UKR"},
    "visa_characters": {"visa_number": "CZE/123"},
    "residence_missing": {
        "residence_street": False,
        "residence_city": False,
        "residence_country_id": False,
    },
    "residence_city_missing": {"residence_city": False},
    "residence_country_missing": {"residence_country_id": False},
    "residence_country_unknown": {"residence_country_id": "QQQ"},
    "residence_country_czech": {"residence_country_id": "CZE"},
    "residence_country_only": {"residence_street": False, "residence_city": False},
    "residence_digits_only": {"residence_city": "50667"},
    "residence_too_long": {
        "residence_street": "s" * 42,
        "residence_city": "c" * 42,
        "residence_country_id": "GBR",
    },
    "purpose_missing": {"purpose_id": False},
    "purpose_unknown": {"purpose_id": "88"},
    "arrival_missing": {"arrival_date": False},
    "arrival_future": {"arrival_date": date(2098, 1, 1)},
    "departure_missing": {"departure_date": False},
    "departure_not_after_arrival": {"departure_date": date(2020, 1, 1)},
    "code_not_yet": {"nationality_id": "QQN"},
    "code_ended": {"nationality_id": "QQE"},
    "code_ended_lately": {
        "nationality_id": "QQE",
        "arrival_date": date(2020, 1, 1),
    },
}
FACILITY_CODES = {
    "idub_missing",
    "idub_format",
    "mark_missing",
    "mark_format",
    "name_missing",
    "contact_phone",
    "house_number_format",
    "orientation_number_format",
    "zip_format",
    "login_missing",
    "login_web",
    "login_test_on_production",
    "login_production_on_test",
    "login_mask",
}
# A guest always has a kind of document, and Czech citizens are exempt before.
NEVER_OF_A_GUEST = {"document_type_unknown", "czech"}
# Needs a check-in; see the arrival.
OF_A_LODGED_GUEST = {"checked_in_late"}
LIST_FIELDS = {
    "nationality_id": "ubyport.country",
    "residence_country_id": "ubyport.country",
    "purpose_id": "ubyport.purpose",
}


@tagged("post_install", "-at_install")
class TestFindings(HotelCase):
    """What is wrong with a guest, said in words beside the field."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Known to us, but not to be sent: archived entries of the lists.
        for model, code in (("ubyport.country", "QQQ"), ("ubyport.purpose", "88")):
            values = {"code": code, "name": "Old", "name_cs": "Staré", "active": False}
            cls.env[model].create(values)
        for code, days in (
            ("QQN", {"valid_from": date(2099, 1, 1)}),
            ("QQE", {"valid_until": date(2020, 6, 1)}),
        ):
            values = {"code": code, "name": "Short", "name_cs": "Krátké"}
            cls.env["ubyport.country"].create(values | days)

    def values_of(self, typed):
        """Return values for a guest, codes of the lists as ids."""
        values = {}
        for name, value in typed.items():
            if value and name in LIST_FIELDS:
                entries = self.env[LIST_FIELDS[name]].with_context(active_test=False)
                value = entries.search([("code", "=", value)]).id
            values[name] = value
        return values

    def bad_guest(self, code):
        return self.make_guest(**self.values_of(BAD_GUESTS[code]))

    def test_the_table_of_this_test_covers_every_code_of_the_engine(self):
        covered = BAD_GUESTS.keys() | FACILITY_CODES | NEVER_OF_A_GUEST
        covered |= OF_A_LODGED_GUEST
        self.assertEqual(covered, set(rules.FINDING_CODES))

    def test_every_finding_of_the_engine_has_words_and_no_words_are_left_over(self):
        self.assertEqual(set(FINDING_TEXTS), set(rules.FINDING_CODES))

    def test_every_failure_of_the_client_has_words(self):
        of_calls = {
            code
            for code, kind in exceptions.FAILURE_CODES.items()
            if kind is not exceptions.UnreadableReceipt
        }
        self.assertEqual(of_calls - FAILURE_TEXTS.keys(), set())
        for code in FAILURE_TEXTS:
            words = failure_text(self.env, code)
            self.assertNotEqual(words, code)
            self.assertNotIn("%", words)

    def test_each_finding_of_a_guest_is_told_with_the_values_it_really_has(self):
        for code in BAD_GUESTS:
            with self.subTest(code):
                found = {item["code"]: item for item in self.bad_guest(code).findings}
                self.assertIn(code, found)
                message = found[code]["message"]
                self.assertFalse(re.search(r"%\(|None", message), message)
                self.assertEqual(message, message.strip())
                self.assertEqual(
                    found[code]["severity"], rules.FINDING_CODES[code], message
                )

    def test_each_finding_of_a_facility_is_told_with_the_values_it_really_has(self):
        bad = [
            {"idub": "", "mark": "", "name": ""},
            {
                "idub": "1",
                "mark": "1",
                "contact": "tel 123456",
                "house_number": "x",
                "orientation_number": "x",
                "zip": "x",
            },
        ]
        found = []
        for values in bad:
            facility = self.env["ubyport.facility"].new(HOTEL | values)
            found += rules.check_facility(facility._to_record())
        for login, environment in (
            ("", "test"),
            ("ub1234567", "test"),
            ("uby-tws1ab45", "production"),
            ("uby-ws12cdef", "test"),
            ("somebody", "production"),
        ):
            found += rules.check_login(login, environment)
        self.assertEqual({finding.code for finding in found}, FACILITY_CODES)
        for finding in found:
            with self.subTest(finding.code):
                words = self.facility._finding_text(finding)
                self.assertFalse(re.search(r"%\(|None", words), words)

    def test_findings_name_fields_which_a_guest_has(self):
        for code in BAD_GUESTS:
            for finding in self.bad_guest(code).findings:
                with self.subTest(code):
                    self.assertIn(finding["field"], self.env["hotel.folio.guest"])

    def test_all_findings_of_all_fields_come_at_once(self):
        guest = self.make_guest(
            **self.values_of(
                {
                    "surname": "Иванов|",
                    "first_name": "x" * 25,
                    "birth_date": date(1850, 1, 1),
                    "nationality_id": False,
                    "document_number": "pas 1",
                    "visa_number": "č" * 16,
                    "residence_street": "1" * 43,
                    "residence_city": False,
                    "residence_country_id": "CZE",
                    "purpose_id": False,
                    "note": "\x02" + "x" * 300,
                }
            )
        )
        guest.departure_date = guest.arrival_date
        found = self.codes_of(guest)
        self.assertEqual(
            found,
            {
                "surname": ["script", "characters"],
                "first_name": ["too_long"],
                "birth_date": ["birth_date_too_old"],
                "nationality_id": ["nationality_missing"],
                "document_number": ["document_words"],
                "visa_number": ["visa_characters", "too_long"],
                "residence_street": ["residence_digits_only", "too_long"],
                "residence_city": ["residence_city_missing"],
                "residence_country_id": ["residence_country_czech"],
                "purpose_id": ["purpose_missing"],
                "departure_date": ["departure_not_after_arrival"],
                "note": ["too_long", "control"],
            },
        )
        self.assertEqual(
            self.codes_of(guest, "warning"), {"document_number": ["document_short"]}
        )
        lines = guest.finding_summary.splitlines()
        self.assertEqual(len(lines), sum(map(len, found.values())) + 1)

    def test_a_flawless_guest_has_no_findings(self):
        guest = self.make_guest()
        self.assertFalse(guest.findings)
        self.assertFalse(guest.finding_summary)

    def test_what_will_be_folded_is_told_but_stops_nothing(self):
        guest = self.make_guests("Peña")
        self.assertEqual(guest.report_state, "ready")
        self.assertIn("Pena", guest.findings[0]["message"])
        self.assertFalse(guest.finding_summary, "nothing is to be completed")

    def test_words_with_a_percent_sign_do_not_break(self):
        guest = self.make_guest("100% %(x)s", document_number="%s%d")
        self.assertIn("%", guest.findings[0]["message"])

    def test_a_warning_alone_leaves_the_guest_ready(self):
        guest = self.make_guests("Novak")
        guest.document_number = "A1234"
        self.assertEqual(self.codes_of(guest, "warning").keys(), {"document_number"})
        self.assertEqual(guest.report_state, "ready")

    def test_the_manager_makes_missing_data_warnings_for_the_facility(self):
        for flag, code in (
            ("purpose_optional", "purpose_missing"),
            ("residence_optional", "residence_missing"),
            ("visa_optional", "visa_missing"),
        ):
            with self.subTest(flag):
                guest = self.bad_guest(code)
                guest.action_check_in()
                self.assertEqual(guest.report_state, "incomplete")
                self.facility.with_user(self.manager)[flag] = True
                self.assertFalse(self.codes_of(guest))
                (warned,) = self.codes_of(guest, "warning").values()
                self.assertEqual(warned, [code])
                self.assertEqual(guest.report_state, "ready")
                self.facility.with_user(self.manager)[flag] = False
                self.assertEqual(guest.report_state, "incomplete")

    def test_a_guest_made_ready_by_a_softer_rule_is_queued_as_the_level_wants(self):
        guest = self.bad_guest("purpose_missing")
        guest.action_check_in()
        self.facility.write({"automation": "immediate", "purpose_optional": True})
        self.assertEqual(guest.report_state, "queued")

    def test_softness_belongs_to_the_facility_and_not_to_the_hotel(self):
        other = self.env["ubyport.facility"].create(
            {
                "name": "Second",
                "idub": "999999999999",
                "mark": "SECON",
                "purpose_optional": True,
            }
        )
        room = self.make_room("201")
        room.ubyport_facility_id = other
        soft = self.make_guest(folio=self.make_folio(room), purpose_id=False)
        strict = self.make_guest(purpose_id=False)
        self.assertFalse(self.codes_of(soft))
        self.assertTrue(self.codes_of(strict))

    def test_a_half_given_residence_is_never_softened(self):
        self.facility.residence_optional = True
        guest = self.bad_guest("residence_country_missing")
        self.assertTrue(self.codes_of(guest))

    def test_a_parents_passport_in_the_note_satisfies_the_rules(self):
        guest = self.bad_guest("parent_document_missing")
        guest.note = "Mother's passport C01X00T47"
        self.assertFalse(self.codes_of(guest))

    def test_an_expected_guest_shows_findings_before_the_check_in(self):
        guest = self.bad_guest("purpose_missing")
        self.assertEqual(guest.report_state, "expected")
        self.assertEqual(self.codes_of(guest), {"purpose_id": ["purpose_missing"]})

    def test_a_name_of_an_unknown_state_is_suggested_if_documents_print_it(self):
        # A refugee's or a Kosovar's document prints a code that the list has not.
        kosovo = self.env["ubyport.country"].create(
            {"code": "RKS", "name": "Kosovo", "name_cs": "Kosovo", "active": False}
        )
        guest = self.make_guest(nationality_id=kosovo.id)
        (finding,) = [f for f in guest.findings if f["code"] == "nationality_unknown"]
        self.assertIn("XXK", finding["message"])


@tagged("post_install", "-at_install")
class TestFindingsWhileTyping(HotelCase):
    """The findings follow the keyboard, before anything is saved."""

    def form(self, record):
        return Form(record.with_user(self.reception))

    def test_findings_follow_each_change_in_the_form(self):
        guest = self.make_guest(folio=self.make_folio(user=self.reception))
        form = self.form(guest)
        self.assertFalse(form.findings)
        form.document_number = "pas 123456"
        self.assertEqual([f["code"] for f in form.findings], ["document_words"])
        form.purpose_id = self.env["ubyport.purpose"]
        codes = [finding["code"] for finding in form.findings]
        self.assertEqual(codes, ["document_words", "purpose_missing"])
        form.document_number = "AB123456"
        self.assertEqual([f["code"] for f in form.findings], ["purpose_missing"])
        form.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
        self.assertFalse(form.findings)
        form.save()
        self.assertEqual(guest.document_number, "AB123456")

    def test_a_new_guest_starts_with_everything_to_fill_in(self):
        folio = self.make_folio(user=self.reception)
        guests = folio.env["hotel.folio.guest"].with_context(default_folio_id=folio.id)
        form = Form(guests)
        fields = {finding["field"] for finding in form.findings}
        self.assertLessEqual(
            {"surname", "birth_date", "nationality_id", "document_number"}, fields
        )
        self.assertNotIn("arrival_date", fields, "the room line gives the dates")
        form.surname = "Novak"
        fields = {finding["field"] for finding in form.findings}
        self.assertNotIn("surname", fields)
        guest = form.save()
        self.assertEqual(guest.report_state, "expected")

    def test_a_czech_nationality_ends_all_findings(self):
        guest = self.make_guest(purpose_id=False)
        form = self.form(guest)
        self.assertTrue(form.findings)
        form.nationality_id = self.code("CZE")
        self.assertFalse(form.findings)

    def test_a_guest_typed_into_the_folio_shows_its_findings_there(self):
        folio = self.make_folio(user=self.reception)
        form = Form(folio)
        with form.guest_ids.new() as line:
            line.surname = "Иванов"
            codes = {finding["code"] for finding in line.findings}
            self.assertIn("script", codes)
            line.surname = "Ivanov"
            codes = {finding["code"] for finding in line.findings}
            self.assertNotIn("script", codes)
        form.save()
        self.assertEqual(folio.guest_ids.surname, "Ivanov")

    def test_departure_before_arrival_shows_while_typing(self):
        guest = self.make_guest()
        form = self.form(guest)
        form.departure_date = guest.arrival_date - timedelta(days=1)
        self.assertIn("departure_not_after_arrival", {f["code"] for f in form.findings})
