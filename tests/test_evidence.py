# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import HotelCase, PoliceCase

RECEIPT = b"%PDF-1.4 the proof"


@tagged("post_install", "-at_install")
class TestEvidence(HotelCase):
    """What was told to the police cannot be made, changed or lost by anybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls.make_guests("Novak")
        cls.report = cls.env["ubyport.report"]._open_batch(
            cls.facility, cls.guest, [cls.guest._to_wire()]
        )
        cls.report._write_verdict(["accepted"], [";112;"])
        cls.report._as_evidence_writer().receipt = base64.b64encode(RECEIPT)
        cls.line = cls.report.line_ids
        cls.env.flush_all()

    def users(self):
        """Everybody who might try, the superuser included."""
        admin, root = (self.env.ref(f"base.user_{name}") for name in ("admin", "root"))
        return (self.reception, self.accountant, self.manager, admin, root)

    def assert_closed(self, attempt, exception=AccessError):
        """Expect nobody to succeed, and the evidence to be as it was."""
        before = self.evidence()
        for user in self.users():
            with self.subTest(user.login), self.assertRaises(exception):
                attempt(self.env(user=user))
                self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.evidence(), before)

    def evidence(self):
        """Return everything that is stored about reports."""
        self.env.flush_all()
        rows = []
        for table in ("ubyport_report", "ubyport_report_line"):
            query = SQL("SELECT * FROM %s ORDER BY id", SQL.identifier(table))
            self.env.cr.execute(query)
            rows += self.env.cr.fetchall()
        self.env.cr.execute(
            "SELECT id, res_id, res_field, checksum, store_fname FROM ir_attachment"
            " WHERE res_model = 'ubyport.report' ORDER BY id"
        )
        return rows + self.env.cr.fetchall()

    def test_nobody_creates_a_report_or_a_line(self):
        report = {"facility_id": self.facility.id, "state": "accepted"}
        line = {"report_id": self.report.id, "guest_id": self.guest.id}
        self.assert_closed(lambda env: env["ubyport.report"].create(report))
        self.assert_closed(lambda env: env["ubyport.report.line"].create(line))
        self.assert_closed(lambda env: env["ubyport.report"].name_create("Forged"))
        self.assert_closed(lambda env: env["ubyport.report"].web_save(report, {}))

    def test_nobody_changes_a_report_or_a_line(self):
        for record, values in (
            (self.report, {"state": "accepted"}),
            (self.report, {"stamp": "forged"}),
            (self.report, {"receipt": base64.b64encode(b"forged")}),
            (self.report, {"receipt": False}),
            (self.report, {"line_ids": [Command.clear()]}),
            (self.report, {"line_ids": [Command.delete(self.line.id)]}),
            (self.line, {"state": "refused"}),
            (self.line, {"surname": "Forged"}),
            (self.line, {"error_codes": False}),
            (self.line, {"guest_id": self.make_guest("Other").id}),
        ):
            with self.subTest(values):
                self.assert_closed(
                    lambda env, rec=record, v=values: rec.with_env(env).write(v)
                )

    def test_nobody_deletes_a_report_or_a_line(self):
        self.assert_closed(lambda env: self.line.with_env(env).unlink())
        self.assert_closed(lambda env: self.report.with_env(env).unlink())

    def test_nobody_copies_a_report_or_a_line(self):
        self.assert_closed(lambda env: self.report.with_env(env).copy())
        self.assert_closed(lambda env: self.line.with_env(env).copy())

    def test_a_guest_is_no_way_round(self):
        line = {"report_id": self.report.id, "state": "accepted"}
        for command in (
            Command.create(line),
            Command.update(self.line.id, {"state": "refused"}),
            Command.delete(self.line.id),
            Command.unlink(self.line.id),
            Command.clear(),
            Command.set([]),
        ):
            with self.subTest(command):
                self.assert_closed(
                    lambda env, c=command: self.guest.with_env(env).write(
                        {"line_ids": [c]}
                    )
                )
        other = self.make_guest("Other")
        self.assert_closed(
            lambda env: other.with_env(env).write(
                {"line_ids": [Command.link(self.line.id)]}
            )
        )

    def test_no_context_from_outside_opens_the_evidence(self):
        for key in (True, 1, "EVIDENCE_WRITER", "<object object>", {}):
            with self.subTest(key):
                smuggled = self.line.with_context(ubyport_evidence_writer=key)
                self.assert_closed(
                    lambda env, line=smuggled: line.with_user(env.uid).write(
                        {"state": "refused"}
                    )
                )
                with self.assertRaises(AccessError):
                    self.guest.with_context(ubyport_own_writer=key).write(
                        {"report_state": "reported"}
                    )

    def attachments(self, env):
        domain = [("res_model", "=", "ubyport.report"), ("res_field", "=", "receipt")]
        found = self.env["ir.attachment"].sudo().search(domain)
        return found.with_env(env)

    def hotel_users(self):
        """All but the superuser, who is nobody's login."""
        return [user for user in self.users() if user.id != 1]

    def test_a_receipt_cannot_be_changed_or_deleted_as_an_attachment(self):
        forged = base64.b64encode(b"forged")
        before = self.evidence()
        for user in self.hotel_users():
            receipt = self.attachments(self.env(user=user))
            for attempt in (
                lambda r=receipt: r.unlink(),
                lambda r=receipt: r.write({"datas": forged}),
                lambda r=receipt: r.write({"res_field": "error_receipt"}),
                lambda r=receipt: r.write({"res_id": False, "res_model": False}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    attempt()
                    self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(self.evidence(), before)
        self.assertEqual(base64.b64decode(self.report.receipt), RECEIPT)

    def test_a_second_receipt_cannot_be_pushed_under_a_report(self):
        for user in self.hotel_users():
            for extra in ({"res_field": "receipt"}, {}):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self.env(user=user)["ir.attachment"].create(
                        {
                            "name": "receipt",
                            "datas": base64.b64encode(b"forged"),
                            "res_model": "ubyport.report",
                            "res_id": self.report.id,
                        }
                        | extra
                    )
        self.assertEqual(base64.b64decode(self.report.receipt), RECEIPT)

    def test_a_reported_guest_and_folio_cannot_be_deleted_even_through_the_order(self):
        with self.assertRaises(UserError):
            self.guest.unlink()
        with self.assertRaises(UserError):
            self.guest.folio_id.unlink()
        order = self.guest.folio_id.order_id
        order.state = "cancel"
        with self.assertRaises(UserError):
            order.unlink()
        self.env.flush_all()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.cr.execute("DELETE FROM sale_order WHERE id = %s", [order.id])

    def test_taking_a_reported_guest_out_of_the_folio_is_refused(self):
        folio = self.guest.folio_id.with_user(self.reception)
        for command in (Command.delete(self.guest.id), Command.clear()):
            with self.subTest(command), self.assertRaises(UserError):
                folio.guest_ids = [command]

    def test_deleting_the_room_line_keeps_the_guest(self):
        self.guest.folio_id.room_line_ids.unlink()
        self.assertTrue(self.guest.exists())
        self.assertEqual(self.guest.report_state, "reported")

    def test_a_facility_with_reports_cannot_be_deleted(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.facility.unlink()

    def test_what_a_guest_refers_to_cannot_be_deleted(self):
        for record in (self.code("DEU"), self.guest.purpose_id):
            with (
                self.subTest(record._name),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                record.unlink()

    def test_the_database_refuses_a_second_open_line_of_a_guest(self):
        reports = self.env["ubyport.report"]
        guest = self.make_guests("Alfa")
        reports._open_batch(self.facility, guest, [guest._to_wire()])
        with (
            self.assertRaises(IntegrityError) as caught,
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            reports._open_batch(self.facility, guest, [guest._to_wire()])
        self.assertIn("one_open_line", str(caught.exception))

    def test_a_closed_line_does_not_stand_in_the_way_of_the_next(self):
        self.guest.surname = "Novakova"
        wire = [self.guest._to_wire()]
        self.env["ubyport.report"]._open_batch(self.facility, self.guest, wire)
        self.env.flush_all()
        self.assertEqual(self.guest.report_state, "sending")


@tagged("post_install", "-at_install")
class TestEvidenceOutlivesCopies(PoliceCase):
    """No copy and no import makes a guest look reported, or a season unsent."""

    def setUp(self):
        super().setUp()
        self.guest = self.make_guests("Novak")
        self.send(self.guest)
        self.assertEqual(self.guest.report_state, "reported")

    def test_checksums_are_those_of_the_content(self):
        report = self.guest.line_ids.report_id
        for name in ("request", "response"):
            content = base64.b64decode(report[f"{name}_xml"])
            self.assertTrue(content)
            digest = hashlib.sha256(content).hexdigest()
            self.assertEqual(report[f"{name}_sha256"], digest)

    def test_a_copy_of_a_reported_guest_has_to_be_reported_itself(self):
        twin = self.guest.copy()
        self.assertEqual(twin.report_state, "expected")
        self.assertFalse(twin.reported_at or twin.line_ids or twin.checked_in_at)
        self.assertEqual(self.guest.report_state, "reported")
        self.assertEqual(len(self.guest.line_ids), 1)
        twin.unlink()

    def test_a_copy_of_the_folio_copies_no_guests(self):
        # Guests are people, not articles of an order.
        self.assertFalse(self.guest.folio_id.copy().guest_ids)

    def load(self, header, *rows, user=None):
        guests = self.env["hotel.folio.guest"].with_user(user or self.reception)
        return guests.load(header, [list(row) for row in rows])

    def test_an_import_cannot_set_what_follows_from_reports(self):
        fresh = self.make_guest("Alfa")
        for name, value in (
            ("report_state", "reported"),
            ("reported_at", "2026-01-01 10:00:00"),
            ("checked_in_at", "2026-01-01 10:00:00"),
            ("queued_at", "2026-01-01 10:00:00"),
            ("deadline_date", "2099-01-01"),
        ):
            for user in (self.reception, self.manager, self.env.ref("base.user_admin")):
                with self.subTest(name, user=user.login):
                    result = self.load([".id", name], [str(fresh.id), value], user=user)
                    self.assertFalse(result["ids"])
                    self.assertTrue(result["messages"])
                    self.assertEqual(fresh.report_state, "expected")

    def test_an_import_cannot_bring_report_lines(self):
        report = self.guest.line_ids.report_id
        fresh = self.make_guest("Alfa")
        result = self.load(
            [".id", "line_ids/report_id/.id", "line_ids/state"],
            [str(fresh.id), str(report.id), "accepted"],
            user=self.env.ref("base.user_admin"),
        )
        self.assertFalse(result["ids"])
        self.assertFalse(fresh.line_ids)

    def test_importing_the_same_data_again_leaves_the_guest_reported(self):
        line = self.guest.line_ids
        result = self.load(
            [".id", "surname", "document_number", "nationality_id"],
            [str(self.guest.id), "Novak", self.guest.document_number, "DEU"],
        )
        self.assertEqual(result["ids"], self.guest.ids)
        self.assertEqual(self.guest.report_state, "reported")
        self.assertEqual(self.guest.line_ids, line)

    def test_an_imported_change_shows_as_changed_and_keeps_the_proof(self):
        self.load([".id", "surname"], [str(self.guest.id), "Dvorak"])
        self.assertEqual(self.guest.report_state, "changed")
        self.assertEqual(self.guest.line_ids.surname, "Novak")
        self.load([".id", "surname"], [str(self.guest.id), "Novak"])
        self.assertEqual(self.guest.report_state, "reported")

    def test_a_room_without_facility_another_nationality_or_no_room_unsends_nothing(
        self,
    ):
        filed = self.guest.line_ids
        self.room.ubyport_facility_id = False
        self.guest.folio_id.room_line_ids.unlink()
        self.guest.nationality_id = self.code("CZE")
        self.assertEqual(self.guest.report_state, "changed")
        self.guest.nationality_id = self.code("DEU")
        self.assertEqual(self.guest.report_state, "reported")
        self.assertEqual(self.guest.line_ids, filed)

    def test_cancelling_the_folio_does_not_unreport(self):
        self.guest.folio_id.action_cancel()
        self.assertEqual(self.guest.report_state, "reported")
