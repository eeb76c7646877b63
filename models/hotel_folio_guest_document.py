# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..ubyport import exceptions, invalid_documents
from .hotel_folio_guest_light import LIGHTS
from .ubyport_document_check import DOCUMENT_KINDS
from .ubyport_document_messages import (
    clear_message,
    listed_message,
    number_message,
    refused_message,
)

DOCUMENT_STATES = [
    ("malformed", "Number to check"),
    ("waiting", "Being looked up"),
    ("clear", "Not on the list"),
    ("listed", "On the list of invalid documents"),
    ("refused", "Not understood"),
]
DOCUMENT_LIGHTS = {
    "malformed": "amber",
    "waiting": "grey",
    "clear": "green",
    "listed": "red",
    "refused": "amber",
}
COVERED_KINDS = frozenset(kind for kind, _label in DOCUMENT_KINDS)


class HotelFolioGuest(models.Model):
    """The document of a Czech guest and the Ministry's list of invalid documents.

    not asked --button, or check-in--> waiting --scheduled action--> clear | listed
    An edit of the number or of its kind leads back to the beginning.
    """

    # One concern a file.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hotel.folio.guest"

    document_check_id = fields.Many2one(
        "ubyport.document.check",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    document_wanted_at = fields.Datetime(
        readonly=True, copy=False, index="btree_not_null"
    )
    # The facility tracks it; here each write of a guest would read it before and after.
    document_mode = fields.Selection(
        related="facility_id.document_check", tracking=False
    )
    document_state = fields.Selection(
        DOCUMENT_STATES,
        string="Document on the List",
        compute="_compute_document_state",
        compute_sudo=True,
        help="What the Ministry of the Interior's list of invalid documents says about "
        "the document of a Czech guest.",
    )
    document_light = fields.Selection(
        LIGHTS, compute="_compute_document_state", compute_sudo=True
    )
    can_check_document = fields.Boolean(
        compute="_compute_can_check_document",
        compute_sudo=True,
        help="The list of invalid documents knows documents like this one and can be "
        "asked.",
    )
    document_message = fields.Text(
        compute="_compute_document_message",
        compute_sudo=True,
        help="What the Ministry's list of invalid documents says, and what to do.",
    )

    @api.depends(
        "document_type",
        "document_number",
        "nationality_id",
        "document_check_id",
        "document_wanted_at",
        "facility_id.environment",
        "facility_id.document_check",
    )
    def _compute_document_state(self):
        for guest in self:
            guest.document_state = guest._derive_document_state()
            guest.document_light = DOCUMENT_LIGHTS.get(guest.document_state)

    def _derive_document_state(self):
        """Return the state of a Czech document; False if nobody asked, or may ask."""
        if not self._is_document_covered() or not self.document_number:
            return False
        document = self._document_to_look_up()
        if not document:
            return "malformed"
        if self._has_answer(document):
            return self.document_check_id.state
        return "waiting" if self.document_wanted_at else False

    @api.depends(
        "document_type",
        "document_number",
        "nationality_id",
        "facility_id.environment",
        "facility_id.document_check",
    )
    def _compute_can_check_document(self):
        for guest in self:
            guest.can_check_document = bool(
                guest._document_to_look_up() and guest.facility_id._documents_address()
            )

    @api.depends("document_state", "facility_id.document_next_try_at")
    @api.depends_context("lang", "tz")
    def _compute_document_message(self):
        for guest in self:
            explain = getattr(guest, f"_document_{guest.document_state or 'unasked'}")
            guest.document_message = explain()

    def _document_unasked(self):
        return False

    def _document_malformed(self):
        return self._number_problem()

    def _document_waiting(self):
        return self.facility_id.document_service_message or self.env._(
            "The document is being looked up in the list of invalid documents."
        )

    def _document_clear(self):
        return clear_message(self.env, self.document_check_id)

    def _document_listed(self):
        return listed_message(self.env, self.document_check_id)

    def _document_refused(self):
        return refused_message(self.env, self.document_check_id)

    def _is_document_covered(self):
        """Return whether the list knows documents like this one."""
        country = self.nationality_id
        czech = country and not country.reportable
        enabled = (self.facility_id.document_check or "off") != "off"
        return enabled and czech and self.document_type in COVERED_KINDS

    def _document_to_look_up(self):
        """Return the engine's Document of this guest, None if it cannot be one."""
        if not self._is_document_covered():
            return None
        try:
            return invalid_documents.read_number(
                self.document_type, self.document_number or ""
            )
        except exceptions.DataError:
            return None

    def _number_problem(self):
        """Return the words for what is wrong with the form of the number."""
        found = invalid_documents.check_number(
            self.document_type, self.document_number or ""
        )
        return " ".join(number_message(self.env, each) for each in found)

    def _has_answer(self, document):
        check = self.document_check_id
        return bool(check) and check._is_about(self.facility_id, document)

    # Asking

    def action_check_document(self):
        """Have the document looked up; tell at once what is known already."""
        self.ensure_one()
        self.check_access("write")
        guest = self.sudo()
        obstacle = guest._document_obstacle()
        if obstacle:
            return self._document_notification("warning", obstacle)
        if not guest._is_answered_today():
            self._want_document_check()
            text = guest._document_waiting()
            return self._document_notification("info", text)
        kind = "danger" if guest.document_state == "listed" else "info"
        return self._document_notification(kind, guest.document_message)

    def _document_obstacle(self):
        """Return why the list cannot be asked about this guest, else nothing."""
        if not self.nationality_id:
            return self.env._("Choose the nationality first.")
        if self.nationality_id.reportable:
            return self.env._(
                "The list of invalid documents knows Czech documents only. Foreign "
                "documents cannot be looked up there."
            )
        if self.document_type not in COVERED_KINDS:
            return self.env._(
                "The list of invalid documents knows identity cards and passports "
                "only: choose the kind of document."
            )
        if self.document_mode in (False, "off"):
            return self.env._("Looking up documents is switched off in the facility.")
        if not self.facility_id._documents_address():
            return self.facility_id.document_service_message
        return self._number_problem()

    def _is_answered_today(self):
        check = self.document_check_id
        document = self._document_to_look_up()
        return self._has_answer(document) and (
            check.asked_on == self.facility_id._today()
        )

    def _want_document_check(self):
        """Mark these guests for the checker and wake it; nothing is asked here.

        An answer of another day stays until the new one comes.
        """
        if self:
            self._write_own({"document_wanted_at": fields.Datetime.now()})
            self.env["ubyport.document.checker"]._trigger()

    def action_check_out(self):
        result = super().action_check_out()
        self.filtered("document_wanted_at")._drop_wanted_document()
        return result

    def _drop_wanted_document(self):
        self._write_own({"document_wanted_at": False})

    def _apply_automation(self):
        result = super()._apply_automation()
        self.filtered(lambda guest: guest._is_document_due())._want_document_check()
        return result

    def _is_document_due(self):
        """Return whether the manager wants this document to be looked up by itself."""
        guest = self.sudo()
        return (
            guest.document_mode == "automatic"
            and guest._is_lodged()
            and not guest.document_state
            and bool(guest._document_to_look_up())
            and bool(guest.facility_id._documents_address())
        )

    def _is_lodged(self):
        return bool(self.checked_in_at) and not self.checked_out_at

    # Answers

    @api.model
    def _facilities_with_wanted_documents(self):
        """Return the facilities in which guests wait for an answer."""
        wanted = [("document_wanted_at", "!=", False), ("facility_id", "!=", False)]
        groups = self._read_group(wanted, ["facility_id"])
        return self.env["ubyport.facility"].union(*(found for (found,) in groups))

    @api.model
    def _with_wanted_document(self, facilities):
        """Return the guests of facilities who wait for an answer, the oldest first."""
        return self.search(
            [
                ("facility_id", "in", facilities.ids),
                ("document_wanted_at", "!=", False),
            ],
            order="document_wanted_at, id",
        )

    def _settle_document(self, check):
        """Keep the answer to the question about this guest and tell the reception."""
        self._write_own({"document_check_id": check.id, "document_wanted_at": False})
        kind = "hotel_ubyport.mail_activity_type_ubyport_document"
        if check.state == "listed":
            self._alert_reception(kind)
        else:
            self.activity_unlink([kind])
        self.facility_id._tell_document_screens()

    def _alert_reception(self, kind):
        """Give the guest an activity and show every receptionist a notice."""
        if not self.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(kind)
        ):
            quiet = self.with_context(mail_activity_quick_update=True)
            quiet.activity_schedule(kind, user_id=self._responsible_user().id)
        for user in self.facility_id._receptionists():
            env = self.with_context(lang=user.lang).env
            notice = {
                "type": "danger",
                "sticky": True,
                "title": env._("Compare a document"),
                "message": env._(
                    "%s: the number of the document is on the list of invalid "
                    "documents. Open the guest to see what to do.",
                    self.display_name,
                ),
            }
            user._bus_send("simple_notification", notice)

    @api.model
    def _document_notification(self, kind, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "sticky": kind == "danger",
                # Reads the form again.
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
