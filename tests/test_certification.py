# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import io
import zipfile
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_ubyport.models import ubyport_test_day
from odoo.addons.hotel_ubyport.ubyport import unl, unl_reader
from odoo.addons.hotel_ubyport.ubyport.soap import UbyportClient

from .common import HOTEL, PASSWORD, PoliceCase

CRON = "ir_cron_ubyport_certification"
TEST_LOGIN = "uby-tws1ab45"
# What the police hold of a person, by the column of the list which told it.
MEMBERS = {
    "cSurN": "surname",
    "cFirstN": "first_name",
    "cDate": "birth_date",
    "cNati": "nationality",
    "cDocN": "document_number",
    "cVisN": "visa_number",
    "cResi": "residence",
    "cNote": "note",
}


class CertificationCase(PoliceCase):
    """A manager with a list of invented people; the test service is the simulator's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ours = {"test": cls.police.test_endpoint, "production": "http://127.0.0.1:9/"}
        cls.startClassPatcher(patch.dict(UbyportClient.addresses, ours))
        account = {name: HOTEL[name] for name in HOTEL if name != "environment"}
        cls.police.add_account(**account | {"login": TEST_LOGIN})

    def make_run(self, size=100, seed=42):
        wizards = self.env["ubyport.certification.start"].with_user(self.manager)
        start = wizards.create(
            {"facility_id": self.facility.id, "size": size, "seed": seed}
        )
        return wizards.env["ubyport.certification"].browse(
            start.action_invent()["res_id"]
        )

    def run_certification(self):
        self.run_sender(CRON)

    def certify(self, run):
        run.action_send()
        self.run_certification()
        return run

    def use_test_service(self):
        self.facility.write({"environment": "test", "login": TEST_LOGIN})

    def states_of(self, run):
        found = run.line_ids.mapped("state")
        return {state: found.count(state) for state in set(found)}

    def allow_per_day(self, number):
        self.patch(ubyport_test_day, "PEOPLE_PER_DAY", number)


@tagged("post_install", "-at_install")
class TestCertification(CertificationCase):
    """A run from the list to the receipts (operating rules, 11.4)."""

    def test_the_list_is_seen_before_anything_is_sent(self):
        run = self.make_run()
        self.run_certification()
        self.assertEqual((run.state, len(run.line_ids)), ("draft", 100))
        self.assertEqual(self.states_of(run), {"waiting": 100})
        self.assertEqual(self.police.records(), [])

    def test_the_same_seed_makes_the_same_people(self):
        told = [
            [line._told() for line in self.make_run(seed=seed).line_ids]
            for seed in (7, 7, 8)
        ]
        self.assertEqual(told[0], told[1])
        self.assertNotEqual(told[0], told[2])

    def test_100_to_500_people_are_asked_for(self):
        for size in (0, 99, 501, 5000):
            with self.subTest(size), self.assertRaises(ValidationError):
                self.make_run(size=size)

    def test_the_police_hold_letter_by_letter_what_the_list_says(self):
        run = self.certify(self.make_run(size=120))
        self.assertEqual((run.state, run.accepted_count), ("done", 120))
        held = {
            tuple(record["fields"][member] or "" for member in MEMBERS)
            for record in self.police.records()
        }
        listed = {
            tuple(line[column] or "" for column in MEMBERS.values())
            for line in run.line_ids
        }
        self.assertEqual(held, listed)
        printed = {record["printed"]["surname"] for record in self.police.records()}
        self.assertEqual(printed, set(run.line_ids.mapped("surname")))

    def test_500_people_go_in_batches_with_a_receipt_each(self):
        run = self.certify(self.make_run(size=500))
        self.assertEqual((run.state, run.accepted_count), ("done", 500))
        self.assertEqual(len(run.batch_ids), 16)
        self.assertLessEqual(max(run.batch_ids.mapped("size")), 32)
        for batch in run.batch_ids:
            self.assertEqual(batch.state, "answered")
            self.assertTrue(batch.receipt and batch.stamp)

    def test_invented_people_never_enter_the_house_book(self):
        guests, reports = self.env["hotel.folio.guest"], self.env["ubyport.report"]
        before = guests.search_count([]), reports.search_count([])
        self.certify(self.make_run())
        self.assertEqual((guests.search_count([]), reports.search_count([])), before)

    def test_late_people_are_accepted_with_the_words_of_the_police(self):
        run = self.certify(self.make_run())
        late = run.line_ids.filtered("error_codes")
        self.assertTrue(late)
        self.assertIn("112 Oznámeno pozdě", late[0].message)

    def test_nothing_is_sent_in_the_transaction_of_the_manager(self):
        run = self.make_run()
        run.action_send()
        self.assertEqual(run.state, "queued")
        self.assertEqual(self.police.records(), [])

    def test_the_same_people_are_not_sent_twice(self):
        self.certify(self.make_run(seed=9))
        with self.assertRaisesRegex(UserError, "another seed"):
            self.make_run(seed=9).action_send()

    def test_a_list_that_was_not_sent_can_be_discarded_another_not(self):
        self.make_run().action_discard()
        self.assertFalse(self.env["ubyport.certification.line"].search([]))
        run = self.certify(self.make_run())
        with self.assertRaisesRegex(UserError, "evidence"):
            run.action_discard()


@tagged("post_install", "-at_install")
class TestCertificationFailures(CertificationCase):
    """Whatever happens on the way: nobody is lost, and nobody is sent again blindly."""

    def go_on(self):
        self.skip_waiting()
        self.run_certification()

    def test_an_unknown_outcome_is_shown_and_not_repeated_by_itself(self):
        self.police.fault("cut_answer")
        run = self.certify(self.make_run())
        self.assertEqual(self.states_of(run), {"unknown": 32, "waiting": 68})
        self.go_on()
        self.assertEqual(self.states_of(run), {"unknown": 32, "accepted": 68})
        self.assertEqual(run.state, "done")
        self.assertIn("No certain answer came about 32 people", run.message)
        self.assertEqual(len(self.police.records()), 100)

    def test_the_manager_may_send_unknown_ones_again_and_repeats_are_recognised(self):
        self.police.fault("cut_answer")
        run = self.certify(self.make_run())
        self.go_on()
        run.action_send_unknown()
        self.run_certification()
        self.assertEqual(self.states_of(run), {"duplicate": 32, "accepted": 68})
        self.assertFalse(run.message)

    def test_an_outage_waits_and_goes_on_by_itself(self):
        alive, self.facility.endpoint = self.facility.endpoint, "http://127.0.0.1:9/"
        run = self.certify(self.make_run())
        self.assertEqual(self.states_of(run), {"waiting": 100})
        self.assertIn("cannot be reached", run.message)
        self.facility.endpoint = alive
        self.go_on()
        self.assertEqual((run.state, run.accepted_count), ("done", 100))

    def test_a_fault_stops_the_run_until_the_manager_goes_on(self):
        self.police.fault("fault")
        run = self.certify(self.make_run())
        self.assertEqual(run.state, "stopped")
        self.assertIn("reported a fault", run.message)
        self.assertEqual(self.states_of(run), {"waiting": 100})
        self.run_certification()
        self.assertEqual(self.police.records(), [])
        self.certify(run)
        self.assertEqual((run.state, run.accepted_count), ("done", 100))

    def test_a_killed_process_leaves_an_unknown_batch_and_the_rest_goes_on(self):
        run = self.make_run()
        run.action_send()
        lines = run.line_ids.sorted("position")[:32]
        batch = self.env["ubyport.certification.batch"]._open(run, lines)
        self.run_certification()
        self.assertEqual(self.states_of(run), {"sending": 32, "accepted": 68})
        self.assertEqual(run.state, "queued")
        old = fields.Datetime.now() - timedelta(minutes=11)
        batch._as_evidence_writer().sent_at = old
        self.run_certification()
        self.assertEqual(self.states_of(run), {"unknown": 32, "accepted": 68})
        self.assertEqual((run.state, batch.failure), ("done", "process_stopped"))

    def test_a_wrong_password_stops_the_facility_and_is_told(self):
        self.facility.password = "Wrong2026"
        run = self.certify(self.make_run())
        self.assertEqual(self.states_of(run), {"waiting": 100})
        self.assertIn("password", run.message)
        self.facility.password = PASSWORD
        self.run_certification()
        self.assertEqual(run.state, "done")

    def test_an_answer_that_nobody_knows_is_no_success(self):
        self.police.fault("unknown_code", times=None, code=777)
        run = self.certify(self.make_run())
        self.assertEqual(run.unknown_count, 100)
        self.assertIn("777", run.line_ids[0].message)


@tagged("post_install", "-at_install")
class TestTestService(CertificationCase):
    """Only the test service, and never more than it may be told (rules, 11.2)."""

    def setUp(self):
        super().setUp()
        self.use_test_service()

    def test_the_test_service_gets_the_list(self):
        run = self.certify(self.make_run())
        self.assertEqual((run.state, run.environment), ("done", "test"))
        self.assertEqual(len(self.police.records()), 100)
        self.assertEqual(self.facility._test_people_left(), 900)

    def test_no_list_is_made_for_production(self):
        self.facility.write({"login": "uby-ws12cdef", "environment": "production"})
        with self.assertRaisesRegex(UserError, "never reach the production"):
            self.make_run()

    def test_a_list_is_not_sent_to_production(self):
        run = self.make_run()
        self.facility.write({"login": "uby-ws12cdef", "environment": "production"})
        with self.assertRaisesRegex(UserError, "never reach the production"):
            run.action_send()
        run = run.sudo()
        with self.assertRaisesRegex(UserError, "never reach the production"):
            run.action_send_unknown()

    def test_a_change_to_production_in_between_stops_the_run_in_words(self):
        run = self.make_run()
        run.action_send()
        self.facility.write({"login": "uby-ws12cdef", "environment": "production"})
        self.run_certification()
        self.assertEqual((run.state, run.failure), ("stopped", "production"))
        self.assertIn("never reach the production", run.message)
        self.assertEqual(self.police.records(), [])

    def test_another_change_of_environment_stops_the_run_in_words(self):
        run = self.make_run()
        run.action_send()
        self.facility.write({"login": HOTEL["login"], "environment": "simulator"})
        self.run_certification()
        self.assertEqual((run.state, run.failure), ("stopped", "environment_changed"))
        self.assertIn("make a new list", run.message)

    def test_the_day_ends_at_its_number_and_the_rest_goes_tomorrow(self):
        self.allow_per_day(110)
        run = self.certify(self.make_run(size=150))
        self.assertEqual(self.states_of(run), {"accepted": 110, "waiting": 40})
        self.assertIn("goes on tomorrow", run.message)
        self.run_certification()
        self.assertEqual(len(self.police.records()), 110)
        yesterday = fields.Datetime.now() - timedelta(days=1)
        run.batch_ids._as_evidence_writer().write({"sent_at": yesterday})
        self.run_certification()
        self.assertEqual((run.state, run.accepted_count), ("done", 150))

    def test_the_number_of_a_day_is_the_one_of_the_rules(self):
        self.assertEqual(ubyport_test_day.PEOPLE_PER_DAY, 1000)

    def test_ordinary_reports_to_the_test_service_count(self):
        self.allow_per_day(101)
        self.send(self.make_guests("Alfa", "Beta"))
        self.assertEqual(self.facility._test_people_left(), 99)
        run = self.certify(self.make_run())
        self.assertEqual(self.states_of(run), {"accepted": 99, "waiting": 1})

    def test_ordinary_reports_stop_at_the_same_number_and_say_why(self):
        self.allow_per_day(101)
        self.certify(self.make_run())
        guests = self.make_guests("Alfa", "Beta")
        self.send(guests)
        self.assertEqual(guests.mapped("report_state"), ["reported", "queued"])
        self.assertEqual(len(self.police.records()), 101)
        self.assertIn("goes on tomorrow", self.facility.problem_text)

    def test_all_facilities_of_the_database_share_the_day(self):
        self.allow_per_day(100)
        self.certify(self.make_run())
        company = self.env["res.company"].create({"name": "Other Hotel"})
        other = self.facility.copy(
            {"idub": "1234567890123", "company_id": company.id, "login": TEST_LOGIN}
        )
        self.assertEqual(other._test_people_left(), 0)
        self.assertFalse(other._may_send(fields.Datetime.now()))

    def test_who_surely_did_not_arrive_does_not_count(self):
        self.police.fault("fault")
        self.certify(self.make_run())
        self.assertEqual(self.facility._test_people_left(), 1000)

    def test_who_may_have_arrived_counts(self):
        self.police.fault("cut_answer")
        self.certify(self.make_run())
        self.assertEqual(self.facility._test_people_left(), 968)

    def test_a_rehearsal_does_not_count(self):
        self.facility.write({"login": HOTEL["login"], "environment": "simulator"})
        self.certify(self.make_run())
        self.assertEqual(self.facility._test_people_left(), 1000)


@tagged("post_install", "-at_install")
class TestCertificationLetter(CertificationCase):
    """The list for the police, and the letter which a person sends."""

    def compose(self, run):
        action = run.action_write_to_police()
        composers = self.env[action["res_model"]].with_user(self.manager)
        return composers.with_context(**action["context"]).create({})

    def test_the_letter_is_ready_in_czech_with_the_lists(self):
        self.use_test_service()
        run = self.certify(self.make_run())
        letter = self.compose(run)
        self.assertEqual(letter.partner_ids.mapped("email"), ["rscp.spis@pcr.cz"])
        self.assertIn("TEST WS", letter.subject)
        self.assertIn("seznam 100 smyšlených osob", letter.body)
        self.assertIn(self.facility.idub, letter.body)
        names = letter.attachment_ids.mapped("name")
        kinds = {name.rpartition(".")[2] for name in names}
        self.assertEqual({"csv", "xlsx", "unl"}, kinds)

    def test_the_letter_leaves_only_by_a_click(self):
        self.use_test_service()
        mails = self.env["mail.mail"].sudo()
        before = mails.search_count([])
        letter = self.compose(self.certify(self.make_run()))
        self.assertEqual(mails.search_count([]), before)
        letter.action_send_mail()
        self.assertEqual(mails.search_count([]), before + 1)

    def test_a_rehearsal_is_nothing_to_write_about(self):
        run = self.certify(self.make_run())
        with self.assertRaisesRegex(UserError, "rehearsal"):
            run.action_write_to_police()

    def test_a_list_which_is_not_sent_is_nothing_to_write_about(self):
        self.use_test_service()
        with self.assertRaisesRegex(UserError, "whole list"):
            self.make_run().action_write_to_police()

    def test_the_csv_says_what_was_sent(self):
        run = self.make_run()
        name, content, _mimetype = run._export("csv")
        self.assertTrue(name.endswith("smyslene_osoby.csv"))
        text = content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        lines = run.line_ids.sorted("position")
        self.assertEqual(
            [row["Příjmení"] for row in rows], [line.surname for line in lines]
        )
        self.assertEqual(
            [row["Datum narození"] for row in rows], lines.mapped("birth_date")
        )

    def test_the_workbook_holds_everybody_as_text(self):
        run = self.make_run()
        _name, content, _mimetype = run._export("xlsx")
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            texts = book.read("xl/sharedStrings.xml").decode()
        self.assertEqual(sheet.count("<row "), 101)
        self.assertNotIn("<f>", sheet)
        self.assertIn(run.line_ids[0].document_number, texts)

    def test_the_unl_files_hold_everybody_as_the_web_application_takes_them(self):
        run = self.make_run(size=250)
        files = run._unl_files()
        self.assertEqual(len(files), 3)
        readings = [unl_reader.read(content) for content in files.values()]
        read = [guest for reading in readings for guest in reading.guests.values()]
        lines = run.line_ids.sorted("position")
        self.assertEqual(read, [unl.as_written(line._told()) for line in lines])
        _name, content, _mimetype = run._export("unl")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.assertEqual(archive.namelist(), list(files))


@tagged("post_install", "-at_install")
class TestCertificationAccess(CertificationCase, HttpCase):
    """Runs are evidence, and the manager's business."""

    def test_the_manager_changes_no_run_by_hand(self):
        run = self.make_run()
        for attempt in (
            lambda: run.write({"state": "done"}),
            lambda: run.create({"facility_id": self.facility.id}),
            lambda: run.unlink(),
            lambda: run.line_ids.write({"state": "accepted"}),
            lambda: run.sudo().write({"state": "done"}),
            lambda: run.line_ids.sudo().unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_reception_and_accountant_have_no_part_in_it(self):
        run = self.make_run()
        for user in (self.reception, self.accountant):
            theirs = run.with_user(user)
            for name in (
                "action_send",
                "action_send_unknown",
                "action_discard",
                "action_write_to_police",
            ):
                with self.subTest(user.login, name=name):
                    with self.assertRaises(AccessError):
                        getattr(theirs, name)()

    def test_lists_are_downloaded_by_the_manager_only(self):
        run = self.make_run()
        for login, status in (("reditel", 200), ("anna.recepce", 403)):
            self.authenticate(login, login)
            for kind in ("csv", "xlsx", "unl"):
                url = f"/ubyport/certification/{run.id}/{kind}"
                with self.subTest(login, kind=kind):
                    self.assertEqual(self.url_open(url).status_code, status)
