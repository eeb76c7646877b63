# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

PASSWORD_NOTICE = timedelta(days=14)


class UbyportFacility(models.Model):
    """How long the password of the web service can be used.

    No question of the service tells it and the operating rules name no term, so it is
    known only if the police told it and somebody wrote it down. Nothing is guessed.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    password_valid_until = fields.Date(
        copy=False,
        tracking=True,
        help="The last day of the password, if the police told you one: you are warned "
        "14 days before. Leave it empty if they did not. A new password empties it.",
    )

    @api.onchange("password")
    def _onchange_password(self):
        if self.password:
            self.password_valid_until = False

    def write(self, vals):
        if vals.get("password"):
            vals = {"password_valid_until": False} | vals
        return super().write(vals)

    def _is_password_over(self):
        last = self.password_valid_until
        return bool(last) and last < self._today()

    def _problem_password(self):
        last = self.password_valid_until
        if not last or self._today() < last - PASSWORD_NOTICE:
            return False
        day = format_date(self.env, last)
        if self._is_password_over():
            return self.env._(
                "The password for the police's service was valid until %s: ask for a "
                "new one and enter it.",
                day,
            )
        return self.env._(
            "The password for the police's service is valid until %s: ask for a new "
            "one in time.",
            day,
        )
