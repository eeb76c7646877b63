# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PoliceCase

MARK = "PŘEDCHOZÍ OZNÁMENÍ OBSAHOVALO CHYBY"


class CorrectionCase(PoliceCase):
    def reported(self, **values):
        """Return a guest whom the police have."""
        folio = self.make_folio(user=self.reception)
        guest = self.make_guests("Alfa", folio=folio, **values)
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        return guest

    def notes(self):
        """Return the notes that came to the police, in order."""
        return [record["fields"]["cNote"] or "" for record in self.police.records()]


@tagged("post_install", "-at_install")
class TestKeyData(CorrectionCase):
    """A change of one of the eight key data becomes a marked new report."""

    def test_every_one_of_the_eight_makes_a_correction(self):
        day = timedelta(days=1)
        for field, value in (
            ("surname", "Beta"),
            ("first_name", "Hans"),
            ("birth_date", self.today().replace(year=1981, day=1)),
            ("nationality_id", self.code("AUT").id),
            ("document_number", "C01X00T99"),
            ("purpose_id", self.env.ref("hotel_ubyport.purpose_01").id),
            ("arrival_date", self.today() - day),
            ("departure_date", self.today() + 9 * day),
        ):
            with self.subTest(field):
                self.police.reset()
                guest = self.reported()
                guest[field] = value
                self.assertEqual(guest.report_state, "changed")
                self.send(guest)
                self.assertEqual(guest.report_state, "reported")
                self.assertEqual(self.notes(), ["", MARK])
                self.assertEqual(guest._last_line().state, "accepted")

    def test_the_mark_goes_before_a_note(self):
        guest = self.reported(note="Late arrival")
        guest.surname = "Beta"
        self.send(guest)
        self.assertEqual(self.notes()[1], f"{MARK}, Late arrival")
        self.assertFalse(guest.untold_changes, "the mark is no change of the note")

    def unknown(self):
        """Return a guest whom the police have, but whose answer was lost."""
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        self.police.fault("accept_then_die")
        self.send(guest)
        self.assertEqual(guest.report_state, "unknown")
        return guest

    def test_a_correction_after_an_unknown_outcome_is_marked_whatever_failed_since(
        self,
    ):
        guest = self.unknown()
        self.police.fault("fault", times=2)
        guest.action_send_now()
        self.skip_waiting()
        self.run_sender()
        self.assertEqual(guest._last_line().state, "unknown")
        self.assertEqual(len(guest.line_ids), 3)
        guest.surname = "Beta"
        guest.action_send_now()
        self.skip_waiting()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(self.notes()[-1], MARK)

    def test_what_surely_never_left_changes_nothing(self):
        guest = self.make_guests("Alfa")
        for state, shown in (
            ("refused", "refused"),
            ("not_sent", "refused"),
            ("unknown", "unknown"),
            ("not_sent", "unknown"),
        ):
            self.told(guest, state)
            self.assertEqual(guest.report_state, shown)
        guest.surname = "Beta"
        self.told(guest, "not_sent")
        guest.surname = "Alfa"
        self.assertEqual(guest.report_state, "unknown")

    def told(self, guest, state):
        Report = self.env["ubyport.report"]
        report = Report._open_batch(self.facility, guest, [guest._to_wire()])
        report._write_verdict([state])
        self.env.flush_all()

    def test_a_refusal_settles_only_what_it_was_about(self):
        guest = self.make_guests("Alfa")
        self.told(guest, "unknown")
        guest.surname = "Beta"
        self.told(guest, "refused")
        guest.surname = "Gama"
        self.assertEqual(guest._to_wire().note, MARK, "the police may have Alfa")
        guest.surname = "Alfa"
        self.told(guest, "refused")
        guest.surname = "Gama"
        self.assertFalse(guest._to_wire().note)

    def test_who_turns_out_to_be_czech_after_an_unknown_outcome_is_not_forgotten(self):
        guest = self.unknown()
        guest.nationality_id = self.code("CZE")
        self.assertEqual((guest.report_state, guest.light), ("unknown", "red"))
        self.assertIn("need not be reported", guest.report_reason)
        past = fields.Datetime.now() - timedelta(hours=1)
        guest.line_ids._as_evidence_writer().write({"answered_at": past})
        self.run_sender()
        self.assertEqual(len(self.police.records()), 1, "nothing more is sent")
        guest._report_elsewhere("The police say that they have deleted it.")
        self.assertEqual(guest.report_state, "reported")

    def test_a_datum_set_back_needs_no_report(self):
        guest = self.reported()
        guest.surname = "Beta"
        guest.surname = "Alfa"
        self.assertEqual(guest.report_state, "reported")


@tagged("post_install", "-at_install")
class TestSideData(CorrectionCase):
    """Visa, residence and note alone: a duplicate for the police, so one writes."""

    def test_a_change_is_said_and_nothing_is_sent(self):
        for field, value in (
            ("visa_number", "CZE999"),
            ("residence_city", "Bonn"),
            ("note", "Something else"),
        ):
            with self.subTest(field):
                guest = self.reported()
                self.assertFalse(guest.untold_changes)
                guest[field] = value
                self.assertEqual(guest.report_state, "reported")
                self.assertIn(value, guest.untold_changes)
                self.assertIn("duplicate", guest.report_reason)
                self.assertFalse(guest._may_be_sent())
                self.police.reset()

    def test_a_state_that_the_police_rename_is_no_change_of_the_guest(self):
        guest = self.reported()
        self.code("DEU").name_cs = "Německo"
        guest.invalidate_recordset()
        self.assertFalse(guest.untold_changes)

    def compose(self, guest):
        """Open the ready letter as the receptionist; return the composer."""
        action = guest.with_user(self.reception).action_write_to_police()
        return (
            self.env[action["res_model"]]
            .with_user(self.reception)
            .with_context(**action["context"])
            .create({})
        )

    def test_a_letter_is_ready_and_says_what_is_right(self):
        guest = self.reported(visa_number="CZE111")
        guest.visa_number = "CZE999"
        composer = self.compose(guest)
        for words in ("Alfa", "CZE999", self.facility.idub, "číslo víza"):
            self.assertIn(words, composer.body)
        self.assertIn(self.facility.idub, composer.subject)
        self.assertFalse(guest.told_at, "opened is not sent")

    def test_a_rehearsal_writes_to_nobody(self):
        guest = self.reported()
        guest.note = "x"
        self.assertFalse(self.compose(guest).partner_ids)

    def test_in_production_the_police_are_the_addressee(self):
        guest = self.reported()
        self.facility.write({"environment": "production", "login": "uby-ws12cdef"})
        partner = guest.with_user(self.reception)._police_contact()
        self.assertEqual(partner.email, "reguby@pcr.cz")
        self.assertEqual(guest._police_contact(), partner, "made once")

    def test_the_sent_letter_is_remembered_until_the_next_change(self):
        guest = self.reported()
        guest.note = "Something else"
        composer = self.compose(guest)
        composer.partner_ids = [Command.set(self.payer.ids)]
        composer.action_send_mail()
        self.assertEqual(guest.told_by_id, self.reception)
        self.assertTrue(guest.told_at)
        self.assertFalse(guest.untold_changes)
        self.assertIn("Something else", guest.message_ids[0].body)
        guest.note = "Once more"
        self.assertTrue(guest.untold_changes)

    def test_another_way_of_telling_is_noted(self):
        guest = self.reported()
        guest.visa_number = "CZE999"
        guest.with_user(self.reception).action_mark_told()
        self.assertFalse(guest.untold_changes)
        self.assertEqual(guest.told_by_id, self.reception)

    def test_nobody_forges_who_told_the_police(self):
        guest = self.reported()
        with self.assertRaises(AccessError):
            guest.with_user(self.reception).write({"told_by_id": self.manager.id})
        with self.assertRaises(AccessError):
            guest.with_user(self.accountant).action_mark_told()


@tagged("post_install", "-at_install")
class TestStay(CorrectionCase):
    """Who did not come, left early or stayed longer."""

    def test_who_did_not_come_is_not_reported(self):
        yesterday = self.today() - timedelta(days=1)
        guest = self.make_guest(folio=self.make_folio(arrival=yesterday))
        self.facility.automation = "immediate"
        self.run_sender()
        self.assertEqual(guest.report_state, "expected")
        self.assertIn("did not come", guest.report_reason)
        with self.assertRaises(UserError):
            guest.action_send_now()
        self.assertEqual(self.police.records(), [])

    def test_who_left_before_the_report_is_reported_as_lodged(self):
        guest = self.make_guests("Alfa")
        guest.action_check_out()
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")

    def test_a_changed_departure_explains_what_may_be_sent(self):
        guest = self.reported()
        guest.departure_date += timedelta(days=3)
        self.assertEqual(guest.report_state, "changed")
        self.assertTrue(guest.is_only_stay_changed)
        self.assertIn("Stay Changed", guest.report_reason)

    def test_a_stay_that_changed_is_noted_and_not_reported(self):
        for days in (-1, 5):
            with self.subTest(days):
                guest = self.reported()
                guest.departure_date += timedelta(days=days)
                guest.with_user(self.reception).action_note_stay()
                self.assertEqual(guest.report_state, "reported")
                self.assertEqual(guest.stay_noted_by_id, self.reception)
                self.assertFalse(guest._may_be_sent())
                self.assertEqual(len(self.police.records()), 1)
                self.police.reset()

    def test_another_change_of_the_departure_is_asked_about_again(self):
        guest = self.reported()
        guest.departure_date += timedelta(days=3)
        guest.action_note_stay()
        guest.departure_date += timedelta(days=1)
        self.assertEqual(guest.report_state, "changed")

    def test_a_wrong_name_beside_it_still_needs_the_correction(self):
        guest = self.reported()
        guest.departure_date += timedelta(days=3)
        guest.action_note_stay()
        guest.surname = "Beta"
        self.assertEqual(guest.report_state, "changed")
        with self.assertRaises(UserError):
            guest.action_note_stay()
        self.send(guest)
        self.assertEqual(self.notes(), ["", MARK])

    def test_a_departure_that_was_reported_wrongly_can_be_corrected(self):
        guest = self.reported()
        guest.departure_date += timedelta(days=3)
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(self.notes(), ["", MARK])
