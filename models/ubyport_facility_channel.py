# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport.channels import CHANNELS, DEFAULT_CHANNEL


class UbyportFacility(models.Model):
    """By which channel a facility reports; the sender is the same for all."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    channel = fields.Selection(
        selection="_selection_channel",
        default=DEFAULT_CHANNEL,
        required=True,
        help="The way in which the sender tells the authority about guests.",
    )
    has_channel_choice = fields.Boolean(compute="_compute_has_channel_choice")

    @api.model
    def _selection_channel(self):
        """Return the channels of the sender with the names of reports."""
        names = dict(self.env["ubyport.report"]._selection_channel())
        return [(code, names[code]) for code in CHANNELS]

    def _compute_has_channel_choice(self):
        self.has_channel_choice = len(CHANNELS) > 1

    def _channel(self):
        """Return the engine's class of the channel; no facility has the default."""
        return CHANNELS[self.channel or DEFAULT_CHANNEL]


class UbyportReport(models.Model):
    """The channels by which a report can have gone."""

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.report"

    @api.model
    def _selection_channel(self):
        """Return (code, name); a channel without a name of its own shows its code."""
        names = {
            "ws": self.env._("Web service"),
            "unl": self.env._("UNL file"),
            "manual": self.env._("By hand"),
        }
        return list(names.items()) + [(c, c) for c in CHANNELS if c not in names]
