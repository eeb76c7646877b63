# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging
from contextlib import nullcontext
from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from ..models.ubyport_document_checker import TIMES
from ..models.ubyport_document_messages import NUMBER_TEXTS
from ..ubyport import invalid_documents
from .common import PoliceCase

METHOD = "doklady.aspx"
LISTED, FREE = "987654321", "987650000"
OLD_LISTED = "ab 123456"


class DocumentCase(PoliceCase):
    """A hotel whose facility looks documents up in the simulator's list."""

    def setUp(self):
        super().setUp()
        self.facility.document_check = "button"
        self.Check = self.env["ubyport.document.check"]
        self.startPatcher(patch.dict(TIMES, timeout=1.0, pause=0.0))

    def make_czech(self, number=FREE, user=None, folio=None, **values):
        folio = folio or self.make_folio(user=user)
        czech = {
            "surname": "Zkušební",
            "nationality_id": self.code("CZE").id,
            "document_type": "id_card",
            "document_number": number,
        }
        return self.make_guest(folio=folio, **(czech | values))

    def look_up(self, guest):
        """Press the button and let the scheduled action run."""
        action = guest.action_check_document()
        self.run_checker()
        return action["params"]

    def run_checker(self):
        cron = self.env.ref("hotel_ubyport.ir_cron_ubyport_documents")
        shared = isinstance(self, HttpCase)
        with nullcontext() if shared else self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def questions(self):
        """Return how many questions the list was asked."""
        return self.police._call("GET", "/control/state")["counters"].get(METHOD, 0)

    def break_down(self, kind, **options):
        self.police.fault(kind, method=METHOD, **options)


@tagged("post_install", "-at_install")
class TestAnswers(DocumentCase):
    """What the reception reads after the list has answered."""

    def test_a_document_which_is_not_listed_is_green_and_not_called_valid(self):
        guest = self.make_czech()
        self.look_up(guest)
        self.assertEqual(
            (guest.document_state, guest.document_light), ("clear", "green")
        )
        self.assertIn("does not prove", guest.document_message)
        self.assertEqual(guest.document_check_id.list_date, date.today())

    def test_a_hit_is_red_and_says_since_when_and_what_to_do(self):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        self.assertEqual(
            (guest.document_state, guest.document_light), ("listed", "red")
        )
        check = guest.document_check_id
        self.assertEqual((check.kind, check.number), ("id_card", LISTED))
        self.assertEqual(check.listed_since, date(2024, 4, 3))
        for words in ("04/03/2024", "another document", "Do not keep", "158"):
            self.assertIn(words, guest.document_message)

    def test_a_hit_without_a_date_is_a_hit(self):
        guest = self.make_czech(OLD_LISTED)
        self.look_up(guest)
        self.assertEqual(guest.document_state, "listed")
        self.assertEqual(guest.document_check_id.number, "123456AB")
        self.assertFalse(guest.document_check_id.listed_since)

    def test_a_passport_is_asked_for_as_a_passport(self):
        guest = self.make_czech("8765-4321", document_type="passport")
        self.look_up(guest)
        self.assertEqual(guest.document_state, "listed")

    def test_a_malformed_number_is_said_while_typing_and_never_asked_for(self):
        guest = self.make_czech("12345")
        self.assertEqual(guest.document_state, "malformed")
        self.assertIn("nine digits", guest.document_message)
        shown = self.look_up(guest)
        self.assertEqual(shown["type"], "warning")
        self.assertEqual(shown["message"], guest.document_message)
        self.assertEqual(self.questions(), 0)

    def test_the_number_of_an_identity_card_as_passport_names_the_right_kind(self):
        guest = self.make_czech(document_type="passport")
        self.assertIn("looks like an identity card", guest.document_message)

    def test_a_question_which_the_list_refuses_is_not_repeated(self):
        guest = self.make_czech()
        self.break_down("question_refused")
        self.look_up(guest)
        self.assertEqual(guest.document_state, "refused")
        self.assertEqual(guest.document_light, "amber")
        self.assertIn("nemá správný tvar", guest.document_message)
        self.run_checker()
        self.assertEqual(self.questions(), 1)
        self.assertFalse(self.facility.document_next_try_at)

    def test_an_edit_of_the_number_leads_back_to_the_beginning(self):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        guest.document_number = FREE
        self.assertFalse(guest.document_state)
        guest.document_number = f" {LISTED} "
        self.assertEqual(guest.document_state, "listed")

    def test_the_kinds_of_findings_all_have_words(self):
        self.assertEqual(set(NUMBER_TEXTS), set(invalid_documents.NUMBER_FINDINGS))


@tagged("post_install", "-at_install")
class TestAsking(DocumentCase):
    """When the list is asked, and when it is not."""

    def test_the_button_only_marks_the_guest(self):
        guest = self.make_czech()
        shown = guest.action_check_document()["params"]
        self.assertEqual(shown["type"], "info")
        self.assertEqual(guest.document_state, "waiting")
        self.assertEqual(self.questions(), 0)

    def test_a_foreign_document_is_not_covered_and_the_button_says_so(self):
        guest = self.make_guest()
        shown = self.look_up(guest)
        self.assertIn("Czech documents only", shown["message"])
        self.assertFalse(guest.document_state)
        self.assertEqual(self.questions(), 0)

    def test_without_nationality_or_with_another_kind_the_button_says_what_is_missing(
        self,
    ):
        guest = self.make_czech(nationality_id=False)
        self.assertIn("nationality", self.look_up(guest)["message"])
        guest = self.make_czech(document_type="other")
        self.assertIn("identity cards and passports", self.look_up(guest)["message"])

    def test_a_document_is_asked_for_once_a_day_however_many_guests_have_it(self):
        first, second = self.make_czech(LISTED), self.make_czech("987 654 321")
        self.look_up(first)
        self.look_up(second)
        shown = self.look_up(first)
        self.assertEqual(self.questions(), 1)
        self.assertEqual(first.document_check_id, second.document_check_id)
        self.assertEqual(shown["message"], first.document_message)

    def test_the_next_day_it_is_asked_for_again_and_the_old_answer_stays_till_then(
        self,
    ):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        old = guest.document_check_id
        old.sudo().asked_on -= timedelta(days=1)
        guest.action_check_document()
        self.assertEqual(guest.document_state, "listed")
        self.run_checker()
        self.assertNotEqual(guest.document_check_id, old)
        self.assertEqual(self.questions(), 2)

    def test_at_check_in_nothing_is_asked_unless_the_manager_wants_it(self):
        guest = self.make_czech(LISTED)
        guest.action_check_in()
        self.run_checker()
        self.assertFalse(guest.document_state)
        self.assertEqual(self.questions(), 0)

    def test_automatic_asks_after_check_in_and_not_before(self):
        self.facility.document_check = "automatic"
        guest = self.make_czech(LISTED)
        self.assertFalse(guest.document_state)
        guest.action_check_in()
        self.assertEqual(guest.document_state, "waiting")
        self.assertEqual(self.questions(), 0)
        self.run_checker()
        self.assertEqual(guest.document_state, "listed")
        guest.note = "late arrival"
        self.assertFalse(guest.document_wanted_at)

    def test_automatic_asks_for_a_number_typed_after_check_in(self):
        self.facility.document_check = "automatic"
        guest = self.make_czech(False)
        guest.action_check_in()
        self.assertFalse(guest.document_wanted_at)
        guest.document_number = FREE
        self.run_checker()
        self.assertEqual(guest.document_state, "clear")

    def test_automatic_leaves_foreigners_and_malformed_numbers_alone(self):
        self.facility.document_check = "automatic"
        guests = self.make_guest() + self.make_czech("12345")
        guests.action_check_in()
        self.assertFalse(any(guests.mapped("document_wanted_at")))

    def test_automatic_check_in_of_many_asks_the_database_no_more_than_that_of_one(
        self,
    ):
        self.facility.document_check = "automatic"
        self.check_in_count(1)  # fills what is cached for the whole process
        self.assertEqual(self.check_in_count(10), self.check_in_count(1))

    def check_in_count(self, number):
        folio = self.make_folio()
        for index in range(number):
            self.make_czech(f"98765000{index}", folio=folio)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        folio.action_check_in_guests()
        self.env.flush_all()
        self.assertTrue(all(folio.guest_ids.mapped("document_wanted_at")))
        return self.env.cr.sql_log_count - before

    def test_switched_off_there_is_no_state_and_the_button_says_so(self):
        self.facility.document_check = "off"
        guest = self.make_czech("12345")
        self.assertFalse(guest.document_state)
        self.assertIn("switched off", self.look_up(guest)["message"])

    def test_a_mark_whose_number_was_spoilt_meanwhile_is_taken_off(self):
        guest = self.make_czech()
        guest.action_check_document()
        guest.document_number = "1"
        self.run_checker()
        self.assertFalse(guest.document_wanted_at)
        self.assertEqual(self.questions(), 0)

    def test_who_leaves_or_whose_hotel_switches_it_off_no_longer_waits(self):
        leaving, other = self.make_czech(), self.make_czech(LISTED)
        for guest in (leaving, other):
            guest.action_check_in()
            guest.action_check_document()
        leaving.action_check_out()
        self.assertFalse(leaving.document_wanted_at)
        self.facility.document_check = "off"
        self.assertFalse(other.document_wanted_at)

    def test_production_asks_the_ministry_the_simulator_itself_and_test_nobody(self):
        facility = self.facility
        self.assertEqual(
            facility._documents_address(),
            f"{self.police.address}/neplatne-doklady/doklady.aspx",
        )
        facility.endpoint = False
        self.assertFalse(facility._documents_address())
        facility.write({"environment": "production", "login": "uby-ws12demo"})
        self.assertEqual(facility._documents_address(), invalid_documents.ADDRESS)

    def test_in_the_test_environment_the_button_says_that_there_is_no_test_list(self):
        self.facility.write({"environment": "test", "login": False})
        guest = self.make_czech()
        self.assertIn("no test service", self.look_up(guest)["message"])
        self.assertFalse(guest.document_wanted_at)

    def test_an_answer_of_the_simulator_does_not_count_in_production(self):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        self.facility.environment = "production"
        self.assertFalse(guest.document_state)


@tagged("post_install", "-at_install")
class TestOutage(DocumentCase):
    """An unreachable list blocks nobody and says when it will be tried again."""

    def assertOutage(self, guest, code):
        self.run_checker()
        self.assertEqual(self.facility.document_error, code)
        self.assertEqual(guest.document_state, "waiting")
        self.assertIn("The next try is at", guest.document_message)
        self.assertTrue(guest.checked_in_at)

    def want(self):
        self.facility.document_check = "automatic"
        guest = self.make_czech(LISTED)
        guest.action_check_in()
        return guest

    def test_every_breakdown_makes_the_guest_wait_and_is_overcome(self):
        guest = self.want()
        for kind, code, options in (
            ("list_down", "fault", {}),
            ("other_document", "no_answer", {}),
            ("html_page", "no_answer", {}),
            ("server_error", "http_status", {}),
            ("drop_before", "no_connection", {}),
            ("hang", "no_answer", {"seconds": 20}),
        ):
            with self.subTest(kind):
                self.break_down(kind, **options)
                self.assertOutage(guest, code)
                self.let_wait_pass()
        self.run_checker()
        self.assertEqual(guest.document_state, "listed")
        self.assertFalse(self.facility.document_error)
        self.assertFalse(self.facility.document_service_message)

    def let_wait_pass(self):
        self.facility.document_next_try_at = fields.Datetime.now() - timedelta(
            minutes=1
        )

    def test_until_the_next_try_nobody_is_asked_for(self):
        guest = self.want()
        self.break_down("list_down", times=None)
        self.run_checker()
        other = self.make_czech()
        other.action_check_in()
        self.run_checker()
        self.assertEqual(self.questions(), 1)
        self.assertEqual((guest + other).mapped("document_state"), ["waiting"] * 2)

    def test_after_an_outage_the_others_of_the_run_are_spared(self):
        first, second = self.want(), self.want()
        self.break_down("list_down", times=None)
        self.run_checker()
        self.assertEqual(self.questions(), 1)
        self.assertTrue(first.document_wanted_at and second.document_wanted_at)

    def test_each_failure_waits_longer(self):
        self.want()
        self.break_down("list_down", times=None)
        waits = []
        for _try in range(3):
            self.run_checker()
            waits.append(self.facility.document_next_try_at - fields.Datetime.now())
            self.let_wait_pass()
        self.assertEqual(waits, sorted(waits))
        self.assertGreater(waits[-1], timedelta(minutes=4))

    def test_another_address_is_tried_at_once(self):
        guest = self.want()
        self.facility.endpoint = "http://127.0.0.1:9/ws_uby/ws_uby.svc"
        self.assertOutage(guest, "no_connection")
        self.facility.endpoint = self.police.endpoint
        self.run_checker()
        self.assertEqual(guest.document_state, "listed")

    def test_reporting_of_foreigners_does_not_notice(self):
        self.want()
        self.break_down("list_down", times=None)
        foreigner = self.make_guests("Müller")
        self.run_checker()
        self.send(foreigner)
        self.assertEqual(foreigner.report_state, "reported")
        self.assertEqual(self.facility.service_state, "ok")

    def test_no_number_gets_into_the_log(self):
        guest = self.want()
        self.break_down("html_page")
        with self.assertLogs(level=logging.INFO) as log:
            logging.getLogger().info("At least this.")
            self.run_checker()
        self.assertNotIn(guest.document_number, "\n".join(log.output))


@tagged("post_install", "-at_install")
class TestAlert(DocumentCase):
    """A hit alerts the reception and accuses nobody."""

    def activities(self, guest):
        kind = self.env.ref("hotel_ubyport.mail_activity_type_ubyport_document")
        return guest.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def test_the_receptionist_gets_one_activity_which_ends_with_a_better_answer(self):
        guest = self.make_czech(LISTED, user=self.reception)
        self.look_up(guest)
        self.assertEqual(self.activities(guest).user_id, self.reception)
        guest.document_check_id.sudo().asked_on -= timedelta(days=1)
        self.look_up(guest)
        self.assertEqual(len(self.activities(guest)), 1)
        guest.document_number = FREE
        self.look_up(guest)
        self.assertFalse(self.activities(guest))

    def test_the_folio_names_the_guest_until_check_out(self):
        guest = self.make_czech(LISTED)
        folio = guest.folio_id
        self.assertFalse(folio.document_alert)
        guest.action_check_in()
        self.look_up(guest)
        self.assertIn(guest.display_name, folio.document_alert)
        guest.action_check_out()
        self.assertFalse(folio.document_alert)

    def test_receptionists_of_the_company_get_a_notice_and_others_none(self):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        told = self.notified()
        self.assertIn(self.reception, told)
        self.assertIn(self.manager, told)
        self.assertNotIn(self.accountant, told)

    def test_a_clear_answer_disturbs_nobody(self):
        guest = self.make_czech(FREE)
        self.look_up(guest)
        self.assertFalse(self.notified())

    def notified(self):
        """Return the users on whose screens a notice was put."""
        messages = self.env["bus.bus"].search([("message", "like", "simple_notif")])
        partners = {json.loads(message.channel)[-1] for message in messages}
        return self.env["res.users"].search([("partner_id", "in", list(partners))])


@tagged("post_install", "-at_install")
class TestPeopleAndRetention(DocumentCase):
    """Who may what, and how long answers are kept."""

    def test_a_receptionist_looks_up_and_reads_the_answer(self):
        guest = self.make_czech(LISTED, user=self.reception).with_user(self.reception)
        self.look_up(guest)
        self.assertEqual(guest.document_state, "listed")
        self.assertEqual(guest.document_check_id.number, LISTED)
        with self.assertRaises(AccessError):
            guest.document_check_id.write({"state": "clear"})
        with self.assertRaises(AccessError):
            guest.document_check_id.unlink()

    def test_nobody_sets_an_answer_by_hand(self):
        guest = self.make_czech().with_user(self.manager)
        for values in ({"document_check_id": False}, {"document_wanted_at": False}):
            with self.assertRaises(AccessError):
                guest.write(values)

    def test_an_accountant_sees_the_result_but_asks_nothing(self):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        guest = guest.with_user(self.accountant)
        self.assertEqual(guest.document_state, "listed")
        with self.assertRaises(AccessError):
            guest.action_check_document()
        with self.assertRaises(AccessError):
            guest.document_check_id.read(["number"])

    def test_everybody_opens_the_forms_with_a_hit(self):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        for user in (self.reception, self.accountant, self.manager):
            for record in (guest, guest.folio_id, self.facility):
                with self.subTest(user.login, model=record._name):
                    self.assertTrue(Form(record.with_user(user)))

    def test_only_a_manager_chooses_when_documents_are_looked_up(self):
        with self.assertRaises(AccessError):
            self.facility.with_user(self.reception).document_check = "automatic"
        self.facility.with_user(self.manager).document_check = "automatic"

    def test_a_manager_may_forget_an_answer(self):
        guest = self.make_czech(LISTED)
        self.look_up(guest)
        guest.document_check_id.with_user(self.manager).unlink()
        self.assertFalse(guest.document_state)

    def test_answers_are_forgotten_after_a_week_but_not_while_the_guest_is_here(self):
        gone, here = self.make_czech(LISTED), self.make_czech(FREE)
        (gone + here).action_check_in()
        for guest in (gone, here):
            self.look_up(guest)
        gone.action_check_out()
        checks = (gone + here).document_check_id
        self.Check._forget_old()
        self.assertEqual(checks.exists(), checks)
        checks.sudo().write({"asked_on": fields.Date.today() - timedelta(days=8)})
        self.Check._forget_old()
        self.assertEqual(checks.exists(), here.document_check_id)
        self.assertFalse(gone.document_state)

    def test_a_guest_whom_nobody_checked_out_does_not_keep_it_for_ever(self):
        guest = self.make_czech(LISTED)
        guest.action_check_in()
        self.look_up(guest)
        guest.departure_date = fields.Date.today() - timedelta(days=8)
        guest.document_check_id.sudo().asked_on -= timedelta(days=20)
        self.Check._forget_old()
        self.assertFalse(guest.document_check_id)
