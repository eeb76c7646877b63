# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


def _same(one, other):
    return (one or "").strip().casefold() == (other or "").strip().casefold()


class HotelFolioGuest(models.Model):
    """An invited guest: purpose and visa carry over from the invitation."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    invitation_id = fields.Many2one(
        "hotel.invitation",
        index="btree_not_null",
        copy=False,
        domain="[('state', '=', 'verified')]",
        help="Purpose and visa number are filled in from it, where they are empty.",
    )

    @api.onchange("invitation_id")
    def _onchange_invitation_id(self):
        if self.invitation_id:
            self.update(self._values_from_invitation())

    def action_check_in(self):
        self.filtered(lambda guest: not guest.checked_in_at)._take_over_invitations()
        return super().action_check_in()

    def _take_over_invitations(self):
        """Fill in from invitations; an invited guest who was typed anew is found."""
        known = self._open_invitations()
        for guest in self:
            invitation = guest.invitation_id or known.filtered(guest._is_invited_by)[:1]
            if not invitation:
                continue
            values = guest._values_from_invitation(invitation)
            if guest.invitation_id != invitation:
                values["invitation_id"] = invitation.id
            if values:
                guest.write(values)

    def _open_invitations(self):
        """Return verified invitations which nobody has used, for these guests' days."""
        days = [guest._first_day() for guest in self]
        if not days:
            return self.env["hotel.invitation"]
        return self.env["hotel.invitation"].search(
            [
                ("state", "=", "verified"),
                ("company_id", "in", self.company_id.ids),
                ("arrival_date", "<=", max(days)),
                ("departure_date", ">=", min(days)),
                ("guest_ids", "=", False),
            ]
        )

    def _first_day(self):
        return self.arrival_date or self.facility_id.sudo()._today()

    def _is_invited_by(self, invitation):
        """Return whether an invitation is of this person, name and birth alike."""
        return (
            self.birth_date == invitation.birth_date
            and _same(self.surname, invitation.surname)
            and _same(self.first_name, invitation.first_name)
            and invitation.arrival_date
            <= self._first_day()
            <= invitation.departure_date
        )

    def _values_from_invitation(self, invitation=None):
        """Return {field: value} of what is still empty; what was typed stays."""
        invitation = invitation or self.invitation_id
        values = {}
        if not self.purpose_id:
            values["purpose_id"] = self.env.ref("hotel_ubyport.purpose_04").id
        if not self.visa_number and invitation.visa_number:
            values["visa_number"] = invitation.visa_number
        return values
