# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HOTEL, LOGIN, PASSWORD, HotelCase


def woken(env):
    """Return the moments at which the sender was ordered to run."""
    cron = env.ref("hotel_ubyport.ir_cron_ubyport_send")
    return env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])


@tagged("post_install", "-at_install")
class TestFacilityData(HotelCase):
    """What may be typed as the registered data of a facility."""

    def assert_accepts(self, name, *values):
        for value in values:
            with self.subTest(name, value=value):
                self.facility[name] = value

    def assert_refuses(self, name, *values):
        """Expect for each value one error which begins with the field's own label."""
        label = self.facility._fields[name]._description_string(self.env)
        for value in values:
            with (
                self.subTest(name, value=value),
                self.assertRaises(ValidationError) as caught,
            ):
                self.facility[name] = value
            words = str(caught.exception)
            self.assertTrue(words.startswith(f"{label}: "), words)
            self.assertEqual(len(words.splitlines()), 1, words)

    def test_an_idub_has_12_to_14_digits(self):
        self.assert_accepts("idub", "1" * 12, "1" * 13, "1" * 14, " 123456789012 ")
        self.assert_refuses("idub", "1" * 11, "1" * 15, "12345678901A", "", " ")
        self.assert_refuses(
            "idub", "1234 56789012", "123456789012\n3", "１２３４５６７８９０１２"
        )

    def test_a_mark_has_5_or_6_letters_or_digits(self):
        self.assert_accepts("mark", "HVLTA", "hvlta", "AB1CD", "HVLTAX")
        self.assert_refuses("mark", "HVLT", "HVLTAXY", "HV TA", "HŘLTA", "")

    def test_a_name_has_1_to_35_characters(self):
        self.assert_accepts("name", "X", "x" * 35, "Hotel U Lípy, byt č. 5")
        self.assert_refuses("name", "", "x" * 36, "Готель")

    def test_other_texts_may_be_empty_but_not_longer_than_registered(self):
        limits = {
            "contact": 50,
            "district": 32,
            "municipality": 48,
            "municipality_part": 48,
            "street": 48,
        }
        for name, limit in limits.items():
            self.assert_accepts(name, False, "x" * limit)
            self.assert_refuses(name, "x" * (limit + 1), "a\x01b", "日本")

    def test_a_house_number_has_4_digits_and_maybe_an_e_for_evidence(self):
        self.assert_accepts("house_number", False, "1", "1234", "E123", "e1234")
        self.assert_refuses("house_number", "12345", "12a", "F12", "E", "12/3", "-1")

    def test_an_orientation_number_has_3_digits_and_maybe_a_letter(self):
        self.assert_accepts("orientation_number", False, "6", "123", "12a", "123B")
        self.assert_refuses("orientation_number", "1234", "a", "12ab", "12/a")

    def test_a_zip_has_five_digits_and_its_space_is_dropped(self):
        self.assert_accepts("zip", False, "38901", "110 00", " 11000 ")
        self.facility.zip = "389 01"
        self.assertEqual(self.facility.zip, "38901")
        self.assert_refuses("zip", "1100", "110000", "CZ-11000", "1100O")

    def test_a_contact_holds_a_phone_that_can_be_dialled(self):
        self.assert_accepts(
            "contact",
            "Jana Vzorová, tel: +420 601 123 456",
            "601123456",
            "Recepce",
            "+49 30 901820",
        )
        self.assert_refuses(
            "contact", "Jana, tel: +420 601 123", "tel 123456", "+999 601 123 456"
        )

    def test_every_bad_field_is_named_in_one_error(self):
        bad = {
            "idub": "12",
            "mark": "X",
            "name": "x" * 36,
            "contact": "tel 123456",
            "district": "x" * 33,
            "municipality": "x" * 49,
            "municipality_part": "x" * 49,
            "street": "x" * 49,
            "house_number": "house",
            "orientation_number": "1234",
            "zip": "1",
        }
        with self.assertRaises(ValidationError) as caught:
            self.facility.write(bad)
        words = str(caught.exception)
        self.assertEqual(len(words.splitlines()), len(bad), words)
        for name in bad:
            label = self.facility._fields[name]._description_string(self.env)
            self.assertIn(f"{label}: ", words)

    def test_spaces_around_what_was_pasted_are_dropped(self):
        self.facility.write({"mark": " HVLTA\t", "login": f" {LOGIN} \n"})
        self.assertEqual(self.facility.mark, "HVLTA")
        self.assertEqual(self.facility.login, LOGIN)

    def test_letters_which_will_be_folded_are_no_error(self):
        self.assert_accepts("name", "Hôtel Señor")

    def test_one_facility_serves_several_rooms(self):
        rooms = self.room | self.make_room("102") | self.make_room("103")
        self.facility.room_ids = rooms
        self.assertEqual(rooms.ubyport_facility_id, self.facility)
        guest = self.make_guest(folio=self.make_folio(rooms[2]))
        self.assertEqual(guest.facility_id, self.facility)

    def test_an_idub_is_unique_in_a_company_and_environment(self):
        other = HOTEL | {"name": "Other"}
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env["ubyport.facility"].create(other)
        elsewhere = {"environment": "test", "login": "uby-tws1ab45"}
        self.env["ubyport.facility"].create(other | elsewhere)
        self.facility.active = False
        self.facility.flush_recordset()
        self.env["ubyport.facility"].create(other)

    def test_an_interval_below_one_is_refused(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.facility.interval_number = 0
            self.facility.flush_recordset()

    def test_only_the_simulator_has_an_address_of_its_own(self):
        self.assert_accepts(
            "endpoint",
            "http://localhost:8070/ws_uby/ws_uby.svc",
            "https://simulator.example.cz/ws_uby/ws_uby.svc",
        )
        for address in (
            "https://ubyport.pcr.cz/ws_uby/ws_uby.svc",
            "https://ubyport.pcr.cz./ws_uby/ws_uby.svc",
            "HTTPS://UBYPORT.PCR.CZ/ws_uby/ws_uby.svc",
            "http://user:x@ubyport.pcr.cz:443/",
            "https://ubyport.policie.cz/",
            "https://pcr.cz/",
        ):
            with self.subTest(address), self.assertRaises(ValidationError) as caught:
                self.facility.endpoint = address
            self.assertIn("address of the police", str(caught.exception))

    def test_an_address_which_is_none_is_refused_in_words(self):
        for address in ("simulator", "ftp://x.cz", "http://", "http://[::1", "/ws"):
            with self.subTest(address), self.assertRaises(ValidationError):
                self.facility.endpoint = address


@tagged("post_install", "-at_install")
class TestFacilityAccount(HotelCase):
    """The login by its masks, and the password that nobody reads back."""

    def test_a_web_service_login_fits_its_environment(self):
        for environment, *logins in (
            ("production", "uby-ws12cdef", "UBY-WS12CDEF", "UBY_WS12cdef"),
            ("test", "uby-tws1ab45", "UBY-WS_TWS123"),
            ("simulator", "uby-ws12demo", "uby-tws1ab45"),
        ):
            for login in logins:
                with self.subTest(environment, login=login):
                    self.facility.write({"environment": environment, "login": login})

    def test_a_login_to_the_web_application_is_explained_in_every_environment(self):
        for environment in ("simulator", "test", "production"):
            for login in (
                "ub1234567",
                "UB1234567",
                "ub123456",
                "EXRESORTMV\\ub1234567",
            ):
                with (
                    self.subTest(environment, login=login),
                    self.assertRaises(ValidationError) as caught,
                ):
                    self.facility.write({"environment": environment, "login": login})
                self.assertIn("web application", str(caught.exception))
                self.assertIn("uby-ws", str(caught.exception))

    def test_a_test_login_is_refused_in_production_also_when_that_changes_later(self):
        self.facility.write({"environment": "test", "login": "uby-tws1ab45"})
        with self.assertRaises(ValidationError):
            self.facility.environment = "production"

    def test_a_login_of_unknown_shape_is_refused_where_the_police_listen(self):
        self.facility.login = "hotel.vltava"
        for environment in ("test", "production"):
            with self.subTest(environment), self.assertRaises(ValidationError):
                self.facility.environment = environment

    def test_a_production_login_is_refused_at_the_test_service(self):
        with self.assertRaises(ValidationError):
            self.facility.write({"environment": "test", "login": "uby-ws12cdef"})

    def test_the_domain_before_the_login_is_dropped(self):
        self.facility.login = f"EXRESORTMV\\{LOGIN}"
        self.assertEqual(self.facility.login, LOGIN)
        self.facility.login = f"exresortmv\\{LOGIN}"
        self.assertEqual(self.facility.login, LOGIN)

    def assert_hidden(self, value):
        self.assertNotIn(PASSWORD, repr(value))
        self.assertNotIn("Nova2026", repr(value))

    def readers(self):
        admin = self.env.ref("base.user_admin")
        return (self.manager, admin, self.reception, self.accountant)

    def test_a_password_is_kept_and_used_but_never_read(self):
        self.facility.with_user(self.manager).password = "Nova2026"
        self.env.invalidate_all()
        self.assertEqual(self.facility.sudo().password_secret, "Nova2026")
        for user in self.readers():
            with self.subTest(user.login):
                facility = self.facility.with_user(user)
                self.assertIs(facility.read(["password"])[0]["password"], False)
                self.assertTrue(facility.read(["has_password"])[0]["has_password"])
                self.assert_hidden(facility.read())
                found = facility.search_read([("id", "=", facility.id)])
                self.assert_hidden(found)
                self.assert_hidden(
                    facility.web_read({"password": {}, "has_password": {}})
                )

    def test_a_password_just_saved_does_not_come_back_with_the_answer(self):
        facility = self.facility.with_user(self.manager)
        answer = facility.web_save({"password": "Nova2026"}, {"password": {}})
        self.assert_hidden(answer)
        self.assert_hidden(facility.read(["password"]))

    def test_a_password_given_at_creation_does_not_come_back(self):
        facilities = self.env["ubyport.facility"].with_user(self.manager)
        values = HOTEL | {"idub": "555555555555", "password": "Nova2026"}
        answer = facilities.web_save(values, {"password": {}, "has_password": {}})
        self.assert_hidden(answer)
        self.assertTrue(answer[0]["has_password"])

    def test_an_export_and_a_copy_do_not_carry_the_password(self):
        facility = self.facility.with_user(self.env.ref("base.user_admin"))
        exported = facility.export_data(["name", "password"])
        self.assertIn("Hotel Vltava", repr(exported))
        self.assert_hidden(exported)
        self.assert_hidden(facility.copy_data())
        twin = facility.copy({"idub": "555555555555"})
        self.assertFalse(twin.has_password)
        self.assertFalse(twin.login)

    def test_the_stored_secret_is_closed_to_everybody(self):
        for user in self.readers():
            facility = self.facility.with_user(user)
            secret = [("password_secret", "=like", "V%")]
            through_room = [("ubyport_facility_id.password_secret", "=like", "V%")]
            rooms = self.env["hotel.room"].with_user(user)
            for attempt in (
                lambda f=facility: f.read(["password_secret"]),
                lambda f=facility, d=secret: f.search(d),
                lambda f=facility, d=secret: f.search_count(d),
                lambda f=facility: f.search([], order="password_secret"),
                lambda f=facility: f.formatted_read_group([], ["password_secret"], []),
                lambda f=facility: f.web_read({"password_secret": {}}),
                lambda f=facility: f.write({"password_secret": "x"}),
                lambda r=rooms, d=through_room: r.search(d),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self.assert_hidden(attempt())
            self.assertNotIn("password_secret", facility.fields_get())

    def test_the_password_is_in_no_attachment_and_no_message(self):
        facility = self.facility.with_context(tracking_disable=False)
        facility.write({"password": "Nova2026", "login": "uby-ws99demo"})
        facility.flush_recordset()
        self.env.flush_all()
        domain = [("res_model", "=", facility._name), ("res_id", "=", facility.id)]
        attachments = self.env["ir.attachment"].sudo().search(domain)
        self.assertFalse(attachments)
        messages = self.env["mail.message"].search(
            [("model", "=", facility._name), ("res_id", "=", facility.id)]
        )
        self.assert_hidden(messages.mapped("body"))
        tracked = messages.tracking_value_ids
        self.assert_hidden(tracked.mapped("new_value_char"))
        self.assert_hidden(tracked.mapped("old_value_char"))

    def test_an_empty_password_keeps_the_old_one(self):
        for nothing in ("", False):
            self.facility.with_user(self.manager).write({"password": nothing})
            self.assertEqual(self.facility.sudo().password_secret, PASSWORD)

    def test_the_polices_password_does_not_follow_to_a_simulator(self):
        facility = self.facility.with_user(self.manager)
        facility.endpoint = "http://127.0.0.1:10/"
        self.assertTrue(facility.has_password, "it was the simulator's before")
        facility.write({"environment": "test", "login": "uby-tws1ab45"})
        self.assertTrue(facility.has_password)
        facility.write({"environment": "simulator", "login": LOGIN})
        self.assertFalse(facility.has_password)
        facility.write({"environment": "test", "login": "uby-tws1ab45"})
        facility.password = "Vltava2026"
        values = {"environment": "simulator", "login": LOGIN, "password": "Nova2026"}
        facility.write(values)
        self.assertEqual(self.facility.sudo().password_secret, "Nova2026")

    def test_a_new_account_gets_a_new_try_at_once(self):
        for values in (
            {"password": "Nova2026"},
            {"login": "uby-ws99demo"},
            {"endpoint": "http://127.0.0.1:10/ws_uby/ws_uby.svc"},
        ):
            with self.subTest(values):
                self.facility.write(
                    {
                        "service_state": "access_denied",
                        "service_error": "unauthorized",
                        "next_try_at": "2099-01-01 00:00:00",
                        "outage_count": 3,
                    }
                )
                before = woken(self.env)
                self.facility.with_user(self.manager).write(values)
                self.assertEqual(self.facility.service_state, "ok")
                self.assertFalse(self.facility.service_error)
                self.assertFalse(self.facility.next_try_at)
                self.assertFalse(self.facility.outage_count)
                self.assertTrue(woken(self.env) - before)

    def test_another_change_leaves_a_denied_account_denied(self):
        self.facility.service_state = "access_denied"
        self.facility.write({"street": "Jiná", "password": False})
        self.assertEqual(self.facility.service_state, "access_denied")
