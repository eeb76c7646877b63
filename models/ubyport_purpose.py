# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models, tools


class UbyportPurpose(models.Model):
    """Purposes of stay as the police know them (code list UcelyPobytu)."""

    _name = "ubyport.purpose"
    _description = "Purpose of stay (police code list)"
    _inherit = ["ubyport.code.list.mixin"]
    _order = "code"
    _guest_fields = ("purpose_id",)

    code = fields.Char(size=2)

    @api.depends("code", "name")
    def _compute_display_name(self):
        for purpose in self:
            purpose.display_name = f"{purpose.code} {purpose.name or ''}".strip()

    @api.model
    @tools.ormcache()
    def _engine_purposes(self):
        """Return the codes that may be reported."""
        return frozenset(self.sudo().search([]).mapped("code"))

    @api.model
    @tools.ormcache()
    def _engine_purpose_spans(self):
        """Return {code: (first day, last day)} where the police name one."""
        named = ["|", ("valid_from", "!=", False), ("valid_until", "!=", False)]
        return {
            row.code: (row.valid_from or None, row.valid_until or None)
            for row in self.sudo().search(named)
        }

    def _read_entries(self, entries):
        """Return {code: values} of UcelyPobytu; entries are records.CodeEntry.

        TextCZ holds "code - TEXT" (technical description, 5.3.3).
        """
        rows = {}
        for entry in entries:
            code = (entry.kod2 or "").strip().zfill(2)
            name = (entry.text_cz or "").removeprefix(f"{code} - ").strip()
            if code.isdigit() and name:
                rows[code] = {"name_cs": name} | self._days_of(entry)
        return rows
