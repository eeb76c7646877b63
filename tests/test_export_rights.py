# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import HotelCase

MODEL = "hotel.folio.guest"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestExportRights(HotelCase, HttpCase):
    """Who may take a table of guests out of the program."""

    def test_accountant_and_manager_export_guests_and_the_reception_does_not(self):
        guest = self.make_guests("Novak")
        for user in (self.accountant, self.manager):
            rows = guest.with_user(user).export_data(["surname", "report_state"])
            self.assertEqual(rows["datas"][0][0], "Novak")
        with self.assertRaises(UserError):
            guest.with_user(self.reception).export_data(["surname"])

    def test_the_accountant_gets_a_workbook(self):
        guest = self.make_guests("Novak")
        self.authenticate(self.accountant.login, self.accountant.login)
        field = {"name": "surname", "label": "Surname", "type": "char"}
        question = {
            "model": MODEL,
            "fields": [field],
            "ids": guest.ids,
            "domain": [],
            "groupby": [],
            "import_compat": False,
            "context": {},
        }
        answer = self.url_open(
            "/web/export/xlsx",
            data={
                "data": json.dumps(question),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], XLSX)
