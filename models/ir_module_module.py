# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools.translate import TranslationImporter, get_base_langs, get_po_paths

ADDON = "hotel_ubyport"
NEIGHBOUR = "hotel"


class IrModuleModule(models.Model):
    """The words of `hotel` in languages which it does not bring itself.

    They do not lie where Odoo reads by itself (i18n_extra/cs.po): there they would
    overwrite what `hotel` brings one day, whenever somebody loads a language anew.
    """

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        if not {ADDON, NEIGHBOUR}.isdisjoint(modules):
            for lang in langs:
                self._load_neighbours_terms(lang, overwrite)
        return result

    @api.model
    def _load_neighbours_terms(self, lang, overwrite):
        """Translate what `hotel` leaves in English; its own words always win."""
        importer = TranslationImporter(self.env.cr, verbose=False)
        for name in get_base_langs(lang):
            importer.load_file(f"{ADDON}/i18n_extra/{NEIGHBOUR}/{name}.po", lang)
        brings_own = any(get_po_paths(NEIGHBOUR, lang))
        importer.save(overwrite=overwrite and not brings_own)
