# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import convert_file, mute_logger

from ..hooks import post_init_hook
from ..ubyport import records, soap, verdict
from .common import HOTEL, LOGIN, PASSWORD, HotelCase, PoliceCase

HOUR = timedelta(hours=1)
LISTS = ("ubyport.country", "ubyport.purpose", "ubyport.error")


def entry(**values):
    """Return a row of a code list as the service sends it."""
    blank = dict.fromkeys(
        ("kod2", "kod3", "text_cz", "text_short_cz", "text_en", "text_short_en"), ""
    )
    dates = {"valid_from": None, "valid_to": None}
    return records.CodeEntry(id=0, **dates, **blank | values)


@tagged("post_install", "-at_install")
class TestShippedLists(HotelCase):
    """The lists as they are shipped, before the service was ever asked."""

    def shipped(self, model):
        """Return the entries which the addon's data files brought."""
        rows = self.env["ir.model.data"].search(
            [("module", "=", "hotel_ubyport"), ("model", "=", model)]
        )
        return self.env[model].browse(rows.mapped("res_id"))

    def test_every_nationality_of_the_police_is_there_and_the_czechs(self):
        countries = self.shipped("ubyport.country")
        self.assertEqual(len(countries), 257)
        self.assertEqual(countries.filtered(lambda c: not c.reportable).code, "CZE")
        codes = set(countries.mapped("code"))
        for code in "XXA XXB XXC XXK YUG UNA UNO XGG XMR".split():
            self.assertIn(code, codes)
        for code in ("ATA", "XKX", "RKS", "XEU", "D"):
            self.assertNotIn(code, codes)
        for country in countries:
            self.assertRegex(country.code, r"\A[A-Z]{3}\Z")
            self.assertTrue(country.name and country.name_cs)

    def test_the_17_purposes_are_there(self):
        codes = self.shipped("ubyport.purpose").mapped("code")
        self.assertEqual(
            codes,
            "00 01 02 03 04 05 06 07 10 11 12 13 27 38 52 93 99".split(),
        )

    def test_the_engine_may_report_everybody_but_czech_citizens(self):
        countries = self.env["ubyport.country"]._engine_countries()
        self.assertEqual(len(countries), 256)
        self.assertNotIn("CZE", countries)
        self.assertEqual(countries["DEU"].name_cs, "Spolková republika Německo")

    def test_names_are_shown_in_english_and_sent_in_czech(self):
        germany = self.code("DEU")
        self.assertEqual(germany.with_context(lang="en_US").name, "Germany")
        self.assertEqual(germany.name_cs, "Spolková republika Německo")
        self.assertEqual(germany.base_country_id, self.env.ref("base.de"))

    def test_visa_duty_follows_the_regulation(self):
        for code, duty in (
            ("DEU", "none"),
            ("CHE", "none"),
            ("USA", "none"),
            ("GBR", "none"),
            ("UKR", "biometric"),
            ("XXK", "biometric"),
            ("SRB", "biometric"),
            ("CHN", "always"),
            ("RUS", "always"),
            ("IND", "always"),
            ("VUT", "always"),
        ):
            with self.subTest(code):
                self.assertEqual(self.code(code).visa_duty, duty)

    def test_kosovo_is_found_by_what_its_passports_print(self):
        for printed in ("RKS", "XKX", "UNK", "Kosovo", "Kosovská", "XXK"):
            with self.subTest(printed):
                found = self.env["ubyport.country"].name_search(printed)
                self.assertIn(self.code("XXK").id, dict(found))

    def test_purposes_are_shown_with_their_code_and_found_by_it(self):
        purpose = self.env.ref("hotel_ubyport.purpose_10")
        self.assertEqual(purpose.display_name, "10 Tourism")
        for typed in ("10", "Tourism", "TURISTIKA"):
            found = self.env["ubyport.purpose"].name_search(typed)
            self.assertIn(purpose.id, dict(found), typed)

    def test_reported_late_is_accepted_and_a_duplicate_is_marked(self):
        severities, duplicates = self.env["ubyport.error"]._engine_severities()
        self.assertEqual(severities[112], 0)
        self.assertEqual(severities[101], 4)
        self.assertEqual(duplicates, {150})

    def test_header_answers_have_no_severity_which_could_refuse_a_guest(self):
        severities, _duplicates = self.env["ubyport.error"]._engine_severities()
        for number in (*range(5, 14), 207):
            self.assertNotIn(number, severities)

    def test_a_code_is_listed_only_once(self):
        for model, values in (
            ("ubyport.country", {"code": "DEU"}),
            ("ubyport.purpose", {"code": "10"}),
            ("ubyport.error", {"code": "X", "number": 112}),
        ):
            with (
                self.subTest(model),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.env[model].create({"name": "X", "name_cs": "X"} | values)

    def test_an_upgrade_of_the_addon_keeps_what_the_hotel_or_the_service_changed(self):
        post_init_hook(self.env)
        germany, purpose = self.code("DEU"), self.env.ref("hotel_ubyport.purpose_10")
        error = self.env.ref("hotel_ubyport.error_112")
        germany.write({"visa_duty": "always", "name_cs": "Německo"})
        purpose.name_cs = "CESTOVÁNÍ"
        error.severity = "4"
        self.env.flush_all()
        for model in LISTS:
            path = f"data/{model}.csv"
            convert_file(self.env, "hotel_ubyport", path, {}, mode="update")
        self.assertEqual(germany.visa_duty, "always")
        self.assertEqual(germany.name_cs, "Německo")
        self.assertEqual(purpose.name_cs, "CESTOVÁNÍ")
        self.assertEqual(error.severity, "4")

    def test_the_hook_has_run_when_the_addon_was_installed(self):
        rows = self.env["ir.model.data"].search(
            [("module", "=", "hotel_ubyport"), ("model", "in", LISTS)]
        )
        self.assertFalse(rows.filtered(lambda row: not row.noupdate))


@tagged("post_install", "-at_install")
class TestCodeListCache(HotelCase):
    """The engine sees a change of a list at once."""

    def test_a_new_a_changed_and_a_deleted_nationality(self):
        countries = self.env["ubyport.country"]
        self.assertNotIn("QQQ", countries._engine_countries())
        new = countries.create({"code": "QQQ", "name": "New", "name_cs": "Nový"})
        self.assertEqual(countries._engine_countries()["QQQ"].name_cs, "Nový")
        new.name_cs = "Novější"
        self.assertEqual(countries._engine_countries()["QQQ"].name_cs, "Novější")
        new.active = False
        self.assertNotIn("QQQ", countries._engine_countries())
        new.active = True
        self.assertIn("QQQ", countries._engine_countries())
        new.unlink()
        self.assertNotIn("QQQ", countries._engine_countries())

    def test_a_new_purpose(self):
        purposes = self.env["ubyport.purpose"]
        self.assertNotIn("88", purposes._engine_purposes())
        purposes.create({"code": "88", "name": "New", "name_cs": "NOVÝ"})
        self.assertIn("88", purposes._engine_purposes())

    def test_a_changed_visa_duty_shows_on_the_next_guest(self):
        self.assertFalse(self.codes_of(self.make_guest()))
        self.code("DEU").with_user(self.manager).visa_duty = "always"
        self.assertEqual(
            self.codes_of(self.make_guest()), {"visa_number": ["visa_missing"]}
        )

    def test_guests_are_judged_anew_when_their_entry_is(self):
        self.facility.automation = "immediate"
        purpose = self.env.ref("hotel_ubyport.purpose_10").with_user(self.manager)
        purpose.active = False
        self.code("DEU").with_user(self.manager).visa_duty = "always"
        guest = self.make_guests("Alfa", folio=self.make_folio(user=self.reception))
        self.assertEqual(guest.report_state, "incomplete")
        purpose.active = True
        self.assertEqual(guest.report_state, "incomplete")
        self.code("DEU").with_user(self.manager).visa_duty = "none"
        self.assertEqual(guest.report_state, "queued")
        self.code("DEU").with_user(self.manager).reportable = False
        self.assertEqual(guest.report_state, "exempt")
        self.assertNotIn("Czech", guest.report_reason)

    def test_a_guest_who_is_incomplete_says_why_in_any_case(self):
        tomorrow = self.today() + timedelta(days=1)
        guest = self.make_guests("Alfa", folio=self.make_folio())
        guest.arrival_date = tomorrow
        self.assertEqual(guest.report_state, "incomplete")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hotel_folio_guest SET arrival_date = %s WHERE id = %s",
            (self.today(), guest.id),
        )
        self.env.invalidate_all(flush=False)
        self.assertEqual(guest.report_state, "incomplete")
        self.assertIn("Nothing is missing any more", guest.report_reason)

    def test_what_an_answer_means_is_not_for_the_hotel_to_say(self):
        error = self.env.ref("hotel_ubyport.error_101").with_user(self.manager)
        with self.assertRaises(AccessError):
            error.severity = "0"


@tagged("post_install", "-at_install")
class TestTakeOver(HotelCase):
    """What a list of the service does to ours."""

    def test_a_new_nationality_is_created_and_a_renamed_one_renamed(self):
        germany = self.code("DEU")
        xmlid = germany.get_external_id()
        germany.visa_duty = "always"
        self.env["ubyport.country"]._refresh(
            [
                entry(kod3="DEU", text_cz="Nové Německo", text_short_cz="Německo"),
                entry(kod3="QQQ", text_cz="Nový stát"),
            ]
        )
        self.assertEqual(self.code("DEU"), germany)
        self.assertEqual(germany.get_external_id(), xmlid)
        self.assertEqual(germany.name_cs, "Nové Německo")
        self.assertEqual(germany.visa_duty, "always", "that is not in the list")
        new = self.code("QQQ")
        self.assertEqual(new.name_cs, "Nový stát")
        self.assertEqual(new.get_external_id()[new.id], "hotel_ubyport.country_qqq")
        self.assertTrue(self.code("AUT").active, "nobody is thrown out")

    def test_the_two_letters_of_the_list_are_never_used(self):
        # In the service's list SK is Saint Kitts and not Slovakia.
        self.env["ubyport.country"]._refresh(
            [entry(kod2="SK", kod3="KNA", text_cz="Federace Svatý Kryštof a Nevis")]
        )
        self.assertIn("Kryštof", self.code("KNA").name_cs)
        self.assertEqual(self.code("SVK").name_cs, "Slovenská republika")
        self.assertEqual(self.code("SVK").base_country_id, self.env.ref("base.sk"))
        self.assertEqual(self.code("KNA").base_country_id, self.env.ref("base.kn"))
        self.assertFalse(self.code("SK"))

    def test_an_archived_entry_of_the_list_is_neither_doubled_nor_fatal(self):
        self.code("DEU").active = False
        self.env.ref("hotel_ubyport.purpose_10").active = False
        self.env.ref("hotel_ubyport.error_112").active = False
        self.env["ubyport.country"]._refresh([entry(kod3="DEU", text_cz="Německo")])
        self.env["ubyport.purpose"]._refresh([entry(kod2="10", text_cz="10 - X")])
        self.env["ubyport.error"]._refresh(
            [entry(kod2="ERR_CZE_112", kod3="Pozdě", text_short_cz="0")]
        )
        self.env.flush_all()
        for model, code in zip(LISTS, ("DEU", "10", "ERR_CZE_112"), strict=True):
            found = self.env[model].with_context(active_test=False)
            self.assertEqual(found.search_count([("code", "=", code)]), 1)

    def test_rows_without_code_or_name_are_passed_over(self):
        before = [self.env[model].search_count([]) for model in LISTS]
        self.env["ubyport.country"]._refresh([entry(), entry(kod3="QQQ")])
        self.env["ubyport.purpose"]._refresh(
            [entry(), entry(kod2="xx", text_cz="xx - X"), entry(kod2="88")]
        )
        self.env["ubyport.error"]._refresh([entry(), entry(kod2="ERR_CZE_")])
        after = [self.env[model].search_count([]) for model in LISTS]
        self.assertEqual(after, before)

    def test_a_purpose_is_named_without_its_number(self):
        self.env["ubyport.purpose"]._refresh([entry(kod2="8", text_cz="08 - NOVÝ")])
        new = self.env["ubyport.purpose"].search([("code", "=", "08")])
        self.assertEqual(new.name_cs, "NOVÝ")

    def refresh_errors(self, number, text, severity):
        row = entry(kod2=f"ERR_CZE_{number:03}", kod3=text, text_short_cz=severity)
        self.env["ubyport.error"]._refresh([row])
        return self.env["ubyport.error"].search([("number", "=", number)])

    def test_severities_come_from_the_list_by_number(self):
        late = self.refresh_errors(112, "Něco zcela jiného", "4")
        self.assertEqual(late, self.env.ref("hotel_ubyport.error_112"))
        self.assertEqual((late.severity, late.source), ("4", "service"))
        new = self.refresh_errors(777, "Nová odpověď", "2")
        self.assertEqual(new.severity, "2")
        severities, duplicates = self.env["ubyport.error"]._engine_severities()
        self.assertEqual((severities[112], severities[777]), (4, 2))
        self.assertNotIn(777, duplicates)

    def test_a_severity_which_is_none_leaves_the_outcome_unknown(self):
        for number, severity in ((771, ""), (772, "A"), (773, "9"), (774, "-1")):
            with self.subTest(severity):
                self.assertFalse(self.refresh_errors(number, "X", severity).severity)
        severities, _duplicates = self.env["ubyport.error"]._engine_severities()
        self.assertFalse({771, 772, 773, 774} & severities.keys())

    def duplicates(self):
        return self.env["ubyport.error"]._engine_severities()[1]

    def test_a_duplicate_is_what_the_list_says_of_that_number_now(self):
        self.assertEqual(self.duplicates(), {150}, "documented, before a list was read")
        new = self.refresh_errors(778, "Záznam je duplicitní", "4")
        self.assertTrue(new.is_duplicate)
        self.assertEqual(self.duplicates(), {150, 778})
        self.refresh_errors(778, "Jiný text", "4")
        self.assertFalse(new.is_duplicate)
        self.refresh_errors(150, "Nekorektní poznámka", "4")
        severities, duplicates = self.env["ubyport.error"]._engine_severities()
        self.assertFalse(duplicates)
        self.assertEqual(verdict.judge((150,), severities, duplicates), "refused")

    def test_a_repeated_record_is_known_by_other_words_of_the_police_too(self):
        for text in (
            "Záznam s hostem je duplicitní a byl již zpracován v jedné z předchozích "
            "dávek",
            "DUPLICITNÍ ZÁZNAM, DATA NEBYLA PŘEVZATA",
            "Duplicitní host",
        ):
            with self.subTest(text):
                self.assertTrue(self.refresh_errors(779, text, "4").is_duplicate)

    def test_what_else_may_be_double_marks_no_repeated_record(self):
        for text in ("Duplicitní číslo dokladu v dávce", "Nekorektní záznam"):
            with self.subTest(text):
                self.assertFalse(self.refresh_errors(779, text, "4").is_duplicate)


@tagged("post_install", "-at_install")
class TestListsOfTheSimulator(PoliceCase):
    """The three lists as a service really sends them."""

    def test_a_refresh_changes_nothing_that_is_right_already(self):
        for model in ("ubyport.country", "ubyport.purpose"):
            with self.subTest(model):
                before = self.env[model].search_read([], ["code", "name_cs"])
                self.facility.action_refresh_lists()
                after = self.env[model].search_read([], ["code", "name_cs"])
                self.assertEqual(after, before)

    def test_severities_and_duplicates_agree_with_the_service(self):
        self.facility.action_refresh_lists()
        with soap.UbyportClient(self.facility.endpoint, LOGIN, PASSWORD) as client:
            rows = client.code_list("Chyby")
        severities, duplicates = self.env["ubyport.error"]._engine_severities()
        for row in rows:
            number = int(row.kod2.removeprefix("ERR_CZE_"))
            self.assertEqual(severities[number], int(row.text_short_cz))
        self.assertEqual(duplicates, {150})

    def test_the_first_session_reads_the_lists_and_the_next_does_not(self):
        self.assertFalse(self.facility.lists_refreshed_at)
        self.send(self.make_guests("Alfa"))
        first = self.facility.lists_refreshed_at
        self.assertTrue(first)
        self.assertEqual(self.env.ref("hotel_ubyport.error_112").source, "service")
        self.code("DEU").name_cs = "Spolková republika Německo"
        self.send(self.make_guests("Beta"))
        self.assertEqual(self.facility.lists_refreshed_at, first)


@tagged("post_install", "-at_install")
class TestValidity(HotelCase):
    """Codes which have ended are found before the police refuse them."""

    def take_over(self, **days):
        """Let the list name days for Germany."""
        row = entry(kod3="DEU", text_cz="Spolková republika Německo")
        return self.env["ubyport.country"]._refresh([replace(row, **days)])

    def day(self, number):
        return self.today() + timedelta(days=number)

    def test_an_ended_nationality_is_a_finding_of_who_arrived_later(self):
        guest = self.make_guests("Alfa")
        self.assertEqual(guest.report_state, "ready")
        changes = self.take_over(valid_to=self.day(-1))
        self.assertEqual([change.kind for change in changes], ["ended"])
        self.facility._rejudge_guests(changes)
        self.assertEqual(guest.report_state, "incomplete")
        codes = self.codes_of(guest)
        self.assertEqual(codes["nationality_id"], ["code_ended"])
        self.assertEqual(codes["residence_country_id"], ["code_ended"])
        self.assertIn("ended DEU", guest.report_reason)
        self.facility._rejudge_guests(self.take_over())
        self.assertEqual(guest.report_state, "ready")

    def test_who_arrived_while_it_was_valid_is_warned_and_can_be_reported(self):
        folio = self.make_folio(arrival=self.day(-2), nights=5)
        guest = self.make_guests("Alfa", folio=folio)
        self.facility._rejudge_guests(self.take_over(valid_to=self.day(-1)))
        self.assertEqual(guest.report_state, "ready")
        warnings = self.codes_of(guest, "warning")
        self.assertIn("code_ended_lately", warnings["nationality_id"])

    def test_a_code_is_not_used_before_its_first_day(self):
        self.take_over(valid_from=self.day(1))
        guest = self.make_guests("Alfa")
        self.assertEqual(self.codes_of(guest)["nationality_id"], ["code_not_yet"])

    def test_an_ended_purpose_is_a_finding_too(self):
        guest = self.make_guests("Alfa")
        row = entry(kod2="10", text_cz="10 - TURISTIKA")
        self.env["ubyport.purpose"]._refresh([replace(row, valid_to=self.day(-1))])
        guest._refresh_reporting()
        self.assertEqual(self.codes_of(guest), {"purpose_id": ["code_ended"]})

    def test_what_the_list_no_longer_names_has_ended_yesterday(self):
        countries = self.env["ubyport.country"]
        codes = set(countries._engine_countries()) - {"AUT"}
        by_hand = {"code": "QQQ", "name": "By hand", "name_cs": "Ručně"}
        countries.create(by_hand)
        (change,) = countries._end_missing(codes)
        self.assertEqual((change.kind, change.code), ("ended", "AUT"))
        self.assertEqual(self.code("AUT").valid_until, self.day(-1))
        self.assertTrue(self.code("AUT").active, "guests of former stays refer to it")
        for code in ("CZE", "QQQ"):
            self.assertFalse(self.code(code).valid_until, "never was in the list")
        self.assertEqual(countries._end_missing(codes), [], "said once")
        (change,) = countries._refresh(
            [entry(kod3="AUT", text_cz="Rakouská republika")]
        )
        self.assertEqual(change.kind, "back")
        self.assertFalse(self.code("AUT").valid_until)


@tagged("post_install", "-at_install")
class TestDocumentCodes(HotelCase):
    """What a document prints leads to the police's own code."""

    PRINTED = {
        "D": "DEU",
        "RKS": "XXK",
        "XKX": "XXK",
        "UNK": "XXK",
        "GBD": "GBR",
        "GBN": "GBR",
        "GBO": "GBR",
        "GBP": "GBR",
        "GBS": "GBR",
        "UK": "GBR",
        "XOM": "XMR",
        "ROM": "ROU",
        "AUT": "AUT",
    }

    def test_a_typed_code_of_a_document_is_offered_first(self):
        for typed, code in self.PRINTED.items():
            with self.subTest(typed):
                for text in (typed, typed.lower(), f" {typed} "):
                    found = self.env["ubyport.country"].name_search(text)
                    self.assertEqual(found[0][0], self.code(code).id)
        names = [name for _id, name in self.env["ubyport.country"].name_search("D")]
        self.assertGreater(len(names), 5, "the others are offered, too")
        self.assertEqual(len(names), len(set(names)))

    def test_an_imported_code_of_a_document_finds_the_police_code(self):
        folio = self.make_folio()
        for printed, code in self.PRINTED.items():
            with self.subTest(printed):
                result = self.env["hotel.folio.guest"].load(
                    ["folio_id/.id", "surname", "nationality_id"],
                    [[str(folio.id), f"Guest {printed}", printed]],
                )
                self.assertFalse(result["messages"])
                guest = self.env["hotel.folio.guest"].browse(result["ids"])
                self.assertEqual(guest.nationality_id, self.code(code))

    def test_a_code_that_does_not_tell_is_not_guessed(self):
        countries = self.env["ubyport.country"]
        for unclear in ("XXX", "EUE", "", "QQQ", False):
            with self.subTest(unclear):
                self.assertFalse(countries._of_printed(unclear))

    def test_the_caller_s_own_condition_is_kept(self):
        countries = self.env["ubyport.country"]
        found = countries.name_search("D", [("code", "!=", "DEU")])
        self.assertNotIn(self.code("DEU").id, dict(found))
        self.assertEqual(len(countries.name_search("D", limit=3)), 3)


@tagged("post_install", "-at_install")
class TestRefresh(PoliceCase):
    """What changed in which refresh, and what no refresh may do."""

    def refresh(self, **lists):
        """Let the service tell changed lists and read them; return the new note."""
        self.police.tell(lists=lists)
        before = self.facility.message_ids
        self.facility.with_user(self.manager).action_refresh_lists()
        return (self.facility.message_ids - before).body

    def snapshot(self):
        fields_read = ["code", "name_cs", "valid_until", "active"]
        return {
            model: self.env[model]
            .with_context(active_test=False)
            .search_read([], fields_read)
            for model in LISTS
        }

    def test_a_refresh_without_changes_leaves_no_note(self):
        self.refresh()
        self.assertFalse(self.refresh())

    def test_new_changed_and_ended_codes_are_noted_with_their_day(self):
        self.refresh()
        note = self.refresh(
            Staty={
                "rows": [
                    {"Kod3": "QQQ", "TextCZ": "Nový stát"},
                    {"Kod3": "DEU", "TextCZ": "Německo"},
                    {
                        "Kod3": "FRA",
                        "TextCZ": "Francouzská republika",
                        "PlatiDo": "2026-10-31T00:00:00",
                    },
                ],
                "without": ["AUT"],
            },
            Chyby={
                "rows": [
                    {"Kod2": "ERR_CZE_888", "Kod3": "Nová", "TextKratkyCZ": "4"},
                    {"Kod2": "ERR_CZE_112", "Kod3": "Pozdě", "TextKratkyCZ": "1"},
                ]
            },
        )
        self.assertRegex(note, r"New: .*ERR_CZE_888 Nová.*QQQ Nový stát")
        self.assertRegex(note, r"Changed: .*ERR_CZE_112 Pozdě.*DEU Německo")
        self.assertRegex(note, r"Ended: .*FRA .*AUT |Ended: .*AUT .*FRA ")
        self.assertEqual(self.code("QQQ").changed_on, self.today())
        self.assertFalse(self.code("ITA").changed_on)
        self.assertEqual(self.code("FRA").valid_until, date(2026, 10, 31))
        error = self.env["ubyport.error"].search([("number", "=", 888)])
        self.assertEqual(error.severity, "4")

    def test_a_list_that_cannot_be_whole_changes_nothing_at_all(self):
        self.refresh()
        before = self.snapshot()
        read = self.facility.lists_refreshed_at
        for kind, change in (
            ("Staty", {"first": 3}),
            ("UcelyPobytu", {"first": 3}),
            ("Chyby", {"first": 3}),
            ("Staty", {"first": 0}),
            ("Staty", {"without": [c["code"] for c in before["ubyport.country"][:60]]}),
        ):
            # Another list would have news, which are not taken either.
            news = {"rows": [{"Kod2": "88", "TextCZ": "88 - NOVÝ"}]}
            with self.subTest(kind, change=change), self.assertRaises(UserError):
                self.refresh(**{"UcelyPobytu": news} | {kind: change})
            self.assertEqual(self.snapshot(), before)
            self.assertEqual(self.facility.lists_refreshed_at, read)
            self.police.reset()

    def test_severities_that_became_unreadable_are_not_taken_over(self):
        self.refresh()
        with soap.UbyportClient(self.facility.endpoint, LOGIN, PASSWORD) as client:
            codes = [row.kod2 for row in client.code_list("Chyby")]
        rows = [{"Kod2": code, "Kod3": "X", "TextKratkyCZ": "?"} for code in codes]
        before = self.env["ubyport.error"]._engine_severities()
        with self.assertRaises(UserError):
            self.refresh(Chyby={"rows": rows})
        self.assertEqual(self.env["ubyport.error"]._engine_severities(), before)

    def test_a_broken_list_stops_no_report(self):
        self.police.tell(lists={"Staty": {"first": 3}})
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "reported")
        self.assertFalse(self.facility.lists_refreshed_at)

    def test_old_lists_which_cannot_be_read_stop_no_report(self):
        self.refresh()
        for number, (fault, change) in enumerate(
            (
                (None, {"Staty": {"first": 3}}),
                ("DejMiCiselnik", {}),
                ("MaximalniDelkaSeznamu", {}),
            )
        ):
            with self.subTest(fault, change=change):
                self.police.reset()
                self.police.tell(lists=change)
                if fault:
                    self.police.fault("fault", method=fault, times=None)
                self.facility.lists_refreshed_at -= timedelta(days=26)
                self.facility.lists_try_at = False
                self.run_sender()
                guest = self.make_guests(f"Alfa{'abc'[number]}")
                self.send(guest)
                self.assertEqual(guest.report_state, "reported")
                self.assertEqual(self.facility.service_state, "ok")

    def test_lists_which_cannot_be_read_are_asked_for_again_after_an_hour(self):
        self.refresh()
        self.police.reset()
        self.police.fault("fault", method="DejMiCiselnik", times=None)
        self.facility.lists_refreshed_at -= timedelta(days=26)
        for _time in range(3):
            self.run_sender()
        self.assertEqual(self.police.called("DejMiCiselnik"), 1)
        self.police.heal()
        self.facility.lists_try_at -= timedelta(hours=1)
        self.run_sender()
        self.assertLess(fields.Datetime.now() - self.facility.lists_refreshed_at, HOUR)

    def test_a_meaning_learned_later_settles_the_guests_who_waited_for_it(self):
        self.police.fault("unknown_code", code=778)
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "unknown")
        row = entry(kod2="ERR_CZE_778", kod3="Poznámka", text_short_cz="0")
        self.env["ubyport.error"]._refresh([row])
        self.run_sender()
        self.assertEqual(guest.report_state, "reported")
        self.assertEqual(guest.line_ids.report_id.state, "accepted")
        self.assertEqual(len(self.police.records()), 1)

    def test_an_unknown_answer_is_shown_and_is_no_success(self):
        self.police.fault("unknown_code", code=778)
        guest = self.make_guests("Alfa")
        self.send(guest)
        self.assertEqual(guest.report_state, "unknown")
        self.assertIn("778", guest.report_reason)
        self.assertFalse(guest.reported_at)

    def test_the_sender_ends_a_nationality_and_holds_its_guests_back(self):
        self.send(self.make_guests("Alfa"))
        day = self.today() - timedelta(days=1)
        row = {"Kod3": "DEU", "TextCZ": "Německo", "PlatiDo": f"{day}T00:00:00"}
        self.police.tell(lists={"Staty": {"rows": [row]}})
        self.facility.lists_refreshed_at -= timedelta(days=26)
        guest = self.make_guests("Beta")
        self.send(guest)
        self.assertEqual(guest.report_state, "incomplete")
        self.assertEqual(self.surnames_received(), ["Alfa"])

    def test_old_lists_are_read_although_another_facility_cannot(self):
        old = fields.Datetime.now() - timedelta(days=26)
        other = self.env["ubyport.facility"].create(
            HOTEL | {"name": "A First", "idub": "555555555555", "login": False}
        )
        (self.facility | other).lists_refreshed_at = old
        self.run_sender()
        self.assertGreater(self.facility.lists_refreshed_at, old)
