# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models, tools

from ..ubyport import verdict

# How the police's texts speak of a repeated record. The wording of their list is not
# public, only that of a receipt; a repeat taken for a refusal would be sent again.
DUPLICATE = re.compile(r"\bduplicit", re.IGNORECASE)
RECORD = re.compile(r"\b(?:záznam|host|hlášení|oznámení)", re.IGNORECASE)


def says_duplicate(text):
    """Return whether a text of the list means a record which the police have."""
    return bool(text and DUPLICATE.search(text) and RECORD.search(text))


class UbyportError(models.Model):
    """Answers of the service (code list Chyby): the severity decides, by number."""

    _name = "ubyport.error"
    _description = "Answer of the police (police code list)"
    _inherit = ["ubyport.code.list.mixin"]
    _order = "number"

    number = fields.Integer(required=True)
    name = fields.Char(required=False)
    name_cs = fields.Char(string="Text of the Police")
    severity = fields.Selection(
        [
            ("0", "0 Information"),
            ("1", "1 Accepted, correct your own records"),
            ("2", "2 Accepted, correct your own records"),
            ("3", "3 Not described by the police"),
            ("4", "4 Not accepted"),
            ("5", "5 Not accepted"),
            ("6", "6 Not accepted"),
        ],
        help="How grave the answer is: 0-2 accepted, 4-6 not accepted. Without a "
        "severity the outcome counts as unknown.",
    )
    scope = fields.Selection(
        [("file", "File"), ("header", "Facility"), ("record", "Guest")],
        default="record",
        required=True,
    )
    is_duplicate = fields.Boolean(
        help="This answer says that the guest was reported before: counts as filed.",
    )
    source = fields.Selection(
        [
            ("service", "Read from the service"),
            ("documented", "Documented"),
            ("observed", "Observed"),
            ("assumed", "Assumed"),
        ],
        default="service",
        required=True,
    )

    _number_unique = models.UniqueIndex("(number)", "This code is in the list already.")

    @api.depends("number", "name_cs")
    def _compute_display_name(self):
        for error in self:
            error.display_name = f"{error.number} {error.name_cs or ''}".strip()

    def _all_entries(self):
        """Return the archived, too: hiding an answer does not change its meaning."""
        return self.sudo().with_context(active_test=False).search([])

    @api.model
    @tools.ormcache()
    def _engine_severities(self):
        """Return ({number: severity}, {numbers that say duplicate})."""
        rows = self._all_entries()
        severities = {row.number: int(row.severity) for row in rows if row.severity}
        return severities, frozenset(rows.filtered("is_duplicate").mapped("number"))

    def _texts_by_number(self, numbers):
        """Return {number: text of the police} of the numbers which are known."""
        rows = self.sudo().search([("number", "in", list(numbers))])
        return {row.number: row.name_cs for row in rows}

    def _read_entries(self, entries):
        """Return {code: values} of the list Chyby; entries are records.CodeEntry."""
        severities = verdict.parse_severities(entries)
        rows = {}
        for entry in entries:
            try:
                number = verdict.code_number(entry.kod2)
            except ValueError:
                continue
            rows[entry.kod2] = {
                "number": number,
                "name_cs": entry.kod3,
                "severity": self._severity_key(severities.get(number)),
                "source": "service",
                # The list has no other mark; the verdict then goes by the number.
                "is_duplicate": says_duplicate(entry.kod3),
            }
        return rows

    @api.model
    def _severity_key(self, severity):
        """Return the selection key of a number, False if the list has no such one."""
        keys = dict(self._fields["severity"].selection)
        return str(severity) if str(severity) in keys else False

    def _take_over(self, rows):
        """Take over by number: another spelling of a code does not make a new one."""
        known = {row.number: row for row in self._all_entries()}
        changes, new = [], {}
        for code, values in rows.items():
            row = known.get(values["number"])
            if row:
                changes += row._follow_list({"code": code} | values)
            else:
                new[code] = values
        return changes + super()._take_over(new)

    def _check_whole(self, rows):
        """Only answers with a severity tell anything."""
        telling = [code for code, row in rows.items() if row["severity"]]
        return super()._check_whole(telling)

    def _end_missing(self, codes):
        """An answer which is no longer listed keeps the meaning which it had."""
        return []

    def _listed(self):
        """Return the answers whose severity was read from the service."""
        read = self._all_entries().filtered(lambda row: row.source == "service")
        return read.filtered("severity")

    def _xmlid_suffix(self):
        return str(self.number)
