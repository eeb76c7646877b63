# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import HotelCase, PoliceCase


class PreviewCase(HotelCase):
    """The preview, opened by the receptionist."""

    def preview(self, records=None):
        """Open the preview from records, or from the menu, and save it as is."""
        context = {}
        if records:
            context = {"active_model": records._name, "active_ids": records.ids}
        return self.wizards().with_context(**context).create({})

    def wizards(self):
        return self.env["ubyport.export"].with_user(self.reception)

    def rows(self, records=None):
        """Return {surname: row} of what the screen shows, in its order."""
        context = {}
        if records:
            context = {"active_model": records._name, "active_ids": records.ids}
        shown = self.wizards().with_context(**context).get_preview()["guests"]
        guests = self.env["hotel.folio.guest"]
        return {guests.browse(row["id"]).surname: row for row in shown}

    def row(self, guest):
        """Return the one row of a preview opened from a guest."""
        (row,) = self.rows(guest).values()
        return row

    def words(self, row):
        """Return all that a row says is the matter."""
        found = [f"{f['label']}: {f['message']}" for f in row["findings"]]
        return " ".join([row["reason"], *found])

    def text(self, parts):
        return "".join(part for part, _differs in parts)


@tagged("post_install", "-at_install")
class TestPreview(PreviewCase):
    """What the preview offers, chooses and says, before anything is sent."""

    def test_from_a_folio_it_shows_all_of_its_guests_whatever_their_state(self):
        folio = self.make_folio()
        ready = self.make_guests("Ready", folio=folio)
        expected = self.make_guest("Expected", folio=folio)
        czech = self.make_guest(
            "Czech", folio=folio, nationality_id=self.code("CZE").id
        )
        self.make_guests("Elsewhere")
        export = self.preview(folio)
        self.assertEqual(export.guest_ids, ready + expected + czech)

    def test_from_guests_it_shows_those(self):
        guests = self.make_guests("Alfa", "Beta", "Gama")
        self.assertEqual(self.preview(guests[:2]).guest_ids, guests[:2])

    def test_from_a_facility_it_shows_its_open_guests(self):
        other = self.env["ubyport.facility"].create(
            {"name": "Second", "idub": "999999999999", "mark": "SECON"}
        )
        room = self.make_room("201")
        room.ubyport_facility_id = other
        ours = self.make_guests("Ours")
        theirs = self.make_guests("Theirs", folio=self.make_folio(room))
        self.make_guest("Expected")
        self.assertEqual(self.preview(self.facility).guest_ids, ours)
        self.assertEqual(self.preview(other).guest_ids, theirs)

    def test_from_the_menu_it_shows_everybody_who_is_open(self):
        open_guests = self.make_guests("Ready") + self.make_guests(
            "Bad", purpose_id=False
        )
        self.make_guest("Expected")
        self.make_guests("Czech", nationality_id=self.code("CZE").id)
        found = self.preview().guest_ids
        self.assertLessEqual(open_guests, found)
        self.assertFalse(
            set(found.mapped("report_state")) & {"reported", "exempt", "expected"}
        )

    def test_without_open_guests_it_is_empty_and_sends_nothing(self):
        export = self.preview(self.make_folio())
        self.assertFalse(export.guest_ids)
        with self.assertRaises(UserError):
            export.action_send()

    def test_the_most_urgent_guest_stands_first(self):
        late = self.make_folio(arrival=self.today() - timedelta(days=9), nights=20)
        today = self.make_guests("Today")
        urgent = self.make_guests("Urgent", folio=late)
        self.assertEqual(list(self.rows(today + urgent)), ["Urgent", "Today"])

    def test_only_complete_guests_are_chosen_from_the_start(self):
        folio = self.make_folio()
        ready = self.make_guests("Ready", folio=folio)
        self.make_guests("Bad", folio=folio, purpose_id=False)
        self.make_guest("Expected", folio=folio)
        self.assertEqual(self.preview(folio).chosen_ids, ready)
        offered = [name for name, row in self.rows(folio).items() if row["offered"]]
        self.assertEqual(offered, ["Ready"])

    def test_a_queued_guest_is_chosen_again_so_that_sending_now_needs_no_thinking(self):
        guest = self.make_guests("Alfa")
        guest._enqueue(guest.create_date + timedelta(hours=5))
        self.assertEqual(self.preview(guest).chosen_ids, guest)

    def test_each_row_says_what_is_the_matter_and_what_will_be_sent(self):
        folio = self.make_folio()
        good = self.make_guests("Peña", folio=folio)
        bad = self.make_guests(
            "Иванов", folio=folio, purpose_id=False, document_type="other"
        )
        czech = self.make_guests(
            "Novák", folio=folio, nationality_id=self.code("CZE").id
        )
        row = self.row(good)
        self.assertEqual(row["group"], "green")
        self.assertIn("Pena, Jörg, 17051980, DEU, DOC00000", row["sent"])
        self.assertIn("DEU-Spolková republika Německo", row["sent"])
        row = self.row(bad)
        self.assertEqual(row["group"], "red")
        self.assertIn("Purpose", self.words(row))
        self.assertIn("Latin", self.words(row))
        self.assertFalse(row["sent"])
        row = self.row(czech)
        self.assertEqual((row["group"], row["due"]), ("grey", False))
        self.assertIn("Czech", row["reason"])
        self.assertFalse(row["sent"])

    def test_typed_and_sent_stand_side_by_side_only_where_they_differ(self):
        guest = self.make_guests("Peña", residence_street="Ulica Ţepeş, 3")
        guest.document_number = "doc123456"
        name, document, street = self.row(guest)["differences"]
        self.assertEqual(self.text(name["typed"]), "Peña")
        self.assertEqual(self.text(name["sent"]), "Pena")
        self.assertEqual(
            name["sent"], [("Pe", False), ("n", True), ("a", False)], "what differs"
        )
        self.assertEqual(self.text(document["sent"]), "DOC123456")
        self.assertNotIn(",", self.text(street["sent"]))
        self.assertEqual(self.row(self.make_guests("Müller"))["differences"], [])

    def test_a_row_says_by_when(self):
        late = self.make_folio(arrival=self.today() - timedelta(days=9), nights=20)
        row = self.row(self.make_guests("Urgent", folio=late))
        self.assertLess(row["days"], 0)
        self.assertEqual(
            self.row(self.make_guests("Today"))["days"],
            (self.make_guests("Other").deadline_date - self.today()).days,
        )

    def test_a_warning_is_amber_and_still_chosen(self):
        guest = self.make_guests("Alfa")
        guest.document_number = "A1234"
        row = self.row(guest)
        self.assertEqual((row["group"], row["offered"]), ("amber", True))
        self.assertIn("short", self.words(row))

    def warning(self, guest):
        context = {"active_model": guest._name, "active_ids": guest.ids}
        shown = self.wizards().with_context(**context).get_preview()
        return shown["facilities"][0]["warning"]

    def test_a_facility_which_cannot_send_is_announced_before_sending(self):
        guest = self.make_guests("Alfa")
        self.assertFalse(self.warning(guest))
        self.facility.service_state = "access_denied"
        self.assertIn("refused", self.warning(guest))
        self.facility.service_state = "outage"
        self.assertTrue(self.warning(guest))
        self.facility.write({"service_state": "ok", "login": False})
        self.assertIn("account", self.warning(guest))

    def test_where_the_service_cannot_be_used_the_way_by_file_is_offered(self):
        guest = self.make_guests("Alfa")
        wizards = self.wizards().with_context(
            active_model=guest._name, active_ids=guest.ids
        )
        for state, obstructed in (("ok", False), ("outage", True)):
            self.facility.service_state = state
            (facility,) = wizards.get_preview()["facilities"]
            self.assertEqual(facility["obstructed"], obstructed)

    def test_the_accountant_reads_it_and_may_not_send(self):
        self.assertTrue(self.wizards().get_preview()["may_send"])
        theirs = self.env["ubyport.export"].with_user(self.accountant)
        self.assertFalse(theirs.get_preview()["may_send"])

    def test_its_action_names_the_guests_so_that_the_page_can_be_loaded_again(self):
        guests = self.make_guests("Alfa", "Beta")
        action = guests.with_user(self.reception).action_preview_report()
        self.assertEqual(
            action["params"], {"model": "hotel.folio.guest", "ids": guests.ids}
        )
        self.assertEqual(action["path"], "police-preview")

    def test_a_guest_of_no_facility_is_red_until_one_is_chosen(self):
        self.env["ubyport.facility"].create(
            {"name": "Second", "idub": "999999999999", "mark": "SECON"}
        )
        self.room.ubyport_facility_id = False
        guest = self.make_guests("Alfa")
        self.assertFalse(guest.facility_id)
        row = self.row(guest)
        self.assertEqual((row["group"], row["sendable"]), ("red", False))
        self.assertEqual(row["findings"][0]["field"], "facility_id")
        (row,) = self.wizards().repair_all(guest.ids, {"facility_id": self.facility.id})
        self.assertEqual((row["group"], row["offered"]), ("green", True))

    def test_one_value_repairs_many_guests_who_become_sendable(self):
        bad = self.make_guests("Alfa", "Beta", purpose_id=False)
        purpose = self.env.ref("hotel_ubyport.purpose_10")
        rows = self.wizards().repair_all(bad.ids, {"purpose_id": purpose.id})
        self.assertEqual([row["id"] for row in rows], bad.ids)
        self.assertEqual([row["group"] for row in rows], ["green", "green"])
        self.assertEqual([row["offered"] for row in rows], [True, True])
        self.assertEqual(bad.mapped("report_state"), ["ready", "ready"])

    def test_many_guests_get_the_shared_fields_only(self):
        guest = self.make_guests("Alfa")
        for values in ({"surname": "Beta"}, {"report_state": "reported"}):
            with self.assertRaises(AccessError):
                self.wizards().repair_all(guest.ids, values)

    def test_a_value_for_many_writes_nothing_but_itself(self):
        guest = self.make_guests("Alfa", purpose_id=False)
        self.rows(guest)
        guest.document_number = "COLLEAGUE1"
        purpose = self.env.ref("hotel_ubyport.purpose_10")
        (row,) = self.wizards().repair_all(guest.ids, {"purpose_id": purpose.id})
        self.assertEqual(guest.document_number, "COLLEAGUE1")
        self.assertIn("COLLEAGUE1", row["sent"])

    def test_a_value_for_many_leaves_alone_who_was_told_to_the_police_meanwhile(self):
        told, other = self.make_guests("Told", "Other")
        wire = told._to_wire()
        self.env["ubyport.report"]._open_batch(self.facility, told, [wire])
        day = other.departure_date + timedelta(days=3)
        self.wizards().repair_all((told + other).ids, {"departure_date": day})
        self.assertEqual(other.departure_date, day)
        self.assertNotEqual(told.departure_date, day)
        self.assertEqual(self.row(told)["group"], "done")

    def test_the_repair_in_place_judges_while_it_is_typed(self):
        guest = self.make_guests("Alfa", purpose_id=False).with_user(self.reception)
        form = Form(guest)
        self.assertTrue(form.findings)
        form.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
        self.assertFalse(form.findings)
        self.assertEqual(guest.report_state, "incomplete", "not saved yet")

    def test_a_guest_deleted_meanwhile_vanishes_from_the_open_screen(self):
        gone, left = self.make_guest("Gone"), self.make_guest("Left")
        ids = (gone + left).ids
        gone.unlink()
        self.assertEqual([row["id"] for row in self.wizards().get_rows(ids)], left.ids)

    def test_sending_nobody_or_only_bad_guests_is_refused_in_words(self):
        good, bad = self.make_guests("Good"), self.make_guests("Bad", purpose_id=False)
        export = self.preview(good + bad)
        export.chosen_ids = False
        with self.assertRaises(UserError):
            export.action_send()
        export.chosen_ids = bad
        with self.assertRaises(UserError) as caught:
            export.action_send()
        self.assertIn("No guest", str(caught.exception))
        self.assertEqual(good.report_state, "ready")
        self.assertEqual(export.stage, "preview")

    def test_a_guest_who_turned_bad_behind_the_open_preview_is_not_sent(self):
        good, bad = self.make_guests("Good", "Bad")
        export = self.preview(good + bad)
        bad.surname = "Иванов"
        export.action_send()
        self.assertEqual(good.report_state, "queued")
        self.assertEqual(bad.report_state, "incomplete")
        self.assertFalse(bad.queued_at)
        progress = export.get_progress()
        self.assertEqual((progress["total"], progress["waiting"]), (2, 1))
        reasons = {row["name"]: row["reason"] for row in progress["guests"]}
        self.assertIn("Latin", reasons["Иванов Jörg"])

    def test_expected_and_exempt_guests_are_never_sent_even_if_chosen(self):
        expected = self.make_guest("Expected")
        czech = self.make_guests("Czech", nationality_id=self.code("CZE").id)
        export = self.preview(expected + czech)
        export.chosen_ids = expected + czech
        with self.assertRaises(UserError):
            export.action_send()
        self.assertFalse((expected + czech).filtered("queued_at"))

    def test_who_commanded_it_is_kept(self):
        guest = self.make_guests("Alfa")
        self.preview(guest).action_send()
        self.assertEqual(guest.queued_by_id, self.reception)

    def test_one_receptionist_does_not_see_the_command_of_another(self):
        export = self.preview(self.make_guests("Alfa"))
        theirs = export.with_user(self.manager)
        self.assertFalse(theirs.search([("id", "=", export.id)]))
        for operation in ("read", "write", "unlink"):
            self.assertFalse(theirs.has_access(operation), operation)
        with self.assertRaises(AccessError):
            theirs.get_progress()

    def test_a_deleted_guest_vanishes_from_a_command(self):
        guest = self.make_guest("Alfa")
        export = self.preview(guest)
        guest.unlink()
        self.env.invalidate_all()
        self.assertFalse(export.guest_ids)


@tagged("post_install", "-at_install")
class TestSendingFromPreview(PreviewCase, PoliceCase):
    """The command, the wait for the answer, and the receipt."""

    def test_only_the_chosen_guests_are_sent(self):
        chosen, left = self.make_guests("Chosen", "Left")
        export = self.preview(chosen + left)
        export.chosen_ids = chosen
        self.assertTrue(export.action_send())
        self.assertEqual(export.stage, "sent")
        self.assertEqual(export.get_progress()["waiting"], 1)
        self.run_sender()
        self.assertEqual(self.surnames_received(), ["Chosen"])
        self.assertEqual(chosen.report_state, "reported")
        self.assertEqual(left.report_state, "ready")

    def test_afterwards_the_receipt_is_one_click_away(self):
        guests = self.make_guests("Alfa", "Beta")
        export = self.preview(guests)
        export.action_send()
        self.assertFalse(export.get_progress()["reports"])
        self.run_sender()
        progress = export.get_progress()
        self.assertEqual(progress["waiting"], 0)
        report = guests.line_ids.report_id
        (shown,) = progress["reports"]
        self.assertEqual((shown["id"], shown["accepted"]), (report.id, 2))
        self.assertTrue(shown["receipt"])
        self.assertTrue(report.with_user(self.reception).receipt)

    def test_several_batches_have_several_receipts(self):
        now = fields.Datetime.now()
        self.facility.write({"max_batch": 1, "lists_refreshed_at": now})
        guests = self.make_guests("Alfa", "Beta")
        export = self.preview(guests)
        export.action_send()
        self.run_sender()
        shown = {report["id"] for report in export.get_progress()["reports"]}
        self.assertEqual(len(shown), 2)
        self.assertEqual(shown, set(guests.line_ids.report_id.ids))

    def test_whoever_sent_is_told_after_each_batch(self):
        now = fields.Datetime.now()
        self.facility.write({"max_batch": 1, "lists_refreshed_at": now})
        self.preview(self.make_guests("Alfa", "Beta")).action_send()
        before = self.env["bus.bus"].search([]).ids
        self.run_sender()
        messages = self.env["bus.bus"].search([("id", "not in", before)])
        progress = [m for m in messages if "ubyport_progress" in m.message]
        self.assertEqual(len(progress), 2)
        partner = str(self.reception.partner_id.id)
        self.assertTrue(all(partner in message.channel for message in progress))

    def test_verdicts_which_the_screen_has_are_not_told_again(self):
        guests = self.make_guests("Alfa", "Beta")
        export = self.preview(guests)
        export.action_send()
        self.run_sender()
        (row,) = export.get_progress(guests[:1].ids)["guests"]
        self.assertEqual((row["id"], row["state"]), (guests[1].id, "reported"))

    def test_a_guest_whom_the_receipt_denies_is_told_although_known_as_accepted(self):
        guests = self.make_guests("Alfa", "Beta")
        export = self.preview(guests)
        self.police.fault("receipt_omits")
        export.action_send()
        before = self.env["bus.bus"].search([]).ids
        self.run_sender()
        (row,) = export.get_progress(guests.ids)["guests"]
        self.assertEqual((row["id"], row["denied"]), (guests[0].id, True))
        messages = self.env["bus.bus"].search([("id", "not in", before)])
        progress = [m for m in messages if "ubyport_progress" in m.message]
        self.assertEqual(len(progress), 2, "after the verdict, after the receipt")

    def test_the_command_asks_nobody_over_the_network(self):
        guest = self.make_guests("Alfa")
        export = self.preview(guest)
        alive = self.facility.endpoint
        self.facility.endpoint = "http://127.0.0.1:9/ws_uby/ws_uby.svc"
        export.action_send()
        self.assertEqual(guest.report_state, "queued")
        self.assertEqual(self.facility.service_state, "ok", "nobody has noticed yet")
        self.facility.endpoint = alive
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")

    def test_a_dead_service_shows_in_the_progress_and_the_guest_waits(self):
        self.facility.endpoint = "http://127.0.0.1:9/ws_uby/ws_uby.svc"
        guest = self.make_guests("Alfa")
        export = self.preview(guest)
        export.action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "queued")
        progress = export.get_progress()
        self.assertEqual(progress["waiting"], 1)
        self.assertIn("cannot be reached", progress["warnings"][0])
        self.assertIn("cannot be reached", self.row(guest)["reason"])

    def test_by_unl_file_nothing_is_sent_and_the_guests_wait_in_the_file(self):
        guest = self.make_guests("Alfa")
        export = self.preview(guest)
        export.channel = "unl"
        self.assertTrue(export.action_send())
        self.run_sender()
        self.assertEqual(self.police.records(), [])
        report = guest.line_ids.report_id
        self.assertEqual((report.channel, report.state), ("unl", "sending"))
        row = self.row(guest)
        self.assertEqual((row["group"], row["sendable"]), ("done", False))
        self.assertIn("UNL", row["reason"])

    def test_the_command_does_not_wait_for_the_slot_of_the_interval(self):
        self.facility.automation = "interval"
        guest = self.make_guests("Alfa")
        self.run_sender()
        self.assertEqual(guest.report_state, "queued")
        self.preview(guest).action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")

    def test_a_guest_who_was_sent_meanwhile_is_not_sent_again(self):
        early, late = self.make_guests("Early", "Late")
        export = self.preview(early + late)
        self.send(early)
        export.action_send()
        self.run_sender()
        self.assertEqual(self.surnames_received(), ["Early", "Late"])
        states = {row["state"] for row in export.get_progress()["guests"]}
        self.assertEqual(states, {"reported"})

    def test_a_reported_guest_is_shown_and_cannot_be_sent_again(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        export = self.preview(guest)
        self.assertFalse(export.chosen_ids)
        self.assertEqual(self.row(guest)["group"], "done")
        export.chosen_ids = guest
        with self.assertRaises(UserError):
            export.action_send()
        self.assertEqual(len(self.police.records()), 1)

    def test_an_unknown_guest_is_offered_but_left_to_a_deliberate_choice(self):
        guest = self.make_guests("Alfa")
        self.police.fault("accept_then_die")
        self.send(guest)
        self.assertEqual(guest.report_state, "unknown")
        row = self.row(guest)
        self.assertEqual((row["group"], row["offered"]), ("amber", False))
        export = self.preview(guest)
        export.chosen_ids = guest
        self.skip_waiting()
        export.action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(guest._last_line().state, "duplicate")

    def test_a_changed_guest_is_offered_but_left_to_a_deliberate_choice(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        guest.surname = "Alfa-Beta"
        row = self.row(guest)
        self.assertEqual((row["group"], row["offered"]), ("amber", False))
        self.assertIn("PŘEDCHOZÍ OZNÁMENÍ OBSAHOVALO CHYBY", row["sent"])
        export = self.preview(guest)
        export.chosen_ids = guest
        export.action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(len(self.police.records()), 2)

    def test_a_refused_guest_is_red_with_the_words_of_the_police_until_corrected(self):
        self.env["ubyport.country"].create(
            {"code": "QQQ", "name": "Nowhere", "name_cs": "Nikde"}
        )
        guest = self.make_guests("Alfa", nationality_id=self.code("QQQ").id)
        export = self.preview(guest)
        export.action_send()
        self.run_sender()
        progress = export.get_progress()
        (verdict,), (report,) = progress["guests"], progress["reports"]
        self.assertEqual((verdict["state"], verdict["waits"]), ("refused", False))
        self.assertEqual((report["accepted"], report["total"]), (0, 1))
        answer = guest._last_line().message
        self.assertIn(answer, verdict["reason"])
        self.assertIn("Incorrect nationality", verdict["reason"])
        czech = export.with_context(lang="cs_CZ").get_progress()["guests"]
        self.assertIn("Nekorektní státní příslušnost", czech[0]["reason"])
        row = self.row(guest)
        self.assertEqual((row["group"], row["offered"]), ("red", False))
        self.assertIn(answer, row["reason"])
        with self.assertRaises(UserError):
            export.action_send()
        guest.nationality_id = self.code("DEU")
        self.assertEqual(self.row(guest)["group"], "green")
        self.preview(guest).action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
