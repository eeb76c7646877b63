# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport import exceptions
from .ubyport_sender import MAY_BE_ONE_GUEST
from .ubyport_sender_settle import SENDING_GRACE


class UbyportCertificationSender(models.AbstractModel):
    """Sends certification runs as the sender sends guests, in a job of its own.

    Written ahead, committed, called, settled; an outcome that is unknown is shown and
    never repeated without a command. Real guests never wait for invented ones.
    """

    _name = "ubyport.certification.sender"
    _description = "Sender of certification runs"
    _inherit = "ubyport.sender"
    _cron_xmlid = "hotel_ubyport.ir_cron_ubyport_certification"

    @api.model
    def _cron_certify(self):
        """Send what the manager has commanded. Never raises, like the sender."""
        self._guarded(self._settle_killed)
        runs = self.env["ubyport.certification"].search(
            [("state", "=", "queued")], order="id"
        )
        for run_id in runs.ids:
            if self._out_of_time():
                break
            self._guarded(self._send_run, run_id)

    @api.model
    def _settle_killed(self):
        """The calls of a killed process have an unknown outcome."""
        before = fields.Datetime.now() - SENDING_GRACE
        batches = self.env["ubyport.certification.batch"].search(
            [("state", "=", "sending"), ("sent_at", "<", before)]
        )
        for batch in batches.try_lock_for_update(allow_referencing=True):
            batch._write_failure(exceptions.UnknownOutcome("process_stopped"))

    @api.model
    def _send_run(self, run_id):
        """Send all that waits in a run over one session."""
        run = self.env["ubyport.certification"].browse(run_id)
        facility = run.facility_id
        if self._is_stopped(run) or not facility._may_send(fields.Datetime.now()):
            return
        with self._stops_when_denied(facility):
            try:
                with facility._client() as client:
                    self._prepare_session(facility, client)
                    self._send_people(run, client)
            except (exceptions.Outage, exceptions.UnknownOutcome) as error:
                facility._note_outage(error)
                self._trigger(at=facility.next_try_at)
        facility._nudge_screens()

    @api.model
    def _is_stopped(self, run):
        """Stop a run which must not be sent (any more); return whether it is over."""
        obstacle = run._obstacle()
        if obstacle:
            run._stop(obstacle)
        return run.state != "queued"

    @api.model
    def _send_people(self, run, client):
        """Send batch by batch until nothing waits or the run must end.

        :raise exceptions.UbyportError: the service does not work now
        """
        while True:
            batch, header, wire_guests = self._claim_people(run)
            if not batch:
                return
            self._send_people_batch(batch, header, wire_guests, client)
            if self._out_of_time():
                return

    @api.model
    def _claim_people(self, run):
        """Mark the next people as being sent and commit the mark.

        :return: (batch, records.Facility, [records.WireGuest]), an empty batch if
            there is nobody to send now
        """
        nobody = self.env["ubyport.certification.batch"], None, []
        if not run.try_lock_for_update(allow_referencing=True):
            return nobody
        run.invalidate_recordset()
        if self._is_stopped(run):
            return nobody
        facility, lines = run.facility_id, self._next_people(run)
        if not lines:
            self._close_run(run)
            return nobody
        batch = self.env["ubyport.certification.batch"]._open(run, lines)
        wire_guests = [line._told() for line in lines]
        header = facility._to_record()
        self._commit(len(lines))
        return batch, header, wire_guests

    @api.model
    def _next_people(self, run):
        """Return the next batch of those who wait, within what the day allows."""
        facility = run.facility_id
        room = facility.max_batch
        if run.environment == "test":
            room = min(room, self._room_at_test_service())
        waiting = run.line_ids.filtered(lambda line: line.state == "waiting")
        return waiting.sorted("position")[:room]

    @api.model
    def _close_run(self, run):
        """Note what a run with nobody to send now is waiting for, if for anything."""
        states = set(run.line_ids.mapped("state"))
        if "waiting" in states:
            # Today's people are used up.
            self._trigger(at=run.facility_id._test_day_start(days=1))
        elif "sending" in states:
            self._trigger(at=fields.Datetime.now() + SENDING_GRACE)
        else:
            run._close()
        self._commit()

    @api.model
    def _send_people_batch(self, batch, header, wire_guests, client):
        answer, failure = self._call(lambda: client.report(header, wire_guests), client)
        if answer:
            numbers = {code for codes in answer.record_codes for code in codes}
            severities = self._severities_for(numbers, client)
            self._guarded(batch._write_answer, answer, *severities)
            return
        self._guarded(batch._write_failure, failure)
        if isinstance(failure, MAY_BE_ONE_GUEST):
            # What a batch may hold can have changed; the manager decides.
            batch.certification_id.facility_id.lists_refreshed_at = False
            batch.certification_id._stop(failure.code)
            self._commit()
            return
        raise failure
