# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import ubyport_evidence_mixin
from . import ubyport_identity_mixin
from . import ubyport_code_list_mixin
from . import ubyport_country
from . import ubyport_purpose
from . import ubyport_error
from . import ubyport_facility
from . import hotel_room
from . import hotel_folio_guest
from . import hotel_folio_guest_report
from . import hotel_folio_guest_steps
from . import hotel_folio
from . import res_partner
from . import ubyport_report
from . import ubyport_report_line
from . import ubyport_sender
