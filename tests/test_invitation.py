# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from datetime import date, timedelta

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from ..reports.accommodation import accommodation_pdf
from .common import HotelCase

MONDAY = "2026-03-02 10:00:00"
FIRST = date(2026, 5, 4)


class InvitationCase(HotelCase):
    """A hotel which invites a guest who needs a visa, on a Monday in March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(MONDAY))
        cls.vietnam = cls.code("VNM")

    def invite(self, surname="Nguyễn", user=None, **values):
        Invitation = self.env["hotel.invitation"].with_user(user or self.reception)
        return Invitation.create(
            {
                "surname": surname,
                "first_name": "Thị Hoa",
                "birth_date": date(1990, 1, 2),
                "nationality_id": self.vietnam.id,
                "document_number": "B00X45678",
                "facility_id": self.facility.id,
                "arrival_date": FIRST,
                "departure_date": FIRST + timedelta(days=9),
                "form_code": "a1b2c",
            }
            | values
        )

    def verified(self, **values):
        invitation = self.invite(**values)
        invitation.action_file()
        invitation.action_verify()
        return invitation

    def reminder(self, invitation):
        kind = self.env.ref("hotel_ubyport.mail_activity_type_invitation")
        return invitation.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def person(self, name="Bohumil Vymyšlený"):
        return self.env["res.partner"].create({"name": name})


@tagged("post_install", "-at_install")
class TestInvitation(InvitationCase):
    """An invitation from the form to the guest."""

    def test_the_receptionist_invites_in_the_form(self):
        form = Form(self.env["hotel.invitation"].with_user(self.reception))
        form.surname = "Nguyễn"
        form.arrival_date = FIRST
        form.departure_date = FIRST + timedelta(days=9)
        form.form_code = " a1 b2c "
        invitation = form.save()
        self.assertEqual(invitation.form_code, "A1B2C")
        self.assertEqual(invitation.stay_days, 10)
        self.assertTrue(invitation.name.startswith("POZ/"))
        self.assertFalse(invitation.problem_text)

    def test_the_clock_begins_with_the_filing_in_person_and_not_with_the_form(self):
        invitation = self.invite(form_sent_on=date(2026, 2, 27))
        self.assertFalse(invitation.pickup_date)
        self.assertEqual(self.reminder(invitation).date_deadline, date(2026, 3, 9))
        invitation.action_file()
        self.assertEqual(invitation.filed_on, date(2026, 3, 2))
        self.assertEqual(invitation.pickup_date, date(2026, 3, 11))
        self.assertEqual(self.reminder(invitation).date_deadline, date(2026, 3, 11))

    def test_an_earlier_day_agreed_with_the_office_moves_the_reminder(self):
        invitation = self.invite()
        invitation.action_file()
        invitation.pickup_date = date(2026, 3, 6)
        self.assertEqual(self.reminder(invitation).date_deadline, date(2026, 3, 6))

    def test_the_decision_ends_the_reminder(self):
        for step in ("action_verify", "action_refuse"):
            with self.subTest(step):
                invitation = self.invite()
                invitation.action_file()
                getattr(invitation, step)()
                self.assertFalse(self.reminder(invitation))
                self.assertEqual(invitation.decided_on, date(2026, 3, 2))

    def test_what_is_wrong_is_told_at_once_and_keeps_it_from_being_filed(self):
        invitation = self.invite(
            costs="accommodation",
            departure_date=FIRST + timedelta(days=90),
            form_code="123",
        )
        self.assertEqual(len(invitation.problem_text.splitlines()), 2)
        with self.assertRaisesRegex(UserError, "90"):
            invitation.action_file()
        invitation.write({"costs": "full", "form_code": "12345"})
        invitation.action_file()
        self.assertEqual(invitation.state, "filed")
        self.assertTrue(invitation.is_long)

    def test_steps_follow_each_other(self):
        invitation = self.invite()
        with self.assertRaises(UserError):
            invitation.action_verify()
        invitation.action_file()
        with self.assertRaises(UserError):
            invitation.action_file()

    def test_only_an_inviting_foreigner_is_bound_to_an_office(self):
        invitation = self.invite()
        self.assertIn("Any", invitation.office_hint)
        invitation.inviter_kind = "foreigner"
        self.assertIn("?", invitation.office_hint)
        self.assertTrue(invitation.problem_text)
        invitation.inviter_residence = "Brno"
        self.assertIn("Brno", invitation.office_hint)
        self.assertFalse(invitation.problem_text)

    def test_the_checklist_follows_who_invites_and_keeps_what_is_ready(self):
        invitation = self.invite()
        codes = invitation.item_ids.mapped("code")
        self.assertIn("stamp_and_signature", codes)
        self.assertNotIn("accommodation", codes)
        fee = invitation.item_ids.filtered(lambda item: item.code == "fee")
        self.assertIn("300", fee.name)
        fee.is_ready = True
        invitation.write({"inviter_kind": "citizen", "inviter_id": self.person().id})
        codes = invitation.item_ids.mapped("code")
        self.assertNotIn("stamp_and_signature", codes)
        self.assertIn("accommodation", codes)
        self.assertTrue(fee.exists().is_ready)
        self.assertEqual(invitation.open_item_count, len(codes) - 1)

    def test_means_of_guests_invited_at_the_same_time_are_added_up(self):
        first = self.invite(means_amount=100)
        together = self.invite("Trần", means_amount=50)
        later = self.invite(
            "Lê",
            means_amount=70,
            arrival_date=FIRST + timedelta(days=20),
            departure_date=FIRST + timedelta(days=29),
        )
        other = self.invite("Phạm", means_amount=900, inviter_id=self.person().id)
        everybody = first | together | later | other
        everybody.invalidate_recordset()
        self.assertEqual(everybody.mapped("means_total"), [150, 150, 70, 900])
        together.action_withdraw()
        first.invalidate_recordset()
        self.assertEqual(first.means_total, 100)

    def test_a_withdrawal_reminds_of_the_duty_to_tell_the_police(self):
        invitation = self.verified(office="Praha 3, Olšanská 2")
        invitation.action_withdraw()
        self.assertEqual(self.reminder(invitation).date_deadline, date(2026, 3, 2))
        self.assertIn("Olšanská", self.reminder(invitation).summary)
        invitation.action_police_told()
        self.assertFalse(self.reminder(invitation))
        self.assertEqual(invitation.police_told_on, date(2026, 3, 2))

    def test_what_the_police_never_had_is_withdrawn_without_telling_them(self):
        invitation = self.invite()
        invitation.action_withdraw()
        self.assertFalse(self.reminder(invitation))
        self.assertTrue(invitation.police_told_on)

    def test_nothing_is_withdrawn_during_the_stay(self):
        invitation = self.verified()
        with freeze_time("2026-05-06 10:00:00"):
            with self.assertRaises(UserError):
                invitation.action_withdraw()
            invitation.did_not_come = True
            invitation.action_withdraw()
        self.assertEqual(invitation.state, "withdrawn")

    def test_nothing_is_withdrawn_while_the_guest_is_lodged(self):
        invitation = self.verified()
        with freeze_time("2026-05-06 10:00:00"):
            guest = self.invited_guest(invitation)
            guest.action_check_in()
            invitation.did_not_come = True
            with self.assertRaises(UserError):
                invitation.action_withdraw()

    def test_what_was_filed_is_not_deleted(self):
        invitation = self.invite()
        self.invite("Trần").unlink()
        invitation.action_file()
        with self.assertRaises(UserError):
            invitation.unlink()

    # Guest

    def invited_guest(self, invitation, **values):
        folio = self.make_folio(user=self.reception, arrival=self.today())
        person = {
            "surname": invitation.surname,
            "first_name": invitation.first_name,
            "birth_date": invitation.birth_date,
            "nationality_id": self.vietnam.id,
            "folio_id": folio.id,
        }
        return (
            self.env["hotel.folio.guest"]
            .with_user(self.reception)
            .create(person | values)
        )

    def test_the_invited_person_is_put_on_the_folio_with_visa_and_purpose(self):
        invitation = self.verified(visa_number="CZE00X123")
        invitation.folio_id = self.make_folio(arrival=FIRST)
        invitation.action_add_to_folio()
        invitation.action_add_to_folio()
        guest = invitation.folio_id.guest_ids
        self.assertEqual(guest, invitation.guest_id)
        self.assertEqual(guest.purpose_id.code, "04")
        self.assertEqual(guest.visa_number, "CZE00X123")
        self.assertEqual(guest.document_number, "B00X45678")

    def test_the_invited_person_is_found_at_check_in(self):
        invitation = self.verified(visa_number="CZE00X123")
        with freeze_time("2026-05-06 10:00:00"):
            guest = self.invited_guest(invitation, surname=" nguyễn ")
            stranger = self.invited_guest(invitation, birth_date=date(1991, 1, 2))
            (guest | stranger).action_check_in()
        self.assertEqual(guest.invitation_id, invitation)
        self.assertEqual(guest.purpose_id.code, "04")
        self.assertEqual(guest.visa_number, "CZE00X123")
        self.assertFalse(stranger.invitation_id or stranger.purpose_id)

    def test_what_was_typed_is_not_overwritten_at_check_in(self):
        invitation = self.verified(visa_number="CZE00X123")
        tourism = self.env.ref("hotel_ubyport.purpose_10")
        with freeze_time("2026-05-06 10:00:00"):
            typed = {"purpose_id": tourism.id, "visa_number": "TYPED1"}
            guest = self.invited_guest(invitation, **typed)
            guest.action_check_in()
        self.assertEqual(guest.invitation_id, invitation)
        self.assertEqual(guest.purpose_id, tourism)
        self.assertEqual(guest.visa_number, "TYPED1")

    def test_an_invitation_which_is_not_verified_carries_nothing_over(self):
        invitation = self.invite(visa_number="CZE00X123")
        with freeze_time("2026-05-06 10:00:00"):
            guest = self.invited_guest(invitation)
            guest.action_check_in()
        self.assertFalse(guest.invitation_id or guest.visa_number)

    def test_days_outside_the_invitation_carry_nothing_over(self):
        invitation = self.verified()
        with freeze_time("2026-06-06 10:00:00"):
            guest = self.invited_guest(invitation)
            guest.action_check_in()
        self.assertFalse(guest.invitation_id)

    # Rights

    def test_the_accountant_reads_and_outsiders_see_nothing(self):
        invitation = self.invite()
        read = invitation.with_user(self.accountant)
        self.assertTrue(Form(read))
        self.assertTrue(read.item_ids.read())
        for operation in ("write", "create", "unlink"):
            self.assertFalse(read.has_access(operation), operation)
        with self.assertRaises(AccessError):
            read.action_file()
        outsider = new_test_user(self.env, "outsider", "base.group_user")
        for model in ("hotel.invitation", "hotel.invitation.item"):
            self.assertFalse(self.env[model].with_user(outsider).has_access("read"))

    def test_another_company_sees_no_invitation(self):
        invitation = self.invite().sudo()
        other = self.env["res.company"].create({"name": "Jiný hotel"})
        self.reception.write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        )
        for records in (invitation, invitation.item_ids):
            self.assertTrue(records)
            found = records.with_user(self.reception).with_context(
                allowed_company_ids=other.ids
            )
            self.assertFalse(found.search([("id", "in", records.ids)]))


@tagged("post_install", "-at_install")
class TestAccommodationPaper(InvitationCase):
    """The confirmation of secured accommodation."""

    def text(self, invitation, lang):
        reader = PdfReader(io.BytesIO(accommodation_pdf(invitation, lang)))
        return " ".join(" ".join(p.extract_text() for p in reader.pages).split())

    def test_it_is_in_czech_with_czech_letters_whatever_the_user_speaks(self):
        text = self.text(self.invite(), "cs")
        for words in (
            "Potvrzení o zajištění ubytování",
            "Nguyễn",
            "4. 5. 2026",
            "13. 5. 2026",
            "Zkušební 12/6",
            "v plném rozsahu",
            "Jana Vzorová",
        ):
            self.assertIn(words, text)

    def test_the_longest_one_is_one_page_to_be_signed(self):
        invitation = self.invite(
            departure_date=FIRST + timedelta(days=100),
            residence_street="Lê Lợi 5",
            residence_city="Huế",
            residence_country_id=self.vietnam.id,
        )
        self.company.company_registry = "12345678"
        for lang in ("cs", "en"):
            reader = PdfReader(io.BytesIO(accommodation_pdf(invitation, lang)))
            self.assertEqual(len(reader.pages), 1)

    def test_it_is_in_english(self):
        text = self.text(self.invite(costs="accommodation"), "en")
        for words in ("Confirmation of Secured", "accommodation only", "4 May 2026"):
            self.assertIn(words, text)
        self.assertNotIn("Potvrzení", text)

    def test_only_over_ninety_days_it_asks_for_a_verified_signature(self):
        short = self.invite()
        long = self.invite(departure_date=FIRST + timedelta(days=100))
        self.assertNotIn("úředně ověřuje", self.text(short, "cs"))
        self.assertIn("úředně ověřuje", self.text(long, "cs"))

    def test_names_are_no_markup(self):
        text = self.text(self.invite("<b>O'Neil & </b>"), "cs")
        self.assertIn("<b>O'Neil & </b>", text)

    def test_it_needs_guest_days_and_facility(self):
        invitation = self.invite(arrival_date=False)
        with self.assertRaises(UserError):
            invitation.action_print_accommodation()
        invitation.arrival_date = FIRST
        url = invitation.action_print_accommodation()["url"]
        self.assertTrue(url.endswith(f"/{invitation.id}/accommodation/cs"))
        url = invitation.action_print_accommodation_en()["url"]
        self.assertTrue(url.endswith("/en"))


@tagged("post_install", "-at_install")
class TestAccommodationDownload(HotelCase, HttpCase):
    """Who may open the paper."""

    def test_the_receptionist_opens_it_and_an_outsider_does_not(self):
        invitation = self.env["hotel.invitation"].create(
            {
                "surname": "Nguyễn",
                "facility_id": self.facility.id,
                "arrival_date": FIRST,
                "departure_date": FIRST,
            }
        )
        url = invitation.action_print_accommodation()["url"]
        self.authenticate(self.reception.login, self.reception.login)
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        self.assertEqual(self.url_open(url.replace("/cs", "/de")).status_code, 404)
        new_test_user(self.env, "outsider", "base.group_user")
        self.authenticate("outsider", "outsider")
        self.assertNotEqual(self.url_open(url).status_code, 200)
