# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..ubyport.soap import UbyportClient
from .common import PoliceCase


@tagged("post_install", "-at_install")
class TestBatchesOverlap(PoliceCase):
    """The verdicts of one batch are written while the next one is on its way."""

    def setUp(self):
        super().setUp()
        now = self.env.cr.now()
        self.facility.write({"max_batch": 1, "lists_refreshed_at": now})
        self.Sender = type(self.env["ubyport.sender"])

    def test_verdicts_are_written_while_the_next_batch_is_on_its_way(self):
        second_left, first_settled = threading.Event(), threading.Event()
        report, settle = UbyportClient.report, self.Sender._settle
        waited = []

        def report_and_wait(client, header, people):
            if waited:
                second_left.set()
                waited.append(first_settled.wait(20))
            waited.append(True)
            return report(client, header, people)

        def wait_and_settle(sender, *args):
            waited.append(second_left.wait(20))
            settle(sender, *args)
            first_settled.set()

        guests = self.make_guests("Alfa", "Beta")
        with (
            patch.object(UbyportClient, "report", report_and_wait),
            patch.object(self.Sender, "_settle", wait_and_settle),
        ):
            self.send(guests)
        self.assertTrue(all(waited))
        self.assertEqual(set(guests.mapped("report_state")), {"reported"})

    def test_an_answer_is_kept_before_anybody_else_is_claimed(self):
        claim, kept = self.Sender._claim, []

        def look_and_claim(sender, facility, account):
            reports = sender.env["ubyport.report"].search([])
            kept.append(all(reports.mapped("response_sha256")))
            return claim(sender, facility, account)

        with patch.object(self.Sender, "_claim", look_and_claim):
            self.send(self.make_guests("Alfa", "Beta", "Gama"))
        self.assertEqual(kept, [True] * 4)

    @mute_logger("odoo.addons.hotel_ubyport.models.ubyport_sender")
    def test_a_claim_that_breaks_costs_nobody_the_verdict(self):
        claim, claims = self.Sender._claim, []

        def claim_once(sender, facility, account):
            claims.append(facility)
            if len(claims) == 2:
                sender.env.cr.execute("SELECT nothing")
            return claim(sender, facility, account)

        guests = self.make_guests("Alfa", "Beta")
        with (
            patch.object(self.Sender, "_claim", claim_once),
            mute_logger("odoo.sql_db"),
        ):
            self.send(guests)
        self.assertEqual(guests.mapped("report_state"), ["reported", "queued"])

    @mute_logger("odoo.addons.hotel_ubyport.models.ubyport_sender")
    def test_an_answer_that_cannot_be_kept_is_settled_before_the_next_claim(self):
        claim, states = self.Sender._claim, []

        def look_and_claim(sender, facility, account):
            states.append(set(guests.with_env(sender.env).mapped("report_state")))
            return claim(sender, facility, account)

        guests = self.make_guests("Alfa", "Beta")
        with (
            patch.object(self.Sender, "_keep_answer", side_effect=OSError) as keep,
            patch.object(self.Sender, "_claim", look_and_claim),
        ):
            keep.__name__ = "_keep_answer"
            self.send(guests)
        self.assertEqual(states, [{"queued"}, {"reported", "queued"}, {"reported"}])

    def test_a_facility_whose_queue_another_sender_has_emptied_is_not_called(self):
        self.send(self.make_guests("Alfa"))
        self.police.reset()
        self.env["ubyport.sender"]._send_facility(self.facility.id)
        self.assertEqual(self.police.called("TestDostupnosti"), 0)
