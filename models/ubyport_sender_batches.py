# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from odoo import api, models

from .ubyport_sender import MAY_BE_ONE_GUEST

# Seconds between two calls to open screens, which then ask for the verdicts.
TELL_PAUSE = 1


@dataclass
class Session:
    """One facility's conversation with the police, as far as it has come.

    :param account: what the client was opened with (facility._account)
    :param line: the thread that calls; nothing else happens there
    :param answered: arguments of _settle, of answers which are kept
    :param untold: ids of reports whose verdicts open screens do not know yet
    """

    client: object
    account: tuple
    line: ThreadPoolExecutor
    answered: list = field(default_factory=list)
    untold: list = field(default_factory=list)
    told_at: float = 0


class UbyportSender(models.AbstractModel):
    """Batch after batch: while one is on its way, the one before is settled.

    A batch leaves when its mark is committed. Its answer is kept and committed before
    anything else happens, so that the next claim and call endanger no verdict.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.sender"

    @api.model
    def _send_batches(self, facility, client, account):
        """Send batch by batch until nothing is left or the run must end.

        :param account: what the session was opened with (facility._account)
        :raise exceptions.UbyportError: the service does not work now. A fault on one
            guest sent alone may be due to that guest; on two in a row it is not.
        """
        alone = 0
        with ThreadPoolExecutor(max_workers=1) as line:
            session = Session(client, account, line)
            while True:
                report, failure = self._send_batch(facility, session)
                if not report or self._out_of_time():
                    self._settle_answered(session, is_last=True)
                    return
                if not failure:
                    alone = 0
                    continue
                # What a batch may hold can have changed.
                facility.write({"lists_refreshed_at": False, "lists_try_at": False})
                alone += report.line_count == 1
                if alone == 2:
                    raise failure

    @api.model
    def _send_batch(self, facility, session):
        """Claim, call, keep the answer; meanwhile settle the batch before.

        :return: (report, failure that one guest may be the cause of); an empty
            report if nothing is left
        """
        report, header, wire_guests = self._claim_or_settle(facility, session)
        if not report:
            return report, None
        call = session.line.submit(session.client.report, header, wire_guests)
        self._settle_answered(session)
        answer, outcome = self._call(call.result, session.client)
        if answer:
            self._take_answer(report, answer, session)
            return report, None
        self._settle(report.id, self._settle_failure, outcome)
        if not isinstance(outcome, MAY_BE_ONE_GUEST):
            raise outcome
        return report, outcome

    @api.model
    def _claim_or_settle(self, facility, session):
        """Claim the next batch; if that breaks, the verdicts come first."""
        try:
            return self._claim(facility, session.account)
        except Exception:
            self.env.cr.rollback()
            self._settle_answered(session)
            raise

    @api.model
    def _take_answer(self, report, answer, session):
        """Keep an answer; one that could not be kept is settled at once."""
        is_kept = self._guarded(self._keep_answer, report.id, answer)
        numbers = {number for codes in answer.record_codes for number in codes}
        severities = self._severities_for(numbers, session.client)
        session.answered.append((report.id, self._settle_answer, answer, *severities))
        if not is_kept:
            self._settle_answered(session)

    @api.model
    def _settle_answered(self, session, is_last=False):
        """Write the verdicts of answers; one that fails is applied by a later run."""
        for report_id, *verdict in session.answered:
            self._guarded(self._settle, report_id, *verdict)
            session.untold.append(report_id)
        session.answered = []
        is_due = is_last or time.monotonic() > session.told_at + TELL_PAUSE
        if session.untold and is_due:
            self._guarded(self._tell_requesters, session)

    @api.model
    def _tell_requesters(self, session):
        """Call the screens of those who sent; each call is a connection of its own."""
        self.env["ubyport.report"].browse(session.untold)._tell_requesters()
        session.untold, session.told_at = [], time.monotonic()
