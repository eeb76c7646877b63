# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .ubyport_report_line import parse_codes


class UbyportCertificationLine(models.Model):
    """One invented person as sent, and the police's verdict."""

    _name = "ubyport.certification.line"
    _description = "Invented person of a certification run"
    _inherit = ["ubyport.evidence.mixin", "ubyport.snapshot.mixin"]
    _order = "certification_id desc, position, id"
    _rec_name = "surname"

    certification_id = fields.Many2one(
        "ubyport.certification",
        string="Certification Run",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="certification_id.company_id", store=True, index=True
    )
    batch_id = fields.Many2one(
        "ubyport.certification.batch",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    position = fields.Integer(readonly=True, help="Place in the list, from 1.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sending", "Being sent"),
            ("accepted", "Accepted"),
            ("duplicate", "Reported before"),
            ("refused", "Refused"),
            ("unknown", "Outcome unknown"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    error_codes = fields.Char(
        readonly=True, help="The numbers in the police's answer, e.g. ;112;106;"
    )
    message = fields.Char(compute="_compute_message")

    @api.depends("error_codes")
    def _compute_message(self):
        codes = {line: parse_codes(line.error_codes) for line in self}
        numbers = {number for found in codes.values() for number in found}
        texts = self.env["ubyport.error"]._texts_by_number(numbers)
        for line, found in codes.items():
            words = [f"{number} {texts.get(number, '')}".strip() for number in found]
            line.message = ", ".join(words)
