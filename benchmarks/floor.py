# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The floor of sending: the least code on Odoo's ORM that does the same duties."""

import hashlib
from datetime import datetime

# The benchmark is no part of the addon.
# pylint: disable-next=odoo-addons-relative-import
from odoo.addons.hotel_ubyport.ubyport import verdict, wire

from .hotel import GUEST, commit


class Floor:
    """Claim, check, build, call, read, store and commit, one after the other.

    Once per batch: a report, its lines, three files, its guests, three commits. The
    engine checks, builds and judges; nothing else is looked at. No queue is searched,
    nobody edits a guest meanwhile, no state is derived: values are written as they are
    known to come out, and Odoo is told not to derive any.
    """

    def __init__(self, hotel, client):
        self.env = hotel.env
        self.hotel = hotel
        self.client = client
        self.header = hotel._to_record()
        self.owner = {"facility_id": hotel.id, "company_id": hotel.company_id.id}
        self.rules = hotel._rule_context()
        self.severities = self.env["ubyport.error"]._engine_severities()

    def send(self, guest_ids: list[int], size: int) -> None:
        for first in range(0, len(guest_ids), size):
            report, told = self._claim(guest_ids[first : first + size])
            answer = self.client.report(self.header, told)
            self._keep(report, answer)
            self._settle(report, answer)

    def _claim(self, ids):
        guests = self.env[GUEST].browse(ids).try_lock_for_update(allow_referencing=True)
        told = [self._checked(guest) for guest in guests]
        writer = self.env["ubyport.report"]._as_evidence_writer()
        report = writer.create(
            self.owner
            | {
                "environment": "simulator",
                "level": "manual",
                "sent_at": datetime.now(),
            }
        )
        lines = zip(guests, told, strict=True)
        report.env["ubyport.report.line"].create(
            [self._line(report, *line, at) for at, line in enumerate(lines, 1)]
        )
        guests._write_own(
            {"report_state": "sending", "queued_at": False, "send_after": False}
        )
        self._commit()
        return report, told

    def _checked(self, guest):
        """The record of a guest as it leaves."""
        typed = guest._to_record()
        findings = self.client.check(typed, self.rules)
        assert not any(finding.severity == "error" for finding in findings)
        return wire.to_wire(typed, self.rules.countries)

    def _line(self, report, guest, told, position):
        known = {
            "report_id": report.id,
            "guest_id": guest.id,
            "position": position,
            "requested_by_id": self.env.uid,
            "is_late": False,
        }
        return report.line_ids._snapshot_of(told) | self.owner | known

    def _keep(self, report, answer):
        self.env["ir.attachment"].create(
            [
                self._file(report, name, content, kind)
                for name, content, kind in (
                    ("receipt", answer.receipt, "application/pdf"),
                    ("request_xml", answer.request_xml, "application/xml"),
                    ("response_xml", answer.response_xml, "application/xml"),
                )
            ]
        )
        report.write(
            {
                "stamp": answer.stamp,
                "header_codes": "",
                "receipt_sha256": _checksum(answer.receipt),
                "request_sha256": _checksum(answer.request_xml),
                "response_sha256": _checksum(answer.response_xml),
            }
        )
        self._commit()

    def _file(self, report, name, content, kind):
        place = {"res_model": report._name, "res_field": name, "res_id": report.id}
        return place | {"name": name, "raw": content, "mimetype": kind}

    def _settle(self, report, answer):
        judged = [verdict.judge(each, *self.severities) for each in answer.record_codes]
        assert set(judged) == {verdict.ACCEPTED}
        now = {"answered_at": datetime.now()}
        report.line_ids.write(now | {"state": "accepted"})
        report.write(now | {"state": "accepted"})
        report.line_ids.guest_id._write_own(
            {"report_state": "reported", "reported_at": datetime.now()}
        )
        self._commit()

    def _commit(self):
        self.env.transaction.tocompute.clear()
        commit(self.env)


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
