# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import HOTEL, RECEPTION_GROUPS, HotelCase


@tagged("post_install", "-at_install")
class TestRoomMapping(HotelCase):
    """Which facility a room belongs to decides who reports its guests, and how."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other Hotel"})
        cls.other_manager = new_test_user(
            cls.env,
            "cizi.reditel",
            f"{RECEPTION_GROUPS},hotel.group_hotel_manager",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.theirs = cls.env["ubyport.facility"].create(
            HOTEL | {"name": "Other", "company_id": cls.other_company.id}
        )
        cls.second = cls.env["ubyport.facility"].create(
            HOTEL | {"name": "Second", "idub": "999999999999"}
        )

    def test_a_receptionist_neither_maps_nor_unmaps_a_room(self):
        for facility in (self.second, self.facility[:0]):
            with self.assertRaises(AccessError):
                self.room.with_user(self.reception).ubyport_facility_id = facility
        with self.assertRaises(AccessError):
            self.room.with_user(self.reception).create(
                {
                    "name": "102",
                    "capacity": 1,
                    "room_categ_id": self.room.room_categ_id.id,
                    "ubyport_facility_id": self.facility.id,
                }
            )

    def test_a_receptionist_saves_everything_else_of_a_room(self):
        with Form(self.room.with_user(self.reception)) as form:
            form.capacity = 3
        values = {"capacity": 2, "ubyport_facility_id": self.facility.id}
        self.room.with_user(self.reception).write(values)
        self.assertEqual(
            (self.room.capacity, self.room.ubyport_facility_id.id),
            (2, self.facility.id),
        )

    def test_a_manager_maps_rooms_to_facilities_which_he_sees(self):
        guest = self.make_guests("Alfa", folio=self.make_folio())
        self.room.with_user(self.manager).ubyport_facility_id = self.second
        self.assertEqual(guest.facility_id, self.second)

    def test_nobody_takes_a_room_away_from_a_facility_out_of_sight(self):
        guest = self.make_guests("Alfa", folio=self.make_folio())
        room = self.room.with_user(self.other_manager)
        for facility in (self.theirs, self.theirs[:0]):
            with self.assertRaises(AccessError):
                room.ubyport_facility_id = facility
        with self.assertRaises(AccessError):
            self.room.with_user(self.manager).ubyport_facility_id = self.theirs
        self.assertEqual(guest.facility_id, self.facility)

    def test_a_shared_room_takes_no_guests_to_another_company(self):
        lodged = self.make_guests("Alfa", folio=self.make_folio())
        self.room.ubyport_facility_id = self.theirs
        self.assertEqual(lodged.facility_id, self.facility)
        later = self.make_guests("Beta", folio=self.make_folio())
        self.assertNotEqual(later.facility_id, self.theirs)
