# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import json
import subprocess
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..ubyport import channels, exceptions, records, rules
from ..ubyport.report_channel import ReportChannel
from .common import ADDON, HOTEL, PoliceCase


class ToyChannel(ReportChannel):
    """A channel to an office of the tests: JSON, its own rule, its own verdict."""

    received = []
    answer_lost = False

    def __init__(self, endpoint, login, password):
        self.login = login

    @staticmethod
    def check(guest, context):
        findings = rules.check_guest(guest, context)
        if guest.note:
            return findings
        return (
            *findings,
            records.Finding(field="note", severity="error", code="no_letters"),
        )

    def submit(self, facility, wire_guests):
        surnames = [guest.surname for guest in wire_guests]
        self.received.append((facility.idub, surnames))
        if self.answer_lost:
            raise exceptions.UnknownOutcome("cut")
        states = ["refused" if name == "Odmitnuty" else "accepted" for name in surnames]
        return records.Exchange(
            request_xml=json.dumps(surnames).encode(),
            response_xml=json.dumps(states).encode(),
            sent=len(surnames),
        )

    @staticmethod
    def read_answer(exchange):
        states = json.loads(exchange.response_xml)
        return records.Answer(
            header_codes=(),
            record_codes=tuple(() for _state in states),
            states=tuple(states),
            stamp="",
            receipt=None,
            error_receipt=None,
            request_xml=exchange.request_xml,
            response_xml=exchange.response_xml,
        )


@tagged("post_install", "-at_install")
class TestChannelSeam(PoliceCase):
    """A new channel is one class and one line; nothing else knows it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        known = patch.dict(channels.CHANNELS, {"toy": ToyChannel})
        known.start()
        cls.addClassCleanup(known.stop)
        cls.ubyport_room = cls.room
        cls.toy_facility = cls.env["ubyport.facility"].create(
            HOTEL
            | cls.service()
            | {
                "name": "Pension Vltava",
                "idub": "123456789099",
                "channel": "toy",
                "automation": "manual",
            }
        )
        cls.toy_room = cls.make_room("201")
        cls.toy_room.ubyport_facility_id = cls.toy_facility

    def setUp(self):
        super().setUp()
        self.facility.automation = "manual"
        ToyChannel.received = []
        self.patch(ToyChannel, "answer_lost", False)

    def toy_guests(self, *surnames, **values):
        folio = self.make_folio(self.toy_room)
        return self.make_guests(*surnames, folio=folio, **({"note": "x"} | values))

    def test_each_facility_is_reported_by_its_own_channel_in_one_run(self):
        here = self.make_guests("Novák")
        there = self.toy_guests("Müller", "Beispiel")
        self.send(here | there)
        self.assertEqual(self.surnames_received(), ["Novák"])
        received = ToyChannel.received
        self.assertEqual(received, [("123456789099", ["Müller", "Beispiel"])])
        self.assertEqual((here | there).mapped("report_state"), ["reported"] * 3)
        reports = (here | there).line_ids.report_id
        self.assertEqual(set(reports.mapped("channel")), {"ws", "toy"})

    def test_a_channel_gives_its_own_verdict(self):
        good, bad = self.toy_guests("Müller", "Odmitnuty")
        self.send(good | bad)
        self.assertEqual(good.report_state, "reported")
        self.assertEqual(bad.report_state, "refused")
        self.assertEqual(good.line_ids.report_id.state, "partial")

    def test_a_channel_has_rules_of_its_own_and_changes_nobody_elses(self):
        there = self.toy_guests("Müller", note=False)
        here = self.make_guests("Novák")
        self.assertEqual(self.codes_of(there), {"note": ["no_letters"]})
        self.assertEqual(there.report_state, "incomplete")
        self.assertFalse(self.codes_of(here))

    def test_an_answer_lost_on_a_new_channel_is_unknown_and_not_repeated(self):
        self.patch(ToyChannel, "answer_lost", True)
        guest = self.toy_guests("Müller")
        self.send(guest)
        self.run_sender()
        self.assertEqual(guest.report_state, "unknown")
        self.assertEqual(len(ToyChannel.received), 1)

    def test_an_answer_kept_by_a_killed_process_is_read_by_its_own_channel(self):
        good, bad = guests = self.toy_guests("Müller", "Odmitnuty")
        report = self.env["ubyport.report"]._open_batch(
            self.toy_facility, guests, [one._to_wire() for one in guests], "toy"
        )
        report._as_evidence_writer().write(
            {
                "sent_at": fields.Datetime.now() - timedelta(hours=1),
                "response_xml": base64.b64encode(b'["accepted", "refused"]'),
            }
        )
        self.run_sender()
        self.assertEqual(good.report_state, "reported")
        self.assertEqual(bad.report_state, "refused")
        self.assertFalse(ToyChannel.received)

    def test_the_evidence_keeps_what_went_over_the_new_channel(self):
        guest = self.toy_guests("Müller")
        self.send(guest)
        report = guest.line_ids.report_id.with_user(self.manager)
        self.assertTrue(report.request_xml and report.response_xml)
        self.assertTrue(report.request_sha256)

    def test_a_facility_chooses_only_where_there_is_a_choice(self):
        self.assertTrue(self.facility.has_channel_choice)
        with patch.dict(channels.CHANNELS):
            del channels.CHANNELS["toy"]
            self.facility.invalidate_recordset()
            self.assertFalse(self.facility.has_channel_choice)

    def test_no_other_code_names_a_channel(self):
        found = subprocess.run(
            ["grep", "-rlE", "UbyportClient|ToyChannel", "models", "wizards"],
            cwd=ADDON,
            capture_output=True,
            text=True,
        )
        self.assertEqual(found.stdout, "")
