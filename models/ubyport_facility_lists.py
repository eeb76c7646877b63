# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..ubyport import exceptions
from .hotel_folio_guest_report import OPEN_STATES
from .ubyport_messages import failure_text

CODE_LISTS = {
    "ubyport.error": "Chyby",
    "ubyport.country": "Staty",
    "ubyport.purpose": "UcelyPobytu",
}
# So many entries of each kind are named in the note about a refresh.
NAMED_CHANGES = 30


class UbyportFacility(models.Model):
    """The three code lists of the police: read over a facility's account.

    A list that cannot be whole changes nothing; what a refresh changed is noted on the
    facility over whose account it was read.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "ubyport.facility"

    lists_refreshed_at = fields.Datetime(
        string="Code Lists Read",
        readonly=True,
        copy=False,
        help="When nationalities, purposes and answers were last read from the "
        "service. It happens every month by itself.",
    )
    lists_try_at = fields.Datetime(readonly=True, copy=False)

    def _may_ask_for_lists(self, now):
        """Return whether the last failure to read the lists is long enough ago."""
        self.ensure_one()
        return not self.lists_try_at or self.lists_try_at <= now

    def _refresh_lists(self, client):
        """Take over the three code lists and the batch size from the service.

        :raise exceptions.Outage: a list is missing or cannot be whole; ours are kept
        :return: list of CodeChange
        """
        self.ensure_one()
        told = {
            model: self.env[model]._read_entries(client.code_list(name))
            for model, name in CODE_LISTS.items()
            if name in client.code_lists
        }
        for model, rows in told.items():
            self.env[model]._check_whole(rows)
        max_batch = client.max_batch()
        changes = []
        for model, rows in told.items():
            changes += self.env[model]._take_over(rows)
            changes += self.env[model]._end_missing(rows)
        self.sudo().write(
            {
                "max_batch": max_batch,
                "lists_refreshed_at": fields.Datetime.now(),
                "lists_try_at": False,
            }
        )
        self._rejudge_guests(changes)
        self._note_list_changes(changes)
        return changes

    def _rejudge_guests(self, changes):
        """Judge those anew whose codes have ended or are valid again."""
        codes = [change.code for change in changes if change.kind in ("ended", "back")]
        fields_with_codes = ("nationality_id", "residence_country_id", "purpose_id")
        guests = self.env["hotel.folio.guest"].sudo()
        for name in fields_with_codes if codes else ():
            guests |= guests.search(
                [
                    (f"{name}.code", "in", codes),
                    ("report_state", "in", OPEN_STATES),
                ]
            )
        guests._refresh_reporting()

    def _note_list_changes(self, changes):
        """Note in the chatter what a refresh changed, in the people's language."""
        if not changes:
            return
        lang = self._people_to_tell()[:1].lang or self.env.lang
        facility = self.with_context(lang=lang)
        facility._message_log(body=facility._describe_list_changes(changes))

    def _describe_list_changes(self, changes):
        titles = {
            "new": self.env._("New"),
            "changed": self.env._("Changed"),
            "ended": self.env._("Ended"),
            "back": self.env._("Valid again"),
        }
        items = [
            Markup("<li>%s: %s</li>") % (title, self._name_changes(changes, kind))
            for kind, title in titles.items()
            if any(change.kind == kind for change in changes)
        ]
        title = self.env._("The code lists of the police have changed:")
        return Markup("<p>%s</p><ul>%s</ul>") % (title, Markup().join(items))

    def _name_changes(self, changes, kind):
        """Return the entries of one kind of change as one text."""
        names = [f"{c.code} {c.name or ''}".strip() for c in changes if c.kind == kind]
        more = len(names) - NAMED_CHANGES
        text = ", ".join(names[:NAMED_CHANGES])
        return (
            text
            if more <= 0
            else self.env._("%(names)s and %(more)s more", names=text, more=more)
        )

    def action_refresh_lists(self):
        """Read nationalities, purposes and answers from the service."""
        self.ensure_one()
        self.check_access("write")
        try:
            with self._client() as client:
                changes = self._refresh_lists(client)
        except exceptions.UbyportError as error:
            raise UserError(failure_text(self.env, error.code)) from error
        if changes:
            return self._notification(
                self.env._(
                    "The code lists are up to date. %s entries have changed: see the "
                    "note below.",
                    len(changes),
                )
            )
        return self._notification(self.env._("The code lists are up to date."))
