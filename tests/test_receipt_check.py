# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PoliceCase


class ReceiptCase(PoliceCase):
    """Guests who were sent while the police print something else."""

    def sent(self, *surnames, fault=None):
        """Return guests after they were sent, and their report."""
        if fault:
            self.police.fault(fault)
        guests = self.make_guests(*surnames)
        self.send(guests)
        return guests, guests.line_ids.report_id

    def see(self, report, finding=False, reason="Called the police."):
        """Let the manager close the alarm about a receipt."""
        wizard = (
            self.env["ubyport.receipt.seen"]
            .with_user(self.manager)
            .create(
                {
                    "report_ids": [(6, 0, report.ids)],
                    "finding": finding,
                    "reason": reason,
                }
            )
        )
        wizard.action_confirm()


@tagged("post_install", "-at_install")
class TestReceiptCheck(ReceiptCase):
    """Every receipt is read back; whatever disagrees is shown and raises the alarm."""

    def test_a_receipt_that_agrees_says_so_with_its_counts(self):
        guests, report = self.sent("Müller-Łęcki", "O'Čadová")
        self.assertEqual(report.receipt_state, "agrees")
        self.assertFalse(report.receipt_is_open)
        self.assertFalse(report.receipt_text)
        counts = (report.receipt_total, report.receipt_accepted)
        self.assertEqual(counts, (2, 2))
        self.assertEqual((report.receipt_refused, report.receipt_ignored), (0, 0))
        self.assertEqual(len(report.receipt_sha256), 64)
        self.assertNotIn("receipts", self.facility._problems())

    def test_a_duplicate_printed_with_its_remark_agrees(self):
        self.sent("Alfa")
        twin, report = self.sent("Alfa")
        self.assertEqual(twin.line_ids.state, "duplicate")
        self.assertEqual(report.receipt_state, "agrees")
        self.assertIn("duplicitní", twin.line_ids.remark)

    def test_a_refused_guest_in_the_refused_list_agrees(self):
        country = {"code": "QQQ", "name": "Nowhere", "name_cs": "Nikde"}
        self.env["ubyport.country"].create(country)
        guest = self.make_guests("Alfa", nationality_id=self.code("QQQ").id)
        self.send(guest)
        report = guest.line_ids.report_id
        self.assertEqual(report.receipt_state, "agrees")
        self.assertEqual(report.receipt_refused, 1)

    def test_a_letter_that_came_back_different_is_named(self):
        guests, report = self.sent("Müller", "Novák", fault="receipt_letters")
        self.assertEqual(report.receipt_state, "differs")
        self.assertIn("“Müller”, came back as “üller”", report.receipt_text)
        self.assertEqual(set(guests.mapped("report_state")), {"reported"})
        self.assertEqual(set(guests.mapped("light")), {"green"})
        (found,) = report.receipt_disagreements
        self.assertEqual((found["code"], found["position"]), ("letters", 1))
        self.assertIn("receipts", self.facility._problems())

    def test_whom_the_receipt_refuses_is_not_safely_reported(self):
        guests, report = self.sent("Alfa", "Beta", fault="receipt_refuses")
        denied, other = guests.sorted("surname")
        self.assertEqual(denied.report_state, "reported", "codes decide the verdict")
        self.assertEqual((denied.light, other.light), ("red", "green"))
        self.assertIn("does not confirm", denied.report_reason)
        self.assertIn("refused by the receipt", report.receipt_text)
        self.assertEqual(self.facility.red_count, 1)
        self.assertEqual(guests.search([("light", "=", "red")]) & guests, denied)
        self.assertEqual(guests.search([("light", "=", "green")]) & guests, other)

    def test_whom_the_receipt_does_not_name_is_not_safely_reported(self):
        guests, report = self.sent("Alfa", "Beta", fault="receipt_omits")
        self.assertEqual(guests.sorted("surname")[0].light, "red")
        self.assertIn("not in the receipt", report.receipt_text)

    def test_a_missing_receipt_raises_the_alarm(self):
        for kind in ("no_pdf", "bad_receipt"):
            with self.subTest(kind):
                _guests, report = self.sent(f"Alfa-{'z' * len(kind)}", fault=kind)
                self.assertEqual(report.receipt_state, "missing")
                self.assertTrue(report.receipt_is_open)
                self.assertIn("no receipt", report.receipt_text)
        self.assertIn("2 receipts", self.facility._problems()["receipts"])

    def test_a_receipt_that_cannot_be_read_costs_no_verdict(self):
        reader = "odoo.addons.hotel_ubyport.ubyport.receipt._extract_text"
        with patch(reader, return_value="another layout"):
            guests, report = self.sent("Alfa")
        self.assertEqual(guests.report_state, "reported")
        self.assertEqual(report.receipt_state, "unreadable")
        self.assertTrue(report.receipt_is_open)

    @mute_logger("odoo.addons.hotel_ubyport.models.ubyport_sender")
    def test_a_check_that_fails_costs_no_verdict_and_is_done_later(self):
        check = "odoo.addons.hotel_ubyport.ubyport.reconcile.match"
        with patch(check, side_effect=RuntimeError):
            guests, report = self.sent("Alfa")
        self.assertEqual(guests.report_state, "reported")
        self.assertFalse(report.receipt_state)
        self.run_sender()
        self.assertEqual(report.receipt_state, "agrees")

    def test_receipts_of_a_rehearsal_do_not_alarm_production(self):
        self.sent("Alfa", fault="no_pdf")
        self.facility.write({"environment": "production", "login": "uby-ws12cdef"})
        self.assertNotIn("receipts", self.facility._problems())


@tagged("post_install", "-at_install")
class TestReceiptSeen(ReceiptCase):
    """A manager looks at what disagrees, and says what is true."""

    def test_seen_with_a_reason_ends_the_alarm_and_keeps_who_and_when(self):
        _guests, report = self.sent("Alfa", fault="receipt_letters")
        self.see(report)
        self.assertFalse(report.receipt_is_open)
        self.assertEqual(report.receipt_seen_by_id, self.manager)
        self.assertTrue(report.receipt_seen_at)
        self.assertEqual(report.receipt_seen_reason, "Called the police.")
        self.assertTrue(report.receipt_disagreements, "the evidence stays")
        self.assertNotIn("receipts", self.facility._problems())

    def test_a_denied_guest_may_count_as_reported_after_all(self):
        guests, report = self.sent("Alfa", fault="receipt_refuses")
        self.see(report, "reported")
        self.assertEqual((guests.report_state, guests.light), ("reported", "green"))
        self.assertFalse(guests._may_be_sent())

    def test_a_denied_guest_may_have_to_be_reported_again(self):
        guests, report = self.sent("Alfa", fault="receipt_omits")
        self.see(report, "again")
        self.assertEqual(guests.report_state, "ready")
        self.assertFalse(guests.reported_at)
        self.assertEqual(guests.line_ids.state, "accepted", "the answer stays kept")
        self.send(guests)
        self.assertEqual(guests.report_state, "reported")
        note = self.police.records()[1]["fields"]["cNote"] or ""
        self.assertNotIn("OBSAHOVALO CHYBY", note)

    def test_without_a_reason_or_a_decision_nothing_is_closed(self):
        _guests, report = self.sent("Alfa", fault="receipt_refuses")
        with self.assertRaises(UserError):
            self.see(report, "reported", reason=" ")
        with self.assertRaises(UserError):
            self.see(report)
        self.assertTrue(report.receipt_is_open)

    def test_only_a_manager_closes_the_alarm(self):
        _guests, report = self.sent("Alfa", fault="receipt_letters")
        for user in (self.reception, self.accountant):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["ubyport.receipt.seen"].with_user(user).create(
                    {"report_ids": [(6, 0, report.ids)], "reason": "x"}
                )


@tagged("post_install", "-at_install")
class TestKeptAnswer(ReceiptCase):
    """The answer is kept before anything that a user may have locked is touched."""

    @mute_logger("odoo.addons.hotel_ubyport.models.ubyport_sender")
    def test_an_answer_that_could_not_be_settled_is_applied_later(self):
        settle = type(self.env["ubyport.sender"])._settle
        with patch.object(type(self.env["ubyport.sender"]), "_settle") as blocked:
            guests, report = self.sent("Alfa", "Beta")
        self.assertTrue(blocked.called)
        self.assertEqual(settle, type(self.env["ubyport.sender"])._settle)
        self.assertEqual(set(guests.mapped("report_state")), {"sending"})
        self.assertTrue(report.receipt)
        self.assertFalse(report.receipt_state, "there is no verdict to compare with")
        past = report.sent_at.replace(year=report.sent_at.year - 1)
        report._as_evidence_writer().sent_at = past
        self.run_sender()
        self.assertEqual(set(guests.mapped("report_state")), {"reported"})
        self.assertEqual(report.state, "accepted")
        self.assertFalse(report.failure)
        self.assertEqual(report.receipt_state, "agrees")
        self.assertEqual(len(self.police.records()), 2, "nobody was sent again")

    def test_a_receipt_that_another_sender_has_read_is_not_read_again(self):
        _guests, report = self.sent("Alfa")
        self.assertEqual(report.receipt_state, "agrees")
        with patch.object(type(report), "_check_receipt") as read:
            self.env["ubyport.sender"]._check_receipt(report)
        self.assertFalse(read.called)

    def test_the_words_of_a_fault_are_kept_for_managers(self):
        _guests, report = self.sent("Alfa", fault="fault")
        first = report.sorted("id")[0]
        self.assertIn("Length cannot be less", first.fault_string)
        with self.assertRaises(AccessError):
            first.with_user(self.reception).read(["fault_string"])
