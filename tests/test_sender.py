# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from pypdf import PdfReader

from odoo import fields
from odoo.tests import tagged

from ..ubyport import exceptions
from ..ubyport.records import Finding
from ..ubyport.rules import check_guest
from ..ubyport.soap import UbyportClient
from .common import PoliceCase

SENDER_LOG = "odoo.addons.hotel_ubyport.models.ubyport_sender"

# Columns of a line and the members in which they travel.
MEMBERS = {
    "surname": "cSurN",
    "first_name": "cFirstN",
    "birth_date": "cDate",
    "nationality": "cNati",
    "document_number": "cDocN",
    "visa_number": "cVisN",
    "residence": "cResi",
    "note": "cNote",
}


def squeezed_text(pdf):
    """Return the text of a base64 PDF without any white space."""
    reader = PdfReader(io.BytesIO(base64.b64decode(pdf)))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


@tagged("post_install", "-at_install")
class TestSender(PoliceCase):
    """From the queue to the police's receipt, over real SOAP with real NTLM."""

    def test_a_guest_is_reported_and_the_receipt_hangs_on_the_report(self):
        guest = self.make_guests("Müller")
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertTrue(guest.reported_at)
        report = guest.line_ids.report_id
        self.assertEqual(report.state, "accepted")
        self.assertTrue(report.stamp)
        text = squeezed_text(report.receipt)
        self.assertIn("Müller", text)
        self.assertIn(report.stamp, text)
        self.assertEqual(guest.receipt_report_id, report)

    def test_the_police_hold_letter_by_letter_what_the_line_says(self):
        guest = self.make_guests(
            "O'Čadová-Łęcka", visa_number="CZE123", note="Sleeps | late & <well>"
        )
        self.send(guest)
        line, record = guest.line_ids, self.police.records()[0]
        for name, member in MEMBERS.items():
            self.assertEqual(record["fields"][member] or "", line[name] or "", name)
        self.assertEqual(record["printed"]["surname"], line.surname)
        self.assertEqual(line.surname, "O'Čadová-Łęcka")
        self.assertIn("<well>", line.note)

    def test_letters_outside_the_police_set_are_folded_before_they_leave(self):
        guest = self.make_guests("Peña-Timișoreanu")
        self.send(guest)
        self.assertEqual(guest.surname, "Peña-Timișoreanu")
        self.assertEqual(self.surnames_received(), [guest.line_ids.surname])
        self.assertIn("Pena", guest.line_ids.surname)

    def test_a_batch_keeps_the_order_of_guests_and_verdicts(self):
        late = self.today() - timedelta(days=20)
        folio = self.make_folio(arrival=late, nights=40)
        guests = self.make_guests("Alfa", folio=folio)
        guests += self.make_guests("Beta")
        self.send(guests)
        self.assertEqual(guests.mapped("report_state"), ["reported", "reported"])
        self.assertIn("112", guests[0].line_ids.error_codes)
        self.assertFalse(guests[1].line_ids.error_codes)

    def test_reported_late_counts_as_reported(self):
        folio = self.make_folio(arrival=self.today() - timedelta(days=30), nights=40)
        guest = self.make_guests("Alfa", folio=folio)
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertIn("112", guest.report_reason)

    def test_more_guests_than_a_batch_holds_travel_in_several(self):
        guests = self.make_guests(*[f"Guest{'abcdefghij'[i % 10]}" for i in range(35)])
        self.send(guests)
        self.assertEqual(set(guests.mapped("report_state")), {"reported"})
        self.assertEqual(len(guests.line_ids.report_id), 2)
        self.assertEqual(len(self.police.records()), 35)

    def test_who_no_longer_fits_leaves_the_queue_and_ends_no_session(self):
        # Reading the lists would ask the police for the size of a batch, too.
        now = fields.Datetime.now()
        self.facility.write({"max_batch": 1, "lists_refreshed_at": now})
        guests = self.make_guests("Alfa", "Beta")
        guests._enqueue(fields.Datetime.now())
        self.assertEqual(set(guests.mapped("report_state")), {"queued"})

        def stricter(guest, context):
            wrong = Finding(field="surname", severity="error", code="surname_missing")
            return (wrong,) if guest.surname == "Alfa" else check_guest(guest, context)

        with patch.object(UbyportClient, "check", stricter):
            self.run_sender()
            self.assertEqual(guests.mapped("report_state"), ["incomplete", "reported"])
            self.assertFalse(guests[0].queued_at)
        self.assertEqual(self.surnames_received(), ["Beta"])
        self.assertEqual(self.police.called("TestDostupnosti"), 1)

    def test_only_the_refused_guest_of_a_batch_is_refused(self):
        good, bad = self.make_guests("Good", "Bad")
        # The rules would stop this guest; a stricter police must not hurt the other.
        bad_line = "XXXXXXXX"
        self.env["ubyport.country"].create(
            {"code": "QQQ", "name": bad_line, "name_cs": bad_line}
        )
        bad.nationality_id = self.code("QQQ")
        self.send(good + bad)
        self.assertEqual(good.report_state, "reported")
        self.assertEqual(bad.report_state, "refused")
        self.assertEqual(bad.line_ids.report_id.state, "partial")
        self.assertIn("refused", bad.report_reason)

    def test_a_refused_guest_is_not_sent_again_until_a_datum_is_corrected(self):
        self.env["ubyport.country"].create(
            {"code": "QQQ", "name": "Nowhere", "name_cs": "Nikde"}
        )
        guest = self.make_guests("Alfa", nationality_id=self.code("QQQ").id)
        self.send(guest)
        self.send(guest)
        self.assertEqual(len(self.police.records()), 1)
        self.assertEqual(guest.report_state, "refused")
        guest.nationality_id = self.code("DEU")
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(len(self.police.records()), 2)

    def test_a_duplicate_answer_counts_as_reported(self):
        self.send(self.make_guests("Alfa"))
        twin = self.make_guests("Alfa")
        self.send(twin)
        self.assertEqual(twin.report_state, "reported")
        self.assertEqual(twin.line_ids.state, "duplicate")

    def test_other_facility_data_than_registered_are_a_warning_only(self):
        self.facility.street = "Jiná"
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertTrue(guest.line_ids.report_id.header_codes)
        self.assertIn("not affected", guest.line_ids.report_id.message)

    def test_a_reported_guest_is_never_sent_again(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.send(guest)
        self.run_sender()
        self.assertEqual(len(self.police.records()), 1)

    def test_a_change_of_a_key_datum_becomes_a_marked_correction(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        guest.surname = "Alfa-Beta"
        self.assertEqual(guest.report_state, "changed")
        self.run_sender()
        self.assertEqual(len(self.police.records()), 1, "only on command")
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertTrue(
            self.police.records()[1]["fields"]["cNote"].startswith(
                "PŘEDCHOZÍ OZNÁMENÍ OBSAHOVALO CHYBY"
            )
        )

    def test_a_change_of_note_or_visa_alone_leaves_the_guest_reported(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        guest.note = "Something else"
        self.assertEqual(guest.report_state, "reported")

    def test_the_level_at_once_reports_a_check_in_without_a_command(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Alfa")
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(guest.line_ids.report_id.level, "immediate")

    def test_the_level_at_intervals_waits_for_its_slot(self):
        self.facility.automation = "interval"
        guest = self.make_guests("Alfa")
        self.run_sender()
        self.assertEqual(guest.report_state, "queued")
        self.skip_waiting()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")

    def test_what_the_simulator_accepted_was_a_rehearsal(self):
        self.facility.automation = "immediate"
        guest, queued = self.make_guests("Alfa"), self.make_guest("Beta")
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        queued.action_check_in()
        self.facility.write({"environment": "production", "login": "uby-ws12cdef"})
        self.assertEqual(guest.report_state, "ready")
        self.assertFalse(guest.reported_at)
        for held in guest + queued:
            self.assertTrue(held.is_held, "nobody leaves for the police by himself")
            self.assertFalse(held.queued_at)

    def test_a_reported_guest_who_turns_out_to_be_czech_is_not_sent_again(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        guest.nationality_id = self.code("CZE")
        self.assertEqual(guest.report_state, "changed")
        self.assertFalse(guest._may_be_sent())
        self.assertIn("withdraw", guest.report_reason)

    def test_a_correction_never_loses_the_end_of_a_note(self):
        guest = self.make_guests("Alfa", note="x" * 240)
        self.send(guest)
        guest.surname = "Beta"
        self.assertEqual(self.codes_of(guest), {"note": ["too_long"]})
        self.assertFalse(guest._may_be_sent())

    def test_who_asked_for_the_report_is_kept(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        self.send(guest.with_user(self.reception))
        self.assertEqual(guest.line_ids.requested_by_id, self.reception)

    def test_raw_messages_are_kept_without_the_password(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        report = guest.line_ids.report_id
        raw = base64.b64decode(report.request_xml)
        self.assertIn(b"Alfa", raw)
        for secret in (b"Vltava2026", b"NTLM", b"Authorization"):
            self.assertNotIn(secret, raw + base64.b64decode(report.response_xml))
        self.assertEqual(len(report.request_sha256), 64)

    def test_a_facility_without_account_sends_nothing_and_the_others_do(self):
        other = self.env["ubyport.facility"].create(
            {"name": "Second", "idub": "999999999999", "mark": "SECON"}
        )
        room = self.make_room("201")
        room.ubyport_facility_id = other
        stuck = self.make_guests("Stuck", folio=self.make_folio(room))
        free = self.make_guests("Free")
        self.send(stuck + free)
        self.assertEqual(free.report_state, "reported")
        self.assertEqual(stuck.report_state, "queued")
        self.assertIn("account", stuck.report_reason)


@tagged("post_install", "-at_install")
class TestSenderFailures(PoliceCase):
    """Whatever happens on the way: no guest is lost, doubled or left hanging."""

    def assert_filed_once(self, guest):
        self.assertEqual(guest.report_state, "reported")
        filed = [
            record
            for record in self.police.records()
            if record["fields"]["cSurN"] == guest.surname
            and record["verdict"] == "accepted"
        ]
        self.assertEqual(len(filed), 1)

    def test_a_dead_service_leaves_the_guest_queued_and_backs_off(self):
        self.facility.endpoint = "http://127.0.0.1:9/ws_uby/ws_uby.svc"
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "queued")
        self.assertEqual(self.facility.service_state, "outage")
        self.assertIn("cannot be reached", guest.report_reason)
        self.assertFalse(guest.line_ids, "nothing was handed over")
        first_try = self.facility.next_try_at
        self.skip_waiting()
        self.run_sender()
        self.assertGreater(self.facility.next_try_at, first_try)
        self.assertEqual(self.facility.outage_count, 2)

    def test_after_an_outage_everything_goes_out_by_itself(self):
        dead, alive = "http://127.0.0.1:9/ws_uby/ws_uby.svc", self.facility.endpoint
        self.facility.endpoint = dead
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.facility.endpoint = alive
        self.skip_waiting()
        self.run_sender()
        self.assert_filed_once(guest)
        self.assertEqual(self.facility.service_state, "ok")

    def test_a_service_out_of_order_gets_no_guest(self):
        self.police.fault("backend_down", method="TestDostupnosti")
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "queued")
        self.assertEqual(self.police.records(), [])
        self.assertEqual(self.facility.service_state, "outage")

    def test_a_wrong_password_stops_the_facility_after_one_try(self):
        self.facility.password = "Wrong2026"
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(self.facility.service_state, "access_denied")
        self.assertEqual(guest.report_state, "queued")
        self.assertIn("password", guest.report_reason)
        self.skip_waiting()
        self.run_sender()
        self.assertEqual(self.police.records(), [])
        self.facility.password = "Vltava2026"
        self.run_sender()
        self.assert_filed_once(guest)

    def conflicting(self, model, name, times):
        """Let a method lose against another transaction so many times; count calls."""
        cls, calls = type(self.env[model]), []
        original = getattr(cls, name)

        def lose(*args):
            calls.append(1)
            if len(calls) <= times:
                raise psycopg2.errors.SerializationFailure
            return original(*args)

        self.patch(cls, name, lose)
        return calls

    def test_a_wrong_password_is_shown_once_although_somebody_edits_the_facility(self):
        self.facility.password = "Wrong2026"
        self.conflicting("ubyport.facility", "_note_access_denied", 2)
        opened = self.conflicting("ubyport.facility", "_client", 0)
        self.send(self.make_guests("Alfa"))
        self.assertEqual(self.facility.service_state, "access_denied")
        self.assertEqual(len(opened), 1)

    def test_a_password_corrected_meanwhile_is_not_stopped(self):
        self.facility.password = "Wrong2026"
        facility_id = self.facility.id

        def correct(sender, facility, client):
            sender.env["ubyport.facility"].browse(facility_id).password = "Vltava2026"
            sender._commit()
            raise denied

        guest, cls = self.make_guests("Alfa"), type(self.env["ubyport.sender"])
        denied = exceptions.AccessDenied(code="unauthorized")
        with patch.object(cls, "_prepare_session", correct):
            self.send(guest)
        self.assertEqual(self.facility.service_state, "ok")
        self.run_sender()
        self.assert_filed_once(guest)

    def test_an_account_of_another_facility_stops_this_one_and_says_why(self):
        self.facility.idub = "1234567890123"
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "queued")
        self.assertEqual(guest.line_ids.state, "not_sent")
        self.assertEqual(self.facility.service_state, "access_denied")
        self.assertIn("IDUB", guest.report_reason)
        self.facility.write({"idub": "123456789012"})
        self.run_sender()
        self.assert_filed_once(guest)

    def test_an_answer_cut_off_is_unknown_and_solved_by_one_repeat(self):
        for kind in ("cut_answer", "accept_then_die"):
            with self.subTest(kind):
                guest = self.make_guests(f"Alfa-{'x' * len(kind)}")
                self.police.fault(kind)
                self.send(guest)
                self.assertEqual(guest.report_state, "unknown")
                self.repeat_unknown(guest)
                self.assert_filed_once(guest)
                self.assertEqual(guest._last_line().state, "duplicate")

    def repeat_unknown(self, guest):
        """Let the grace time be over and the sender run."""
        past = guest[0].create_date - timedelta(hours=1)
        guest.line_ids._as_evidence_writer().write({"answered_at": past})
        self.skip_waiting()
        self.run_sender()

    def test_a_batch_of_unknown_outcome_is_repeated_each_guest_alone(self):
        guests = self.make_guests("Alfa", "Beta", "Gama")
        self.police.fault("accept_then_die")
        self.send(guests)
        self.assertEqual(set(guests.mapped("report_state")), {"unknown"})
        self.repeat_unknown(guests)
        for guest in guests:
            self.assert_filed_once(guest)
        reports = guests.line_ids.report_id.sorted("id")
        self.assertEqual(reports.mapped("line_count"), [3, 1, 1, 1])

    def test_a_guest_whose_answer_never_comes_keeps_no_other_from_his(self):
        guests = self.make_guests("Alfa", "Beta", "Gama")
        self.police.fault("drop_before", times=2)
        self.send(guests)
        self.repeat_unknown(guests)
        self.skip_waiting()
        self.run_sender()
        states = sorted(guests.mapped("report_state"))
        self.assertEqual(states, ["reported", "reported", "unknown"])

    def test_an_unknown_outcome_is_not_repeated_before_the_grace_time(self):
        guest = self.make_guests("Alfa")
        self.police.fault("accept_then_die")
        self.send(guest)
        self.skip_waiting()
        self.run_sender()
        self.assertEqual(guest.report_state, "unknown")
        self.assertEqual(len(self.police.records()), 1)

    def test_an_unknown_outcome_is_repeated_only_once_by_itself(self):
        guest = self.make_guests("Alfa")
        self.police.fault("drop_before", times=3)
        self.send(guest)
        for _turn in range(3):
            self.repeat_unknown(guest)
        self.assertEqual(guest.report_state, "unknown")
        self.assertEqual(len(guest.line_ids), 2)

    def test_unreadable_answers_are_unknown_and_never_a_success(self):
        for kind in ("server_error", "html_page", "wrong_count"):
            with self.subTest(kind):
                guest = self.make_guests(f"Beta-{'y' * len(kind)}")
                self.police.fault(kind)
                self.skip_waiting()
                self.send(guest)
                self.assertEqual(guest.report_state, "unknown")
                self.assertEqual(guest._last_line().report_id.state, "unknown")

    def test_an_answer_of_unknown_meaning_is_shown_and_not_repeated(self):
        guest = self.make_guests("Alfa")
        self.police.fault("unknown_code")
        self.send(guest)
        self.assertEqual(guest.report_state, "unknown")
        self.assertIn("777", guest.report_reason)
        self.repeat_unknown(guest)
        self.assertEqual(len(self.police.records()), 1)

    def test_a_fault_is_tried_again_each_guest_alone(self):
        guests = self.make_guests("Alfa", "Beta", "Gama")
        self.police.fault("fault")
        self.send(guests)
        self.run_sender()
        for guest in guests:
            self.assert_filed_once(guest)
        reports = guests.line_ids.report_id.sorted("id")
        self.assertEqual(reports[0].state, "not_sent")
        self.assertEqual(reports[1:].mapped("line_count"), [1, 1, 1])

    def test_a_guest_on_whom_the_service_always_fails_holds_up_nobody(self):
        poison, good = self.make_guests("Poison", "Good")
        self.police.fault("fault", times=2)
        self.send(poison + good)
        self.assertEqual(good.report_state, "reported")
        self.assertEqual(poison.report_state, "queued")
        self.assertIn("2 times", poison.report_reason)
        self.skip_waiting()
        self.run_sender()
        self.assert_filed_once(poison)

    def test_a_service_that_faults_on_everybody_is_an_outage(self):
        guests = self.make_guests("Alfa", "Beta", "Gama", "Delta")
        self.police.fault("fault", times=50)
        self.send(guests)
        self.assertEqual(self.facility.service_state, "outage")
        self.assertLessEqual(len(guests.line_ids.report_id), 3)
        self.police.heal()
        self.skip_waiting()
        self.run_sender()
        for guest in guests:
            self.assert_filed_once(guest)

    def test_an_unknown_outcome_is_not_repeated_with_other_data(self):
        guest = self.make_guests("Alfa")
        self.police.fault("accept_then_die")
        self.send(guest)
        guest.surname = "Alfax"
        self.repeat_unknown(guest)
        self.assertEqual(guest.report_state, "unknown")
        self.assertIn("marked as a correction", guest.report_reason)
        guest.action_send_now()
        self.run_sender()
        note = self.police.records()[1]["fields"]["cNote"]
        self.assertIn("OBSAHOVALO CHYBY", note)

    def test_an_outage_between_does_not_allow_a_second_repeat(self):
        guest = self.make_guests("Alfa")
        for state in ("unknown", "not_sent", "unknown"):
            report = self.env["ubyport.report"]._open_batch(
                self.facility, guest, [guest._to_wire()]
            )
            report._write_verdict([state])
            self.env.flush_all()
        self.repeat_unknown(guest)
        self.assertEqual(guest.report_state, "unknown")
        self.assertEqual(self.police.records(), [])

    def test_an_unknown_guest_stays_with_the_facility_that_sent_it(self):
        guest = self.make_guests("Alfa")
        self.police.fault("accept_then_die")
        self.send(guest)
        other = self.facility.copy({"idub": "777777777777", "mark": "OTHER"})
        self.room.ubyport_facility_id = other
        self.assertEqual(guest.facility_id, self.facility)

    def test_an_accepted_batch_without_receipt_stays_accepted_and_says_so(self):
        for kind in ("no_pdf", "bad_receipt"):
            with self.subTest(kind):
                guest = self.make_guests(f"Alfa-{'z' * len(kind)}")
                self.police.fault(kind)
                self.send(guest)
                report = guest.line_ids.report_id
                self.assertEqual(guest.report_state, "reported")
                self.assertFalse(report.receipt)
                self.assertIn("receipt", report.message)

    def test_marks_of_a_killed_process_become_unknown_and_are_repeated_once(self):
        guest = self.make_guests("Alfa")
        report = self.env["ubyport.report"]._open_batch(
            self.facility, guest, [guest._to_wire()]
        )
        self.assertEqual(guest.report_state, "sending")
        self.run_sender()
        self.assertEqual(guest.report_state, "sending", "may still be on the way")
        report._as_evidence_writer().sent_at = guest.create_date - timedelta(hours=1)
        self.run_sender()
        self.assertEqual(guest.report_state, "unknown")
        self.assertIn("stopped", report.message)
        self.repeat_unknown(guest)
        self.assert_filed_once(guest)

    def broken_for(self, model, name, broken):
        """Let a method fail for one record, whatever the others do."""
        cls, original = type(self.env[model]), getattr(type(self.env[model]), name)
        broken_id = broken.id

        def fail(record, *args):
            if record.id == broken_id:
                raise RuntimeError
            return original(record, *args)

        self.patch(cls, name, fail)

    def test_one_report_which_cannot_be_settled_keeps_no_other_from_it(self):
        guests = self.make_guests("Alfa") + self.make_guests("Beta")
        Report = self.env["ubyport.report"]
        for guest in guests:
            report = Report._open_batch(self.facility, guest, [guest._to_wire()])
            past = guest.create_date - timedelta(hours=1)
            report._as_evidence_writer().sent_at = past
        self.broken_for("ubyport.report", "_write_verdict", report)
        with self.assertLogs(SENDER_LOG, "ERROR"):
            self.run_sender()
        self.assertEqual(guests.mapped("report_state"), ["unknown", "sending"])

    def test_one_guest_who_cannot_be_repeated_keeps_no_other_from_it(self):
        guests = self.make_guests("Alfa", "Beta")
        self.police.fault("accept_then_die")
        self.send(guests)
        self.broken_for("hotel.folio.guest", "_may_repeat_unknown", guests[0])
        with self.assertLogs(SENDER_LOG, "ERROR"):
            self.repeat_unknown(guests)
        self.assertEqual(guests.mapped("report_state"), ["unknown", "reported"])

    def test_a_change_while_on_the_way_becomes_a_correction(self):
        guest = self.make_guests("Alfa")
        report = self.env["ubyport.report"]._open_batch(
            self.facility, guest, [guest._to_wire()]
        )
        guest.surname = "Beta"
        self.assertEqual(guest.report_state, "sending")
        report._write_verdict(["accepted"])
        self.assertEqual(guest.report_state, "changed")
        self.assertEqual(report.line_ids.surname, "Alfa")

    def test_a_broken_facility_stops_no_other(self):
        broken = self.facility.copy(
            {"idub": "777777777777", "mark": "BROKE", "login": "uby-ws12demo"}
        )
        broken.password = "Vltava2026"
        broken.endpoint = "http://127.0.0.1:9/ws_uby/ws_uby.svc"
        room = self.make_room("666")
        room.ubyport_facility_id = broken
        stuck = self.make_guests("Stuck", folio=self.make_folio(room))
        free = self.make_guests("Free")
        self.send(stuck + free)
        self.assert_filed_once(free)
        self.assertEqual(stuck.report_state, "queued")


@tagged("post_install", "-at_install")
class TestSession(PoliceCase):
    """A session belongs to the account which it was opened with."""

    def switch(self, when, **values):
        """Let somebody change the facility, in the middle of the sender's session."""
        cls = type(self.env["ubyport.sender"])
        original, facility_id, guests = getattr(cls, when), self.facility.id, self.late

        def switched(sender, *args):
            result = original(sender, *args)
            sender.env["ubyport.facility"].browse(facility_id).write(values)
            guests.with_env(sender.env).action_check_in()
            sender._commit()
            return result

        return patch.object(cls, when, switched)

    def setUp(self):
        super().setUp()
        self.facility.automation = "immediate"
        # Nobody asks the real police for their description after the switch.
        self.facility.wsdl_checked_at = fields.Datetime.now()
        self.late = self.make_guest("Late", document_number="LATE12345")

    def test_nobody_is_told_to_the_simulator_in_the_name_of_the_police(self):
        first = self.make_guests("Alfa")
        production = {"environment": "production", "login": "uby-ws12cdef"}
        with self.switch("_prepare_session", **production):
            self.run_sender()
        self.assertEqual(self.surnames_received(), [])
        self.assertTrue(first.is_held)
        self.assertEqual(self.late.report_state, "queued")
        self.assertFalse((first | self.late).line_ids)

    def test_another_login_or_address_ends_the_session_but_no_report(self):
        self.police.add_account(
            login="uby-ws13demo",
            password="Vltava2026",
            idub="999999999999",
            mark="OTHER",
            name="Pension",
        )
        for number, values in enumerate(
            ({"login": "uby-ws13demo"}, {"endpoint": self.police.test_endpoint})
        ):
            with self.subTest(values):
                guest = self.make_guests(f"Alfa{'ab'[number]}")
                with self.switch("_prepare_session", **values):
                    self.run_sender()
                self.assertEqual(guest.report_state, "queued")
                self.assertFalse(guest.line_ids)
