# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import re
import zipfile

from odoo import http
from odoo.http import content_disposition, request


class ReceiptsController(http.Controller):
    """Receipts of the police to be saved where the user wants (rules, 10.4)."""

    @http.route("/ubyport/receipts", type="http", auth="user", readonly=True)
    def receipts(self, ids=""):
        """Send the receipts of the named reports as one zip file.

        :param str ids: numbers of ubyport.report, separated by commas
        """
        numbers = [int(part) for part in re.findall(r"\b[0-9]{1,9}\b", ids)]
        reports = request.env["ubyport.report"].search([("id", "in", numbers)])
        if not reports.filtered("receipt"):
            raise request.not_found()
        headers = [
            ("Content-Type", "application/zip"),
            ("Content-Disposition", content_disposition("dorucenky.zip")),
        ]
        return request.make_response(self._zip(reports), headers)

    def _zip(self, reports):
        """Return a zip file with the receipts, kept uncompressed: PDFs are already."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for report in reports.filtered("receipt"):
                archive.writestr(
                    report.receipt_filename, base64.b64decode(report.receipt)
                )
        return buffer.getvalue()
