# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import etree

from odoo.tests import tagged

from .common import HotelCase
from .test_alarm import set_deadline


@tagged("post_install", "-at_install")
class TestGuestSearch(HotelCase):
    """How a guest is found in the list."""

    def test_due_says_how_much_time_is_left_and_finds_those_who_show_it(self):
        guests = self.make_guests("Alfa", "Beta", "Gama", "Delta", "Epsilon")
        for guest, days in zip(guests, (-3, 0, 1, 20), strict=False):
            set_deadline(guest, self.today() + timedelta(days=days))
        shown = guests.mapped("due")
        self.assertEqual(shown[:2] + shown[3:4], ["late", "today", "later"])
        for due in ("late", "today", "soon", "later"):
            found = guests.search([("due", "=", due), ("id", "in", guests.ids)])
            with self.subTest(due):
                self.assertEqual(found, guests.filtered(lambda g, d=due: g.due == d))

    def test_the_panel_beside_the_list_works_for_everybody_who_reads_guests(self):
        self.make_guests("Alfa")
        for user in (self.reception, self.accountant, self.manager):
            guests = self.env["hotel.folio.guest"].with_user(user)
            arch = etree.fromstring(guests.get_view(view_type="search")["arch"])
            panel = arch.find("searchpanel")
            self.assertEqual(len(panel), 3)
            for node in panel:
                ask = guests.search_panel_select_range
                options = {"expand": bool(node.get("expand"))}
                if node.get("select") == "multi":
                    ask = guests.search_panel_select_multi_range
                    options = {"enable_counters": True}
                with self.subTest(node.get("name"), user=user.login):
                    self.assertTrue(ask(node.get("name"), **options)["values"])
