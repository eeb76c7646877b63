# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PoliceCase


@tagged("post_install", "-at_install")
class TestStatistics(PoliceCase):
    """Reported guests as numbers."""

    def rows(self, **values):
        self.env.flush_all()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["ubyport.statistics"].with_user(self.accountant).search(domain)

    def test_a_reported_guest_is_one_row_with_nationality_stay_and_channel(self):
        self.send(self.make_guests("Alfa"))
        row = self.rows()
        self.assertEqual(row.date, self.today())
        self.assertEqual(row.nationality_id.code, "DEU")
        self.assertEqual(row.purpose_id.code, "10")
        self.assertEqual(row.nights, 2)
        self.assertEqual((row.channel, row.state), ("ws", "accepted"))
        self.assertEqual(row.environment, "simulator")
        self.assertFalse(row.is_late)
        self.assertEqual(row.timeliness, "on_time")

    def test_late_is_who_was_accepted_after_the_third_working_day(self):
        guest = self.make_guests("Alfa")
        guest.arrival_date = self.today() - timedelta(days=12)
        self.send(guest)
        self.assertEqual(self.rows(is_late=True).timeliness, "late")

    def test_a_correction_of_a_report_in_time_is_not_late(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        guest.line_ids._as_evidence_writer().write(
            {"answered_at": "2026-01-01 12:00:00"}
        )
        guest.arrival_date = self.today() - timedelta(days=12)
        guest.action_send_now()
        self.run_sender()
        self.assertEqual(len(guest.line_ids), 2)
        self.assertFalse(guest.line_ids[0].is_late)

    def test_statistics_name_nobody(self):
        names = {"surname", "first_name", "document_number", "guest_id", "birth_date"}
        self.assertFalse(names & self.env["ubyport.statistics"]._fields.keys())

    def test_statistics_are_read_only_and_of_the_own_companies(self):
        self.send(self.make_guests("Alfa"))
        with self.assertRaises(AccessError):
            self.rows().write({"nights": 9})
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "cizi.ucetni",
            "hotel_ubyport.group_ubyport_auditor",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertTrue(self.rows())
        self.assertFalse(self.rows().with_user(stranger).search([]))

    def test_pivot_and_graph_group_by_all_that_is_asked(self):
        self.send(self.make_guests("Alfa", "Beta"))
        Statistics = self.env["ubyport.statistics"].with_user(self.manager)
        for group in (
            "nationality_id",
            "date:month",
            "facility_id",
            "state",
            "channel",
            "is_late",
            "timeliness",
        ):
            with self.subTest(group):
                ((_value, number),) = Statistics._read_group([], [group], ["__count"])
                self.assertEqual(number, 2)


@tagged("post_install", "-at_install")
class TestNotes(PoliceCase):
    """People may write notes beside a report; the report stays as it is."""

    def test_who_reads_a_report_may_comment_on_it_and_still_not_change_it(self):
        self.send(self.make_guests("Alfa"))
        report = self.env["ubyport.report"].search([], limit=1)
        self.assertFalse(report.message_ids)
        for user in (self.reception, self.accountant, self.manager):
            theirs = report.with_user(user)
            theirs.message_post(body="Seen by the auditor of the town.")
            for change in ({"state": "refused"}, {"name": "X"}):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    theirs.write(change)
            with self.assertRaises(AccessError):
                theirs.unlink()
        self.assertEqual(len(report.message_ids), 3)
