# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.tests import Form, tagged

from .common import HotelCase


@tagged("post_install", "-at_install")
class TestArrival(HotelCase):
    """Whether a guest has come, and on which day the police are told that he did."""

    def days_ago(self, days):
        return self.today() - timedelta(days=days)

    def move_to_another_room(self, guest, days_ago=0):
        """Give the folio a second room from a day on, and return its line."""
        room = self.make_room("B1")
        room.ubyport_facility_id = self.facility
        noon = datetime.combine(self.days_ago(days_ago), datetime.min.time())
        noon += timedelta(hours=12)
        known = guest.folio_id.room_line_ids
        guest.folio_id.room_line_ids = [
            Command.create(
                {
                    "product_id": room.product_id.id,
                    "name": "B1",
                    "checkin_date": noon,
                    "checkout_date": noon + timedelta(days=3),
                }
            )
        ]
        return guest.folio_id.room_line_ids - known

    # Forgotten

    def test_who_is_booked_and_did_not_come_in_time_asks_for_attention(self):
        folio = self.make_folio(arrival=self.days_ago(10), nights=3)
        guest = self.make_guest(folio=folio)
        self.assertEqual(guest.light, "grey", "only an offer so far")
        folio.action_confirm()
        self.assertEqual((guest.light, folio.ubyport_light), ("amber", "amber"))
        self.assertIn("Should have arrived on", guest.report_reason)
        self.assertEqual(guest.report_state, "expected")
        folio.order_id.state = "cancel"
        self.assertEqual(guest.light, "grey")

    def test_the_third_person_of_a_room_is_not_forgotten(self):
        folio = self.make_folio(arrival=self.days_ago(1), nights=9)
        self.make_guests("Alfa", folio=folio)
        forgotten = self.make_guest("Beta", folio=folio, document_number="BB123456")
        self.assertEqual(forgotten.light, "amber")
        forgotten.action_check_in()
        self.assertFalse(forgotten.is_awaited)

    def test_nobody_is_missed_on_the_day_of_arrival(self):
        folio = self.make_folio()
        folio.action_confirm()
        self.assertEqual(self.make_guest(folio=folio).light, "grey")

    def test_who_is_missed_is_counted_and_found_but_alarms_nobody(self):
        folio = self.make_folio(arrival=self.days_ago(10), nights=3)
        folio.action_confirm()
        guest = self.make_guest(folio=folio)
        facilities = self.env["ubyport.facility"].with_user(self.reception)
        self.assertEqual(facilities.get_alarm_counts(), {"red": 0, "amber": 1})
        self.assertEqual((self.facility.light, self.facility.amber_count), ("amber", 1))
        self.assertFalse(self.facility._problems())
        for light, found in (("amber", guest), ("grey", guest.browse())):
            lit = [("light", "=", light), ("id", "=", guest.id)]
            self.assertEqual(guest.search(lit), found, light)

    # The day

    def test_another_room_does_not_move_the_arrival_of_who_is_lodged(self):
        folio = self.make_folio(arrival=self.days_ago(2), nights=5)
        guest = self.make_guests("Alfa", folio=folio)
        guest.room_line_id = self.move_to_another_room(guest)
        self.assertEqual(guest.arrival_date, self.days_ago(2))
        self.assertEqual(guest.departure_date, self.today() + timedelta(days=3))

    def test_the_form_shows_the_same_arrival_after_a_change_of_room(self):
        folio = self.make_folio(arrival=self.days_ago(2), nights=5)
        guest = self.make_guests("Alfa", folio=folio)
        line = self.move_to_another_room(guest)
        with Form(guest) as form:
            form.room_line_id = line
            shown = fields.Date.to_date(form.arrival_date)
            self.assertEqual(shown, self.days_ago(2))
        self.assertEqual(guest.arrival_date, self.days_ago(2))

    def test_a_room_which_begins_after_the_check_in_is_no_arrival(self):
        folio = self.make_folio(arrival=self.days_ago(5), nights=9)
        guest = self.make_guests("Alfa", folio=folio)
        came = guest.checked_in_at - timedelta(days=5)
        guest._write_own({"checked_in_at": came})
        line = folio.room_line_ids
        self.move_to_another_room(guest, days_ago=1)
        line.unlink()
        self.assertEqual(guest.arrival_date, self.days_ago(5))

    def test_a_corrected_date_of_the_room_still_corrects_the_arrival(self):
        folio = self.make_folio(arrival=self.days_ago(2), nights=5)
        guest = self.make_guests("Alfa", folio=folio)
        folio.room_line_ids.checkin_date += timedelta(days=1)
        self.assertEqual(guest.arrival_date, self.days_ago(1))

    def test_before_the_check_in_the_arrival_follows_the_room(self):
        folio = self.make_folio(arrival=self.days_ago(2), nights=5)
        guest = self.make_guest(folio=folio)
        guest.room_line_id = self.move_to_another_room(guest)
        self.assertEqual(guest.arrival_date, self.today())

    def test_a_check_in_days_after_the_booked_arrival_is_noticed(self):
        folio = self.make_folio(arrival=self.days_ago(4), nights=9)
        guest = self.make_guests("Alfa", folio=folio)
        found = self.codes_of(guest, "warning")
        self.assertEqual(found, {"arrival_date": ["checked_in_late"]})
        self.assertIn("4 days later", guest.finding_summary)
        self.assertEqual(guest.report_state, "ready", "nobody is kept from a report")
        guest.arrival_date = self.today()
        self.assertFalse(self.codes_of(guest, "warning"))

    def test_a_check_in_after_midnight_is_nothing_to_notice(self):
        folio = self.make_folio(arrival=self.days_ago(1), nights=9)
        guest = self.make_guests("Alfa", folio=folio)
        self.assertFalse(self.codes_of(guest, "warning"))

    def test_who_has_no_day_of_arrival_is_missed_by_nobody(self):
        folio = self.make_folio()
        folio.action_confirm()
        guest = self.make_guest(folio=folio, arrival_date=False)
        self.env.flush_all()
        self.assertEqual(guest.light, "grey")
        lit = [("light", "=", "grey"), ("id", "=", guest.id)]
        self.assertEqual(guest.search(lit), guest)
