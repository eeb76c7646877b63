# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import re
import zipfile

from odoo import http
from odoo.http import content_disposition, request


class ReceiptsController(http.Controller):
    """Receipts and UNL files to be saved where the user wants (rules, 10.4)."""

    @http.route("/ubyport/receipts", type="http", auth="user", readonly=True)
    def receipts(self, ids=""):
        """Send the receipts of the named reports as one zip file.

        :param str ids: numbers of ubyport.report, separated by commas
        """
        return self._send_zip(ids, "receipt", "receipt_filename", "dorucenky.zip")

    @http.route("/ubyport/unl", type="http", auth="user", readonly=True)
    def unl_files(self, ids=""):
        """Send the UNL files of the named reports as one zip file.

        :param str ids: numbers of ubyport.report, separated by commas
        """
        return self._send_zip(ids, "unl_file", "unl_filename", "unl.zip")

    def _send_zip(self, ids, field, name_field, zip_name):
        numbers = [int(part) for part in re.findall(r"\b[0-9]{1,9}\b", ids)]
        reports = request.env["ubyport.report"].search([("id", "in", numbers)])
        reports = reports.filtered(field)
        if not reports:
            raise request.not_found()
        headers = [
            ("Content-Type", "application/zip"),
            ("Content-Disposition", content_disposition(zip_name)),
        ]
        return request.make_response(self._zip(reports, field, name_field), headers)

    def _zip(self, reports, field, name_field):
        """Return a zip file, uncompressed: PDFs are already, UNL files are small."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for report in reports:
                archive.writestr(report[name_field], base64.b64decode(report[field]))
        return buffer.getvalue()
