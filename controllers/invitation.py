# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import content_disposition, request

from ..reports.accommodation import accommodation_pdf


class InvitationController(http.Controller):
    """Papers about an invitation."""

    @http.route(
        "/hotel_ubyport/invitation/<int:number>/accommodation/<any(cs,en):lang>",
        type="http",
        auth="user",
        readonly=True,
    )
    def accommodation(self, number, lang):
        """Send the confirmation of secured accommodation as PDF."""
        invitation = request.env["hotel.invitation"].search([("id", "=", number)])
        if not invitation or not invitation.facility_id:
            raise request.not_found()
        name = f"{invitation.name.replace('/', '-')}-{lang}.pdf"
        headers = [
            ("Content-Type", "application/pdf"),
            (
                "Content-Disposition",
                content_disposition(name, disposition_type="inline"),
            ),
        ]
        return request.make_response(accommodation_pdf(invitation, lang), headers)
