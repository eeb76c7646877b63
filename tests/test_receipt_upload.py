# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import timedelta

import requests

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HOTEL, PoliceCase

HEAD = "A|2|{idub}|{mark}|{name}||Praha|Praha|Nové Město|Zkušební|12|6|11000|||"


@tagged("post_install", "-at_install")
class TestReceiptUpload(PoliceCase):
    """A receipt that a person brings closes whom it names, and nobody else."""

    def open_file(self, *surnames, refused=""):
        """Return guests who were put into a UNL file, and its report.

        :param refused: surname of one whose nationality the police will not know
        """
        guests = self.make_guests(*surnames)
        values = {"code": "QQQ", "name": "Nowhere", "name_cs": "Nikde"}
        nowhere = self.env["ubyport.country"].create(values) if refused else None
        for guest in guests.filtered(lambda guest: guest.surname == refused):
            guest.nationality_id = nowhere
        report = self.env["ubyport.report"]._open_batch(
            self.facility,
            guests,
            [guest._to_wire() for guest in guests],
            channel="unl",
        )
        return guests, report

    def web_application(self, lines, head=None, **form):
        """Return the receipt of the police's web application for a file.

        Written here from the documents, in capitals, not by the addon.
        """
        head = head or HOTEL
        rows = [HEAD.format(**head), *map(self.row, lines)]
        content = "".join(f"{row}\r\n" for row in rows).encode("cp1250")
        name = f"{head['idub']}_2026_11_20_0915.unl"
        answer = requests.post(
            f"{self.police.address}/unl",
            files={"file": (name, content)},
            data=form,
            timeout=20,
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.content

    def row(self, line):
        born = line.birth_date
        cells = [
            "U",
            f"{line.arrival_date:%d.%m.%Y}",
            f"{line.departure_date:%d.%m.%Y}",
            line.surname.upper(),
            line.first_name.upper(),
            "",
            f"{born[:2]}.{born[2:4]}.{born[4:]}",
            "",
            "",
            line.nationality,
            line.residence,
            line.document_number,
            line.visa_number or "",
            f"{line.purpose:02}",
            "",
            line.note or "",
        ]
        return "|".join(cells)

    def upload(self, content, user=None, **values):
        """Read a receipt as a receptionist; return the wizard."""
        wizard = (
            self.env["ubyport.receipt.upload"]
            .with_user(user or self.reception)
            .create({"file": base64.b64encode(content), **values})
        )
        wizard.action_read()
        return wizard

    def assert_told(self, words, content, **values):
        with self.assertRaises(UserError) as told, self.env.cr.savepoint():
            self.upload(content, **values)
        self.assertIn(words, str(told.exception))

    def test_an_accepted_file_closes_its_guests_and_keeps_the_receipt(self):
        guests, report = self.open_file("Müller", "Łęcki")
        paper = self.web_application(report.line_ids)
        wizard = self.upload(paper)
        self.assertEqual(wizard.report_id, report)
        self.assertEqual(wizard.facility_id, self.facility)
        self.assertEqual(wizard.accepted_count, 2)
        self.assertEqual(set(guests.mapped("report_state")), {"reported"})
        self.assertEqual(report.state, "accepted")
        self.assertEqual(base64.b64decode(report.receipt), paper)
        self.assertEqual(report.receipt_state, "agrees")
        self.assertEqual(report.receipt_user_id, self.reception)
        self.assertTrue(report.receipt_uploaded_at)
        late = fields.Datetime.now() - guests[0].reported_at
        self.assertLess(abs(late), timedelta(minutes=5), "as the receipt says")
        self.assertEqual(guests.receipt_report_id, report)

    def test_the_refused_see_the_words_of_the_police(self):
        guests, report = self.open_file("Alfa", "Beta", refused="Beta")
        wizard = self.upload(self.web_application(report.line_ids))
        self.assertEqual(guests.mapped("report_state"), ["reported", "refused"])
        self.assertEqual(report.state, "partial")
        self.assertIn("Beta", wizard.refused_text)
        self.assertIn(report.line_ids[1].remark, wizard.refused_text)
        self.assertIn(report.line_ids[1].remark, guests[1].report_reason)

    def test_who_was_taken_out_of_the_file_is_open_again(self):
        guests, report = self.open_file("Alfa", "Beta", refused="Beta")
        paper = self.web_application(report.line_ids, cancel_bad="1")
        wizard = self.upload(paper)
        self.assertEqual(report.line_ids.mapped("state"), ["accepted", "not_sent"])
        self.assertEqual(guests.mapped("report_state"), ["reported", "ready"])
        self.assertIn("Beta", wizard.open_text)
        self.assertEqual(report.receipt_state, "agrees")

    def test_of_several_files_the_right_one_is_found(self):
        first, one = self.open_file("Alfa")
        second, two = self.open_file("Beta")
        self.upload(self.web_application(one.line_ids))
        self.assertEqual((one.state, two.state), ("accepted", "sending"))
        self.assertEqual(second.report_state, "sending")

    def test_the_same_receipt_twice_is_recognised(self):
        _guests, report = self.open_file("Alfa")
        paper = self.web_application(report.line_ids)
        self.upload(paper)
        self.assert_told("anna.recepce", paper)
        self.assert_told(report.name, paper)

    def test_a_receipt_of_the_service_is_recognised_too(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        paper = base64.b64decode(guest.receipt_report_id.receipt)
        self.assert_told("the service sent it", paper)

    def test_a_receipt_of_another_facility_says_so(self):
        _guests, report = self.open_file("Alfa")
        lipa = {"idub": "1234567890123", "mark": "PENSN", "name": "Penzion U Lípy"}
        paper = self.web_application(report.line_ids, lipa)
        self.assert_told("none of yours", paper)
        other = self.env["ubyport.facility"].create(lipa)
        self.assert_told("another facility", paper, facility_id=self.facility.id)
        self.assert_told("waits for this receipt", paper, facility_id=other.id)
        self.assertEqual(report.state, "sending")

    def test_a_receipt_that_matches_nothing_says_so(self):
        _guests, report = self.open_file("Alfa")
        paper = self.web_application(report.line_ids)
        report._write_verdict(["not_sent"])
        report._as_evidence_writer().receipt_sha256 = "0" * 64
        self.assert_told("waits for this receipt", paper)

    def test_what_is_no_receipt_says_so(self):
        self.assert_told("no PDF", b"hello")
        self.assert_told("Choose the receipt", b"")
        self.assert_told("no receipt", b"%PDF-1.4 but damaged")

    def test_a_file_thought_unused_is_accepted_when_its_receipt_comes(self):
        guests, report = self.open_file("Alfa")
        paper = self.web_application(report.line_ids)
        report._write_verdict(["not_sent"])
        self.assertEqual(guests.report_state, "ready")
        self.upload(paper)
        self.assertEqual(guests.report_state, "reported")

    def test_a_datum_corrected_in_the_web_application_is_shown(self):
        _guests, report = self.open_file("Alfa", "Beta")
        line = report.line_ids[1]
        line._as_evidence_writer().first_name = "Georg"
        paper = self.web_application(report.line_ids)
        line._as_evidence_writer().first_name = "Jörg"
        self.upload(paper)
        self.assertEqual(line.state, "accepted")
        self.assertEqual(report.receipt_state, "differs")
        self.assertIn("GEORG", report.receipt_text)

    def test_a_lone_guest_corrected_there_is_found_from_the_report(self):
        _guests, report = self.open_file("Alfa")
        report.line_ids._as_evidence_writer().surname = "Alva"
        paper = self.web_application(report.line_ids)
        report.line_ids._as_evidence_writer().surname = "Alfa"
        self.assert_told("waits for this receipt", paper)
        self.upload(paper, report_id=report.id)
        self.assertEqual(report.state, "accepted")

    def test_a_receipt_sent_later_proves_an_unknown_outcome(self):
        """Records marked accepted in a receipt are filed (letters of autumn 2026)."""
        self.police.fault("accept_then_die")
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "unknown")
        self.upload(self.receipt_by_mail())
        self.assertEqual(guest.report_state, "reported")

    def receipt_by_mail(self):
        """Return the newest receipt that the police keep."""
        batch = self.police._call("GET", "/control/batches")[0]["number"]
        url = f"{self.police.address}/batches/{batch}/receipt.pdf"
        return requests.get(url, timeout=20).content

    def test_a_receipt_sent_later_ends_the_alarm_about_its_absence(self):
        self.police.fault("no_pdf")
        guest = self.make_guests("Alfa")
        self.send(guest)
        report = guest.receipt_report_id
        self.assertTrue(report.receipt_is_open)
        answered = report.answered_at
        self.upload(self.receipt_by_mail())
        self.assertFalse(report.receipt_is_open)
        self.assertEqual(report.receipt_state, "agrees")
        self.assertFalse(report.message)
        self.assertEqual(report.answered_at, answered)

    def test_the_accountant_uploads_nothing(self):
        _guests, report = self.open_file("Alfa")
        with self.assertRaises(AccessError):
            self.upload(self.web_application(report.line_ids), self.accountant)
