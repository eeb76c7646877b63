# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.misc import file_path

from ..ubyport.letter_pdf import Fonts

# Of Odoo itself; it has every letter of Czech and of most guests' names.
FONTS = "web/static/fonts/google/Open_Sans/Open_Sans-%s.ttf"


def paper_fonts():
    """Return the engine's Fonts for papers of the hotel."""
    return Fonts(plain=file_path(FONTS % "Regular"), bold=file_path(FONTS % "Bold"))
