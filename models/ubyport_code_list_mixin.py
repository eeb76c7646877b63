# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import namedtuple
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..ubyport import exceptions
from .hotel_folio_guest_report import OPEN_STATES

# What a refresh changed: "new", "changed", "ended" or "back", and for which entry.
CodeChange = namedtuple("CodeChange", "kind code name")
# A first reading changes these of entries which we knew from elsewhere: no news.
QUIET_FIELDS = {"code", "source"}
# The police end a code now and then; a list which lost every fifth one is broken.
WHOLE = 0.8
# What decides about guests with an entry.
JUDGING_FIELDS = {"active", "visa_duty", "reportable"}


class UbyportCodeListMixin(models.AbstractModel):
    """A code list of the police: shipped as data, refreshed from the service."""

    _name = "ubyport.code.list.mixin"
    _description = "Code list of the police"
    _rec_names_search = ["name", "name_cs", "code"]
    # Where guests have an entry.
    _guest_fields = ()

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    name_cs = fields.Char(
        string="Name at the Police",
        required=True,
        help="The Czech name in the police's code list.",
    )
    active = fields.Boolean(default=True)
    valid_from = fields.Date(help="The first valid day, if the police name one.")
    valid_until = fields.Date(
        help="The last valid day: named by the police, or the day before the service "
        "stopped listing the entry.",
    )
    changed_on = fields.Date(
        string="Last Change",
        readonly=True,
        help="When a refresh from the service brought, changed or ended the entry.",
    )

    _code_unique = models.UniqueIndex("(code)", "This code is in the list already.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        judging = JUDGING_FIELDS & vals.keys()
        changed = self.filtered(
            lambda row: any(row[name] != vals[name] for name in judging)
        )
        result = super().write(vals)
        changed._rejudge_guests()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _rejudge_guests(self):
        """Judge those anew who have one of these entries."""
        if self and self._guest_fields:
            states = ("expected", "exempt", *OPEN_STATES)
            named = [Domain(name, "in", self.ids) for name in self._guest_fields]
            found = Domain("report_state", "in", states) & Domain.OR(named)
            self.env["hotel.folio.guest"].sudo().search(found)._refresh_reporting()

    def _code(self):
        """Return the code of this entry, an empty text without an entry."""
        return self._codes().get(self._origin.id, "")

    @api.model
    @tools.ormcache()
    def _codes(self):
        """Return {id: code} of all entries: they are asked for with every guest."""
        rows = self.sudo().with_context(active_test=False).search_fetch([], ["code"])
        return {row.id: row.code for row in rows}

    def _refresh(self, entries):
        """Take over a list of the service; return the changes.

        :param entries: records.CodeEntry, see each list's _read_entries
        """
        return self._take_over(self._read_entries(entries))

    def _read_entries(self, entries):
        """Return {code: {field: value}} of the service's rows which are usable."""
        raise NotImplementedError

    def _take_over(self, rows):
        """Create or change entries so that they agree with the service.

        :param dict rows: {code: {field: value}} as the service lists them
        :return: list of CodeChange
        """
        everything = self.sudo().with_context(active_test=False).search([])
        known = {row.code: row for row in everything}
        today = self._list_day()
        new = {code: values for code, values in rows.items() if code not in known}
        created = self.sudo().create(
            [
                {"code": code, "name": values["name_cs"], "changed_on": today} | values
                for code, values in new.items()
            ]
        )
        created._name_like_shipped()
        changes = [CodeChange("new", row.code, row.name_cs) for row in created]
        for code in rows.keys() & known.keys():
            changes += known[code]._follow_list(rows[code])
        return changes

    def _follow_list(self, values):
        """Take over what the service says about this entry; return the changes."""
        told = {name: value for name, value in values.items() if self[name] != value}
        if not told:
            return []
        if told.keys() <= QUIET_FIELDS:
            self.write(told)
            return []
        kind = "changed"
        if "valid_until" in told:
            kind = "ended" if told["valid_until"] else "back"
        self.write(told | {"changed_on": self._list_day()})
        return [CodeChange(kind, self.code, self.name_cs)]

    def _end_missing(self, codes):
        """End the entries which the service no longer lists; return the changes.

        They are kept: guests of former stays refer to them.
        """
        day = self._list_day() - timedelta(days=1)
        changes = []
        for row in self._listed().filtered(lambda row: row.code not in codes):
            changes += row._follow_list({"valid_until": day})
        return changes

    def _listed(self):
        """Return the entries which the service should list today.

        What somebody entered by hand never was in its list and has no name of ours.
        """
        today = self._list_day()
        everything = self.sudo().with_context(active_test=False).search([])
        names = everything.get_external_id()
        return everything.filtered(
            lambda row: (
                names[row.id].startswith("hotel_ubyport.")
                and (not row.valid_until or row.valid_until >= today)
            )
        )

    def _check_whole(self, codes):
        """Refuse a list which lost so many entries that it cannot be whole.

        :param codes: the codes which are listed
        :raise exceptions.Outage: ours is kept
        """
        known = set(self._listed().mapped("code"))
        if len(known.intersection(codes)) < WHOLE * len(known):
            raise exceptions.Outage("list_implausible", f"{self._name}: {len(codes)}")

    @api.model
    def _list_day(self):
        return self.env["ubyport.facility"]._today()

    def _name_like_shipped(self):
        """Give new entries the external ids under which a later release ships them."""
        stem = self._name.removeprefix("ubyport.")
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {
                    "xml_id": f"hotel_ubyport.{stem}_{row._xmlid_suffix()}",
                    "record": row,
                    "noupdate": True,
                }
                for row in self
            ]
        )

    @api.model
    def _days_of(self, entry):
        """Return the valid days of a records.CodeEntry as values of ours."""
        return {
            "valid_from": entry.valid_from or False,
            "valid_until": entry.valid_to or False,
        }

    def _xmlid_suffix(self):
        return self.code.lower()
