# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.hotel_folio_guest_report import OPEN_STATES

# What is mostly missing, and repaired in the preview itself.
REPAIRED = ("purpose_id", "document_number", "visa_number")


class UbyportExport(models.TransientModel):
    """Preview of what would be told to the police, and the command to tell it.

    Sending only queues: the sender runs after this transaction's commit.
    """

    _name = "ubyport.export"
    _description = "Preview and send guests to the foreign police"

    stage = fields.Selection(
        [("preview", "Preview"), ("sent", "Sent")],
        default="preview",
        required=True,
    )
    line_ids = fields.One2many("ubyport.export.line", "export_id")
    ready_count = fields.Integer(compute="_compute_counts")
    blocked_count = fields.Integer(compute="_compute_counts")
    other_count = fields.Integer(compute="_compute_counts")
    pending_count = fields.Integer(compute="_compute_counts")
    receipt_count = fields.Integer(compute="_compute_counts")
    warning = fields.Char(compute="_compute_warning")

    @api.model
    def default_get(self, fields_list):
        """Offer the guests of the records this was opened from, else all open ones."""
        values = super().default_get(fields_list)
        if "line_ids" in fields_list and not values.get("line_ids"):
            guests = self._context_guests().sorted(
                lambda guest: (guest.deadline_date or fields.Date.today(), guest.id)
            )
            values["line_ids"] = [
                Command.create(
                    {
                        "guest_id": guest.id,
                        "include": guest._is_offered_to_send(),
                        "offered": guest._convert_to_write(
                            {name: guest[name] for name in REPAIRED}
                        ),
                    }
                )
                for guest in guests
            ]
        return values

    @api.model
    def _context_guests(self):
        Guest = self.env["hotel.folio.guest"]
        model = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids") or []
        if model == "hotel.folio.guest" and ids:
            return Guest.browse(ids)
        if model == "hotel.folio" and ids:
            return Guest.search([("folio_id", "in", ids)])
        domain = [("report_state", "in", OPEN_STATES)]
        if model == "ubyport.facility" and ids:
            domain.append(("facility_id", "in", ids))
        return Guest.search(domain)

    @api.depends("line_ids.include", "line_ids.report_state", "stage")
    def _compute_counts(self):
        for export in self:
            lines = export.line_ids
            pending = lines.filtered(
                lambda ln: ln.include and ln.report_state in ("queued", "sending")
            )
            blocked = lines.filtered(lambda line: line.light == "red")
            export.ready_count = len(lines.filtered("include"))
            export.blocked_count = len(blocked)
            export.other_count = len(lines) - len(lines.filtered("include") | blocked)
            export.pending_count = len(pending)
            export.receipt_count = len(lines.receipt_report_id)

    @api.depends("line_ids.guest_id.facility_id")
    @api.depends_context("lang")
    def _compute_warning(self):
        for export in self:
            facilities = export.line_ids.guest_id.facility_id
            unready = facilities.filtered(lambda f: not f._is_configured())
            texts = [f.service_message for f in facilities if f.service_message]
            if unready:
                texts.append(
                    self.env._(
                        "No account for the service is set up in: %s",
                        ", ".join(unready.mapped("name")),
                    )
                )
            export.warning = " ".join(texts)

    def action_send(self):
        """Queue the chosen guests for the sender and show what becomes of them."""
        self.ensure_one()
        guests = self.line_ids.filtered("include").guest_id
        sendable = guests.filtered(lambda guest: guest._may_be_sent())
        if not sendable:
            raise UserError(
                self.env._(
                    "No guest is chosen who can be reported. Repair the findings or "
                    "choose somebody else."
                )
            )
        sendable.action_send_now()
        self.stage = "sent"
        return self._reopen()

    def action_refresh(self):
        """Show the present state again."""
        return self._reopen()

    def action_view_receipts(self):
        """Open the reports which these guests travelled in."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hotel_ubyport.ubyport_report_action"
        )
        reports = self.line_ids.receipt_report_id
        action |= {"domain": [("id", "in", reports.ids)], "context": {}}
        if len(reports) == 1:
            action |= {"res_id": reports.id, "views": [(False, "form")]}
        return action

    def _reopen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report to the Foreign Police"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class UbyportExportLine(models.TransientModel):
    """One guest in the preview; the few data mostly missing are repaired in place."""

    _name = "ubyport.export.line"
    _description = "Guest in the preview"

    export_id = fields.Many2one("ubyport.export", required=True, ondelete="cascade")
    guest_id = fields.Many2one(
        "hotel.folio.guest", required=True, ondelete="cascade", readonly=True
    )
    include = fields.Boolean(string="Send")
    offered = fields.Json(help="The data to repair as they were when they were shown.")
    report_state = fields.Selection(related="guest_id.report_state")
    light = fields.Selection(
        [
            ("green", "OK"),
            ("amber", "Look"),
            ("red", "Repair"),
            ("grey", "Not reported here"),
        ],
        compute="_compute_preview",
    )
    outlook = fields.Char(string="What Is the Matter", compute="_compute_preview")
    sent_text = fields.Char(string="What Will Be Sent", compute="_compute_preview")
    deadline_date = fields.Date(related="guest_id.deadline_date")
    purpose_id = fields.Many2one(related="guest_id.purpose_id", readonly=False)
    document_number = fields.Char(related="guest_id.document_number", readonly=False)
    visa_number = fields.Char(related="guest_id.visa_number", readonly=False)
    receipt_report_id = fields.Many2one(related="guest_id.receipt_report_id")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._typed_only(vals) for vals in vals_list]
        ids = [vals.get("guest_id") for vals in vals_list]
        guests = self.env["hotel.folio.guest"].browse(filter(None, ids))
        blocked = guests.filtered(lambda guest: guest._preview_light() == "red")
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.guest_id in blocked)._choose_repaired()
        return lines

    @api.model
    def _typed_only(self, vals):
        """Drop what the client only sends back: a colleague may have changed it."""
        offered = vals.get("offered") or {}
        return {
            name: value
            for name, value in vals.items()
            if name not in offered or (offered[name] or False) != (value or False)
        }

    def write(self, vals):
        blocked = self.filtered(lambda line: line.light == "red")
        result = super().write(vals)
        if "include" not in vals:
            blocked._choose_repaired()
        return result

    def _trial_guest(self):
        """Return the guest as it would be with what was typed in this row."""
        guest = self.guest_id._origin
        typed = {name: self[name] for name in REPAIRED if self[name] != guest[name]}
        values = guest._convert_to_write(typed)
        return guest.new(values, origin=guest) if values else guest

    def _choose_repaired(self):
        """Choose guests who were repaired here: that is what they are repaired for."""
        repaired = self.filtered(lambda line: line.guest_id._is_offered_to_send())
        repaired.include = True

    @api.constrains("guest_id")
    def _check_guest_access(self):
        # Related fields read as superuser (constraints, too): a line must not open
        # a guest whom the user may not see.
        self.guest_id.sudo(False).check_access("read")

    @api.depends(
        "guest_id.report_state",
        "guest_id.findings",
        "purpose_id",
        "document_number",
        "visa_number",
    )
    @api.depends_context("lang", "tz")
    def _compute_preview(self):
        for line in self:
            guest = line._trial_guest()
            line.light = guest._preview_light()
            line.outlook = guest.finding_summary or guest.report_reason
            line.sent_text = guest._preview_text()
