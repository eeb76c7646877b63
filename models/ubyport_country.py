# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models, tools

from ..ubyport import records, rules


class UbyportCountry(models.Model):
    """Nationalities as the police know them (code list Staty)."""

    _name = "ubyport.country"
    _description = "Nationality (police code list)"
    _inherit = ["ubyport.code.list.mixin"]
    _order = "name, id"
    _rec_names_search = ["name", "name_cs", "code", "document_codes"]
    _guest_fields = ("nationality_id", "residence_country_id")

    code = fields.Char(
        size=3,
        help="Three letters that are sent to the police. They differ from ISO codes "
        "for Kosovo, stateless persons, refugees and some organisations.",
    )
    visa_duty = fields.Selection(
        [
            ("none", "No visa needed"),
            ("biometric", "No visa with a biometric passport"),
            ("always", "Visa needed"),
        ],
        default="none",
        required=True,
        help="Annexes I and II of Regulation (EU) 2018/1806.",
    )
    document_codes = fields.Char(
        help="Other codes printed in travel documents which mean this entry, e.g. D "
        "for Germany. Separated by spaces.",
    )
    base_country_id = fields.Many2one("res.country", string="Country in Odoo")
    reportable = fields.Boolean(
        default=True,
        help="Czech citizens are not reported and are missing in the police's list.",
    )

    def _to_record(self):
        """Return the engine's records.Country of this entry."""
        self.ensure_one()
        return records.Country(
            code=self.code,
            name_cs=self.name_cs,
            visa_required=self.visa_duty == "always",
            visa_free_if_biometric=self.visa_duty == "biometric",
            valid_from=self.valid_from or None,
            valid_to=self.valid_until or None,
        )

    def _is_exempt(self):
        """Return whether these citizens are not to be reported."""
        return self._origin.id in self._exempt_ids()

    @api.model
    @tools.ormcache()
    def _exempt_ids(self):
        everyone = self.sudo().with_context(active_test=False)
        return frozenset(everyone.search([("reportable", "=", False)]).ids)

    @api.model
    @tools.ormcache()
    def _engine_countries(self):
        """Return {code: records.Country} of what may be reported."""
        reportable = self.sudo().search([("reportable", "=", True)])
        return {country.code: country._to_record() for country in reportable}

    def _read_entries(self, entries):
        """Return {code: values} of the list Staty; entries are records.CodeEntry.

        Kod2 of that list is no ISO code and is not read.
        """
        rows = {}
        for entry in entries:
            name = entry.text_cz or entry.text_short_cz
            if entry.kod3 and name:
                rows[entry.kod3] = {"name_cs": name} | self._days_of(entry)
        return rows

    def _listed(self):
        return super()._listed().filtered("reportable")

    @api.model
    @tools.ormcache()
    def _printed_codes(self):
        """Return {code: id} of all codes that documents print for our entries."""
        rows = self.sudo().search([])
        by_code = {row.code: row.id for row in rows}
        found = {
            printed: by_code[codes[0]]
            for printed, codes in rules.DOCUMENT_CODES.items()
            if len(codes) == 1 and codes[0] in by_code
        }
        for row in rows:
            found |= dict.fromkeys((row.document_codes or "").upper().split(), row.id)
        return found | by_code

    @api.model
    def _of_printed(self, code):
        """Return the entry for a code as typed or printed in a document, or none.

        D is Germany, RKS is Kosovo; XXX alone does not tell which entry is meant.
        """
        return self.browse(self._printed_codes().get((code or "").strip().upper()))

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Put the entry whose code was typed first; a file's code finds only it."""
        exact = self._of_printed(name).filtered_domain(domain or [])
        if not exact or operator not in ("ilike", "="):
            return super().name_search(name, domain, operator, limit)
        first = [(exact.id, exact.display_name)]
        if operator == "=":
            return first
        found = super().name_search(name, domain, operator, limit)
        return (first + [row for row in found if row[0] != exact.id])[:limit]
