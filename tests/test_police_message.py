# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..ubyport.police_letters import PUK_MARK
from .common import LOGIN, PASSWORD, HotelCase

PUK = "94817"


@tagged("post_install", "-at_install")
class TestPoliceMessage(HotelCase):
    """A ready message to the police, which only a click of a person sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.write({"name": "Řehoř Šťastný", "email": "reditel@example.com"})
        cls.company.write({"name": "Vltava Hotely s.r.o.", "company_registry": "123"})

    def message(self, kind="ws_account", **values):
        return (
            self.env["ubyport.police.message"]
            .with_user(self.manager)
            .create({"facility_id": self.facility.id, "kind": kind} | values)
        )

    def sent(self, message):
        """Open the e-mail and press its button; return (kept, what left)."""
        action = message.action_open_email()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.manager)
            .with_context(**action["context"])
        ).save()
        before = self.facility.message_ids
        mails = self.env["mail.mail"].search([])
        composer.with_context(**action["context"]).action_send_mail()
        left = self.env["mail.mail"].search([]) - mails
        return self.facility.message_ids - before, left, composer

    def test_the_dialog_opens_ready_for_an_account(self):
        self.facility.write({"environment": "production", "login": False})
        form = Form(
            self.env["ubyport.police.message"]
            .with_user(self.manager)
            .with_context(default_facility_id=self.facility.id)
        )
        self.assertEqual(form.recipient, "reguby@pcr.cz")
        for words in (
            "IDUB: 123456789012",
            "Zkratka: HVLTA",
            "programu Hotel Ubyport, výrobce Hotel Ubyport contributors",
            "Řehoř Šťastný",
            "IČO: 123",
        ):
            self.assertIn(words, form.body)
        form.kind = "test_account"
        self.assertEqual(form.subject, "TEST WS registrace")
        self.assertEqual(form.recipient, "rscp.spis@pcr.cz")

    def test_about_a_facility_of_the_simulator_nobody_writes_by_mistake(self):
        message = self.message()
        self.assertFalse(message.recipient)
        self.assertEqual(message.usual_recipient, "reguby@pcr.cz")
        with self.assertRaises(UserError) as caught:
            message.action_open_email()
        self.assertIn("to whom", str(caught.exception))

    def test_no_message_tells_the_password(self):
        for kind in dict(self.message()._fields["kind"].selection):
            with self.subTest(kind):
                self.assertNotIn(PASSWORD, self.message(kind).body)

    def test_an_e_mail_leaves_by_a_click_only_and_is_kept_on_the_facility(self):
        message = self.message(recipient="ubyport@example.com")
        message.body += "\nKopie: <recepce>"
        before = self.env["mail.mail"].search_count([])
        message.action_open_email()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        kept, _left, _composer = self.sent(message)
        self.assertEqual(kept.partner_ids.email, "ubyport@example.com")
        self.assertEqual(kept.author_id, self.manager.partner_id)
        self.assertIn("123456789012", kept.subject)
        self.assertIn("Zkratka: HVLTA", kept.body)
        self.assertIn("&lt;recepce&gt;", kept.body)

    def test_the_puk_leaves_with_the_e_mail_and_is_kept_nowhere(self):
        message = self.message(
            "lost_password", puk=PUK, recipient="ubyport@example.com"
        )
        self.facility.message_subscribe(self.accountant.partner_id.ids)
        kept, left, composer = self.sent(message)
        self.assertFalse(message.puk)
        self.assertIn(f"PUK: {PUK}", left.body_html)
        self.assertTrue(left.auto_delete)
        for text in (kept.body, composer.body, message.body):
            self.assertNotIn(PUK, text)
            self.assertIn(PUK_MARK, text)
        self.assertIn(LOGIN, kept.body)
        self.assertEqual(kept.notified_partner_ids, kept.partner_ids)

    def test_a_puk_has_five_digits(self):
        for puk in (False, "1234", "123456", "abcde"):
            with self.subTest(puk), self.assertRaises(UserError) as caught:
                self.message("lost_password", puk=puk).action_open_email()
            self.assertIn("five digits", str(caught.exception))

    def test_what_has_to_be_filled_in_is_asked_for(self):
        message = self.message("cancel")
        for action in (message.action_open_email, message.action_download_letter):
            with self.assertRaises(UserError) as caught:
                action()
            self.assertIn("square brackets", str(caught.exception))
        message.body = "Hotově."
        message.recipient = False
        with self.assertRaises(UserError):
            message.action_open_email()

    def test_a_letter_is_made_downloaded_and_kept(self):
        message = self.message(databox="abc1234")
        message.body += "\nPříliš žluťoučký kůň úpěl ďábelské ódy."
        before = self.facility.message_ids
        action = message.action_download_letter()
        note = self.facility.message_ids - before
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertIn(str(note.attachment_ids.id), action["url"])
        content = base64.b64decode(note.attachment_ids.datas)
        (page,) = PdfReader(io.BytesIO(content)).pages
        text = " ".join(page.extract_text().split())
        for words in (
            "Příliš žluťoučký kůň úpěl ďábelské ódy.",
            "datová schránka: abc1234",
            "Vltava Hotely s.r.o.",
            "Žádost o přihlašovací údaje pro webovou službu Ubyport",
        ):
            self.assertIn(words, text)

    def test_only_the_manager_writes_to_the_police(self):
        for user in (self.reception, self.accountant):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.message().with_user(user).action_open_email()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["ubyport.police.message"].with_user(user).create(
                    {"facility_id": self.facility.id}
                )
