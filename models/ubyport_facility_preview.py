# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class UbyportFacility(models.Model):
    """What the preview says of a facility: its name, and what is in the way."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    def _preview_values(self):
        self.ensure_one()
        field = self._fields["environment"]
        environments = dict(field._description_selection(self.env))
        rehearsal = self.environment != "production"
        return {
            "id": self.id,
            "name": self.name,
            "environment": rehearsal and environments[self.environment],
            "warning": self.service_message
            or self._problem_account()
            or self._problem_sender(),
            "obstructed": self._is_obstructed(),
        }
