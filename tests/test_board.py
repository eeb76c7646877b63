# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HOTEL, HotelCase, PoliceCase
from .test_alarm import set_deadline

PLACES = ("to_complete", "ready", "due_today", "late", "refused", "unknown")


@tagged("post_install", "-at_install")
class TestBoard(HotelCase):
    """One card for each facility; each of its numbers leads to its guests."""

    def line_with(self, guest, state):
        """Let the police have answered about a guest."""
        report = self.env["ubyport.report"]._open_batch(
            self.facility, guest, [guest._to_wire()]
        )
        report._write_verdict([state])

    def make_everything(self):
        """Create guests for every number of the card."""
        self.make_guests("Alfa", "Beta", purpose_id=False)
        ready, today, late, refused, unknown, reported = self.make_guests(
            "Gama", "Delta", "Epsilon", "Zeta", "Eta", "Theta"
        )
        set_deadline(ready, self.today() + timedelta(days=20))
        set_deadline(today, self.today())
        set_deadline(late, self.today() - timedelta(days=1))
        self.line_with(refused, "refused")
        self.line_with(unknown, "unknown")
        self.line_with(reported, "accepted")
        set_deadline(reported, self.today() - timedelta(days=9))
        self.make_guest("Expected")

    def numbers(self, facility):
        return {place: facility[f"{place}_count"] for place in PLACES}

    def test_each_number_counts_its_guests(self):
        self.make_everything()
        self.assertEqual(
            self.numbers(self.facility.with_user(self.manager)),
            {
                "to_complete": 2,
                "ready": 3,
                "due_today": 1,
                "late": 1,
                "refused": 1,
                "unknown": 1,
            },
        )

    def test_each_number_leads_to_exactly_its_guests(self):
        self.make_everything()
        facility = self.facility.with_user(self.manager)
        for place, number in (*self.numbers(facility).items(), ("held", 2)):
            if place == "held":
                facility.guest_ids.filtered("purpose_id")[:2].action_hold()
            action = facility.with_context(ubyport_place=place).action_view_board()
            with self.subTest(place):
                found = self.env[action["res_model"]].search(action["domain"])
                self.assertEqual(len(found), number)
        self.assertEqual(facility.held_count, 2)

    def test_a_number_follows_its_guests_within_one_transaction(self):
        guest = self.make_guests("Alfa", purpose_id=False)
        self.assertEqual(self.facility.to_complete_count, 1)
        guest.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
        self.assertEqual(self.facility.to_complete_count, 0)
        self.assertEqual(self.facility.ready_count, 1)

    def test_the_board_takes_as_many_queries_for_ten_facilities_as_for_one(self):
        self.make_everything()
        model = self.env(user=self.manager)["ubyport.facility"]
        arch = etree.fromstring(model.get_view(view_type="kanban")["arch"])
        spec = {node.get("name"): {} for node in arch.iter("field")}

        def look():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            model.web_search_read([], spec)
            return self.cr.sql_log_count - before

        look()
        one = look()
        for number in range(9):
            values = {"name": "More", "mark": "MOREX", "endpoint": "http://localhost:9"}
            self.env["ubyport.facility"].create(
                HOTEL | values | {"idub": f"55555555555{number}"}
            )
        self.assertEqual(look(), one)
        self.assertLessEqual(one, 15)

    def test_hold_all_keeps_everybody_here_until_release_all(self):
        self.facility.automation = "immediate"
        queued = self.make_guests("Alfa", "Beta")
        facility = self.facility.with_user(self.reception)
        facility.action_hold_all()
        self.assertEqual(set(queued.mapped("report_state")), {"ready"})
        with self.assertRaises(UserError):
            facility.action_send_now()
        facility.action_release_all()
        self.assertEqual(set(queued.mapped("report_state")), {"queued"})

    def test_only_a_manager_switches_a_whole_facility_to_on_command(self):
        self.facility.automation = "immediate"
        guest = self.make_guests("Alfa")
        with self.assertRaises(AccessError):
            self.facility.with_user(self.reception).action_switch_to_manual()
        self.facility.with_user(self.manager).action_switch_to_manual()
        self.assertEqual(self.facility.automation, "manual")
        self.assertEqual(guest.report_state, "ready")

    def test_the_accountant_commands_nothing_on_the_board(self):
        self.make_guests("Alfa")
        facility = self.facility.with_user(self.accountant)
        for command in (
            facility.action_send_now,
            facility.action_hold_all,
            facility.action_switch_to_manual,
            facility.action_test_connection,
        ):
            with self.subTest(command.__name__), self.assertRaises(AccessError):
                command()


@tagged("post_install", "-at_install")
class TestBoardReports(PoliceCase):
    """What a card tells about what was reported."""

    def test_send_now_sends_who_is_complete_and_the_receipt_can_be_opened(self):
        complete, incomplete = self.make_guests("Alfa", "Beta")
        incomplete.purpose_id = False
        facility = self.facility.with_user(self.reception)
        self.assertFalse(facility.last_report_id)
        facility.action_send_now()
        self.run_sender()
        self.assertEqual(complete.report_state, "reported")
        self.assertEqual(incomplete.report_state, "incomplete")
        action = facility.action_view_last_receipt()
        report = self.env[action["res_model"]].browse(action["res_id"])
        self.assertTrue(report.receipt)

    def test_the_graph_counts_each_day_on_time_and_late(self):
        in_time, late = self.make_guests("Alfa", "Beta")
        late.arrival_date = self.today() - timedelta(days=12)
        self.send(in_time + late)
        days = self.facility.with_user(self.manager).reported_days
        self.assertEqual(len(days), 30)
        today = {"day": self.today().isoformat(), "on_time": 1, "late": 1}
        self.assertEqual(days[-1], today)
        self.assertEqual(sum(day["on_time"] + day["late"] for day in days), 2)

    def test_a_rehearsal_leaves_the_graph_when_the_facility_reports_for_real(self):
        self.send(self.make_guests("Alfa"))
        self.facility.write({"environment": "production", "login": False})
        self.assertEqual(self.facility.reported_days[-1]["on_time"], 0)
