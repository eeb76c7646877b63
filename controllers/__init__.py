# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import certification
from . import invitation
from . import receipts
