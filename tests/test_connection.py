# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import ubyport_facility_connection
from .common import LOGIN, PASSWORD, HotelCase, PoliceCase

DEAD = "http://127.0.0.1:9/ws_uby/ws_uby.svc"
TECHNICAL = ("Traceback", "Error", "Exception", PASSWORD, "Wrong2026", "None")


class Page(BaseHTTPRequestHandler):
    """A web server which has a page for everything."""

    def do_POST(self):
        body = b"<html><body>Welcome!</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def stranger():
    """Serve something else than the police; yield its address."""
    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ws_uby/ws_uby.svc"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class ConnectionCase:
    """What the button of the connection test says."""

    def ask(self):
        """Press the button as the manager; return (kind, words) of what is shown."""
        action = self.facility.with_user(self.manager).action_test_connection()
        return action["params"]["type"], action["params"]["message"]

    def assert_says(self, words, *, code):
        """Expect the test to fail in these words, and its outcome to be kept."""
        kind, said = self.ask()
        self.assertEqual(kind, "danger")
        self.assertIn(words, said)
        for technical in TECHNICAL:
            self.assertNotIn(technical, said)
        self.assertEqual(self.facility.connection_code, code)
        self.assertEqual(self.facility.connection_text, said)
        self.assertEqual(self.facility.connection_tested_by_id, self.manager)
        self.assertTrue(self.facility.connection_tested_at)
        self.assertFalse(self.facility.connection_works)


@tagged("post_install", "-at_install")
class TestConnectionWithoutService(ConnectionCase, HotelCase):
    """What is wrong before anybody answers."""

    def test_what_is_not_filled_in_is_asked_for(self):
        for missing in ({"login": False}, {"endpoint": False}):
            with self.subTest(missing), self.cr.savepoint() as undo:
                self.facility.write(missing)
                self.assert_says("Fill in", code="account_missing")
                undo.rollback()
            self.env.invalidate_all()

    def test_a_login_to_the_web_application_is_not_even_tried(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE ubyport_facility SET login = 'ub1234567'")
        self.env.invalidate_all()
        self.assert_says("login to the web application", code="login")

    def test_an_address_where_nobody_listens(self):
        self.facility.endpoint = DEAD
        self.assert_says("cannot be reached", code="no_connection")

    def test_every_code_of_a_question_has_its_words(self):
        for code, words in ubyport_facility_connection.CONNECTION_TEXTS.items():
            with self.subTest(code):
                self.facility.connection_code = code
                self.facility.connection_detail = "HTTP 404"
                self.assertTrue(self.facility.connection_text)
                self.assertNotIn("%(", self.facility.connection_text)
                self.assertTrue(words)

    def test_something_else_answers_at_the_address(self):
        with stranger() as address:
            self.facility.endpoint = address
            self.assert_says("page instead of data", code="no_service")

    def test_a_line_which_is_not_secure_although_it_should_be(self):
        with stranger() as address:
            self.facility.endpoint = address.replace("http:", "https:")
            self.assert_says("Secure line (TLS)", code="tls")

    def test_the_outcome_belongs_to_what_was_tested(self):
        for values in (
            {"login": "uby-ws99demo"},
            {"password": "Nova2026"},
            {"endpoint": "http://localhost:9/x"},
        ):
            with self.subTest(values):
                self.facility.write({"connection_code": "works"})
                self.facility.write(values)
                self.assertFalse(self.facility.connection_code)
        self.facility.connection_code = "works"
        self.facility.street = "Jiná"
        self.assertTrue(self.facility.connection_works)


@tagged("post_install", "-at_install")
class TestConnectionToService(ConnectionCase, PoliceCase):
    """What the service's own behaviour means."""

    def failing(self, kind, **options):
        self.police.fault(kind, method="TestDostupnosti", **options)

    def test_a_working_connection_is_noted_and_ends_a_denial(self):
        self.facility.service_state = "access_denied"
        kind, said = self.ask()
        self.assertEqual(kind, "success")
        self.assertIn("connection works", said)
        self.assertIn("shows only with the first report", said)
        self.assertTrue(self.facility.connection_works)
        self.assertEqual(self.facility.connection_tested_by_id, self.manager)
        self.assertEqual(self.facility.service_state, "ok")
        self.assertEqual(self.police.records(), [], "nothing was reported")

    def test_a_wrong_password_is_asked_once_and_stops_the_facility(self):
        self.facility.password = "Wrong2026"
        self.assert_says("refused the login or the password", code="unauthorized")
        self.assertEqual(self.facility.service_state, "access_denied")
        self.assertEqual(self.police.called("login_wrong_password"), 1)

    def test_an_unknown_account_is_a_question_of_the_login(self):
        self.facility.login = "uby-ws99demo"
        self.assert_says("account for the web service", code="unauthorized")

    def test_the_service_lies_at_another_end_of_the_address(self):
        self.facility.endpoint = self.police.address + "/nowhere"
        kind, said = self.ask()
        self.assertEqual(kind, "danger")
        self.assertIn("/ws_uby/ws_uby.svc", said)
        self.assertIn("404", said)

    def test_the_back_end_is_down_although_the_login_is_right(self):
        self.failing("backend_down")
        self.assert_says("Login and password are right", code="service_unavailable")
        self.assertEqual(self.facility.service_state, "ok")

    def test_a_page_of_maintenance_instead_of_an_answer(self):
        self.failing("html_page")
        self.assert_says("page instead of data", code="no_service")

    def test_no_answer_in_time(self):
        # Odoo's tests wait for ten seconds at least, whatever was asked for.
        self.failing("hang", seconds=12)
        with patch.object(ubyport_facility_connection, "PATIENCE", 1.0):
            self.assert_says("did not answer in time", code="timeout")

    def test_the_line_is_cut(self):
        for kind in ("drop_before", "cut_answer"):
            with self.subTest(kind):
                self.failing(kind)
                self.assert_says("hung up", code="cut")

    def test_the_service_breaks_down(self):
        self.failing("server_error")
        self.assert_says("broke down", code="server_error")
        self.failing("fault")
        self.assert_says("fault of its own", code="fault")

    def test_a_test_that_fails_does_not_call_the_service_working(self):
        self.facility.endpoint = DEAD
        self.facility.service_state = "access_denied"
        self.ask()
        self.assertEqual(self.facility.service_state, "access_denied")

    def test_a_failure_that_passed_is_replaced_by_the_next_test(self):
        self.failing("server_error")
        self.ask()
        self.assertEqual(self.ask()[0], "success")
        self.assertTrue(self.facility.connection_works)


@tagged("post_install", "-at_install")
class TestQuestionsToService(PoliceCase):
    """The other buttons which ask the service for something."""

    def test_the_code_lists_are_read_from_the_service(self):
        germany = self.code("DEU")
        germany.name_cs = "Něco jiného"
        action = self.facility.with_user(self.manager).action_refresh_lists()
        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(germany.name_cs, "Spolková republika Německo")
        self.assertTrue(self.facility.lists_refreshed_at)
        self.assertEqual(self.facility.max_batch, 32)

    def test_lists_that_cannot_be_read_leave_the_old_ones(self):
        before = self.env["ubyport.country"].search_count([])
        for kind in ("fault", "html_page", "server_error", "cut_answer"):
            self.police.fault(kind, method="DejMiCiselnik")
            with self.subTest(kind), self.assertRaises(UserError) as caught:
                self.facility.action_refresh_lists()
            self.assertNotIn("Traceback", str(caught.exception))
        self.assertEqual(self.env["ubyport.country"].search_count([]), before)
        self.assertFalse(self.facility.lists_refreshed_at)

    def test_a_failure_is_told_in_words(self):
        self.facility.password = "Wrong2026"
        for action in ("action_refresh_lists", "action_compare_wsdl"):
            with self.subTest(action), self.assertRaises(UserError) as caught:
                getattr(self.facility, action)()
            self.assertIn("login or the password", str(caught.exception))
            self.assertNotIn(LOGIN, str(caught.exception))

    def test_only_the_manager_may_ask_the_service(self):
        for user in (self.accountant, self.reception):
            for action in (
                "action_test_connection",
                "action_refresh_lists",
                "action_compare_wsdl",
            ):
                with (
                    self.subTest(user.login, action=action),
                    self.assertRaises(AccessError),
                ):
                    getattr(self.facility.with_user(user), action)()
