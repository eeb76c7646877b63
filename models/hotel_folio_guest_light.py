# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..ubyport import deadline
from .hotel_folio_guest_report import OPEN_STATES

LIGHTS = [
    ("grey", "Nothing to do"),
    ("green", "In order"),
    ("amber", "Attention"),
    ("red", "Act now"),
]
# What is neither on its way by itself nor finished.
RED_STATES = ("refused", "unknown")
# Who is in a UNL file waits for a person, too; the web service answers in seconds.
AMBER_STATES = ("incomplete", "changed", "sending")
GREY_STATES = ("expected", "exempt")


class HotelFolioGuest(models.Model):
    """The traffic light of a guest: one look tells whether somebody must act."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    light = fields.Selection(
        LIGHTS,
        compute="_compute_light",
        search="_search_light",
        help="Grey: nothing to do. Green: reported, or on its way in time. Amber: to "
        "complete, in a UNL file, due by the next working day, cannot be sent now, or "
        "should have arrived. Red: late, refused, of unknown outcome, or stopped.",
    )

    @api.depends(
        "report_state",
        "deadline_date",
        "facility_id.service_state",
        "facility_id.is_obstructed",
        "is_denied",
        "is_awaited",
        "arrival_date",
    )
    def _compute_light(self):
        for guest in self:
            light = self._light_of(
                guest.facility_id,
                guest.report_state,
                guest.deadline_date,
                guest.is_denied,
            )
            guest.light = "amber" if guest._is_overdue() else light

    @api.model
    def _light_of(self, facility, state, due, is_denied=False):
        """Return the light of a guest of a facility, in a state, due on a date.

        :param is_denied: the receipt contradicts the answer which proves the report
        """
        if is_denied:
            return "red"
        if state in GREY_STATES or not state:
            return "grey"
        if state == "reported":
            return "green"
        # A shared room may belong to a facility of a company out of sight.
        facility = facility.sudo()
        today = facility._today()
        due = due or today
        stopped = facility.service_state == "access_denied"
        if state in RED_STATES or due < today or stopped:
            return "red"
        waits = facility.is_obstructed or not facility
        if state in AMBER_STATES or waits or due <= deadline.next_working_day(today):
            return "amber"
        return "green"

    def _responsible_user(self):
        """Return who is asked to act: who recorded the guest, else the manager."""
        self.ensure_one()
        clerk = self.create_uid
        if clerk.active and clerk.has_group("hotel_ubyport.group_ubyport_user"):
            return clerk
        manager = self.facility_id.responsible_user_ids[:1]
        return manager or self.company_id._ubyport_managers()[:1] or self.env.user

    @api.model
    def _search_light(self, operator, value):
        """Find guests by light; the facility's zone is taken as the company's own."""
        if operator not in ("in", "not in"):
            return NotImplemented
        domains = self._light_domains()
        found = Domain.OR(domains[light] for light in value if light in domains)
        return ~found if operator == "not in" else found

    @api.model
    def _light_domains(self):
        """Return {light: Domain}; the four exclude each other."""
        today = self.env["ubyport.facility"]._today()
        soon = deadline.next_working_day(today)
        opened = Domain("report_state", "in", OPEN_STATES)
        denied = Domain("is_denied", "=", True)
        red = denied | opened & (
            Domain("report_state", "in", RED_STATES)
            | Domain("deadline_date", "<", today)
            | Domain("facility_id.service_state", "=", "access_denied")
        )
        attention = opened & (
            Domain("report_state", "in", AMBER_STATES)
            | Domain("deadline_date", "<=", soon)
            | Domain("facility_id", "=", False)
            | Domain("facility_id.is_obstructed", "=", True)
        )
        overdue = self._overdue_domain()
        grey = Domain("report_state", "in", GREY_STATES) & ~overdue
        amber = (attention & ~red) | overdue
        return {
            "grey": grey,
            "red": red,
            "amber": amber,
            "green": (Domain("report_state", "=", "reported") & ~denied)
            | (opened & ~red & ~attention),
        }
