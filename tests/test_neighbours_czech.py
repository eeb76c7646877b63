# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

from ..models import ir_module_module
from .common import ADDON

CZECH = "cs_CZ"
FILE = ADDON / "i18n_extra" / "hotel" / "cs.po"
# No word for people.
NO_WORDS = {"ID"}


class RecordsReader(TranslationModuleReader):
    """The terms of views, fields, menus and actions, without a search of all code."""

    def _export_translatable_resources(self):
        """Read no code: its words are always those of its own addon."""


@tagged("post_install", "-at_install")
class TestNeighboursCzech(TransactionCase):
    """Czech people read the hotel's own screens in Czech, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(CZECH)
        cls.modules = cls.env["ir.module.module"]
        cls.menu = cls.env.ref("hotel.menu_open_hotel_folio1_form_tree_all")

    def load(self, *names, overwrite=False):
        self.modules._load_module_terms(list(names), [CZECH], overwrite=overwrite)

    def name_of(self, record):
        return record.with_context(lang=CZECH).name

    def test_a_language_which_is_there_before_the_addon_gets_the_words(self):
        self.load("hotel")
        self.load("hotel_ubyport")
        self.assertEqual(self.name_of(self.menu), "Folia")

    def test_a_language_which_comes_after_the_addon_gets_the_words(self):
        installed = self.modules.search([("name", "in", ("hotel", "hotel_ubyport"))])
        installed._update_translations([CZECH], overwrite=True)
        self.assertEqual(self.name_of(self.menu), "Folia")
        form = self.env["hotel.folio"].with_context(lang=CZECH).get_view(False, "form")
        self.assertIn('string="Pokoje"', form["arch"])
        labels = self.env["hotel.folio.line"].with_context(lang=CZECH).fields_get()
        self.assertEqual(labels["checkin_date"]["string"], "Příjezd")

    def test_words_which_are_there_already_are_kept(self):
        self.menu.with_context(lang=CZECH).name = "Účty"
        self.load("hotel", "hotel_ubyport")
        self.assertEqual(self.name_of(self.menu), "Účty")

    def test_an_official_czech_of_hotel_wins_whenever_it_comes(self):
        self.menu.with_context(lang=CZECH).name = "Účty"
        with patch.object(
            ir_module_module, "get_po_paths", lambda *_args: iter(["hotel/cs.po"])
        ):
            self.modules._load_neighbours_terms(CZECH, overwrite=True)
        self.assertEqual(self.name_of(self.menu), "Účty")

    def test_other_languages_are_left_alone(self):
        self.env["res.lang"]._activate_lang("sk_SK")
        self.modules._load_module_terms(["hotel_ubyport"], ["sk_SK"])
        name = self.menu.with_context(lang="sk_SK").name
        self.assertEqual(name, "Generate Folio")

    def is_ours_to_name(self, xmlid):
        """Return whether a term is shown to people and named by no other addon."""
        record = self.env.ref(xmlid)
        if record._name == "ir.model.fields":
            field = self.env[record.model]._fields.get(record.name)
            if not field or field.inherited:
                return False
        return not self.env["ir.model.data"].search_count(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("module", "not in", ("hotel", "hotel_ubyport")),
            ]
        )

    def test_no_word_of_hotel_is_left_in_english(self):
        offered = {
            (word.msgid, place)
            for word in polib.pofile(str(FILE)).translated_entries()
            for place, _line in word.occurrences
        }
        shown = {
            (source, f"{kind}:{name}:{xmlid}")
            for _module, kind, name, xmlid, source, *_rest in RecordsReader(
                self.env.cr, modules=["hotel"]
            )
            if source not in NO_WORDS and self.is_ours_to_name(xmlid)
        }
        self.assertFalse(shown - offered, "These have no Czech")
        self.assertFalse(offered - shown, "These are used no more")
