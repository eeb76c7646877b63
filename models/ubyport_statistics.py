# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .ubyport_report_line import LINE_STATES


class UbyportStatistics(models.Model):
    """Reported guests as numbers: one row for a guest in a report, without a name."""

    _name = "ubyport.statistics"
    _description = "Statistics of reports to the foreign police"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Date(
        string="Reported On",
        readonly=True,
        help="The facility's day of the answer; of the sending while none came.",
    )
    answered_at = fields.Datetime(readonly=True)
    arrival_date = fields.Date(string="Arrival", readonly=True)
    facility_id = fields.Many2one("ubyport.facility", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    nationality_id = fields.Many2one("ubyport.country", readonly=True)
    purpose_id = fields.Many2one("ubyport.purpose", readonly=True)
    channel = fields.Selection(
        lambda self: self._selection_of("channel"),
        readonly=True,
        help="How the police were told.",
    )
    environment = fields.Selection(
        lambda self: self._selection_of("environment"), readonly=True
    )
    state = fields.Selection(LINE_STATES, readonly=True)
    is_late = fields.Boolean(
        string="Late",
        readonly=True,
        help="Accepted after the third working day from the arrival.",
    )
    timeliness = fields.Selection(
        [("on_time", "On time"), ("late", "Late"), ("open", "Not accepted")],
        string="Late or on Time",
        readonly=True,
        help="Accepted by the third working day after the arrival, later, or not.",
    )
    nights = fields.Integer(
        readonly=True, help="From the arrival to the announced departure."
    )

    @api.model
    def _selection_of(self, name):
        """Return the choices of a report's field, translated."""
        field = self.env["ubyport.report"]._fields[name]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id,
                   (COALESCE(line.answered_at, report.sent_at) AT TIME ZONE 'UTC'
                       AT TIME ZONE facility.tz)::date AS date,
                   line.answered_at,
                   line.arrival_date,
                   report.facility_id,
                   facility.company_id,
                   country.id AS nationality_id,
                   purpose.id AS purpose_id,
                   report.channel,
                   report.environment,
                   line.state,
                   line.is_late,
                   CASE WHEN line.is_late THEN 'late'
                        WHEN line.state IN ('accepted', 'duplicate') THEN 'on_time'
                        ELSE 'open'
                    END AS timeliness,
                   line.departure_date - line.arrival_date AS nights
              FROM ubyport_report_line line
              JOIN ubyport_report report ON report.id = line.report_id
              JOIN ubyport_facility facility ON facility.id = report.facility_id
         LEFT JOIN ubyport_country country ON country.code = line.nationality
         LEFT JOIN ubyport_purpose purpose
                ON purpose.code = LPAD(line.purpose::text, 2, '0')
            """
        )
