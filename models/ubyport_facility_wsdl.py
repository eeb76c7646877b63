# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..ubyport import exceptions, wsdl
from .ubyport_messages import failure_text

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)

WSDL_AGE = timedelta(days=30)
# A description which could not be read is asked for again no sooner.
WSDL_RETRY = timedelta(days=1)
DIFFERENCE_TEXTS = {
    "method_missing": _lt("%(where)s: the method is gone"),
    "method_new": _lt("%(where)s: a new method"),
    "method_action": _lt("%(where)s: called by another name (%(theirs)s)"),
    "member_missing": _lt("%(where)s: %(member)s is gone"),
    "member_new": _lt("%(where)s: %(member)s is new"),
    "member_space": _lt("%(where)s: %(member)s has another namespace"),
    "member_kind": _lt("%(where)s: %(member)s is %(theirs)s instead of %(ours)s"),
    "member_order": _lt("%(where)s: another order (%(theirs)s)"),
}


class UbyportFacility(models.Model):
    """The watch over the service's own description (WSDL).

    The service ignores without a word what it does not expect, so a change of its
    description is told to people before guests are lost by it.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    wsdl_state = fields.Selection(
        [
            ("same", "As this program knows it"),
            ("different", "Changed"),
            ("unread", "Could not be read"),
        ],
        string="Description of the Service",
        readonly=True,
        copy=False,
        help="The service describes itself (WSDL). Once a month it is compared with "
        "what this program was written for.",
    )
    wsdl_checked_at = fields.Datetime(
        string="Description Compared", readonly=True, copy=False
    )
    wsdl_differences = fields.Json(readonly=True, copy=False)
    wsdl_text = fields.Text(string="What Has Changed", compute="_compute_wsdl_text")

    @api.depends("wsdl_differences")
    @api.depends_context("lang")
    def _compute_wsdl_text(self):
        for facility in self:
            facility.wsdl_text = "\n".join(
                facility._difference_text(**found)
                for found in facility.wsdl_differences or []
            )

    @api.model
    def _difference_text(self, code, **values):
        return self.env._(DIFFERENCE_TEXTS[code]) % values

    def _compare_wsdl(self, client):
        """Read the service's description and note in what it differs from ours.

        :raise exceptions.UbyportError: it could not be read
        """
        try:
            told = wsdl.read(client.wsdl())
        except ValueError as error:
            raise exceptions.Outage("no_answer", str(error)) from error
        differences = [
            {"code": found.code, "where": found.where, **found.values}
            for found in wsdl.compare(wsdl.ours(), told)
        ]
        self._note_wsdl("different" if differences else "same", differences)

    def _note_wsdl(self, state, differences):
        self.sudo().write(
            {
                "wsdl_state": state,
                "wsdl_differences": differences,
                "wsdl_checked_at": fields.Datetime.now(),
            }
        )

    def _problem_wsdl(self):
        if self.wsdl_state != "different":
            return False
        return self.env._(
            "The police have changed their service (%s changes): ask the maker of this "
            "program for a new version. Reports may be taken incompletely; check the "
            "receipts.",
            len(self.wsdl_differences or []),
        )

    def _is_wsdl_due(self, now):
        """Return whether it is time to ask; first the service has to work at all."""
        pause = WSDL_RETRY if self.wsdl_state == "unread" else WSDL_AGE
        asked = self.wsdl_checked_at
        if not self._channel().describes_itself:
            return False
        works = self.service_state == "ok" and self.lists_refreshed_at
        return bool(works) and (not asked or asked < now - pause)

    def _watch_wsdl(self):
        """Compare by itself; whatever fails here stops no report.

        The account has just worked, so even a refusal says nothing about it.
        """
        try:
            with self._client() as client:
                self._compare_wsdl(client)
        except exceptions.UbyportError as error:
            _logger.warning("The service's description was not read: %s", error.code)
            self._note_wsdl("unread", self.wsdl_differences)

    def action_compare_wsdl(self):
        """Compare the service's description with ours now."""
        self.ensure_one()
        self.check_access("write")
        try:
            with self._client() as client:
                self._compare_wsdl(client)
        except exceptions.UbyportError as error:
            raise UserError(failure_text(self.env, error.code)) from error
        if self.wsdl_state == "same":
            return self._notification(
                self.env._("The service is as this program knows it.")
            )
        message = f"{self._problem_wsdl()}\n{self.wsdl_text}"
        return self._notification(message, "warning")
