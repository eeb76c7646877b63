# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..ubyport import deadline, records, wire
from .locking import meet_others

# What a person is; the previous stay or the contact can fill it in.
IDENTITY_FIELDS = (
    "surname",
    "first_name",
    "birth_date",
    "birth_year_only",
    "nationality_id",
    "document_type",
    "document_number",
    "visa_number",
    "residence_street",
    "residence_city",
    "residence_country_id",
)
# These say nothing without the field which they belong to.
BELONGS_TO = {"birth_year_only": "birth_date", "document_type": "document_number"}
# What the police are told about a person and a stay.
REPORTED_FIELDS = (
    *IDENTITY_FIELDS,
    "purpose_id",
    "arrival_date",
    "departure_date",
    "note",
)

# Relations by which a guest could reach what the user may not see.
SEEN_RELATIONS = {"folio_id", "room_line_id", "facility_id", "partner_id"}

# PostgreSQL stores neither NUL nor half a surrogate pair.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(vals):
    """Return vals with a visible mark for what cannot be stored: it gets a finding."""
    return {
        name: UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in vals.items()
    }


class HotelFolioGuest(models.Model):
    """One person accommodated under a folio.

    What was reported about the person is kept in ubyport.report.line and never here,
    so no import, copy or clean-up of guests can make a season look unsent.
    """

    _name = "hotel.folio.guest"
    _description = "Accommodated guest"
    _inherit = ["ubyport.identity.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "arrival_date desc, folio_id desc, id"
    _rec_names_search = ["surname", "first_name", "document_number"]

    folio_id = fields.Many2one(
        "hotel.folio",
        required=True,
        ondelete="cascade",
        index=True,
        help="The bill under which the guest is accommodated.",
    )
    company_id = fields.Many2one(
        related="folio_id.order_id.company_id",
        store=True,
        index=True,
    )
    room_line_id = fields.Many2one(
        "hotel.folio.line",
        string="Room",
        compute="_compute_room_line_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain="[('folio_id', '=', folio_id)]",
        help="One of the rooms of the folio. Dates and facility follow it.",
    )
    facility_id = fields.Many2one(
        "ubyport.facility",
        compute="_compute_facility_id",
        store=True,
        readonly=False,
        index=True,
        ondelete="restrict",
        help="Follows the room. Rooms are mapped to facilities in the facility.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        index="btree_not_null",
        help="Optional: fills in what is known from earlier stays.",
    )
    purpose_id = fields.Many2one(
        "ubyport.purpose",
        ondelete="restrict",
        help="Why the guest is in Czechia, by the police's list. Tourism is 10.",
    )
    arrival_date = fields.Date(
        compute="_compute_arrival_date",
        store=True,
        readonly=False,
        index=True,
        help="The day when the accommodation began; the term for the report counts "
        "from it. Follows the room.",
    )
    departure_date = fields.Date(
        compute="_compute_departure_date",
        store=True,
        readonly=False,
        help="The announced last day. Follows the room.",
    )
    checked_in_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the reception noted that the guest came. Only from then on the "
        "guest may be reported.",
    )
    checked_out_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the reception noted that the guest left. The police are not told.",
    )
    note = fields.Char(
        string="Note for the Police",
        help="Goes to the police. For a child in a parent's passport: the number of "
        "the parent's passport. For a lost document: the explanation.",
    )
    deadline_date = fields.Date(
        string="Report By",
        compute="_compute_deadline_date",
        store=True,
        index=True,
        help="Three working days after the day of arrival (section 102 of "
        "Act 326/1999).",
    )

    @api.depends("surname", "first_name")
    def _compute_display_name(self):
        for guest in self:
            names = [guest.surname, guest.first_name]
            guest.display_name = " ".join(filter(None, names)) or self.env._("Guest")

    @api.depends("folio_id.room_line_ids")
    def _compute_room_line_id(self):
        for guest in self:
            lines = guest.folio_id.room_line_ids
            if not guest.room_line_id and len(lines) == 1:
                guest.room_line_id = lines
            else:
                guest.room_line_id = guest.room_line_id

    @api.depends("room_line_id.product_id", "folio_id")
    def _compute_facility_id(self):
        for company, guests in self.grouped("company_id").items():
            by_product = guests._facility_by_product()
            only = self.env["ubyport.facility"]._only_one_of(company)
            for guest in guests:
                product = guest.room_line_id.product_id
                mapped = by_product.get(product._origin.id)
                # A shared room may be mapped by another company.
                if mapped and mapped.sudo().company_id != company:
                    mapped = None
                guest.facility_id = mapped or guest.facility_id or only

    def _facility_by_product(self):
        """Return {product id of a room: facility} for the rooms of these guests."""
        rooms = (
            self.env["hotel.room"]
            .sudo()
            .search([("product_id", "in", self.room_line_id.product_id._origin.ids)])
        )
        return {
            room.product_id.id: room.ubyport_facility_id.with_env(self.env)
            for room in rooms
        }

    # Two methods: who types one of the dates still gets the other from the room.
    @api.depends("room_line_id.checkin_date")
    def _compute_arrival_date(self):
        for guest in self:
            moment = guest.room_line_id.checkin_date
            day = guest._stay_day(moment, guest.arrival_date)
            guest.arrival_date = guest._real_arrival(day)

    @api.depends("room_line_id.checkout_date")
    def _compute_departure_date(self):
        for guest in self:
            moment = guest.room_line_id.checkout_date
            guest.departure_date = guest._stay_day(moment, guest.departure_date)

    def _stay_day(self, moment, typed):
        """Return the facility's day of a room line's moment, else what was typed."""
        return self.facility_id._local_date(moment) if moment else typed

    @api.depends("arrival_date")
    def _compute_deadline_date(self):
        for guest in self:
            try:
                guest.deadline_date = deadline.deadline(guest.arrival_date)
            except (OverflowError, TypeError):  # no arrival, or no real one
                guest.deadline_date = False

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """A returning guest is filled in; what was typed is never overwritten."""
        typed = self._known_identity()
        for name in IDENTITY_FIELDS:
            if self.partner_id[name] and name not in typed:
                self[name] = self.partner_id[name]

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        for vals in vals_list:
            self._refuse_computed(vals)
            self._refuse_no_folio({"folio_id": False} | self._default_folio() | vals)
        self._refuse_hidden(vals_list)
        # A note "created" and a follower for each guest help nobody at the counter.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        guests = super(HotelFolioGuest, quiet).create(
            [storable(vals) for vals in vals_list]
        )
        guests = guests.with_env(self.env)
        guests._apply_automation()
        return guests

    def write(self, vals):
        self._refuse_computed(vals)
        self._refuse_no_folio(vals)
        self._refuse_hidden([vals])
        if not vals.keys().isdisjoint(REPORTED_FIELDS):
            meet_others(self)
        result = super().write(storable(vals))
        if not self._is_own_writer():
            self._follow_edit(vals)
        return result

    def _follow_edit(self, vals):
        """Judge the queue anew after a person has edited these guests."""
        if not vals.keys().isdisjoint(REPORTED_FIELDS):
            self._forget_faults()
        self._follow_state()

    def _refuse_hidden(self, vals_list):
        """A guest may not be pushed to, or filled from, what the user does not see."""
        for name in SEEN_RELATIONS:
            ids = {vals[name] for vals in vals_list if vals.get(name)}
            if ids:
                target = self.env[self._fields[name].comodel_name].browse(ids)
                (target - self[name]).check_access("read")

    @api.model
    def _default_folio(self):
        """Return {"folio_id": id} where the context names one."""
        folio_id = self.env.context.get("default_folio_id")
        return {"folio_id": folio_id} if folio_id else {}

    @api.model
    def _refuse_no_folio(self, vals):
        """PostgreSQL would refuse it, too, and log the row with the passport number."""
        if not vals.get("folio_id", True):
            raise ValidationError(self.env._("Choose the folio of the guest."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        if self.sudo().line_ids:
            raise UserError(
                self.env._(
                    "A guest who was handed over to the police cannot be deleted: "
                    "the report is your proof."
                )
            )
        lodged = self.filtered("checked_in_at")
        manager = self.env.user.has_group("hotel_ubyport.group_ubyport_manager")
        if lodged and not manager and not self.env.su:
            raise UserError(
                self.env._(
                    "%s is lodged. Only a manager may delete the guest.",
                    lodged[0].display_name,
                )
            )

    # Check-in and check-out

    def action_check_in(self):
        """Note that these guests are lodged; reporting follows the facility's level.

        Nothing here asks the police or refuses a guest: the reception goes on.
        """
        for guest in self.filtered(lambda guest: not guest.checked_in_at):
            today = guest.facility_id.sudo()._today()
            values = {"checked_in_at": fields.Datetime.now()}
            if not guest.arrival_date or guest.arrival_date > today:
                # Only lodging may be reported, never a booking.
                values["arrival_date"] = today
            guest._write_own(values)
            guest._remember_on_contact()
        self._apply_automation()
        return True

    def action_check_out(self):
        arrived = self.filtered(lambda g: g.checked_in_at and not g.checked_out_at)
        arrived._write_own({"checked_out_at": fields.Datetime.now()})
        return True

    def _remember_on_contact(self):
        """Keep the identity on the contact, so that the next stay is filled in."""
        self.ensure_one()
        known = self._known_identity()
        if self.partner_id and known:
            values = self._convert_to_write(known)
            meet_others(self.partner_id)
            self.partner_id.sudo().write(values)

    def _known_identity(self):
        """Return {field: value} of what is filled in about the person."""
        return {
            name: self[name]
            for name in IDENTITY_FIELDS
            if self[BELONGS_TO.get(name, name)]
        }

    # Engine

    def _to_record(self):
        """Return the engine's records.Guest of this person and stay."""
        self.ensure_one()
        return records.Guest(
            surname=self.surname or "",
            first_name=self.first_name or "",
            birth_date=self.birth_date or None,
            birth_year_only=self.birth_year_only,
            nationality=self.nationality_id._code(),
            document_type=self.document_type or "passport",
            document_number=self.document_number or "",
            visa_number=self.visa_number or "",
            residence_street=self.residence_street or "",
            residence_city=self.residence_city or "",
            residence_country=self.residence_country_id._code(),
            purpose=self.purpose_id._code(),
            arrival_date=self.arrival_date or None,
            departure_date=self.departure_date or None,
            note=self.note or "",
        )

    def _wire_as_typed(self):
        """Return the engine's records.WireGuest of today's data.

        :raise exceptions.DataError: the data cannot be sent as they are
        """
        self.ensure_one()
        countries = self.env["ubyport.country"]._engine_countries()
        return wire.to_wire(self._to_record(), countries)

    def _to_wire(self):
        """Return letter by letter what would leave, marked if it corrects a report."""
        told = self._wire_as_typed()
        return wire.as_correction(told) if self._corrects(told) else told

    def _corrects(self, told):
        """Return whether a records.WireGuest differs from what the police may have."""
        known = self._filed_line() or self._perhaps_told_line()
        return bool(known) and known._key() != known._key_of(told)

    @api.model
    def _assign_missing_facility(self, companies):
        """Give guests who had no facility yet the one which now exists."""
        guests = self.search(
            [("facility_id", "=", False), ("company_id", "in", companies.ids)]
        )
        self.env.add_to_compute(self._fields["facility_id"], guests)
        guests._refresh_reporting()
