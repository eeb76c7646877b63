# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import content_disposition, request


class CertificationController(http.Controller):
    """The list of a certification run as files (operating rules, 11.4)."""

    @http.route(
        "/ubyport/certification/<int:number>/<any(csv,xlsx,unl):kind>",
        type="http",
        auth="user",
        readonly=True,
    )
    def certification_list(self, number, kind):
        """Send the list of one run.

        :param int number: of the ubyport.certification
        :param str kind: the format
        """
        run = request.env["ubyport.certification"].search([("id", "=", number)])
        if not run:
            raise request.not_found()
        name, content, mimetype = run._export(kind)
        headers = [
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
