# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import PoliceCase
from .test_tour_reception import PATIENCE, Beside

ADDRESS = "/odoo/police-preview"


@tagged("post_install", "-at_install")
class TestTourPreview(PoliceCase, HttpCase):
    """The preview in the browser, opened by its address."""

    def tour(self, name, user):
        self.start_tour(
            ADDRESS, f"hotel_ubyport_{name}", login=user.login, timeout=PATIENCE
        )

    def test_several_batches_a_refused_guest_in_words_and_the_repair_in_place(self):
        now = fields.Datetime.now()
        self.facility.write({"max_batch": 1, "lists_refreshed_at": now})
        values = {"code": "QQQ", "name": "Nowhere", "name_cs": "Nikde"}
        nowhere = self.env["ubyport.country"].create(values)
        alfa, beta, gama = self.make_guests("Alfa", "Beta", "Gama")
        beta.nationality_id = nowhere
        with Beside(self.registry, gama.id):
            self.tour("preview", self.reception)
        self.env.invalidate_all()
        self.assertEqual(
            (alfa + beta + gama).mapped("report_state"),
            ["reported", "ready", "reported"],
        )

    def test_in_an_outage_the_guests_go_in_a_unl_file(self):
        guests = self.make_guests("Alfa", "Beta")
        self.facility.service_state = "outage"
        self.tour("preview_outage", self.reception)
        self.env.invalidate_all()
        report = guests.line_ids.report_id
        self.assertEqual((report.channel, report.state), ("unl", "sending"))
        self.assertEqual(report.user_id, self.reception)

    def test_the_accountant_reads_the_preview_and_changes_nothing(self):
        self.make_guests("Alfa")
        self.tour("preview_accountant", self.accountant)
