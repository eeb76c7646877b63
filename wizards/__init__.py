# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mail_compose_message
from . import ubyport_certification_start
from . import ubyport_elsewhere
from . import ubyport_export
from . import ubyport_receipt_seen
from . import ubyport_receipt_upload
from . import ubyport_unl_discard
from . import ubyport_unl_import
from . import ubyport_police_message
