# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..ubyport import deadline
from .hotel_folio_guest_light import AMBER_STATES
from .hotel_folio_guest_report import OPEN_STATES

# What a card counts: the states of the guests behind each number.
BOARD_STATES = {
    "to_complete": ("incomplete",),
    "ready": ("ready", "queued", "sending", "changed"),
    "refused": ("refused",),
    "unknown": ("unknown",),
}
# Numbers which follow from the last day for the report instead.
BOARD_DAYS = ("due_today", "late")
# Nobody sends these by themselves.
WAITING_STATES = ("ready", *AMBER_STATES)
SENDER_LATE = timedelta(hours=1)


class UbyportFacility(models.Model):
    """The board: one card tells how a facility stands; each number leads on."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    guest_ids = fields.One2many("hotel.folio.guest", "facility_id", string="Guests")
    to_complete_count = fields.Integer(
        string="To Complete",
        compute="_compute_board_counts",
        help="Lodged, but something is missing or cannot be sent.",
    )
    ready_count = fields.Integer(
        compute="_compute_board_counts",
        help="Complete and not reported yet, or changed since the report.",
    )
    due_today_count = fields.Integer(
        string="Due Today",
        compute="_compute_board_counts",
        help="Today is the last day for the report.",
    )
    late_count = fields.Integer(
        string="Late",
        compute="_compute_board_counts",
        help="The last day for the report has passed.",
    )
    refused_count = fields.Integer(
        string="Refused",
        compute="_compute_board_counts",
        help="By the answer of the police, or by their receipt.",
    )
    unknown_count = fields.Integer(
        string="Outcome Unknown",
        compute="_compute_board_counts",
        help="The line broke before the answer came.",
    )
    waiting_count = fields.Integer(
        compute="_compute_board_counts",
        help="Due by the next working day, and somebody has to complete or report "
        "them.",
    )
    stuck_count = fields.Integer(
        compute="_compute_stuck_count",
        help="Should have been sent more than an hour ago.",
    )
    held_count = fields.Integer(
        string="On Hold",
        compute="_compute_held_count",
        help="Not reported until somebody releases them.",
    )
    report_ids = fields.One2many("ubyport.report", "facility_id", string="Reports")
    open_receipt_count = fields.Integer(compute="_compute_open_receipt_count")
    last_report_id = fields.Many2one(
        "ubyport.report",
        string="Last Receipt",
        compute="_compute_last_report",
    )
    last_report_at = fields.Datetime(compute="_compute_last_report")

    @api.depends(
        "guest_ids.report_state", "guest_ids.deadline_date", "guest_ids.is_denied"
    )
    def _compute_board_counts(self):
        found = Counter()
        for facility, state, due, is_denied, _faults, number in self._open_groups():
            for place in facility._board_places(state, due, is_denied):
                found[facility.id, place] += number
        for facility in self:
            for place in (*BOARD_STATES, *BOARD_DAYS, "waiting"):
                facility[f"{place}_count"] = found[facility.id, place]

    def _board_places(self, state, due, is_denied):
        """Return the names of the numbers in which such a guest is counted."""
        places = {name for name, states in BOARD_STATES.items() if state in states}
        if is_denied:
            places.add("refused")
        today = self._today()
        if state in OPEN_STATES and due:
            if due <= today:
                places.add("late" if due < today else "due_today")
            soon = deadline.next_working_day(today)
            if state in WAITING_STATES and today <= due <= soon:
                places.add("waiting")
        return places

    def _open_count(self):
        """Return how many guests lodged here are still to be reported."""
        return sum(self[f"{name}_count"] for name in BOARD_STATES)

    def _board_domain(self, place):
        """Return the Domain of the guests behind one number of the card."""
        mine = Domain("facility_id", "=", self.id)
        if place == "refused":
            denied = Domain("is_denied", "=", True)
            return mine & (denied | Domain("report_state", "=", "refused"))
        if place in BOARD_STATES:
            return mine & Domain("report_state", "in", BOARD_STATES[place])
        operator = "=" if place == "due_today" else "<"
        return (
            mine
            & Domain("report_state", "in", OPEN_STATES)
            & Domain("deadline_date", operator, self._today())
        )

    @api.depends("guest_ids.report_state", "guest_ids.send_after")
    def _compute_stuck_count(self):
        groups = self.env["hotel.folio.guest"]._read_group(
            [
                ("facility_id", "in", self.ids),
                ("report_state", "=", "queued"),
                ("send_after", "<", fields.Datetime.now() - SENDER_LATE),
            ],
            ["facility_id"],
            ["__count"],
        )
        counts = {facility.id: number for facility, number in groups}
        for facility in self:
            facility.stuck_count = counts.get(facility.id, 0)

    def _held_domain(self):
        return Domain("facility_id", "in", self.ids) & Domain("is_held", "=", True)

    @api.depends("guest_ids.is_held")
    def _compute_held_count(self):
        groups = self.env["hotel.folio.guest"]._read_group(
            self._held_domain(), ["facility_id"], ["__count"]
        )
        counts = {facility.id: number for facility, number in groups}
        for facility in self:
            facility.held_count = counts.get(facility.id, 0)

    @api.depends("report_ids.receipt_is_open", "environment")
    def _compute_open_receipt_count(self):
        """Receipts which are missing or say other than the answer did."""
        groups = self.env["ubyport.report"]._read_group(
            [("facility_id", "in", self.ids), ("receipt_is_open", "=", True)],
            ["facility_id", "environment"],
            ["__count"],
        )
        counts = {(facility.id, kind): number for facility, kind, number in groups}
        for facility in self:
            key = (facility.id, facility.environment)
            facility.open_receipt_count = counts.get(key, 0)

    def _compute_last_report(self):
        """The newest report that the police accepted, by service or as a file."""
        Report = self.env["ubyport.report"]
        groups = Report._read_group(
            [
                ("facility_id", "in", self.ids),
                ("channel", "!=", "manual"),
                ("state", "in", ("accepted", "partial")),
            ],
            ["facility_id"],
            ["id:max"],
        )
        newest = {facility.id: number for facility, number in groups}
        for facility in self:
            report = Report.browse(newest.get(facility.id))
            facility.last_report_id = report
            facility.last_report_at = report.answered_at

    # What the card's numbers and buttons do

    def action_view_board(self):
        """Open the guests behind the number which the button names in the context."""
        self.ensure_one()
        place = self.env.context.get("ubyport_place")
        if place == "held":
            domain, field = self._held_domain(), self._fields["held_count"]
        else:
            domain = self._board_domain(place)
            field = self._fields[f"{place}_count"]
        title = f"{self.name}: {field._description_string(self.env)}"
        return self.action_view_guests() | {
            "name": title,
            # What the screen shows as its title.
            "display_name": title,
            "domain": list(domain),
            "context": {"default_facility_id": self.id},
        }

    def action_view_last_receipt(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ubyport.report",
            "res_id": self.last_report_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_send_now(self):
        """Queue the complete guests of these facilities, but nobody on hold."""
        guests = self._open_guests().filtered(lambda guest: guest._is_offered_to_send())
        if not guests:
            raise UserError(
                self.env._(
                    "Nobody can be sent now: nobody is complete, or all are on hold."
                )
            )
        guests.action_send_now()
        return self._notification(
            self.env._("Guests on the way to the police: %s", len(guests))
        )

    def action_hold_all(self):
        """Report none of the guests lodged now until somebody releases them."""
        guests = self._open_guests().filtered(
            lambda guest: guest.checked_in_at and not guest.is_held
        )
        guests.action_hold()
        return self._notification(self.env._("Guests put on hold: %s", len(guests)))

    def action_release_all(self):
        """Let the guests on hold be reported again."""
        guests = self.env["hotel.folio.guest"].search(self._held_domain())
        guests.action_release()
        return self._notification(self.env._("Guests released: %s", len(guests)))

    def action_switch_to_manual(self):
        """Let nothing leave by itself any more; who was commanded stays queued."""
        self.write({"automation": "manual"})
        return self._notification(
            self.env._("From now on guests are reported on command only.")
        )
