# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many questions the database is asked, whatever the number of guests."""

import itertools
import string
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.tests import tagged

from ..models import ubyport_sender_batches
from .common import HotelCase, PoliceCase

LISTED = ("display_name", "light", "report_state", "reported_at", "report_reason")
CARD = ("name", "light", "red_count", "amber_count", "service_message")
# Questions, whatever the number of guests; of a batch, savepoints of the tests among
# them, and its receipt.
CHECK_IN, BOARD, GUEST_LIST, EACH_BATCH = 13, 3, 5, 30


TRIPLES = itertools.cycle(itertools.product(string.ascii_lowercase, repeat=3))


def surnames(number):
    """Return so many surnames, others each time: a repeat would be a duplicate."""
    return ["Muster" + "".join(three) for three in itertools.islice(TRIPLES, number)]


class Counting:
    """Counts the questions of a piece of work that begins with an empty cache."""

    def forget(self):
        self.env.flush_all()
        self.env.invalidate_all()

    def count(self, work):
        self.forget()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def assertAsksAtMost(self, number, work):
        self.forget()
        with self.assertQueryCount(number):
            work()


@tagged("post_install", "-at_install")
class TestQueryCounts(Counting, HotelCase):
    def setUp(self):
        super().setUp()
        self.facility.automation = "immediate"
        # Odoo's own caches are filled once.
        self.count(self.arrivals(1).action_check_in_guests)

    def arrivals(self, number):
        """Return a folio, as the receptionist sees it, of so many arriving guests."""
        folio = self.make_folio(user=self.reception)
        for index, surname in enumerate(surnames(number)):
            self.make_guest(surname, folio=folio, document_number=f"C{index:08d}")
        return folio

    def test_a_check_in_of_many_guests_asks_no_more_than_that_of_one(self):
        for number in (1, 10, 100):
            with self.subTest(guests=number):
                folio = self.arrivals(number)
                self.assertAsksAtMost(CHECK_IN, folio.action_check_in_guests)

    def test_the_number_on_every_screen_is_one_grouped_query_over_guests(self):
        self.make_guests("Muster", "Beispiel")
        facilities = self.env["ubyport.facility"].with_user(self.reception)
        facilities.get_alarm_counts()
        # The guests, and the state of the facilities found.
        self.assertAsksAtMost(2, facilities.get_alarm_counts)

    def test_the_board_asks_no_more_for_many_guests_than_for_few(self):
        facilities = self.env["ubyport.facility"].with_user(self.reception)
        card = {name: {} for name in CARD}
        facilities.web_search_read([], card)
        for number in (1, 30):
            self.make_guests(*surnames(number))
            self.assertAsksAtMost(BOARD, lambda: facilities.web_search_read([], card))

    def test_the_list_of_guests_asks_no_more_for_many_than_for_few(self):
        guests = self.env["hotel.folio.guest"].with_user(self.reception)
        columns = {name: {} for name in LISTED}
        guests.web_search_read([], columns, limit=80)
        for number in (1, 30):
            self.make_guests(*surnames(number))
            self.assertAsksAtMost(
                GUEST_LIST, lambda: guests.web_search_read([], columns, limit=80)
            )

    def test_a_list_of_reports_counts_all_its_guests_at_once(self):
        guests = self.make_guests(*(f"Muster{letter}" for letter in "abcdefghij"))
        reports = self.env["ubyport.report"]
        for guest in guests:
            reports |= reports._open_batch(self.facility, guest, [guest._to_wire()])
        few = self.count(lambda: reports[:2].mapped("line_count"))
        many = self.count(lambda: reports.mapped("line_count"))
        self.assertEqual(many, few)

    def test_lists_of_history_do_not_count_all_of_it(self):
        for model in ("hotel.folio.guest", "ubyport.report"):
            view = self.env[model].get_view(view_type="list")
            self.assertEqual(etree.fromstring(view["arch"]).get("count_limit"), "1000")

    def test_a_folio_without_guests_is_saved_without_a_question_about_guests(self):
        folio = self.make_folio()
        self.env.flush_all()
        with self.assertNoGuestQueries():
            folio.room_line_ids.discount = 5
            self.env.flush_all()

    def preview_of(self, number):
        """Return the preview of so many guests, each with something to complete."""
        guests = self.make_guests(*surnames(number), purpose_id=False)
        wizards = self.env["ubyport.export"].with_user(self.reception)
        context = {"active_model": guests._name, "active_ids": guests.ids}
        return wizards.with_context(**context)

    def test_a_preview_asks_no_more_for_many_guests_than_for_few(self):
        self.preview_of(1).get_preview()
        few = self.count(self.preview_of(100).get_preview)
        self.assertLessEqual(few, 40)
        self.assertAsksAtMost(few, self.preview_of(1000).get_preview)

    def assertNoGuestQueries(self):
        return NoQueriesAbout(self, "hotel_folio_guest", "ubyport_")


class NoQueriesAbout:
    """Fails when a query names one of these words."""

    def __init__(self, case, *words):
        self.case, self.words = case, words

    def __enter__(self):
        self.logs = self.case.assertLogs("odoo.sql_db", "DEBUG")
        self.found = self.logs.__enter__()
        self.case.env.cr.execute("SELECT 1")

    def __exit__(self, *failure):
        self.logs.__exit__(*failure)
        asked = [
            line for line in self.found.output if any(w in line for w in self.words)
        ]
        self.case.assertFalse(asked)


@tagged("post_install", "-at_install")
class TestBatchQueries(Counting, PoliceCase):
    """What a batch costs: claimed, kept, settled, its receipt read."""

    def setUp(self):
        super().setUp()
        self.facility.lists_refreshed_at = fields.Datetime.now()
        self.run_of(1)()

    def run_of(self, number):
        """Return the work of sending so many guests."""
        self.make_guests(*surnames(number))._enqueue(fields.Datetime.now())
        return self.run_sender

    def test_a_batch_of_many_guests_asks_no_more_than_that_of_one(self):
        few = self.count(self.run_of(1))
        self.assertEqual(self.count(self.run_of(32)), few)

    def test_each_batch_more_asks_a_fixed_number_of_questions(self):
        # Open screens are called by the clock: here only at the end.
        with patch.object(ubyport_sender_batches, "TELL_PAUSE", float("inf")):
            one = self.count(self.run_of(32))
            self.assertAsksAtMost(one + 2 * EACH_BATCH, self.run_of(96))
