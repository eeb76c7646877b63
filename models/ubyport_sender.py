# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import random
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..ubyport import exceptions, verdict
from .hotel_folio_guest import REPORTED_FIELDS
from .hotel_folio_guest_fault import FAULTS_MAX
from .ubyport_facility import HEADER_FIELDS, SOFT_FINDINGS

_logger = logging.getLogger(__name__)

# An unknown outcome is repeated once after this time: by then the police's side has
# settled, and their duplicate answer tells whether the first try arrived.
UNKNOWN_GRACE = timedelta(minutes=15)
# Before the watch calls them old, so that there is time for some more tries.
LISTS_AGE = timedelta(days=25)
# Lists which could not be read are asked for again after this time.
LISTS_PAUSE = timedelta(hours=1)
# Failures that one guest's data may cause: the others go on, each for himself.
MAY_BE_ONE_GUEST = (exceptions.ServiceFault, exceptions.DataError)
STEP_TRIES = 3
# All that claiming and settling need: every column more costs time in every batch.
BATCH_FACILITY_FIELDS = (
    *HEADER_FIELDS,
    *SOFT_FINDINGS,
    "company_id",
    "channel",
    "environment",
    "endpoint",
    "login",
    "tz",
    "max_batch",
    "automation",
)
BATCH_GUEST_FIELDS = (
    *REPORTED_FIELDS,
    "facility_id",
    "checked_in_at",
    "stay_noted_until",
    "report_state",
    "reported_at",
    "is_denied",
    "is_awaited",
    "queued_at",
    "queued_for_id",
    "queued_by_id",
    "send_after",
    "is_held",
    "fault_count",
)
# So many guests whom nobody queued are queued in one run.
READY_AT_ONCE = 200


class UbyportSender(models.AbstractModel):
    """The one sender behind all levels of automation, run by scheduled actions.

    Write-ahead: claim guests, write report and lines as "sending", commit, call the
    police, keep the answer, commit, write the verdict, commit. Locks end with the
    commit; the mark and the unique index on open lines carry the guarantee. Verdicts
    are written while the next batch is on its way: the answer is kept by then.
    Whatever stops the process in between leaves "sending", which becomes "unknown" and
    is never blindly repeated.
    """

    _name = "ubyport.sender"
    _description = "Sender of reports to the foreign police"
    _cron_xmlid = "hotel_ubyport.ir_cron_ubyport_send"

    @api.model
    def _trigger(self, at=None):
        """Wake the sender after this transaction's commit, or at a naive UTC moment."""
        cron = self.env.ref(self._cron_xmlid, raise_if_not_found=False)
        if cron:
            later = at and at > fields.Datetime.now()
            cron.sudo()._trigger(at=at if later else None)

    @api.model
    def _cron_send(self):
        """Send whatever is due. Never raises: Odoo would switch the cron off."""
        self._guarded(self._mark_left_behind)
        self._guarded(self._judge_learned)
        self._guarded(self._repeat_unknown)
        self._guarded(self._recheck_future)
        self._guarded(self._queue_ready)
        for facility_id in self._due_facilities().ids:
            if self._out_of_time():
                break
            self._guarded(self._send_facility, facility_id)
        # After all guests: lists stop no report.
        self._guarded(self._refresh_old_lists)
        # Reading a receipt takes as long as sending a batch: nobody waits for it.
        self._guarded(self._check_receipts_left)
        self._guarded(self._watch_wsdl)

    @api.model
    def _out_of_time(self):
        """Return whether this run must end; if so, the next one is ordered.

        Odoo ends workers which run too long, maybe in the middle of a call.
        """
        end = self.env.context.get("cron_end_time")
        over = end is not None and time.monotonic() >= end
        if over:
            self._guarded(self._trigger)
        return over

    @api.model
    def _guarded(self, step, *args):
        """Run one step; its failure is logged and stops no other step.

        :return: True; False after a failure; None if others were in the way
        """
        # Anything but numbers may hold personal data.
        numbers = [arg for arg in args if isinstance(arg, int)]
        for attempt in range(STEP_TRIES):
            try:
                step(*args)
                self._commit()
                return True
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                time.sleep(0.1 * 2**attempt)
            except Exception as error:
                self.env.cr.rollback()
                # Type only: messages of errors may hold personal data.
                _logger.error(
                    "Reporting to the police: %s%s failed: %s",
                    step.__name__,
                    numbers,
                    type(error).__name__,
                )
                return False
        _logger.warning("Reporting to the police: %s%s waits", step.__name__, numbers)
        return None

    @api.model
    def _guarded_all(self, records, name, *args):
        """Call a method of these records, of each alone if one of them fails."""
        if records and self._guarded(getattr(records, name), *args) is False:
            for record in records:
                self._guarded(getattr(record, name), *args)

    @api.model
    def _commit(self, processed=0):
        """Commit: what was told to the police must not be rolled back with the rest.

        :param processed: guests to be counted as done by this run
        """
        if processed:
            self.env["ir.cron"]._commit_progress(processed)
        else:  # To note no progress, Odoo would read and write it.
            self.env.cr.commit()  # pylint: disable=invalid-commit

    # Before sending

    @api.model
    def _repeat_unknown(self):
        """Queue guests of unknown outcome once more; then people decide."""
        before = fields.Datetime.now() - UNKNOWN_GRACE
        guests = self.env["hotel.folio.guest"].search(
            [("report_state", "=", "unknown")]
        )
        self._guarded_all(guests, "_repeat_silent", before)

    @api.model
    def _recheck_future(self):
        """Judge those anew whose typed arrival lay in the future at the last run."""
        day = timedelta(days=1)
        arrived = Domain("arrival_date", "<=", fields.Date.today() + day)
        last_run = self.env.context.get("lastcall")
        if last_run:
            arrived &= Domain("arrival_date", ">=", last_run.date() - day)
        guests = self.env["hotel.folio.guest"].search(
            Domain("report_state", "=", "incomplete") & arrived
        )
        self._guarded_all(guests, "_refresh_reporting")

    @api.model
    def _queue_ready(self):
        """Queue who is ready where the level wants it and nothing else did.

        A state may follow from what no hook of ours sees; nobody is forgotten for it.
        """
        automatic = self.env["ubyport.facility"].search(
            [("automation", "!=", "manual")]
        )
        guests = self.env["hotel.folio.guest"].search(
            [
                ("facility_id", "in", automatic.ids),
                ("report_state", "=", "ready"),
                ("is_held", "=", False),
                ("fault_count", "<", FAULTS_MAX),
            ],
            limit=READY_AT_ONCE,
        )
        self._guarded_all(guests, "_queue_forgotten")

    @api.model
    def _due_facilities(self):
        """Return the facilities with something to send now, most urgent first.

        Senders side by side begin with different ones of those that are as urgent.
        """
        now = fields.Datetime.now()
        groups = self.env["hotel.folio.guest"]._read_group(
            [
                ("report_state", "=", "queued"),
                ("send_after", "<=", now),
                ("facility_id", "!=", False),
            ],
            ["facility_id"],
            ["deadline_date:min"],
        )
        due = [
            (deadline or fields.Date.today(), random.random(), facility.id)
            for facility, deadline in groups
            if facility._may_send(now)
        ]
        ids = [facility_id for _deadline, _chance, facility_id in sorted(due)]
        return self.env["ubyport.facility"].browse(ids)

    @api.model
    def _refresh_old_lists(self):
        """Read the code lists monthly where nobody has been reported meanwhile."""
        now = fields.Datetime.now()
        old = [("lists_refreshed_at", "<", now - LISTS_AGE)]
        facilities = self.env["ubyport.facility"].search(old)
        facility = facilities.filtered(
            lambda one: one._may_ask_for_lists(now) and one._may_send(now)
        )[:1]
        if not facility:
            return
        with self._stops_when_denied(facility):
            try:
                with facility._client() as client:
                    self._read_lists(facility, client)
            except exceptions.Outage as error:
                _logger.warning("The code lists were not asked for: %s", error.code)

    @api.model
    def _watch_wsdl(self):
        """Compare the service's description with ours monthly, after all guests."""
        now = fields.Datetime.now()
        for facility in self.env["ubyport.facility"].search([]):
            if facility._may_send(now) and facility._is_wsdl_due(now):
                facility._watch_wsdl()
                return

    # Sending

    @api.model
    def _send_facility(self, facility_id):
        """Send all that is due for one facility over one session."""
        facility = self.env["ubyport.facility"].browse(facility_id)
        # A conflict may have this step repeated: a refused account stays stopped.
        if not facility._may_send(fields.Datetime.now()):
            return
        if not self._is_anybody_queued(facility):
            return
        account = facility._account()
        with self._stops_when_denied(facility):
            try:
                with facility._client() as client:
                    self._prepare_session(facility, client)
                    self._send_batches(facility, client, account)
            except (exceptions.Outage, exceptions.UnknownOutcome) as error:
                facility._note_outage(error)
        facility._nudge_screens()

    @api.model
    def _is_anybody_queued(self, facility):
        """Return whether another sender has left anybody; else the police rest."""
        Guest = self.env["hotel.folio.guest"]
        return bool(Guest.search_count(Guest._domain_queued(facility), limit=1))

    @api.model
    def _prepare_session(self, facility, client):
        """Make sure that the service works before any guest is marked.

        The question also carries the NTLM handshake, so a wrong password or a dead
        line shows here, where it is certain that no guest was handed over.
        """
        if not client.test_availability():
            raise exceptions.Outage("service_unavailable")
        facility._note_working()
        now = fields.Datetime.now()
        refreshed = facility.lists_refreshed_at
        is_old = not refreshed or refreshed < now - LISTS_AGE
        if is_old and facility._may_ask_for_lists(now):
            self._read_lists(facility, client)
        self._commit()

    @api.model
    def _read_lists(self, facility, client):
        """Refresh the code lists over an open session; a failure stops nothing.

        The next try is noted ahead, so that lists which break something else wait, too.
        """
        facility.lists_try_at = fields.Datetime.now() + LISTS_PAUSE
        try:
            self._take_over(facility._refresh_lists, client)
        except exceptions.AccessDenied:
            raise
        except Exception as error:
            self.env.cr.rollback()
            cause = getattr(error, "code", type(error).__name__)
            _logger.warning("The code lists could not be read: %s", cause)

    @api.model
    def _take_over(self, refresh, client):
        """Refresh code lists in a transaction of their own, without fighting for them.

        Whoever takes over the same list at the same moment has its rows, too.
        """
        self._commit()
        try:
            refresh(client)
            self._commit()
        except psycopg2.Error as error:
            self.env.cr.rollback()
            _logger.warning("A code list was not taken over: %s", type(error).__name__)

    @api.model
    def _call(self, ask, client):
        """Ask for an answer; return (records.Answer, None) or (None, failure)."""
        try:
            return ask(), None
        except exceptions.UbyportError as error:
            return None, self._read_header_refusal(error, client)
        except Exception as error:
            _logger.error("The client failed: %s", type(error).__name__)
            return None, exceptions.UnknownOutcome("interrupted")

    @api.model
    def _claim(self, facility, account):
        """Mark the next guests as being sent and commit the mark.

        :return: (report, records.Facility, [records.WireGuest]); an empty report if
            nothing is left, or the session is no longer the facility's own: what is
            told to the simulator must not be noted as told to the police.
        """
        composed = {}
        while not composed:
            guests = self._lock_queued(facility)
            if not guests or facility._account() != account:
                return self.env["ubyport.report"], None, []
            composed = self._compose(guests)
        guests, wire_guests = guests.browse(composed), list(composed.values())
        report = self.env["ubyport.report"]._open_batch(
            facility, guests, wire_guests, channel=facility.channel
        )
        guests._write_own({"queued_at": False, "send_after": False})
        header = facility._to_record()
        self._commit(len(guests))
        return report, header, wire_guests

    @api.model
    def _compose(self, guests):
        """Return {guest id: records.WireGuest}; who fails waits and stops nobody."""
        composed = {}
        for guest in guests:
            try:
                composed[guest.id] = guest._to_wire()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception as error:
                name = type(error).__name__
                _logger.error("Guest %s cannot be composed: %s", guest.id, name)
                guest._note_fault()
        return composed

    @api.model
    def _lock_queued(self, facility):
        """Return locked guests of one batch; those who no longer fit drop out."""
        Guest = self.env["hotel.folio.guest"]
        facility.fetch(BATCH_FACILITY_FIELDS)
        domain = Guest._domain_queued(facility)
        while locked := Guest._lock_batch(domain, facility.max_batch):
            locked.fetch(BATCH_GUEST_FIELDS)
            # Rules may have become stricter since the guest was queued.
            fit = locked.filtered(lambda one: one._derive_report_state() == "queued")
            (locked - fit)._refresh_reporting()
            if fit:
                return fit
        return locked

    @api.model
    def _severities_for(self, numbers, client):
        """Return severities and duplicates; a code new to us is asked for."""
        Error = self.env["ubyport.error"]
        severities, duplicates = Error._engine_severities()
        if numbers - severities.keys() - duplicates:
            try:
                self._take_over(self._refresh_errors, client)
            except exceptions.UbyportError:
                _logger.warning("The police's list of answers could not be read.")
            severities, duplicates = Error._engine_severities()
        return severities, duplicates

    @api.model
    def _refresh_errors(self, client):
        self.env["ubyport.error"]._refresh(client.code_list("Chyby"))

    @api.model
    def _read_header_refusal(self, error, client):
        """Return AccessDenied if the police refused the facility instead of guests.

        They interrupt the processing when IDUB, mark or account do not belong
        together (answers for developers on the police's pages), so no guest was taken.
        """
        codes = getattr(error, "header_codes", ())
        severities, _duplicates = self._severities_for(set(codes), client)
        if not verdict.refuses(codes, severities):
            return error
        refusal = exceptions.AccessDenied(
            "header_refused",
            request_xml=error.request_xml,
            response_xml=error.response_xml,
        )
        refusal.header_codes = codes
        return refusal
