# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.modules.module import Manifest
from odoo.tools import plaintext2html
from odoo.tools.misc import format_date

from ..models.paper_fonts import paper_fonts
from ..ubyport import letter_pdf, police_letters

PUK = re.compile(r"[0-9]{5}")


class UbyportPoliceMessage(models.TransientModel):
    """A message to the police about an account or a registration, ready to be sent.

    People look at it, may change every word, and send it themselves.
    """

    _name = "ubyport.police.message"
    _description = "Message to the foreign police"

    facility_id = fields.Many2one("ubyport.facility", required=True, readonly=True)
    environment = fields.Selection(related="facility_id.environment")
    kind = fields.Selection(
        [
            ("ws_account", "Ask for an account for the web service"),
            ("test_account", "Ask for access to the test service"),
            ("change", "Change the registration"),
            ("cancel", "Cancel the registration"),
            ("lost_password", "Report a lost password, the PUK is known"),
            ("lost_puk", "Report a lost password and PUK"),
        ],
        string="What For",
        default="ws_account",
        required=True,
    )
    puk = fields.Char(
        string="PUK",
        copy=False,
        help="Five digits from the protocol about the account. It goes into the e-mail "
        "only: it is erased here, and the copy in the log does not show it.",
    )
    usual_recipient = fields.Char(compute="_compute_usual_recipient")
    recipient = fields.Char(
        compute="_compute_recipient",
        store=True,
        readonly=False,
        help="Where the operating rules send this request. Check it on the pages of "
        "the police.",
    )
    databox = fields.Char(
        string="Data Box",
        default=police_letters.DATABOX,
        help="The data box of the directorate of the foreign police, printed in the "
        "letter. Check it in the list of data boxes.",
    )
    subject = fields.Char(compute="_compute_subject", store=True, readonly=False)
    body = fields.Text(
        string="Text", compute="_compute_body", store=True, readonly=False
    )

    # Three methods: who types one of the values still gets the others.
    @api.depends("kind", "facility_id")
    def _compute_usual_recipient(self):
        for message in self:
            message.usual_recipient = message._composed().recipient

    @api.depends("usual_recipient", "environment")
    def _compute_recipient(self):
        for message in self:
            is_real = message.environment != "simulator"
            message.recipient = is_real and message.usual_recipient

    @api.depends("kind", "facility_id")
    def _compute_subject(self):
        for message in self:
            message.subject = message._composed().subject

    @api.depends("kind", "facility_id")
    def _compute_body(self):
        for message in self:
            message.body = message._composed().body

    def _composed(self):
        """Return the engine's message for what was chosen."""
        return police_letters.compose(self.kind or "ws_account", self._applicant())

    def _applicant(self):
        """Return who writes: the current user for the host of the facility."""
        facility, user = self.facility_id, self.env.user
        host = facility.company_id.sudo()
        program = Manifest.for_addon("hotel_ubyport")
        town = " ".join(filter(None, (host.zip, host.city)))
        return police_letters.Applicant(
            facility=facility._to_record(),
            host=host.name,
            host_number=host.company_registry or "",
            seat=", ".join(filter(None, (host.street, town))),
            person=user.name,
            email=user.email or host.email or "",
            phone=user.phone or host.phone or "",
            login=facility.login or "",
            program=program["name"],
            maker=program["author"],
        )

    def action_open_email(self):
        """Open the mail composer with this message; the user sends it there."""
        self.ensure_one()
        puk = self._take_puk()
        self._check_complete()
        if not self.recipient:
            raise UserError(self.env._("Fill in to whom the e-mail goes."))
        police = self.env["res.partner"].sudo().find_or_create(self.recipient)
        body = self.body.replace(police_letters.PUK_MARK, puk)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("E-mail to the Police"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_composition_mode": "comment",
                "default_model": "ubyport.facility",
                "default_res_ids": self.facility_id.ids,
                "default_partner_ids": police.ids,
                "default_subject": self.subject,
                "default_body": plaintext2html(body),
                "default_email_layout_xmlid": "mail.mail_notification_light",
                # Who follows the facility finds it in the log, without the PUK.
                "default_notify_skip_followers": True,
                "ubyport_puk": puk,
            },
        }

    def action_download_letter(self):
        """Make the letter for the data box, keep it in the log and download it."""
        self.ensure_one()
        self._check_complete()
        note = self.facility_id.message_post(
            body=self.env._("A letter to the police was made: %s", self.subject),
            attachments=[(f"{self.subject}.pdf", self._letter())],
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{note.attachment_ids.id}?download=true",
            "target": "download",
        }

    def _letter(self):
        """Return the letter as PDF."""
        day = format_date(self.env, self.facility_id._today(), lang_code="cs_CZ")
        place = self.facility_id.municipality
        applicant = self._applicant()
        letter = letter_pdf.Letter(
            sender=police_letters.sender_lines(applicant),
            addressee=police_letters.ADDRESSEE.format(databox=self.databox or ""),
            place_and_date=f"{place}, {day}" if place else day,
            subject=self.subject,
            body=self.body,
        )
        return letter_pdf.render(letter, paper_fonts())

    def _take_puk(self):
        """Return the typed PUK, if the text needs one, and erase it.

        Between the browser's two questions, save and this, it has to lie somewhere.
        """
        puk = (self.puk or "").strip()
        self.puk = False
        if self.kind != "lost_password":
            return ""
        if not PUK.fullmatch(puk):
            raise UserError(self.env._("The PUK has five digits."))
        return puk

    def _check_complete(self):
        if not (self.subject and self.body):
            raise UserError(self.env._("Fill in the subject and the text."))
        if police_letters.TO_FILL_IN in self.body:
            raise UserError(
                self.env._("Fill in the places in square brackets in the text first.")
            )
