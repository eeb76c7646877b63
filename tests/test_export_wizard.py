# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
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

    def line_of(self, export, guest):
        return export.line_ids.filtered(lambda line: line.guest_id == guest)


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
        self.assertEqual(export.line_ids.guest_id, ready + expected + czech)

    def test_from_guests_it_shows_those(self):
        guests = self.make_guests("Alfa", "Beta", "Gama")
        self.assertEqual(self.preview(guests[:2]).line_ids.guest_id, guests[:2])

    def test_from_a_facility_it_shows_its_open_guests(self):
        other = self.env["ubyport.facility"].create(
            {"name": "Second", "idub": "999999999999", "mark": "SECON"}
        )
        room = self.make_room("201")
        room.ubyport_facility_id = other
        ours = self.make_guests("Ours")
        theirs = self.make_guests("Theirs", folio=self.make_folio(room))
        self.make_guest("Expected")
        self.assertEqual(self.preview(self.facility).line_ids.guest_id, ours)
        self.assertEqual(self.preview(other).line_ids.guest_id, theirs)

    def test_from_the_menu_it_shows_everybody_who_is_open(self):
        open_guests = self.make_guests("Ready") + self.make_guests(
            "Bad", purpose_id=False
        )
        self.make_guest("Expected")
        self.make_guests("Czech", nationality_id=self.code("CZE").id)
        found = self.preview().line_ids.guest_id
        self.assertLessEqual(open_guests, found)
        self.assertFalse(
            set(found.mapped("report_state")) & {"reported", "exempt", "expected"}
        )

    def test_without_open_guests_it_is_empty_and_sends_nothing(self):
        export = self.preview(self.make_folio())
        self.assertFalse(export.line_ids)
        with self.assertRaises(UserError):
            export.action_send()

    def test_the_most_urgent_guest_stands_first(self):
        late = self.make_folio(arrival=self.today() - timedelta(days=9), nights=20)
        today = self.make_guests("Today")
        urgent = self.make_guests("Urgent", folio=late)
        self.assertEqual(self.preview(today + urgent).line_ids.guest_id, urgent + today)

    def test_only_complete_guests_are_chosen_from_the_start(self):
        folio = self.make_folio()
        ready = self.make_guests("Ready", folio=folio)
        self.make_guests("Bad", folio=folio, purpose_id=False)
        self.make_guest("Expected", folio=folio)
        export = self.preview(folio)
        chosen = export.line_ids.filtered("include")
        self.assertEqual(chosen.guest_id, ready)
        self.assertEqual(export.ready_count, 1)
        self.assertEqual(export.blocked_count, 1)
        self.assertEqual(export.other_count, 1)

    def test_a_queued_guest_is_chosen_again_so_that_sending_now_needs_no_thinking(self):
        guest = self.make_guests("Alfa")
        guest._enqueue(guest.create_date + timedelta(hours=5))
        self.assertTrue(self.preview(guest).line_ids.include)

    def test_each_line_says_what_is_the_matter_and_what_will_be_sent(self):
        folio = self.make_folio()
        good = self.make_guests("Peña", folio=folio)
        bad = self.make_guests(
            "Иванов", folio=folio, purpose_id=False, document_type="other"
        )
        czech = self.make_guests(
            "Novák", folio=folio, nationality_id=self.code("CZE").id
        )
        export = self.preview(folio)
        line = self.line_of(export, good)
        self.assertEqual(line.light, "green")
        self.assertIn("Pena, Jörg, 17051980, DEU, DOC00000", line.sent_text)
        self.assertIn("DEU-Spolková republika Německo", line.sent_text)
        line = self.line_of(export, bad)
        self.assertEqual(line.light, "red")
        self.assertIn("purpose", line.outlook.lower())
        self.assertIn("Latin", line.outlook)
        self.assertFalse(line.sent_text)
        line = self.line_of(export, czech)
        self.assertEqual(line.light, "grey")
        self.assertIn("Czech", line.outlook)
        self.assertFalse(line.sent_text)

    def test_a_warning_is_amber_and_still_chosen(self):
        guest = self.make_guests("Alfa")
        guest.document_number = "A1234"
        line = self.preview(guest).line_ids
        self.assertEqual(line.light, "amber")
        self.assertTrue(line.include)

    def test_a_facility_which_cannot_send_is_announced(self):
        guest = self.make_guests("Alfa")
        self.assertFalse(self.preview(guest).warning)
        self.facility.service_state = "access_denied"
        self.assertIn("refused", self.preview(guest).warning)
        self.facility.write({"service_state": "ok", "login": False})
        self.assertIn("Hotel Vltava", self.preview(guest).warning)

    def test_data_are_repaired_in_place_and_the_line_becomes_sendable(self):
        guest = self.make_guests(
            "Alfa", purpose_id=False, nationality_id=self.code("CHN").id
        )
        guest.document_number = "pas 123456"
        export = self.preview(guest)
        self.assertEqual(export.line_ids.light, "red")
        form = Form(export)
        with form.line_ids.edit(0) as line:
            line.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
            line.document_number = "P1234567"
            line.visa_number = "CZE123456"
        export = form.save()
        self.assertEqual(guest.document_number, "P1234567")
        self.assertEqual(guest.visa_number, "CZE123456")
        self.assertEqual(guest.report_state, "ready")
        self.assertEqual(export.line_ids.light, "green")
        self.assertIn("P1234567", export.line_ids.sent_text)
        self.assertTrue(export.line_ids.include, "that is what it is repaired for")
        export.action_send()
        self.assertEqual(guest.report_state, "queued")

    def saved_at_once(self, guest, **typed):
        """Return the line of a preview which the browser saves with what was typed."""
        offered = self.preview(guest).line_ids
        values = {"guest_id": guest.id, "include": offered.include} | typed
        export = self.wizards().create({"line_ids": [Command.create(values)]})
        return export.line_ids

    def test_the_light_turns_green_while_the_repair_is_typed(self):
        guest = self.make_guests("Alfa", purpose_id=False)
        form = Form(self.preview(guest))
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.light, "red")
            line.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
            self.assertEqual(line.light, "green")
            self.assertIn("Alfa", line.sent_text)
        self.assertEqual(guest.report_state, "incomplete", "not saved yet")
        form.save()
        self.assertEqual(guest.report_state, "ready")

    def test_a_colleagues_edit_survives_a_preview_that_was_open_meanwhile(self):
        guest = self.make_guests("Alfa")
        context = {"active_model": guest._name, "active_ids": guest.ids}
        wizards = self.wizards().with_context(**context)
        command = wizards.default_get(["line_ids"])["line_ids"][0]
        shown = command[2]["offered"]
        guest.document_number = "COLLEAGUE1"
        # The browser sends back all that it showed, and what was typed.
        sent = command[2] | shown | {"visa_number": "CZE123"}
        wizards.create({"line_ids": [Command.create(sent)]})
        self.assertEqual(guest.document_number, "COLLEAGUE1")
        self.assertEqual(guest.visa_number, "CZE123")

    def test_a_preview_repaired_before_it_was_ever_saved_chooses_the_guest(self):
        guest = self.make_guests("Alfa", purpose_id=False)
        purpose = self.env.ref("hotel_ubyport.purpose_10")
        line = self.saved_at_once(guest, purpose_id=purpose.id)
        self.assertEqual(guest.report_state, "ready")
        self.assertTrue(line.include)

    def test_who_is_left_out_stays_left_out_when_the_preview_is_saved(self):
        guest = self.make_guests("Alfa")
        self.assertFalse(self.saved_at_once(guest, include=False).include)

    def test_what_stays_bad_or_was_left_out_is_not_chosen_by_a_repair(self):
        bad = self.make_guests("Bad", purpose_id=False)
        bad.document_number = "pas 1"
        good = self.make_guests("Good")
        export = self.preview(bad + good)
        export.line_ids.include = False
        for line in export.line_ids:
            line.purpose_id = self.env.ref("hotel_ubyport.purpose_10")
        self.assertEqual(export.line_ids.mapped("include"), [False, False])

    def test_sending_nobody_or_only_bad_guests_is_refused_in_words(self):
        good, bad = self.make_guests("Good"), self.make_guests("Bad", purpose_id=False)
        export = self.preview(good + bad)
        export.line_ids.include = False
        with self.assertRaises(UserError):
            export.action_send()
        self.line_of(export, bad).include = True
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

    def test_expected_and_exempt_guests_are_never_sent_even_if_chosen(self):
        expected = self.make_guest("Expected")
        czech = self.make_guests("Czech", nationality_id=self.code("CZE").id)
        export = self.preview(expected + czech)
        export.line_ids.include = True
        with self.assertRaises(UserError):
            export.action_send()
        self.assertFalse((expected + czech).filtered("queued_at"))

    def test_who_commanded_it_is_kept(self):
        guest = self.make_guests("Alfa")
        self.preview(guest).action_send()
        self.assertEqual(guest.queued_by_id, self.reception)

    def test_one_receptionist_does_not_see_the_preview_of_another(self):
        export = self.preview(self.make_guests("Alfa"))
        for records in (export, export.line_ids):
            theirs = records.with_user(self.manager)
            self.assertFalse(theirs.search([("id", "in", records.ids)]))
            for operation in ("read", "write", "unlink"):
                self.assertFalse(theirs.has_access(operation), operation)

    def test_a_deleted_guest_vanishes_from_an_open_preview(self):
        guest = self.make_guest("Alfa")
        export = self.preview(guest)
        guest.unlink()
        self.env.invalidate_all()
        self.assertFalse(export.line_ids)

    def test_a_line_cannot_be_added_for_nobody(self):
        export = self.preview(self.make_guests("Alfa"))
        line = export.line_ids
        self.assertTrue(line.with_user(self.reception).read())
        export.line_ids = [Command.delete(line.id)]
        self.assertFalse(export.line_ids)


@tagged("post_install", "-at_install")
class TestSendingFromPreview(PreviewCase, PoliceCase):
    """The command, the wait for the answer, and the receipt."""

    def test_only_the_chosen_guests_are_sent(self):
        chosen, left = self.make_guests("Chosen", "Left")
        export = self.preview(chosen + left)
        self.line_of(export, left).include = False
        action = export.action_send()
        self.assertEqual(action["res_id"], export.id)
        self.assertEqual(export.stage, "sent")
        self.assertEqual(export.pending_count, 1)
        self.run_sender()
        self.assertEqual(self.surnames_received(), ["Chosen"])
        self.assertEqual(chosen.report_state, "reported")
        self.assertEqual(left.report_state, "ready")

    def test_afterwards_the_receipt_is_one_click_away(self):
        guests = self.make_guests("Alfa", "Beta")
        export = self.preview(guests)
        export.action_send()
        self.assertFalse(export.receipt_count)
        self.run_sender()
        export.action_refresh()
        self.assertEqual(export.pending_count, 0)
        self.assertEqual(export.receipt_count, 1)
        action = export.action_view_receipts()
        report = guests.line_ids.report_id
        self.assertEqual(action["res_id"], report.id)
        self.assertTrue(report.with_user(self.reception).receipt)

    def test_several_batches_have_several_receipts(self):
        first = self.make_guests("Alfa")
        self.send(first)
        second = self.make_guests("Beta")
        self.send(second)
        export = self.preview(first + second)
        self.assertEqual(export.receipt_count, 2)
        action = export.action_view_receipts()
        found = self.env["ubyport.report"].search(action["domain"])
        self.assertEqual(found, (first + second).line_ids.report_id)
        self.assertFalse(action.get("res_id"))

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

    def test_a_dead_service_shows_in_the_preview_and_the_guest_waits(self):
        self.facility.endpoint = "http://127.0.0.1:9/ws_uby/ws_uby.svc"
        guest = self.make_guests("Alfa")
        export = self.preview(guest)
        export.action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "queued")
        self.assertEqual(export.pending_count, 1)
        self.assertIn("cannot be reached", export.line_ids.outlook)
        self.assertIn("cannot be reached", export.warning)

    def test_the_command_does_not_wait_for_the_slot_of_the_interval(self):
        self.facility.automation = "interval"
        guest = self.make_guests("Alfa")
        self.run_sender()
        self.assertEqual(guest.report_state, "queued")
        self.preview(guest).action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")

    def test_a_reported_guest_is_shown_and_cannot_be_sent_again(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        export = self.preview(guest)
        self.assertFalse(export.line_ids.include)
        export.line_ids.include = True
        with self.assertRaises(UserError):
            export.action_send()
        self.assertEqual(len(self.police.records()), 1)

    def test_an_unknown_guest_is_offered_but_left_to_a_deliberate_choice(self):
        guest = self.make_guests("Alfa")
        self.police.fault("accept_then_die")
        self.send(guest)
        self.assertEqual(guest.report_state, "unknown")
        export = self.preview()
        line = self.line_of(export, guest)
        self.assertEqual((line.light, line.include), ("amber", False))
        line.include = True
        self.skip_waiting()
        export.action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(guest._last_line().state, "duplicate")

    def test_a_changed_guest_is_offered_but_left_to_a_deliberate_choice(self):
        guest = self.make_guests("Alfa")
        self.send(guest)
        guest.surname = "Alfa-Beta"
        export = self.preview()
        line = self.line_of(export, guest)
        self.assertEqual((line.light, line.include), ("amber", False))
        self.assertIn("PŘEDCHOZÍ OZNÁMENÍ OBSAHOVALO CHYBY", line.sent_text)
        line.include = True
        export.action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(len(self.police.records()), 2)

    def test_a_refused_guest_is_red_until_corrected(self):
        self.env["ubyport.country"].create(
            {"code": "QQQ", "name": "Nowhere", "name_cs": "Nikde"}
        )
        guest = self.make_guests("Alfa", nationality_id=self.code("QQQ").id)
        self.send(guest)
        export = self.preview(guest)
        self.assertEqual(
            (export.line_ids.light, export.line_ids.include), ("red", False)
        )
        self.assertIn("refused", export.line_ids.outlook)
        export.line_ids.include = True
        with self.assertRaises(UserError):
            export.action_send()
        guest.nationality_id = self.code("DEU")
        export.action_refresh()
        self.assertEqual(export.line_ids.light, "green")
        export.action_send()
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
