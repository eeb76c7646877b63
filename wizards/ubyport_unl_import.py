# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.hotel_folio_guest_report import ENGINE_RELATIONS
from ..ubyport import rules, unl_reader, unwire
from .ubyport_unl_texts import row_text

# What is taken over as it is read; relations come by their codes.
TAKEN_OVER = (
    "surname",
    "first_name",
    "birth_date",
    "birth_year_only",
    "document_type",
    "document_number",
    "visa_number",
    "residence_street",
    "residence_city",
    "arrival_date",
    "departure_date",
    "note",
)


class UbyportUnlImport(models.TransientModel):
    """Guests of another program's UNL file, taken over into a folio."""

    _name = "ubyport.unl.import"
    _description = "Import of a UNL file"

    file = fields.Binary(
        string="UNL File",
        attachment=False,
        help="A text file in Windows-1250 whose name ends with .unl.",
    )
    file_name = fields.Char()
    folio_id = fields.Many2one(
        "hotel.folio",
        string="Into Folio",
        help="The stay in which these guests are lodged. Guests who are in it already "
        "are not chosen again.",
    )
    facility_id = fields.Many2one(
        "ubyport.facility",
        readonly=True,
        help="The facility with the IDUB in the file.",
    )
    told_reason = fields.Char(
        string="Reported Already",
        help="If the other program has reported these guests: how and when. They then "
        "count as reported and are not sent from here. Kept as evidence.",
    )
    is_read = fields.Boolean(readonly=True)
    remarks = fields.Text(readonly=True)
    line_ids = fields.One2many("ubyport.unl.import.line", "import_id")
    chosen_count = fields.Integer(compute="_compute_counts")
    faulty_count = fields.Integer(compute="_compute_counts")

    @api.depends("line_ids.include", "line_ids.light")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            wizard.chosen_count = len(lines.filtered("include"))
            wizard.faulty_count = len(lines.filtered(lambda ln: ln.light != "green"))

    def action_read(self):
        """Show what is in the file, row by row; nothing is created yet."""
        self.ensure_one()
        reading = self._reading()
        remarks = [found for found in reading.findings if not found.line]
        if not (reading.guests or len(reading.findings) > len(remarks)):
            raise UserError(self._texts(remarks))
        self.facility_id = self._facility_of(reading)
        self.write(
            {
                "is_read": True,
                "remarks": self._remarks(reading, remarks),
                "line_ids": [Command.clear()]
                + [Command.create(values) for values in self._line_values(reading)],
            }
        )
        return self._reopen()

    def action_back(self):
        """Choose another file."""
        self.write({"is_read": False, "line_ids": [Command.clear()]})
        return self._reopen()

    def action_import(self):
        """Create the chosen guests in the folio and show it."""
        self.ensure_one()
        lines = self.line_ids.filtered("include")
        if not lines:
            raise UserError(self.env._("Choose at least one guest."))
        if not self.folio_id:
            raise UserError(self.env._("Choose the folio of these guests."))
        told = self._reading().guests
        chosen = [told[line.number] for line in lines if line.number in told]
        guests = self.env["hotel.folio.guest"].create(
            [self._guest_values(self._typed(each)) for each in chosen]
        )
        if (self.told_reason or "").strip():
            flawless = guests.filtered(lambda guest: not guest._has_errors())
            flawless._report_elsewhere(self.told_reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": "hotel.folio",
            "res_id": self.folio_id.id,
            "view_mode": "form",
        }

    def _reading(self):
        """Return the unl_reader.Reading of the file."""
        try:
            content = base64.b64decode(self.file or b"", validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not content:
            raise UserError(self.env._("Choose a UNL file first."))
        return unl_reader.read(content)

    def _typed(self, told):
        """Return the records.Guest whom a row is about."""
        return unwire.to_guest(told, self.env["ubyport.country"]._engine_countries())

    def _facility_of(self, reading):
        """Return the facility whose IDUB stands in the file, if it is one of ours."""
        idub = reading.facility.idub if reading.facility else ""
        return self.env["ubyport.facility"].search([("idub", "=", idub)], limit=1)

    def _remarks(self, reading, remarks):
        """Return what is to be said about the file as a whole."""
        texts = [self._texts(remarks)] if remarks else []
        if reading.facility and not self.facility_id:
            texts.append(
                self.env._(
                    "The file is of another facility: %(name)s, IDUB %(idub)s.",
                    name=reading.facility.name,
                    idub=reading.facility.idub,
                )
            )
        return "\n".join(texts)

    def _texts(self, findings):
        return "\n".join(row_text(self.env, found) for found in findings)

    # Rows

    def _line_values(self, reading):
        """Return the values of a line for each guest and each row with a finding."""
        found = {}
        for finding in reading.findings:
            found.setdefault(finding.line, []).append(finding)
        numbers = sorted(reading.guests.keys() | found.keys() - {0})
        context = self.facility_id._rule_context()
        known = {self._key_of(guest) for guest in self.folio_id.guest_ids}
        return [
            self._line_of(number, reading, found.get(number, ()), context, known)
            for number in numbers
        ]

    def _line_of(self, number, reading, findings, context, known):
        texts = [row_text(self.env, each) for each in findings]
        values = {"number": number, "light": "red", "include": False}
        told = reading.guests.get(number)
        if told:
            typed = self._typed(told)
            judged = rules.check_guest(typed, context)
            texts += self._finding_texts(judged)
            errors = any(each.severity == "error" for each in judged)
            repeated = self._key_of(typed) in known
            if repeated:
                texts.insert(0, self.env._("This guest is in the folio already."))
            values |= self._shown(told) | {
                "light": "amber" if errors or repeated else "green",
                "include": not repeated,
            }
        elif all(each.severity != "error" for each in findings):
            values["light"] = "amber"
        return values | {"outlook": "\n".join(texts)}

    def _finding_texts(self, findings):
        Guest = self.env["hotel.folio.guest"]
        described = [Guest._describe(each) for each in findings]
        return [
            f"{Guest._label(each['field'])}: {each['message']}"
            for each in described
            if each["severity"] != "info"
        ]

    @api.model
    def _shown(self, told):
        """Return what a line shows of a records.WireGuest."""
        born = told.birth_date
        return {
            "guest_name": f"{told.surname} {told.first_name}".strip(),
            "born": f"{born[:2]}.{born[2:4]}.{born[4:]}",
            "nationality": told.nationality,
            "document_number": told.document_number,
            "arrival_date": told.arrival,
            "departure_date": told.departure,
        }

    @api.model
    def _key_of(self, guest):
        """Return by what a person is recognised, of a guest or a records.Guest."""
        texts = (guest.surname, guest.first_name, guest.document_number)
        return (*((text or "").upper() for text in texts), guest.birth_date or None)

    def _guest_values(self, typed):
        """Return the values of a guest like a records.Guest, without unknown codes."""
        values = {name: getattr(typed, name) for name in TAKEN_OVER}
        for name, field in ENGINE_RELATIONS.items():
            model = self.env["hotel.folio.guest"]._fields[field].comodel_name
            code = [("code", "=", getattr(typed, name))]
            values[field] = self.env[model].search(code, limit=1).id
        return values | {"folio_id": self.folio_id.id}

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import UNL File"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class UbyportUnlImportLine(models.TransientModel):
    """One row of the file, and what is wrong with it."""

    _name = "ubyport.unl.import.line"
    _description = "Row of a UNL file"
    _order = "number"

    import_id = fields.Many2one(
        "ubyport.unl.import", string="File", required=True, ondelete="cascade"
    )
    number = fields.Integer(string="Row", readonly=True)
    include = fields.Boolean(string="Import")
    light = fields.Selection(
        [("green", "OK"), ("amber", "Look"), ("red", "Unreadable")],
        string="Check",
        readonly=True,
        help="Look: can be imported, but has to be completed or is here already. "
        "Unreadable: cannot be imported, type the guest by hand.",
    )
    guest_name = fields.Char(string="Guest", readonly=True)
    born = fields.Char(readonly=True)
    nationality = fields.Char(readonly=True)
    document_number = fields.Char(string="Document", readonly=True)
    arrival_date = fields.Date(string="Arrival", readonly=True)
    departure_date = fields.Date(string="Departure", readonly=True)
    outlook = fields.Text(string="What Is the Matter", readonly=True)
