# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.hotel_folio_guest_preview import UNDER_WAY_STATES
from ..models.hotel_folio_guest_report import OPEN_STATES

# What can be set to the same value for many guests at once.
SHARED_FIELDS = (
    "purpose_id",
    "departure_date",
    "arrival_date",
    "nationality_id",
    "residence_country_id",
    "residence_city",
    "residence_street",
    "document_type",
    "visa_number",
    "note",
    "facility_id",
)
# Their data were told to the police: changed one by one only, as a correction.
TOLD_STATES = ("sending", "reported", "changed")


class UbyportExport(models.TransientModel):
    """Preview of what would be told to the police, and the command to tell it.

    The screen reads get_preview() and keeps the choice; a record is one command.
    Sending only queues: the sender runs after this transaction's commit.
    """

    _name = "ubyport.export"
    _description = "Preview and send guests to the foreign police"

    stage = fields.Selection(
        [("preview", "Preview"), ("sent", "Sent")],
        default="preview",
        required=True,
    )
    channel = fields.Selection(
        [("ws", "Web service"), ("unl", "UNL file")], default="ws", required=True
    )
    guest_ids = fields.Many2many(
        "hotel.folio.guest", "ubyport_export_guest_rel", string="Guests"
    )
    chosen_ids = fields.Many2many("hotel.folio.guest", "ubyport_export_chosen_rel")

    @api.model
    def default_get(self, fields_list):
        """Offer the guests of the records this was opened from, else all open ones."""
        values = super().default_get(fields_list)
        if {"guest_ids", "chosen_ids"} & set(fields_list):
            guests = self._context_guests()
            offered = guests.filtered(lambda guest: guest._is_offered_to_send())
            values.setdefault("guest_ids", [Command.set(guests.ids)])
            values.setdefault("chosen_ids", [Command.set(offered.ids)])
        return {name: values[name] for name in fields_list if name in values}

    @api.model
    def _context_guests(self):
        """Return the guests to be shown, most urgent first."""
        Guest = self.env["hotel.folio.guest"]
        model = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids") or []
        domain = [("report_state", "in", OPEN_STATES)]
        if model == "hotel.folio.guest" and ids:
            found = Guest.browse(ids)
        elif model == "hotel.folio" and ids:
            found = Guest.search([("folio_id", "in", ids)])
        elif model == "ubyport.facility" and ids:
            found = Guest.search([*domain, ("facility_id", "in", ids)])
        else:
            found = Guest.search(domain)
        today = fields.Date.today()
        return found.sorted(lambda guest: (guest.deadline_date or today, guest.id))

    # What the screen asks

    @api.model
    @api.readonly
    def get_preview(self):
        """Return all that the screen shows of the guests it was opened for."""
        guests = self._context_guests()
        Guest = self.env["hotel.folio.guest"]
        return {
            "guests": guests._preview_rows(),
            "facilities": [
                facility._preview_values() for facility in guests.facility_id.sudo()
            ],
            "shared": [(name, Guest._label(name)) for name in SHARED_FIELDS],
            "may_send": self.has_access("create"),
        }

    @api.model
    @api.readonly
    def get_rows(self, guest_ids):
        """Return the present rows of guests, e.g. after one was repaired."""
        return self.env["hotel.folio.guest"].browse(guest_ids).exists()._preview_rows()

    @api.model
    def repair_all(self, guest_ids, values):
        """Write the same values for many guests and return their present rows.

        Who was told to the police meanwhile is left alone.
        """
        if values.keys() - set(SHARED_FIELDS):
            raise AccessError(self.env._("This cannot be set for several guests."))
        guests = self.env["hotel.folio.guest"].browse(guest_ids).exists()
        guests.filtered(lambda g: g.report_state not in TOLD_STATES).write(values)
        return guests._preview_rows()

    def get_progress(self, known=()):
        """Return how far the chosen guests are.

        :param known: ids of guests whose verdict the screen has already; a receipt
            which was read since may have put it in doubt
        """
        self.ensure_one()
        guests = self.chosen_ids
        news = (guests - guests.browse(known)) | guests.filtered("is_denied")
        waiting = guests.filtered(lambda guest: guest.report_state in UNDER_WAY_STATES)
        return {
            "total": len(guests),
            "waiting": len(waiting),
            "guests": news._progress_rows(),
            "reports": [
                {
                    "id": report.id,
                    "name": report.name,
                    "facility": report.facility_id.name,
                    "accepted": report.filed_count,
                    "total": report.line_count,
                    "receipt": bool(report.receipt),
                }
                for report in self._answered_reports().with_context(bin_size=True)
            ],
            "warnings": [
                facility.service_message
                for facility in waiting.facility_id.sudo()
                if facility.service_message
            ],
        }

    def _answered_reports(self):
        """Return the reports which tell what became of the chosen guests.

        Who was refused has no receipt, but the report with the list of errors.
        """
        since = self.create_date.replace(microsecond=0)
        handed_over = self.chosen_ids.line_ids.report_id.filtered(
            lambda report: report.state != "sending" and report.sent_at >= since
        )
        return (handed_over | self.chosen_ids.receipt_report_id).sorted("id")

    # Command

    def action_send(self):
        """Queue the chosen guests for the sender, or make UNL files of them."""
        self.ensure_one()
        sendable = self.chosen_ids.filtered(lambda guest: guest._may_be_sent())
        if not sendable:
            raise UserError(
                self.env._(
                    "No guest is chosen who can be reported. Repair the findings or "
                    "choose somebody else."
                )
            )
        if self.channel == "unl":
            return sendable.action_make_unl()
        sendable.action_send_now()
        self.stage = "sent"
        return True
