# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common import PoliceCase


@tagged("post_install", "-at_install")
class TestSpecialCases(PoliceCase):
    """Children, lost documents, permits, stateless people, visas: to the police."""

    def sent(self, **values):
        """Return what the police received about a guest, and what they print."""
        guest = self.make_guests("Alfa")
        guest.write(values)
        self.assertEqual(self.codes_of(guest), {}, guest.finding_summary)
        self.send(guest)
        self.assertEqual(guest.report_state, "reported", guest.report_reason)
        self.assertEqual(guest.receipt_report_id.receipt_state, "agrees")
        return self.police.records()[-1]["fields"]

    def test_a_child_in_a_parents_passport_travels_as_inpass(self):
        told = self.sent(
            document_type="in_parent_passport",
            document_number=False,
            note="PAS RODIČE C01X00T47",
        )
        self.assertEqual(told["cDocN"], "INPASS")
        self.assertIn("C01X00T47", told["cNote"])

    def test_a_child_in_a_parents_passport_needs_its_number_in_the_note(self):
        guest = self.make_guests("Alfa")
        guest.write({"document_type": "in_parent_passport", "document_number": False})
        self.assertEqual(self.codes_of(guest), {"note": ["parent_document_missing"]})

    def test_a_lost_document_travels_as_none_with_an_explanation(self):
        guest = self.make_guests("Alfa")
        guest.write({"document_type": "lost", "document_number": False})
        self.assertEqual(self.codes_of(guest), {"note": ["loss_explanation_missing"]})
        told = self.sent(
            document_type="lost", document_number=False, note="Ztráta pasu v Praze"
        )
        self.assertEqual(told["cDocN"], "NONE")
        self.assertEqual(told["cNote"], "Ztráta pasu v Praze")

    def test_a_permit_and_a_diplomatic_card_travel_as_none_with_their_number(self):
        for kind, word in (
            ("residence_permit", "POBYT"),
            ("diplomatic_card", "DIPLOMAT"),
        ):
            with self.subTest(kind):
                self.police.reset()
                number = f"AA{len(kind)}12345"
                told = self.sent(document_type=kind, document_number=number)
                self.assertEqual(told["cDocN"], "NONE")
                self.assertEqual(told["cNote"], f"{word} {number}")

    def test_stateless_people_and_refugees_have_codes_of_their_own(self):
        for code in ("XXA", "XXB", "XXC"):
            with self.subTest(code):
                number = f"TD{code}123"
                told = self.sent(
                    nationality_id=self.code(code).id, document_number=number
                )
                self.assertEqual(told["cNati"], code)

    def test_citizens_of_the_union_and_the_visa_free_are_not_asked_for_a_visa(self):
        for code in ("DEU", "CHE", "USA", "GBR"):
            with self.subTest(code):
                guest = self.make_guests("Alfa", nationality_id=self.code(code).id)
                self.assertNotIn("visa_number", guest.finding_summary or "")
                self.assertFalse(self.codes_of(guest, "warning"))

    def test_who_needs_a_visa_is_asked_for_it_unless_there_is_a_permit(self):
        guest = self.make_guests("Alfa", nationality_id=self.code("VNM").id)
        self.assertEqual(self.codes_of(guest), {"visa_number": ["visa_missing"]})
        guest.write({"document_type": "residence_permit"})
        self.assertEqual(self.codes_of(guest), {})

    def test_who_is_free_of_visa_by_a_biometric_passport_says_so(self):
        guest = self.make_guests("Alfa", nationality_id=self.code("UKR").id)
        self.assertEqual(
            self.codes_of(guest, "warning"), {"visa_number": ["visa_or_biometric"]}
        )
        told = self.sent(nationality_id=self.code("UKR").id, visa_number="biometrika")
        self.assertEqual(told["cVisN"], "BIOMETRIKA")


@tagged("post_install", "-at_install")
class TestChildWithoutDocument(PoliceCase):
    """Ubyport cannot take such a child: it goes to the local office on paper."""

    def child(self, years=6):
        born = self.today() - relativedelta(years=years)
        parent = self.make_guests("Matka", folio=self.make_folio(user=self.reception))
        return self.make_guests(
            "Dítě",
            folio=parent.folio_id,
            birth_date=born,
            document_type="none",
        ).with_user(self.reception)

    def test_the_reason_says_what_to_do_and_nothing_is_sent(self):
        child = self.child()
        self.facility.automation = "immediate"
        child._apply_automation()
        self.run_sender()
        self.assertEqual(child.report_state, "incomplete")
        self.assertIn("local office", child.report_reason)
        self.assertIn("Reported Elsewhere", child.report_reason)
        self.assertEqual(self.surnames_received(), ["Matka"])

    def test_an_adult_is_told_to_choose_a_lost_document(self):
        grown_up = self.child(years=18)
        codes = self.codes_of(grown_up)
        self.assertEqual(codes, {"document_type": ["adult_without_document"]})

    def test_the_form_for_the_office_has_all_data_and_the_parent(self):
        child = self.child()
        action = child.action_print_local_office()
        self.assertEqual(action["report_type"], "qweb-html")
        Report = self.env["ir.actions.report"].with_user(self.reception)
        page, _kind = Report._render_qweb_html(action["report_name"], child.ids)
        text = page.decode()
        for words in (
            "Dítě",
            "Jörg",
            "Matka",
            "Köln",
            "Spolková republika Německo",
            self.facility.idub,
            "Zkušební 12/6",
            "TURISTIKA",
        ):
            self.assertIn(words, text)

    def test_after_handing_it_over_the_child_is_noted_as_reported(self):
        child = self.child()
        child._report_elsewhere("Form handed over at the local office")
        self.assertEqual(child.report_state, "reported")
        self.assertIn("local office", child.report_reason)
