# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import io
import zipfile
from datetime import timedelta

import requests
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from ..ubyport import unl_reader
from .common import HOTEL, HotelCase, PoliceCase
from .test_alarm import set_deadline


def files_of(guests):
    """Return the reports whose UNL files these guests are in."""
    return guests.line_ids.report_id.filtered(lambda report: report.channel == "unl")


def days(number):
    return timedelta(days=number)


def content_of(report):
    return base64.b64decode(report.unl_file)


@tagged("post_install", "-at_install")
class TestUnlFile(PoliceCase):
    """A person takes the guests to the police's web application in a UNL file."""

    def make_file(self, guests, user=None):
        """Make one file and return its report."""
        action = guests.with_user(user or self.reception).action_make_unl()
        return self.env["ubyport.report"].browse(action["res_id"])

    @freeze_time("2026-11-20 11:05:09")
    def test_the_file_holds_what_the_lines_say_and_is_named_by_the_rules(self):
        self.facility.environment = "production"
        guests = self.make_guests("Müller", "Țepeș")
        report = self.make_file(guests)
        content = content_of(report)
        reading = unl_reader.read(content)
        self.assertEqual(reading.findings, ())
        self.assertEqual(
            [told.surname for told in reading.guests.values()], ["MÜLLER", "ŢEPEŞ"]
        )
        self.assertEqual(report.line_ids.mapped("surname"), ["Müller", "Ţepeş"])
        self.assertEqual(reading.facility, self.facility._to_record())
        self.assertEqual(str(reading.exported_at), "2026-11-20 12:05:09")
        stem = f"123456789012_2026_11_20_1205_{report.name.replace('/', '_')}"
        self.assertEqual(report.unl_filename, f"{stem}.unl")
        self.assertEqual(report.unl_sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(report.user_id, self.reception)
        self.assertEqual((report.channel, report.state), ("unl", "sending"))

    def test_a_guest_in_a_file_is_not_sent_by_the_web_service(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Alfa")
        self.assertEqual(guest.report_state, "queued")
        report = self.make_file(guest)
        self.run_sender()
        self.assertEqual(self.police.records(), [])
        self.assertEqual(guest.report_state, "sending")
        self.assertIn(report.name, guest.report_reason)
        self.assertIn("upload the receipt", guest.report_reason)
        self.assertEqual(guest.action_view_unl()["res_id"], report.id)
        with self.assertRaises(UserError):
            guest.action_send_now()

    def test_who_waits_in_a_file_or_was_never_reported_has_nothing_to_correct(self):
        guest = self.make_guests("Alfa").with_user(self.reception)
        with self.assertRaisesRegex(UserError, "not reported yet"):
            guest.action_write_to_police()
        guest.action_make_unl()
        with self.assertRaisesRegex(UserError, "not reported yet"):
            guest.action_write_to_police()
        report = guest.unl_report_id
        self.assertIn("waits to be imported", report.message)

    def test_a_guest_on_the_way_by_web_service_or_in_a_file_gets_into_no_file(self):
        guest, other = self.make_guests("Alfa", "Beta")
        self.env["ubyport.report"]._open_batch(self.facility, guest, [guest._to_wire()])
        with self.assertRaisesRegex(UserError, "On the way"):
            guest.action_make_unl()
        both = self.make_file(guest + other)
        self.assertEqual(both.line_ids.guest_id, other)
        with self.assertRaisesRegex(UserError, "UNL file"):
            other.action_make_unl()

    def test_only_who_may_be_sent_gets_into_a_file(self):
        complete, incomplete = self.make_guests("Alfa", "Beta")
        incomplete.purpose_id = False
        czech = self.make_guests("Gama", nationality_id=self.code("CZE").id)
        expected = self.make_guest("Delta")
        report = self.make_file(complete + incomplete + czech + expected)
        self.assertEqual(report.line_ids.guest_id, complete)
        with self.assertRaisesRegex(UserError, "purpose"):
            incomplete.action_make_unl()

    def test_a_held_guest_chosen_for_a_file_is_no_longer_held(self):
        guest = self.make_guests("Alfa")
        guest.action_hold()
        self.make_file(guest)
        self.assertFalse(guest.is_held)
        self.assertEqual(guest.report_state, "sending")

    def test_each_facility_has_its_own_file_and_99_guests_are_the_most(self):
        names = [
            f"Zkus{'abcdefghij'[i // 10]}{'abcdefghij'[i % 10]}" for i in range(100)
        ]
        many = self.make_guests(*names)
        second = self.env["ubyport.facility"].create(
            HOTEL | {"name": "Second", "idub": "1234567890123", "mark": "DRUHY"}
        )
        other = self.make_guests("Beta", facility_id=second.id)
        action = (many + other).with_user(self.reception).action_make_unl()
        reports = self.env["ubyport.report"].search(action["domain"])
        self.assertEqual(sorted(reports.mapped("line_count")), [1, 1, 99])
        self.assertEqual(len(set(reports.mapped("unl_filename"))), 3)
        by_file = {len(unl_reader.read(content_of(r)).guests): r for r in reports}
        self.assertEqual(set(by_file), {1, 99})
        told = unl_reader.read(
            content_of(reports.filtered(lambda r: r.facility_id == second))
        )
        self.assertEqual(told.facility.idub, "1234567890123")

    def web_application(self, report):
        """Return the receipt of the police's web application for a file of ours."""
        answer = requests.post(
            f"{self.police.address}/unl",
            files={"file": (report.unl_filename, content_of(report))},
            timeout=20,
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.content

    def test_the_police_take_the_file_and_their_receipt_closes_it(self):
        guests = self.make_guests("Müller", "Țepeș", note="pozdní | příjezd")
        guests[1].birth_year_only = True
        report = self.make_file(guests)
        paper = self.web_application(report)
        self.assertEqual(self.surnames_received(), ["MÜLLER", "ŢEPEŞ"])
        upload = self.env["ubyport.receipt.upload"].with_user(self.reception)
        upload.create({"file": base64.b64encode(paper)}).action_read()
        self.assertEqual(guests.mapped("report_state"), ["reported", "reported"])
        self.assertEqual((report.state, report.receipt_state), ("accepted", "agrees"))
        self.assertEqual(guests.mapped("light"), ["green", "green"])
        self.run_sender()
        self.assertEqual(len(self.police.records()), 2)

    def test_the_receipt_closes_a_file_and_a_refused_guest_is_open_again(self):
        guests = self.make_guests("Alfa", "Beta")
        report = self.make_file(guests)
        report._write_verdict(["accepted", "refused"])
        self.assertEqual(guests.mapped("report_state"), ["reported", "refused"])
        self.assertEqual(report.state, "partial")

    def test_a_changed_guest_goes_into_a_file_as_a_correction(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        guest.surname = "Beta"
        self.assertEqual(guest.report_state, "changed")
        told = unl_reader.read(content_of(self.make_file(guest))).guests[2]
        self.assertTrue(told.note.startswith("PŘEDCHOZÍ OZNÁMENÍ OBSAHOVALO CHYBY"))

    def test_data_changed_while_in_the_file_become_a_correction_after_the_receipt(self):
        guest = self.make_guests("Alfa")
        report = self.make_file(guest)
        guest.surname = "Beta"
        self.assertEqual(guest.report_state, "sending")
        report._write_verdict(["accepted"])
        self.assertEqual(guest.report_state, "changed")

    def test_a_file_of_ten_minutes_ago_is_not_taken_for_one_of_a_killed_process(self):
        with freeze_time("2026-11-20 08:00:00"):
            guest = self.make_guests("Alfa", arrival_date="2026-11-19")
            report = self.make_file(guest)
        with freeze_time("2026-11-20 15:00:00"):
            self.run_sender()
        self.assertEqual((report.state, guest.report_state), ("sending", "sending"))

    # Light

    def test_a_guest_in_a_file_is_never_green_before_the_receipt_and_red_when_late(
        self,
    ):
        guest = self.make_guests("Alfa")
        self.make_file(guest)
        for number, light in ((20, "amber"), (0, "amber"), (-1, "red")):
            set_deadline(guest, self.today() + days(number))
            self.assertEqual(guest.light, light)
            self.assertEqual(guest.search([("light", "=", light)]) & guest, guest)
            self.facility.invalidate_recordset()
            self.assertEqual(self.facility.light, light)
        files_of(guest)._write_verdict(["accepted"])
        self.assertEqual(guest.light, "green")

    # Discarding

    def discard(self, report, reason="Never imported", user=None):
        wizard = self.env["ubyport.unl.discard"].with_user(user or self.reception)
        action = report.with_user(user or self.reception).action_discard_unl()
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = reason
        form.record.action_confirm()

    def test_a_file_that_was_not_used_opens_its_guests_again(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Alfa")
        report = self.make_file(guest)
        self.discard(report)
        self.assertEqual(report.state, "not_sent")
        self.assertEqual(report.reason, "Never imported")
        self.assertEqual(report.unl_discarded_by_id, self.reception)
        self.assertTrue(report.unl_file)
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(len(self.police.records()), 1)

    def test_a_file_is_discarded_with_a_reason_once_and_never_after_its_receipt(self):
        report = self.make_file(self.make_guests("Alfa"))
        with self.assertRaises(UserError):
            report._discard_unl(" ")
        report._write_verdict(["accepted"])
        with self.assertRaises(UserError):
            report._discard_unl("Too late")
        by_service = self.make_guests("Beta")
        self.send(by_service)
        with self.assertRaises(UserError):
            by_service.line_ids.report_id._discard_unl("No file at all")

    def test_a_discarded_file_does_not_make_an_unknown_guest_look_unsent(self):
        self.facility.write({"automation": "immediate", "repeat_unknown": False})
        self.police.fault("cut_answer")
        guest = self.make_guests("Alfa")
        self.run_sender()
        self.assertEqual(guest.report_state, "unknown")
        self.discard(self.make_file(guest))
        self.assertEqual(guest.report_state, "unknown")
        self.run_sender()
        self.assertEqual(guest.report_state, "unknown")

    def test_files_of_a_rehearsal_say_so_and_end_with_it(self):
        guest = self.make_guests("Alfa")
        report = self.make_file(guest)
        self.assertIn("_SIMULATOR_", report.unl_filename)
        self.assertIn("rehearsal", guest.report_reason)
        facility = self.facility.with_user(self.manager)
        facility.environment = "production"
        self.assertEqual(report.state, "not_sent")
        self.assertEqual(guest.report_state, "ready")
        self.assertTrue(guest.is_held)

    def test_a_real_file_stays_open_whatever_is_rehearsed_meanwhile(self):
        facility = self.facility.with_user(self.manager)
        facility.environment = "production"
        report = self.make_file(self.make_guests("Alfa"))
        facility.environment = "simulator"
        facility.environment = "production"
        self.assertEqual(report.state, "sending")

    def test_a_real_file_counts_after_its_receipt_whatever_the_account(self):
        self.facility.write({"environment": "production", "login": False})
        guest = self.make_guests("Alfa")
        report = self.make_file(guest)
        self.assertNotIn("SIMULATOR", report.unl_filename)
        report._write_verdict(["accepted"])
        self.facility.login = "uby-ws12abc"
        self.assertEqual(guest.report_state, "reported")

    # Access

    def test_the_accountant_reads_files_and_neither_makes_nor_discards_any(self):
        guest = self.make_guests("Alfa")
        with self.assertRaises(AccessError):
            guest.with_user(self.accountant).action_make_unl()
        report = self.make_file(guest)
        read = report.with_user(self.accountant)
        self.assertTrue(read.unl_file)
        self.assertTrue(read.action_save_unl()["url"])
        with self.assertRaises(AccessError):
            read._discard_unl("By the accountant")

    def test_the_file_is_evidence(self):
        report = self.make_file(self.make_guests("Alfa"))
        for user in (self.reception, self.manager, self.env.ref("base.user_admin")):
            for values in ({"unl_file": False}, {"unl_filename": "x.unl"}):
                with self.assertRaises(AccessError):
                    report.with_user(user).write(values)


@tagged("post_install", "-at_install")
class TestUnlWayOut(HotelCase):
    """When the service cannot be used, the file is offered before the deadline."""

    def due(self, number, surname="Alfa"):
        """Return a lodged guest whose deadline lies some days from today."""
        guest = self.make_guests(surname)
        set_deadline(guest, self.today() + days(number))
        self.facility.invalidate_recordset()
        return guest

    def test_nothing_is_offered_while_the_service_works_or_there_is_time(self):
        guest = self.due(0)
        self.assertFalse(guest.unl_offered)
        self.assertEqual(self.facility.unl_due_count, 0)
        self.facility.service_state = "outage"
        later = self.due(20, "Beta")
        self.assertFalse(later.unl_offered)
        self.assertNotIn("UNL", later.report_reason)

    def test_an_outage_a_refused_account_and_no_account_offer_the_file(self):
        for number, values in enumerate(
            (
                {"service_state": "outage", "service_error": "timeout"},
                {"service_state": "access_denied"},
                {"service_state": "ok", "login": False},
            )
        ):
            guest = self.due(0, f"Alfa{'abc'[number]}")
            self.facility.write(values)
            with self.subTest(values):
                self.assertTrue(guest.unl_offered)
                self.assertIn("UNL file", guest.report_reason)
                self.assertEqual(self.facility.unl_due_count, number + 1)
                self.assertIn("UNL file", self.facility._problems()["unl"])
                self.assertIn("UNL file", self.facility.problem_text)

    def test_one_button_of_the_facility_takes_all_who_can_be_reported(self):
        self.facility.service_state = "outage"
        due, later, held = self.due(-1), self.due(20, "Beta"), self.due(0, "Gama")
        held.action_hold()
        self.make_guests("Delta", purpose_id=False)
        action = self.facility.with_user(self.reception).action_make_unl()
        report = self.env["ubyport.report"].browse(action["res_id"])
        self.assertEqual(report.line_ids.guest_id, due + later)
        self.facility.invalidate_recordset()
        self.assertEqual(self.facility.unl_due_count, 0)
        self.assertNotIn("unl", self.facility._problems())
        with self.assertRaises(UserError):
            self.facility.with_user(self.reception).action_make_unl()

    def test_the_forms_show_the_way_out_to_the_reception(self):
        self.facility.service_state = "outage"
        guest = self.due(0)
        self.assertTrue(Form(guest.with_user(self.reception)).unl_offered)
        self.assertEqual(Form(self.facility.with_user(self.reception)).unl_due_count, 1)


@tagged("post_install", "-at_install")
class TestUnlDownload(HttpCase, HotelCase):
    """A file can be saved again any time, under its prescribed name."""

    def save(self, reports):
        return self.url_open(reports.action_save_unl()["url"])

    def test_one_file_is_saved_as_it_is_and_several_as_a_zip(self):
        first, second = self.make_guests("Alfa", "Beta")
        first.action_make_unl()
        second.action_make_unl()
        reports = files_of(first + second)
        for user in (self.reception, self.accountant):
            user.password = user.login
        self.authenticate("anna.recepce", "anna.recepce")
        answer = self.save(files_of(first))
        self.assertEqual(answer.content, content_of(files_of(first)))
        self.assertIn(
            files_of(first).unl_filename, answer.headers["Content-Disposition"]
        )
        files_of(first)._write_verdict(["accepted"])
        self.authenticate("ucetni", "ucetni")
        archive = zipfile.ZipFile(io.BytesIO(self.save(reports).content))
        self.assertEqual(set(archive.namelist()), set(reports.mapped("unl_filename")))
        for report in reports:
            self.assertEqual(archive.read(report.unl_filename), content_of(report))

    def test_outsiders_get_no_files(self):
        guest = self.make_guests("Alfa")
        guest.action_make_unl()
        report = files_of(guest)
        self.env["res.users"].create(
            {"name": "Out", "login": "outsider", "password": "outsider"}
        )
        self.authenticate("outsider", "outsider")
        single = report.action_save_unl()["url"]
        for url in (single, f"/ubyport/unl?ids={report.id}"):
            answer = self.url_open(url)
            self.assertIn(answer.status_code, (403, 404), url)
            self.assertNotIn(b"ALFA", answer.content)

    def test_without_a_file_the_user_is_told(self):
        with self.assertRaises(UserError):
            self.env["ubyport.report"].action_save_unl()
