# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import io
import zipfile

import xlsxwriter

from odoo import fields, models

from ..ubyport import unl

# In Czech for every user: the police read it.
COLUMNS = {
    "Pořadí": "position",
    "Příjmení": "surname",
    "Jméno": "first_name",
    "Datum narození": "birth_date",
    "Státní příslušnost": "nationality",
    "Číslo dokladu": "document_number",
    "Číslo víza": "visa_number",
    "Bydliště v zahraničí": "residence",
    "Účel pobytu": "purpose",
    "Ubytován od": "arrival_date",
    "Ubytován do": "departure_date",
    "Poznámka": "note",
}
# Excel opens a file in UTF-8 rightly only with this mark at its beginning.
EXCEL_UTF8 = "utf-8-sig"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "unl": "application/octet-stream",
    "zip": "application/zip",
}


class UbyportCertification(models.Model):
    """The list as files, which the police compare (rules, 11.4: csv, xls, unl)."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.certification"

    def action_export_csv(self):
        return self._download("csv")

    def action_export_xlsx(self):
        return self._download("xlsx")

    def action_export_unl(self):
        return self._download("unl")

    def _download(self, kind):
        self.ensure_one()
        url = f"/ubyport/certification/{self.id}/{kind}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _export(self, kind):
        """Return (file name, content, MIME type) of the list.

        :param kind: "csv", "xlsx", or "unl", which are several files in a zip archive
        """
        self.ensure_one()
        if kind == "unl":
            return f"{self._file_stem()}_unl.zip", self._zipped_unl(), TYPES["zip"]
        content = self._csv() if kind == "csv" else self._xlsx()
        return f"{self._file_stem()}.{kind}", content, TYPES[kind]

    def _file_stem(self):
        name = (self.name or "").replace("/", "_")
        return f"{self.facility_id.idub}_{name}_smyslene_osoby"

    def _rows(self):
        """Return the list as rows of texts, letter by letter as it was sent."""
        return [
            [self._cell(line[name]) for name in COLUMNS.values()]
            for line in self.line_ids.sorted("position")
        ]

    def _cell(self, value):
        if hasattr(value, "strftime"):
            return value.strftime("%d.%m.%Y")
        return "" if value is False else str(value)

    def _csv(self):
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(self._rows())
        return buffer.getvalue().encode(EXCEL_UTF8)

    def _xlsx(self):
        buffer = io.BytesIO()
        # Texts stay texts: leading zeros and long numbers are kept as they were sent.
        options = {"in_memory": True, "strings_to_numbers": False}
        options |= {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(buffer, options) as book:
            sheet = book.add_worksheet("Smyšlené osoby")
            sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
            for number, row in enumerate(self._rows(), 1):
                sheet.write_row(number, 0, row)
            sheet.freeze_panes(1, 0)
            sheet.autofit()
        return buffer.getvalue()

    def _unl_files(self):
        """Return {file name: content} of the list; a file holds at most 99 people."""
        facility = self.facility_id
        local = self.with_context(tz=facility.tz)
        made_at = fields.Datetime.context_timestamp(local, self.create_date)
        lines = self.line_ids.sorted("position")
        header, told = facility._to_record(), [line._told() for line in lines]
        return {
            unl.file_name(facility.idub, made_at, f"test_{number}"): unl.write(
                header, batch, made_at
            )
            for number, batch in enumerate(unl.batches(told), 1)
        }

    def _zipped_unl(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._unl_files().items():
                archive.writestr(name, content)
        return buffer.getvalue()
