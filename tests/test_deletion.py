# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import HotelCase


@tagged("post_install", "-at_install")
class TestDeletion(HotelCase):
    """Nobody who came may vanish unreported, not even with the papers around him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "obchodni.reditel", "sales_team.group_sale_manager"
        )

    def test_a_folio_is_not_deleted_under_a_lodged_guest(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.manager))
        with self.assertRaisesRegex(UserError, "lodged"):
            guest.folio_id.with_user(self.manager).unlink()

    def test_nor_does_the_guest_vanish_with_the_quotation(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        with self.assertRaisesRegex(UserError, "lodged"):
            guest.folio_id.order_id.with_user(self.seller).unlink()
        self.assertTrue(guest.exists())

    def test_a_quotation_whose_guests_never_came_is_deleted_with_them(self):
        guest = self.make_guest(folio=self.make_folio(user=self.reception))
        folio = guest.folio_id
        folio.order_id.with_user(self.seller).unlink()
        self.env.invalidate_all()
        self.assertFalse(guest.exists() or folio.exists())

    def test_who_never_came_is_deleted_by_the_reception(self):
        guest = self.make_guest(folio=self.make_folio(user=self.reception))
        guest.unlink()
        self.assertFalse(guest.exists())

    def test_a_lodged_guest_does_not_become_deletable_by_another_nationality(self):
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        guest = guest.with_user(self.reception)
        guest.nationality_id = self.code("CZE")
        with self.assertRaises(UserError):
            guest.unlink()
