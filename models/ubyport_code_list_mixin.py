# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class UbyportCodeListMixin(models.AbstractModel):
    """A code list of the police: shipped as data, refreshed from the service."""

    _name = "ubyport.code.list.mixin"
    _description = "Code list of the police"
    _rec_names_search = ["name", "name_cs", "code"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    name_cs = fields.Char(
        string="Name at the Police",
        required=True,
        help="The Czech name in the police's code list.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "This code is in the list already.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _take_over(self, names):
        """Create or rename entries so that they agree with the service.

        Entries which the service no longer lists are kept: old guests refer to them.

        :param dict names: {code: Czech name}
        """
        everything = self.sudo().with_context(active_test=False).search([])
        known = {row.code: row for row in everything}
        new = {code: name for code, name in names.items() if code not in known}
        created = self.sudo().create(
            [
                {"code": code, "name": name, "name_cs": name}
                for code, name in new.items()
            ]
        )
        created._name_like_shipped()
        for code, row in known.items():
            if row.name_cs != names.get(code, row.name_cs):
                row.name_cs = names[code]

    def _name_like_shipped(self):
        """Give new entries the external ids under which a later release ships them."""
        stem = self._name.removeprefix("ubyport.")
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {
                    "xml_id": f"hotel_ubyport.{stem}_{row._xmlid_suffix()}",
                    "record": row,
                    "noupdate": True,
                }
                for row in self
            ]
        )

    def _xmlid_suffix(self):
        return self.code.lower()
