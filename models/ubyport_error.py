# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport import verdict


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

    def _engine_severities(self):
        """Return ({number: severity}, {numbers that say duplicate})."""
        rows = self._all_entries()
        severities = {row.number: int(row.severity) for row in rows if row.severity}
        return severities, frozenset(rows.filtered("is_duplicate").mapped("number"))

    def _texts_by_number(self, numbers):
        """Return {number: text of the police} of the numbers which are known."""
        rows = self.sudo().search([("number", "in", list(numbers))])
        return {row.number: row.name_cs for row in rows}

    def _refresh(self, entries):
        """Take over the service's own list; entries are records.CodeEntry."""
        known = {row.number: row for row in self._all_entries()}
        severities = verdict.parse_severities(entries)
        for entry in entries:
            try:
                number = verdict.code_number(entry.kod2)
            except ValueError:
                continue
            self._take_over_entry(known.get(number), number, entry, severities)

    @api.model
    def _severity_key(self, severity):
        """Return the selection key of a number, False if the list has no such one."""
        keys = dict(self._fields["severity"].selection)
        return str(severity) if str(severity) in keys else False

    def _take_over_entry(self, row, number, entry, severities):
        values = {
            "number": number,
            "code": entry.kod2,
            "name_cs": entry.kod3,
            "severity": self._severity_key(severities.get(number)),
            "source": "service",
        }
        # The list has no mark for duplicates; its text is read here once, and the
        # verdict then goes by the number alone.
        if "duplicit" in (entry.kod3 or "").lower():
            values["is_duplicate"] = True
        if not row:
            self.sudo().create(values)._name_like_shipped()
        elif any(row[name] != value for name, value in values.items()):
            row.write(values)

    def _xmlid_suffix(self):
        return str(self.number)
