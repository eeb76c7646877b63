# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import models
from odoo.exceptions import UserError

from .ubyport_certification_export import TYPES

# Where the list goes (operating rules, 11.4).
POLICE = '"Ředitelství služby cizinecké policie" <rscp.spis@pcr.cz>'
# In Czech for every user: the police read it.
SUBJECT = (
    "TEST WS – kontrola konzistence zaslaných testovacích dat, {name}, IDUB {idub}"
)
LETTER = """
Dobrý den,

podle bodu 11.4 Provozního řádu Internetové aplikace Ubyport zasíláme k porovnání
seznam {size} smyšlených osob, které jsme zaslali do testovací webové služby
WsUbyportTest.

Ubytovací zařízení: {name}
IDUB: {idub}
Zkratka: {mark}
Program: Hotel Ubyport (Odoo)
Odesláno: {sent}
Služba přijala: {accepted}
Služba nepřijala: {refused}
Bez jisté odpovědi: {unknown}

Všechny osoby jsou smyšlené. Prosíme o zprávu, zda jsou data uložena v řádném tvaru
a nedošlo k jejich zkreslení.

S pozdravem
{user}
"""


class UbyportCertification(models.Model):
    """The letter to the police with the list; a person reads it and sends it."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.certification"

    def action_write_to_police(self):
        """Open the ready letter; nothing leaves before the manager sends it."""
        self.ensure_one()
        self._check_manager()
        self._refuse_letter()
        police = self.env["res.partner"].sudo().find_or_create(POLICE)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letter to the Police"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": police.ids,
                "default_subject": self._fill(SUBJECT),
                "default_body": self._letter(),
                "default_attachment_ids": self._letter_attachments().ids,
                "force_email": True,
            },
        }

    def _refuse_letter(self):
        """Only what the police's test service has got can be compared."""
        if self.environment != "test":
            raise UserError(
                self.env._(
                    "This was a rehearsal with the simulator: the police have got "
                    "nothing which they could compare."
                )
            )
        if self.state != "done":
            raise UserError(self.env._("Send the whole list first."))

    def _fill(self, text):
        facility = self.facility_id
        moments = self.batch_ids.sorted("sent_at").mapped("sent_at")
        return text.format(
            name=facility.name,
            idub=facility.idub,
            mark=facility.mark,
            size=self.size,
            sent=f"{moments[0]:%d.%m.%Y}" if moments else "",
            accepted=self.accepted_count,
            refused=self.refused_count,
            unknown=self.unknown_count,
            user=self.env.user.name,
        )

    def _letter(self):
        """Return the letter as HTML, one paragraph for each block of lines."""
        blocks = self._fill(LETTER).strip().split("\n\n")
        paragraphs = [
            Markup("<br/>").join(map(escape, block.split("\n"))) for block in blocks
        ]
        return Markup("").join(Markup("<p>%s</p>") % each for each in paragraphs)

    def _letter_attachments(self):
        """Return the list in all its formats, kept for the letter only."""
        return self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype.partition(";")[0],
                    "res_model": "mail.compose.message",
                    "res_id": 0,
                }
                for name, content, mimetype in self._letter_files()
            ]
        )

    def _letter_files(self):
        files = [self._export("csv"), self._export("xlsx")]
        files += [(*file, TYPES["unl"]) for file in self._unl_files().items()]
        return files
