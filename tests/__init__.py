# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_alarm
from . import test_bad_input
from . import test_code_lists
from . import test_demo_and_manifest
from . import test_evidence
from . import test_export_wizard
from . import test_facility
from . import test_findings
from . import test_guest_state
from . import test_neutralize
from . import test_query_counts
from . import test_receipts
from . import test_returning_guest
from . import test_sender
from . import test_stepping_in
from . import test_tour_reception
