# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    hotel_folio,
    hotel_folio_guest,
    hotel_folio_guest_report,
    hotel_room,
    res_partner,
    ubyport_code_list_mixin,
    ubyport_country,
    ubyport_error,
    ubyport_evidence_mixin,
    ubyport_facility,
    ubyport_identity_mixin,
    ubyport_purpose,
    ubyport_report,
    ubyport_report_line,
    ubyport_sender,
)
