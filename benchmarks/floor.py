# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The floor of sending: the least Odoo code that stores the same rows."""

import base64
import hashlib
from datetime import datetime

from odoo import Command

from .hotel import GUEST, commit


class Floor:
    """One report, its lines, three files and its guests, with the same three commits.

    Nothing is checked, built, judged or derived: values are written as they are known
    to come out, and Odoo is told not to derive any.
    """

    def __init__(self, hotel, call):
        self.env = hotel.env
        self.hotel = hotel
        self.call = call

    def send(self, guest_ids: list[int], envelopes: list[bytes]) -> None:
        """Each envelope tells about as many guests, in their order."""
        size = len(guest_ids) // len(envelopes)
        for index, envelope in enumerate(envelopes):
            batch = guest_ids[index * size : (index + 1) * size]
            report = self._claim(batch)
            answer = self.call(envelope)
            self._keep(report, envelope, answer)
            self._settle(report)

    def _claim(self, ids):
        guests = self.env[GUEST].browse(ids).try_lock_for_update(allow_referencing=True)
        lines = [self._line(guest, number) for number, guest in enumerate(guests, 1)]
        facts = {"facility_id": self.hotel.id, "company_id": self.hotel.company_id.id}
        report = (
            self.env["ubyport.report"]
            ._as_evidence_writer()
            .create(
                facts
                | {
                    "environment": "simulator",
                    "level": "manual",
                    "sent_at": datetime.now(),
                    "line_ids": [Command.create(line | facts) for line in lines],
                }
            )
        )
        guests._write_own(
            {"report_state": "sending", "queued_at": False, "send_after": False}
        )
        self._commit()
        return report

    def _line(self, guest, number):
        return {
            "guest_id": guest.id,
            "position": number,
            "requested_by_id": self.env.uid,
            "surname": guest.surname,
            "first_name": guest.first_name,
            "birth_date": "17051980",
            "nationality": "DEU",
            "document_number": guest.document_number,
            "residence": "Beispielweg 3, Köln, DEU-Německo",
            "purpose": 10,
            "arrival_date": guest.arrival_date,
            "departure_date": guest.departure_date,
            "is_late": False,
        }

    def _keep(self, report, envelope, answer):
        self.env["ir.attachment"].create(
            [
                self._file(report, name, content, kind)
                for name, content, kind in (
                    ("receipt", _receipt(answer), "application/pdf"),
                    ("request_xml", envelope, "application/xml"),
                    ("response_xml", answer, "application/xml"),
                )
            ]
        )
        report.write(
            {
                "stamp": "A" * 20,
                "header_codes": "",
                "receipt_sha256": hashlib.sha256(answer).hexdigest(),
                "request_sha256": hashlib.sha256(envelope).hexdigest(),
                "response_sha256": hashlib.sha256(answer).hexdigest(),
            }
        )
        self._commit()

    def _file(self, report, name, content, kind):
        place = {"res_model": report._name, "res_field": name, "res_id": report.id}
        return place | {"name": name, "raw": content, "mimetype": kind}

    def _settle(self, report):
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


def _receipt(answer: bytes) -> bytes:
    _head, _sign, rest = answer.partition(b"DokumentPotvrzeni>")
    return base64.b64decode(rest.partition(b"<")[0])
