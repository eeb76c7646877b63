# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport import exceptions
from ..ubyport.invalid_documents_client import InvalidDocumentsClient

# Seconds; see the client.
TIMES = {"timeout": 10.0, "connect_timeout": 5.0, "pause": 1.0}


class UbyportDocumentChecker(models.AbstractModel):
    """Asks the Ministry's list of invalid documents, run by a scheduled action.

    Nothing here keeps anybody waiting: check-in and the button only mark guests.
    Questions are harmless to repeat, so whatever stops the process loses nothing.
    """

    _name = "ubyport.document.checker"
    _description = "Questions to the list of invalid documents"

    @api.model
    def _trigger(self, at=None):
        """Wake the checker after this commit, or at a naive UTC moment."""
        cron = self.env.ref(
            "hotel_ubyport.ir_cron_ubyport_documents", raise_if_not_found=False
        )
        if cron:
            cron.sudo()._trigger(at=at)

    @api.model
    def _cron_check(self):
        """Look up every document that is wanted. Never raises."""
        now = fields.Datetime.now()
        facilities = self.env["hotel.folio.guest"]._facilities_with_wanted_documents()
        due = facilities.filtered(lambda facility: facility._may_ask_documents(now))
        for address, group in due.grouped(lambda f: f._documents_address()).items():
            self.env["ubyport.sender"]._guarded(self._check_at, address, group.ids)

    @api.model
    def _check_at(self, address, facility_ids):
        """Ask one address for the guests of some facilities, one after the other."""
        facilities = self.env["ubyport.facility"].browse(facility_ids)
        guests = self.env["hotel.folio.guest"]._with_wanted_document(facilities)
        with InvalidDocumentsClient(address, **TIMES) as client:
            for guest_id in guests.ids:
                self.env["ubyport.sender"]._guarded(self._check, client, guest_id)
                if facilities.filtered("document_next_try_at"):
                    return
                if self.env["ir.cron"]._commit_progress(1) <= 0:
                    self._trigger()
                    return

    @api.model
    def _check(self, client, guest_id):
        """Answer the question about one guest; an outage is noted, not raised."""
        guest = self.env["hotel.folio.guest"].browse(guest_id)
        document = guest._document_to_look_up()
        if not document:
            guest._drop_wanted_document()
            return
        try:
            check = self._answer(client, guest.facility_id, document)
        except exceptions.Outage as error:
            guest.facility_id._note_documents_outage(error)
            return
        guest._settle_document(check)

    @api.model
    def _answer(self, client, facility, document):
        """Return today's ubyport.document.check of an engine's Document.

        :raise exceptions.Outage: it is neither there nor to be had now
        """
        Check = self.env["ubyport.document.check"]
        check = Check._of_today(facility, document)
        if check:
            return check
        try:
            entry = client.look_up(document)
        except exceptions.DataError as refusal:
            check = Check._keep_refusal(facility, document, refusal.detail)
        else:
            check = Check._keep_answer(facility, document, entry)
        facility._note_documents_working()
        # A conflict over the guest must not cost a second question.
        self.env["ubyport.sender"]._commit()
        return check
