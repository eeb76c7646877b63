# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .common import HOTEL, RECEPTION_GROUPS, HotelCase

OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
# What reception, accountant, manager and an employee outside the hotel may do.
MATRIX = {
    "hotel.folio.guest": ("rwcd", "r", "rwcd", ""),
    "ubyport.facility": ("r", "r", "rwcd", ""),
    "ubyport.report": ("r", "r", "r", ""),
    "ubyport.report.line": ("r", "r", "r", ""),
    "ubyport.document.check": ("r", "", "rd", ""),
    "ubyport.statistics": ("r", "r", "r", ""),
    "ubyport.country": ("r", "r", "rwc", "r"),
    "ubyport.purpose": ("r", "r", "rwc", "r"),
    "ubyport.error": ("r", "r", "r", "r"),
    "ubyport.certification": ("", "", "r", ""),
    "ubyport.certification.line": ("", "", "r", ""),
    "ubyport.certification.batch": ("", "", "r", ""),
    "ubyport.certification.start": ("", "", "rwcd", ""),
    "ubyport.elsewhere": ("rwcd", "", "rwcd", ""),
    "ubyport.police.message": ("", "", "rwcd", ""),
    "ubyport.export": ("rwcd", "", "rwcd", ""),
    "ubyport.receipt.seen": ("", "", "rwcd", ""),
    "ubyport.receipt.upload": ("rwcd", "", "rwcd", ""),
    "ubyport.unl.discard": ("rwcd", "", "rwcd", ""),
    "ubyport.unl.import": ("rwcd", "", "rwcd", ""),
    "ubyport.unl.import.line": ("rwcd", "", "rwcd", ""),
}
# The accountant alone: what a folio is made of.
READ_BY_ACCOUNTANT = (
    "hotel.folio",
    "hotel.folio.line",
    "hotel.service.line",
    "hotel.room",
    "hotel.room.amenities",
    "folio.room.line",
    "account.move",
    "account.move.line",
    "sale.order",
    "sale.order.line",
)


class AccessCase(HotelCase):
    """A reported guest, and somebody who has nothing to do with the hotel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(cls.env, "outsider", "base.group_user")
        cls.guest = cls.make_guests("Novak")
        cls.report = cls.env["ubyport.report"]._open_batch(
            cls.facility, cls.guest, [cls.guest._to_wire()]
        )
        cls.report._as_evidence_writer().write(
            {
                "state": "accepted",
                "receipt": base64.b64encode(b"%PDF-1.4 receipt"),
                "request_xml": base64.b64encode(b"<request>Novak</request>"),
                "response_xml": base64.b64encode(b"<answer/>"),
            }
        )
        cls.report._write_verdict(["accepted"])
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestAccess(AccessCase):
    """Who reads and who writes what."""

    def record_of(self, model):
        samples = {
            "hotel.folio.guest": self.guest,
            "ubyport.facility": self.facility,
            "ubyport.report": self.report,
            "ubyport.report.line": self.report.line_ids,
        }
        return samples.get(model) or self.env[model].search([], limit=1)

    def test_the_table_of_this_test_covers_every_model_of_ours(self):
        ours = {
            model
            for model, records in self.env.items()
            if model.startswith("ubyport.") and not records._abstract
        }
        self.assertEqual(set(MATRIX) - {"hotel.folio.guest"}, ours)

    def test_everybody_may_do_what_the_table_says_and_nothing_else(self):
        users = (self.reception, self.accountant, self.manager, self.outsider)
        for model, rights in MATRIX.items():
            record = self.record_of(model)
            for user, letters in zip(users, rights, strict=True):
                for letter, operation in OPERATIONS.items():
                    with self.subTest(model, user=user.login, operation=operation):
                        allowed = letter in letters
                        asked = record.with_user(user)
                        self.assertEqual(asked.has_access(operation), allowed)

    def test_an_outsider_meets_a_closed_door_everywhere(self):
        for model in (
            "hotel.folio.guest",
            "ubyport.facility",
            "ubyport.report",
            "ubyport.report.line",
            "ubyport.export",
        ):
            records = self.env[model].with_user(self.outsider)
            for attempt in (
                lambda r=records: r.search([]),
                lambda r=records: r.search_read([]),
                lambda r=records: r.formatted_read_group([], [], ["__count"]),
                lambda r=records: r.name_search("Novak"),
                lambda r=records: r.create({}),
            ):
                with self.subTest(model), self.assertRaises(AccessError):
                    attempt()

    def test_the_accountant_reads_the_folio_with_its_guests_and_reports(self):
        folio = self.guest.folio_id.with_user(self.accountant)
        values = folio.read(["name", "partner_id", "state", "guest_count"])[0]
        self.assertEqual(values["guest_count"], 1)
        self.assertTrue(folio.room_line_ids.read(["checkin_date", "product_id"]))
        self.assertEqual(folio.guest_ids.read()[0]["surname"], "Novak")
        self.assertTrue(folio.guest_ids.read()[0]["report_reason"])
        report = self.report.with_user(self.accountant)
        self.assertEqual(report.read(["receipt", "message"])[0]["id"], report.id)
        self.assertTrue(report.line_ids.read())
        self.assertTrue(self.facility.with_user(self.accountant).read())
        self.assertIn(folio.id, folio.search([]).ids)

    def test_the_accountant_opens_the_forms(self):
        for record in (self.guest.folio_id, self.guest, self.report, self.facility):
            with self.subTest(record._name):
                self.assertTrue(Form(record.with_user(self.accountant)))

    def test_the_accountant_writes_nothing(self):
        accountant = self.accountant
        guest = self.guest.with_user(accountant)
        expected = self.make_guest(folio=self.guest.folio_id).with_user(accountant)
        folio = self.guest.folio_id.with_user(accountant)
        facility = self.facility.with_user(accountant)
        attempts = (
            lambda: guest.write({"surname": "X"}),
            lambda: guest.unlink(),
            lambda: guest.copy(),
            lambda: guest.create({"folio_id": folio.id}),
            lambda: expected.action_check_in(),
            lambda: guest.action_check_out(),
            lambda: expected.action_hold(),
            lambda: expected.action_release(),
            lambda: folio.write({"guest_ids": [Command.create({"surname": "X"})]}),
            lambda: folio.write({"client_order_ref": "X"}),
            lambda: folio.action_check_out_guests(),
            lambda: folio.action_cancel(),
            lambda: facility.write({"automation": "immediate"}),
            lambda: facility.write({"password": "Nova2026"}),
            lambda: facility.action_test_connection(),
            lambda: facility.action_refresh_lists(),
            lambda: guest.env["ubyport.export"].create({}),
            lambda: guest.env["ubyport.country"].create({"code": "QQQ", "name": "X"}),
            lambda: self.code("DEU").with_user(accountant).write({"name": "X"}),
        )
        for number, attempt in enumerate(attempts):
            with self.subTest(number), self.assertRaises(AccessError):
                attempt()
                self.env.flush_all()

    def test_the_accountant_can_write_nothing_a_folio_is_made_of(self):
        for model in READ_BY_ACCOUNTANT:
            records = self.env[model].with_user(self.accountant)
            with self.subTest(model):
                self.assertTrue(records.has_access("read"))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.has_access(operation), operation)

    def test_the_receptionist_cannot_write_facilities(self):
        facility = self.facility.with_user(self.reception)
        for values in (
            {"automation": "immediate"},
            {"password": "Nova2026"},
            {"endpoint": "http://example.com"},
            {"purpose_optional": True},
            {"service_state": "ok"},
            {"room_ids": [Command.link(self.room.id)]},
            {"active": False},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                facility.write(values)
        with self.assertRaises(AccessError):
            facility.create(HOTEL | {"idub": "555555555555"})
        with self.assertRaises(AccessError):
            facility.unlink()

    def test_a_guest_without_a_folio_is_refused_before_the_database_logs_it(self):
        guests = self.env["hotel.folio.guest"].with_user(self.reception)
        with self.assertNoLogs("odoo.sql_db", "ERROR"):
            with self.assertRaises(ValidationError):
                guests.create({"surname": "Secret", "document_number": "SECRET77"})
            with self.assertRaises(ValidationError):
                self.guest.with_user(self.reception).folio_id = False

    def test_raw_messages_are_for_the_manager_only(self):
        for name in ("request_xml", "response_xml"):
            with self.subTest(name):
                value = self.report.with_user(self.manager).read([name])[0][name]
                self.assertTrue(value)
                for user in (self.reception, self.accountant):
                    report = self.report.with_user(user)
                    self.assertNotIn(name, report.read()[0])
                    self.assertNotIn(name, report.fields_get())
                    with self.assertRaises(AccessError):
                        report.read([name])
                    with self.assertRaises(AccessError):
                        report.search([(name, "!=", False)])

    def test_raw_messages_cannot_be_reached_as_attachments(self):
        domain = [
            ("res_model", "=", "ubyport.report"),
            ("res_id", "=", self.report.id),
            ("res_field", "in", ("request_xml", "response_xml")),
        ]
        attachments = self.env["ir.attachment"].sudo().search(domain)
        self.assertEqual(len(attachments), 2)
        for user in (self.reception, self.accountant, self.outsider):
            with self.subTest(user.login):
                theirs = attachments.with_user(user).sudo(False)
                by_id = [("id", "in", attachments.ids)]
                self.assertFalse(theirs.search(by_id))
                with self.assertRaises(AccessError):
                    theirs.read(["datas"])

    def test_an_outsider_gets_no_receipt_as_an_attachment(self):
        domain = [("res_model", "=", "ubyport.report"), ("res_field", "=", "receipt")]
        receipts = self.env["ir.attachment"].sudo().search(domain)
        self.assertTrue(receipts)
        theirs = receipts.with_user(self.outsider).sudo(False)
        self.assertFalse(theirs.search([("id", "in", receipts.ids)]))
        with self.assertRaises(AccessError):
            theirs.read(["datas"])

    def test_hotel_groups_imply_ours(self):
        for hotel, ours in (
            ("hotel.group_hotel_user", "hotel_ubyport.group_ubyport_user"),
            ("hotel.group_hotel_manager", "hotel_ubyport.group_ubyport_manager"),
            (
                "hotel_ubyport.group_ubyport_manager",
                "hotel_ubyport.group_ubyport_user",
            ),
        ):
            with self.subTest(hotel):
                implied = self.env.ref(hotel).all_implied_ids
                self.assertIn(self.env.ref(ours), implied)

    def test_the_accountants_group_gives_no_other_of_ours(self):
        for group in ("user", "manager"):
            self.assertFalse(
                self.accountant.has_group(f"hotel_ubyport.group_ubyport_{group}")
            )

    def test_the_administrator_runs_the_hotel(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("hotel.group_hotel_manager"))
        self.assertTrue(admin.has_group("hotel_ubyport.group_ubyport_manager"))

    def menus_of(self, user):
        """Return the names of our menus which a user reaches from the top."""
        ours = self.env["ir.model.data"].search(
            [("module", "=", "hotel_ubyport"), ("model", "=", "ir.ui.menu")]
        )
        names = {row.res_id: row.name for row in ours}
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        found, ahead = set(), list(menus["root"]["children"])
        while ahead:
            menu_id = ahead.pop()
            found.add(names.get(menu_id))
            ahead += menus[menu_id]["children"]
        return found - {None}

    def test_everybody_finds_the_menus_of_his_work(self):
        manager = self.menus_of(self.manager)
        self.assertGreater(manager, self.menus_of(self.reception))
        self.assertTrue(self.menus_of(self.reception))
        self.assertTrue(self.menus_of(self.accountant))
        self.assertFalse(self.menus_of(self.outsider))

    def day_of(self, user):
        """Return the names below Foreign Police as a user reads them, in order."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        top = self.env.ref("hotel_ubyport.ubyport_menu").id
        return [menus[menu_id]["name"] for menu_id in menus[top]["children"]]

    def test_menus_follow_the_order_of_the_day(self):
        desk = [
            "Guests",
            "Preview & Report",
            "Reports",
            "Receipt Arrived",
            "Import UNL File",
            "Milestones",
            "Invitations",
            "Document Checks",
        ]
        self.assertEqual(self.day_of(self.reception), desk)
        self.assertEqual(self.day_of(self.manager), [*desk, "Statistics"])
        self.assertEqual(
            self.day_of(self.accountant),
            [
                "Guest Records",
                "Reports",
                "Milestones",
                "Invitations",
                "Statistics",
                "Board",
            ],
        )

    def test_no_two_menus_claim_the_same_place(self):
        ours = self.env["ir.model.data"].search(
            [("module", "=", "hotel_ubyport"), ("model", "=", "ir.ui.menu")]
        )
        menus = self.env["ir.ui.menu"].browse(ours.mapped("res_id"))
        places = [(menu.parent_id, menu.sequence) for menu in menus]
        self.assertEqual(len(set(places)), len(places))

    def test_the_hotels_app_opens_the_board_for_its_manager(self):
        menus = self.env["ir.ui.menu"].with_user(self.manager).load_web_menus(False)
        app = self.env.ref("hotel.hotel_management_menu").id
        board = self.env.ref("hotel_ubyport.ubyport_board_action").id
        self.assertEqual(menus[app]["actionID"], board)


@tagged("post_install", "-at_install")
class TestCompanies(AccessCase):
    """Two hotels in one database know nothing of each other's guests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other Hotel"})
        cls.stranger = new_test_user(
            cls.env,
            "cizi.reditel",
            f"{RECEPTION_GROUPS},hotel.group_hotel_manager",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.other_facility = cls.env["ubyport.facility"].create(
            HOTEL | {"company_id": cls.other_company.id, "name": "Other"}
        )

    def ours(self):
        return (self.facility, self.guest, self.report, self.report.line_ids)

    def test_the_other_hotel_sees_nothing_of_ours(self):
        for records in self.ours():
            theirs = records.with_user(self.stranger)
            with self.subTest(records._name):
                self.assertFalse(theirs.search([("id", "in", records.ids)]))
                for operation in ("read", "write", "unlink"):
                    self.assertFalse(theirs.has_access(operation), operation)
                with self.assertRaises(AccessError):
                    theirs.read()

    def test_our_people_see_nothing_of_the_other_hotel(self):
        for user in (self.reception, self.accountant, self.manager):
            facility = self.other_facility.with_user(user)
            with self.subTest(user.login):
                self.assertNotIn(facility.id, facility.search([]).ids)
                with self.assertRaises(AccessError):
                    facility.read(["name"])

    def test_two_hotels_may_hold_the_same_idub(self):
        self.assertEqual(self.other_facility.idub, self.facility.idub)

    def test_a_guest_cannot_be_reported_by_a_facility_of_another_company(self):
        guest = self.make_guest(folio=self.make_folio(user=self.reception))
        with self.assertRaises(AccessError):
            guest.with_user(self.reception).facility_id = self.other_facility.id
        values = self.guest_values() | {"facility_id": self.other_facility.id}
        with self.assertRaises(AccessError):
            guest.create(values | {"folio_id": guest.folio_id.id})

    def test_a_guest_is_not_pushed_into_what_the_user_does_not_see(self):
        guest = self.make_guest(folio=self.make_folio(user=self.reception))
        theirs = self.env["res.partner"].create(
            {"name": "Hidden", "company_id": self.other_company.id}
        )
        warehouse = [("company_id", "=", self.other_company.id)]
        folio = self.env["hotel.folio"].create(
            {
                "partner_id": self.payer.id,
                "company_id": self.other_company.id,
                "warehouse_id": self.env["stock.warehouse"]
                .search(warehouse, limit=1)
                .id,
            }
        )
        for values in ({"folio_id": folio.id}, {"partner_id": theirs.id}):
            with self.subTest(values), self.assertRaises(AccessError):
                guest.with_user(self.reception).write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                guest.with_user(self.reception).create(
                    self.guest_values() | {"folio_id": guest.folio_id.id} | values
                )

    def test_a_facility_in_use_stays_in_its_company(self):
        with self.assertRaises(UserError):
            self.facility.company_id = self.other_company
        third = self.env["res.company"].create({"name": "Third Hotel"})
        self.other_facility.company_id = third
        self.assertEqual(self.other_facility.company_id, third)

    def test_a_facility_of_another_company_is_never_taken_by_itself(self):
        self.facility.active = False
        guest = self.make_guest(folio=self.make_folio(self.make_room("900")))
        self.assertFalse(guest.facility_id)

    def test_the_preview_is_no_way_to_guests_of_another_company(self):
        wizards = self.env["ubyport.export"].with_user(self.stranger)
        with self.assertRaises(AccessError):
            wizards.with_context(
                active_model="hotel.folio.guest", active_ids=self.guest.ids
            ).create({})
        for attempt in (
            lambda: wizards.get_rows(self.guest.ids),
            lambda: wizards.repair_all(self.guest.ids, {"note": "X"}),
            lambda: wizards.create({"chosen_ids": self.guest.ids}),
            lambda: wizards.create({"guest_ids": self.guest.ids}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_the_preview_from_the_menu_shows_only_the_own_company(self):
        other = self.make_guests("Own")
        wizards = self.env["ubyport.export"].with_user(self.stranger)
        self.assertNotIn(other, wizards.create({}).guest_ids)


@tagged("post_install", "-at_install")
class TestDownloads(AccessCase, HttpCase):
    """Receipts over HTTP, as the browser fetches them."""

    def get(self, login, name):
        self.authenticate(login, login)
        return self.url_open(f"/web/content/ubyport.report/{self.report.id}/{name}")

    def test_accountant_and_receptionist_download_the_receipt(self):
        for login in ("ucetni", "anna.recepce", "reditel"):
            with self.subTest(login):
                answer = self.get(login, "receipt")
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(answer.content, b"%PDF-1.4 receipt")

    def test_the_receipt_is_not_for_outsiders(self):
        answer = self.get("outsider", "receipt")
        self.assertNotEqual(answer.status_code, 200)
        self.assertNotIn(b"PDF-1.4 receipt", answer.content)

    def test_raw_messages_are_downloaded_by_the_manager_only(self):
        self.assertIn(b"Novak", self.get("reditel", "request_xml").content)
        for login in ("ucetni", "anna.recepce", "outsider"):
            with self.subTest(login):
                answer = self.get(login, "request_xml")
                self.assertNotEqual(answer.status_code, 200)
                self.assertNotIn(b"Novak", answer.content)

    def test_every_page_of_every_user_opens_without_an_error(self):
        # The browser asks this with each page, also of those who are not of the hotel.
        params = {"model": "ir.http", "method": "lazy_session_info"}
        for login in ("outsider", "ucetni", "anna.recepce", "reditel"):
            with self.subTest(login):
                self.authenticate(login, login)
                info = self.make_jsonrpc_request(
                    "/web/dataset/call_kw", params | {"args": [], "kwargs": {}}
                )
                self.assertEqual("ubyport_alarm" in info, login != "outsider")
