# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many questions the database is asked, whatever the number of guests."""

from odoo.tests import tagged

from .common import HotelCase


@tagged("post_install", "-at_install")
class TestQueryCounts(HotelCase):
    def setUp(self):
        super().setUp()
        self.facility.automation = "immediate"
        # Odoo's own caches are filled once.
        self.check_in_count(1)

    def check_in_count(self, number):
        """Return the number of queries which a check-in of so many guests takes."""
        folio = self.make_folio(user=self.reception)
        for index in range(number):
            surname = f"Muster{chr(ord('a') + index)}"
            self.make_guest(surname, folio=folio, document_number=f"C{index:08d}")
        return self.count(folio.action_check_in_guests)

    def count(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_a_check_in_of_many_guests_asks_no_more_than_that_of_one(self):
        self.assertEqual(self.check_in_count(20), self.check_in_count(1))

    def test_the_number_on_every_screen_is_one_grouped_query_over_guests(self):
        self.make_guests("Muster", "Beispiel")
        facilities = self.env["ubyport.facility"].with_user(self.reception)
        facilities.get_alarm_counts()
        self.env.flush_all()
        self.env.invalidate_all()
        # The guests, and the state of the facilities found.
        with self.assertQueryCount(2):
            facilities.get_alarm_counts()

    def test_a_list_of_reports_counts_all_its_guests_at_once(self):
        guests = self.make_guests(*(f"Muster{letter}" for letter in "abcdefghij"))
        reports = self.env["ubyport.report"]
        for guest in guests:
            reports |= reports._open_batch(self.facility, guest, [guest._to_wire()])
        few = self.count(lambda: reports[:2].mapped("line_count"))
        many = self.count(lambda: reports.mapped("line_count"))
        self.assertEqual(many, few)

    def test_a_folio_without_guests_is_saved_without_a_question_about_guests(self):
        folio = self.make_folio()
        self.env.flush_all()
        with self.assertNoGuestQueries():
            folio.room_line_ids.discount = 5
            self.env.flush_all()

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

    def preview_count(self, number):
        """Return the number of queries which a preview of so many guests takes."""
        names = (
            f"Muster{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(number)
        )
        guests = self.make_guests(*names, purpose_id=False)
        wizards = self.env["ubyport.export"].with_user(self.reception)
        context = {"active_model": guests._name, "active_ids": guests.ids}
        return self.count(wizards.with_context(**context).get_preview)

    def test_a_preview_asks_no_more_for_many_guests_than_for_few(self):
        self.preview_count(1)
        few = self.preview_count(100)
        self.assertLessEqual(few, 40)
        self.assertEqual(self.preview_count(1000), few)
