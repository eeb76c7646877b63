# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models, tools

from ..ubyport import records


class UbyportCountry(models.Model):
    """Nationalities as the police know them (code list Staty)."""

    _name = "ubyport.country"
    _description = "Nationality (police code list)"
    _inherit = ["ubyport.code.list.mixin"]
    _order = "name, id"
    _rec_names_search = ["name", "name_cs", "code", "document_codes"]

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
        )

    @api.model
    @tools.ormcache()
    def _engine_countries(self):
        """Return {code: records.Country} of what may be reported."""
        reportable = self.sudo().search([("reportable", "=", True)])
        return {country.code: country._to_record() for country in reportable}

    def _refresh(self, entries):
        """Take over the service's list Staty; entries are records.CodeEntry.

        Kod2 of that list is no ISO code and is not read.
        """
        names = {entry.kod3: entry.text_cz or entry.text_short_cz for entry in entries}
        self._take_over({code: name for code, name in names.items() if code and name})
