# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..ubyport import exceptions, wire
from .hotel_folio_guest import REPORTED_FIELDS
from .ubyport_report_line import KEY_COLUMNS, SNAPSHOT

# The police take a report which differs in nothing but these for a duplicate.
SIDE_COLUMNS = ("visa_number", "residence", "note")
# Of the directorate of the foreign police, from their page about Ubyport.
POLICE_ADDRESS = "reguby@pcr.cz"
# To the police one writes in Czech, whatever language the user has.
LETTER_SUBJECT = "Oprava oznámení o ubytování cizince, IDUB %s"
LETTER = Markup(
    "<p>Dobrý den,</p>"
    "<p>za ubytovací zařízení %(facility)s (IDUB %(idub)s, zkratka %(mark)s) žádáme o "
    "opravu údajů v oznámení o ubytování cizince: %(guest)s, číslo dokladu %(number)s, "
    "ubytování od %(arrival)s, oznámeno %(reported)s.</p>"
    "<p>Správně má být:</p><ul>%(changes)s</ul>"
    "<p>Nové oznámení neposíláme, protože by bylo duplicitní.</p>"
    "<p>Děkujeme.</p>"
)
LETTER_LABELS = {
    "visa_number": "číslo víza",
    "residence": "bydliště v zahraničí",
    "note": "poznámka",
}


class HotelFolioGuest(models.Model):
    """What changed after a report, and what may be sent about it.

    A change of one of the eight key data makes a new report, marked as a correction.
    A change of visa, residence or note alone would be a duplicate: it can only be
    written to the police. A stay that got shorter or longer is no error of the report,
    which told how long it was expected to last.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    untold_changes = fields.Text(
        string="Changed Since Reported",
        compute="_compute_untold_changes",
        compute_sudo=True,
        help="Changes which the police would take for a duplicate: they can only be "
        "told by e-mail or data box.",
    )
    told_values = fields.Json(readonly=True, copy=False)
    told_at = fields.Datetime(
        string="Change Told to the Police", readonly=True, copy=False
    )
    told_by_id = fields.Many2one(
        "res.users", string="Change Told By", readonly=True, copy=False
    )
    is_only_stay_changed = fields.Boolean(
        compute="_compute_is_only_stay_changed", compute_sudo=True
    )
    stay_noted_until = fields.Date(
        string="Stay Changed To",
        readonly=True,
        copy=False,
        help="The guest left early or stays longer than was reported: nothing is to be "
        "sent.",
    )
    stay_noted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    stay_noted_at = fields.Datetime(readonly=True, copy=False)

    # Visa, residence, note

    @api.depends(*REPORTED_FIELDS, "report_state", "told_values")
    @api.depends_context("lang")
    def _compute_untold_changes(self):
        for guest in self:
            changes = guest._untold_changes()
            guest.untold_changes = "\n".join(
                f"{guest._side_label(column)}: {values[0] or '-'} → {values[1] or '-'}"
                for column, values in changes.items()
            )

    @api.model
    def _side_label(self, column):
        return (
            self.env["ubyport.report.line"]
            ._fields[column]
            ._description_string(self.env)
        )

    def _untold_changes(self):
        """Return {column: (as reported, today)} of what only a letter can tell."""
        today = self._side_values() if self.report_state == "reported" else {}
        known = self._side_values_known()
        return {
            column: (known[column], value)
            for column, value in today.items()
            if wire.without_state_name(value) != wire.without_state_name(known[column])
        }

    def _side_values_known(self):
        """Return {column: what the police know}, from the report or a later letter."""
        filed = self._filed_line()
        if self.told_at and (
            not filed.answered_at or self.told_at >= filed.answered_at
        ):
            return self.told_values
        reported = {column: filed[column] or "" for column in SIDE_COLUMNS}
        reported["note"] = wire.without_correction(reported["note"])
        return reported

    def _side_values(self):
        """Return {column: what would be sent today}; nothing while that is unclear."""
        try:
            told = self._wire_as_typed()
        except exceptions.DataError:
            return {}
        return {column: getattr(told, SNAPSHOT[column]) for column in SIDE_COLUMNS}

    def action_write_to_police(self):
        """Open a ready letter to the police; it leaves only when a person sends it."""
        self.ensure_one()
        self._check_correctable()
        facility = self.facility_id.sudo()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("E-Mail to the Police"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_subject": LETTER_SUBJECT % (facility.idub or ""),
                "default_body": self._letter_to_police(facility),
                "default_partner_ids": self._police_contact().ids,
                "ubyport_tell_police": True,
            },
        }

    def _check_correctable(self):
        """Refuse to correct what the police do not know, or will know by a file."""
        if not self.reported_at or self.unl_report_id:
            raise UserError(
                self.env._(
                    "%s is not reported yet, so there is nothing to correct.",
                    self.display_name,
                )
            )

    def _letter_to_police(self, facility):
        changes = Markup().join(
            Markup("<li>%s: %s</li>")
            % (LETTER_LABELS[column], values[1] or "(prázdné)")
            for column, values in self.sudo()._untold_changes().items()
        )
        reported = facility._local_date(self.reported_at) if self.reported_at else ""
        return LETTER % {
            "facility": facility.name or "",
            "idub": facility.idub or "",
            "mark": facility.mark or "",
            "guest": self.display_name,
            "number": self.document_number or "",
            "arrival": self._czech_day(self.arrival_date),
            "reported": self._czech_day(reported),
            "changes": changes or Markup("<li>…</li>"),
        }

    @api.model
    def _czech_day(self, day):
        return f"{day.day}. {day.month}. {day.year}" if day else ""

    def _police_contact(self):
        """Return the police as addressee; nobody while a facility only rehearses."""
        Partner = self.env["res.partner"].sudo()
        if self.facility_id.sudo().environment != "production":
            return Partner
        known = Partner.search([("email_normalized", "=", POLICE_ADDRESS)], limit=1)
        return known or Partner.create(
            {"name": "Ředitelství služby cizinecké policie", "email": POLICE_ADDRESS}
        )

    def _message_post_after_hook(self, message, msg_vals):
        if self.env.context.get("ubyport_tell_police"):
            self.action_mark_told()
        return super()._message_post_after_hook(message, msg_vals)

    def action_mark_told(self):
        """Note that the police were told about these changes, by whom and when."""
        self.check_access("write")
        for guest in self.filtered(lambda guest: guest._side_values()):
            guest._write_own(
                {
                    "told_values": guest._side_values(),
                    "told_at": fields.Datetime.now(),
                    "told_by_id": self.env.uid,
                }
            )
        return True

    # The length of the stay

    @api.depends("report_state", "departure_date", "stay_noted_until")
    def _compute_is_only_stay_changed(self):
        for guest in self:
            guest.is_only_stay_changed = (
                guest.report_state == "changed"
                and guest._changed_keys() == {"departure_date"}
            )

    def _changed_keys(self):
        """Return the key columns in which today's data differ from the report."""
        Line, filed = self.env["ubyport.report.line"], self._filed_line()
        try:
            today = Line._key_of(self._wire_as_typed())
        except exceptions.DataError:
            return set()
        pairs = zip(KEY_COLUMNS, filed._key(), today, strict=True)
        return {column for column, reported, now in pairs if reported != now}

    def _as_expected(self, told, line):
        """Return a records.WireGuest with the reported length of a changed stay."""
        noted = self.stay_noted_until
        if noted and noted == self.departure_date:
            return replace(told, departure=line.departure_date)
        return told

    def action_note_stay(self):
        """Note that these guests left early or stay longer: nothing is to be sent."""
        self.check_access("write")
        wrong = self.filtered(lambda guest: not guest.is_only_stay_changed)
        if wrong:
            raise UserError(
                self.env._(
                    "%s: more than the departure differs from the report.",
                    wrong[0].display_name,
                )
            )
        for guest in self:
            guest._write_own(
                {
                    "stay_noted_until": guest.departure_date,
                    "stay_noted_by_id": self.env.uid,
                    "stay_noted_at": fields.Datetime.now(),
                    "queued_at": False,
                }
            )
        return True
