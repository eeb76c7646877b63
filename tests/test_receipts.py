# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zipfile

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import PoliceCase


@tagged("post_install", "-at_install")
class TestReceipts(HttpCase, PoliceCase):
    """A receipt can be saved where the user wants (operating rules 10.4)."""

    def open(self, records):
        """Return what the browser gets that follows the command to save."""
        return self.url_open(records.action_save_receipts()["url"])

    def test_one_receipt_is_saved_as_pdf_and_several_as_a_zip(self):
        for user in (self.reception, self.accountant):
            user.password = user.login
        first = self.make_guests("Alfa")
        self.send(first)
        self.authenticate("anna.recepce", "anna.recepce")
        answer = self.open(first)
        self.assertTrue(answer.content.startswith(b"%PDF"))
        second = self.make_guests("Beta", folio=first.folio_id)
        self.send(second)
        self.authenticate("ucetni", "ucetni")
        answer = self.open(first.folio_id)
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        self.assertEqual(len(archive.namelist()), 2)
        for name in archive.namelist():
            self.assertTrue(archive.read(name).startswith(b"%PDF"), name)

    def test_outsiders_get_no_receipts(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        report = guest.receipt_report_id
        self.env["res.users"].create(
            {"name": "Out", "login": "outsider", "password": "outsider"}
        )
        self.authenticate("outsider", "outsider")
        answer = self.url_open(f"/ubyport/receipts?ids={report.id}")
        self.assertIn(answer.status_code, (403, 404))
        self.assertNotIn(b"PK", answer.content[:2])

    def test_without_a_receipt_the_user_is_told(self):
        with self.assertRaises(UserError):
            self.make_guests("Alfa").action_save_receipts()
