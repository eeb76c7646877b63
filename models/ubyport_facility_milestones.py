# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models

from ..ubyport import milestones as rules

REMINDER = "hotel_ubyport.mail_activity_type_milestone"


class UbyportFacility(models.Model):
    """Notices before something of a lodged guest ends, once a day."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    @api.model
    def _cron_milestones(self):
        """Tell people what ends soon, facility by facility; never raises."""
        sender = self.env["ubyport.sender"]
        for facility in self.search([]):
            sender._guarded(facility._notice_milestones)

    def _notice_milestones(self):
        """Give each lodged guest with a milestone due one activity, and end others."""
        self.ensure_one()
        Guest = self.env["hotel.folio.guest"]
        mine = [("facility_id", "=", self.id)]
        due = Guest.search([*mine, *self._domain_milestones_due()])
        kind = self.env.ref(REMINDER)
        told = Guest.search([*mine, ("activity_ids.activity_type_id", "=", kind.id)])
        (told - due).activity_unlink([REMINDER])
        for guest in due.with_context(mail_activity_quick_update=True):
            guest._notice_milestone(kind)

    def _domain_milestones_due(self):
        """Return the domain of lodged guests of whom something ends within the notice.

        Whose departure has passed stands on the board only: where check-outs are not
        noted, everybody would get an activity.
        """
        soon = self._today() + timedelta(days=rules.NOTICE_DAYS)
        lodged = self.env["hotel.folio.guest"]._domain_lodged()
        return [*lodged, ("next_milestone_date", "<=", soon)]


class HotelFolioGuest(models.Model):
    """The notice of one guest."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    def _notice_milestone(self, kind):
        """Keep one activity which names the nearest milestone."""
        self.ensure_one()
        day = self.next_milestone_date
        told = self.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        if told.date_deadline == day:
            return
        told.unlink()
        user = self._responsible_user()
        guest = self.with_context(lang=user.lang)
        guest.activity_schedule(
            REMINDER,
            date_deadline=day,
            summary=guest._nearest_milestone_text(),
            user_id=user.id,
        )

    def _nearest_milestone_text(self):
        nearest = rules.milestones(self._to_stay())[0]
        texts = {
            "document": self.env._("The document ends"),
            "visa": self.env._("The visa ends"),
            "permit": self.env._("The residence permit ends"),
            "stay": self.env._("The accommodation ends"),
        }
        return texts[nearest.kind]
