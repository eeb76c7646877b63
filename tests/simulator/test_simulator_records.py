# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is wrong with one guest: every rule with its code."""

import pytest
from simulator_caller import guest

FINE = ";"
ARRIVAL, DEPARTURE, SURNAME, FIRST_NAME, BIRTH, DOCUMENT = (
    f";{code};" for code in range(101, 107)
)
NATIONALITY, VISA, RESIDENCE, PURPOSE, NOTE = (f";{code};" for code in range(107, 112))


def test_an_ordinary_guest_has_no_code(caller):
    assert caller.codes() == FINE


def test_the_guest_of_the_official_sample_gets_the_official_codes(caller):
    codes = caller.codes(
        cDate="01.01.1911",
        cDocN="aaa",
        cFirstN="NIL",
        cFrom="2016-04-27T09:28:00",
        cResi="Praha",
        cSurN="NIL",
        cUntil="2016-04-28T09:28:00",
    )
    assert codes == ";112;106;"


def test_an_old_sample_answer_with_header_codes_has_a_confirmation(caller):
    answer = caller.report(guest(), uOkr="x", uOb="x")
    assert (answer.header, answer.records) == ("7;8;", [";"])
    assert answer.receipt


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-11-20", FINE),
        ("2026-11-21", ARRIVAL),
        ("2027-11-20", ARRIVAL),
        ("1999-12-31", ARRIVAL),
        ("2026-09-25", ";112;"),
        ("2000-01-01", ";112;"),
    ],
)
def test_an_arrival_must_not_be_in_the_future(caller, day, codes):
    changes = {"cFrom": f"{day}T00:00:00", "cUntil": "2028-01-01T00:00:00"}
    assert caller.codes(**changes, cDate="01011980") == codes


def test_an_arrival_later_on_the_same_day_is_not_in_the_future(caller):
    assert caller.codes(cFrom="2026-11-20T23:59:59") == FINE


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-11-20T00:00:00", FINE),
        ("2026-11-19T00:00:00", DEPARTURE),
        ("2026-11-19T23:00:00", DEPARTURE),
        ("2026-11-18T00:00:00", DEPARTURE),
        ("2029-11-19T00:00:00", FINE),
        (None, DEPARTURE),
    ],
)
def test_a_departure_is_a_later_day_than_the_arrival(caller, day, codes):
    assert caller.codes(cUntil=day) == codes


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Vzorková", FINE),
        ("VZORKOVÁ", FINE),
        ("O'Test-Nová", FINE),
        ("von der Zkouška", FINE),
        ("Łękoß", FINE),
        ("X" * 50, FINE),
        ("X" * 51, SURNAME),
        ("X" * 200, SURNAME),
        ("", SURNAME),
        ("NIL", SURNAME),
        (" ", SURNAME),
        ("-", SURNAME),
        ("Test2", SURNAME),
        ("Test, Ing.", SURNAME),
        ("Test|Nová", SURNAME),
        ("Test\nNová", SURNAME),
        ("Примеров", SURNAME),
        ("😀", SURNAME),
    ],
)
def test_a_surname_is_letters_and_not_too_many(caller, name, codes):
    assert caller.codes(cSurN=name) == codes


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("", FINE),
        ("NIL", FINE),
        (None, FINE),
        ("Anna-Marie", FINE),
        ("X" * 24, FINE),
        ("X" * 25, FIRST_NAME),
        ("An.", FIRST_NAME),
        ("4nna", FIRST_NAME),
    ],
)
def test_a_first_name_may_be_empty_but_not_odd(caller, name, codes):
    assert caller.codes(cFirstN=name) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("29021984", FINE),
        ("01.01.1984", FINE),
        ("00001984", FINE),
        ("00051984", FINE),
        ("00311984", FINE),
        ("01011900", FINE),
        ("19112026", FINE),
        ("00002026", FINE),
        ("29021983", BIRTH),
        ("31041984", BIRTH),
        ("00321984", BIRTH),
        ("01001984", BIRTH),
        ("31121899", BIRTH),
        ("00001899", BIRTH),
        ("20112026", BIRTH),
        ("00002027", BIRTH),
        ("010184", BIRTH),
        ("1984-01-01", BIRTH),
        ("1.1.1984", BIRTH),
        ("01/01/1984", BIRTH),
        ("01 01 1984", BIRTH),
        ("", BIRTH),
        ("NIL", BIRTH),
        (None, BIRTH),
    ],
)
def test_a_birth_date_is_eight_digits_of_a_real_day(caller, text, codes):
    assert caller.codes(cDate=text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DEU", FINE),
        ("XXA", FINE),
        ("XXK", FINE),
        ("D", NATIONALITY),
        ("DE", NATIONALITY),
        ("deu", NATIONALITY),
        ("CZE", NATIONALITY),
        ("XKX", NATIONALITY),
        ("XXX", NATIONALITY),
        ("", NATIONALITY),
        ("NIL", NATIONALITY),
    ],
)
def test_a_nationality_is_a_three_letter_code_of_the_list(caller, text, codes):
    assert caller.codes(cNati=text, cResi="") == codes


def test_the_two_letter_code_of_the_list_is_no_nationality(caller):
    two = next(r["Kod2"] for r in caller.code_list("Staty") if r["Kod3"] == "DEU")
    assert caller.codes(cNati=two) == NATIONALITY


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("A123", FINE),
        ("12345", FINE),
        ("P" * 30, FINE),
        ("A12", DOCUMENT),
        ("P" * 31, DOCUMENT),
        ("", DOCUMENT),
        ("NIL", DOCUMENT),
        (None, DOCUMENT),
        ("pas 123", DOCUMENT),
        ("PAS 123", DOCUMENT),
        ("ab123456", DOCUMENT),
        ("AB-123456", DOCUMENT),
        ("AB123456 ", DOCUMENT),
        ("ČD123456", DOCUMENT),
        ("PASSPORT", DOCUMENT),
        ("１２３４５６", DOCUMENT),
    ],
)
def test_a_document_number_is_capitals_and_digits(caller, number, codes):
    assert caller.codes(cDocN=number) == codes


@pytest.mark.parametrize("word", ["INPASS", "NONE"])
@pytest.mark.parametrize(
    ("note", "codes"),
    [("PA7654321", FINE), ("", DOCUMENT), ("  ", DOCUMENT), ("NIL", DOCUMENT)],
)
def test_a_guest_without_a_document_needs_a_note(caller, word, note, codes):
    assert caller.codes(cDocN=word, cNote=note) == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("", FINE),
        ("NIL", FINE),
        (None, FINE),
        ("CZE123456", FINE),
        ("BIOMETRIKA", FINE),
        ("9" * 15, FINE),
        ("9" * 16, VISA),
        ("CZE 123456", VISA),
        ("cze123456", VISA),
        ("-", VISA),
    ],
)
def test_a_visa_is_empty_or_up_to_15_capitals_and_digits(caller, number, codes):
    assert caller.codes(cVisN=number) == codes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NIL",
        "SVK-Slovenská republika",
        "SVK-Slovensko",
        "Košice, SVK-Slovenská republika",
        "Skúšobná 5/A, Košice, SVK-Slovenská republika",
        "x" * 42 + ", " + "y" * 42 + ", SVK-Slovensko",
        "Kralendijk, BES-Bonaire, Svatý Eustach a Saba",
        "BES-Bonaire, Svatý Eustach a Saba",
        "SHN-Svatá Helena,Ascension a Tristan da Cunha",
        "XXA-Bez státní příslušnosti - dle OSN",
        "Main Street 1, Hong Kong,"
        " HKG-Zvláštní administrativní oblast Čínské lidové rep. Hongkong",
    ],
)
def test_a_residence_is_street_city_and_country_from_the_right(caller, text):
    assert caller.codes(cResi=text) == FINE


@pytest.mark.parametrize(
    "text",
    [
        "Košice",
        "Skúšobná 5, Košice",
        "Skúšobná 5, Košice, SVK",
        "Skúšobná 5, Košice, Slovenská republika",
        "Skúšobná 5, Košice, SVK-Slovakia",
        "Skúšobná 5, Košice, SVK - Slovenská republika",
        "Skúšobná 5, Košice,SVK-Slovenská republika",
        "SVK-Slovenská republika, Košice, Skúšobná 5",
        "dům, Skúšobná 5, Košice, SVK-Slovenská republika",
        "5, Košice, SVK-Slovenská republika",
        "Skúšobná 5, 04001, SVK-Slovenská republika",
        ", Košice, SVK-Slovenská republika",
        ", SVK-Slovenská republika",
        "Praha, CZE-Česká republika",
        "Košice, SK-Slovenská republika",
        "Košice, XKX-Kosovo",
        "Skúšobná 5|6, Košice, SVK-Slovenská republika",
        "Skúšobná 5\nKošice, SVK-Slovenská republika",
        "Skúšobná *5*, Košice, SVK-Slovenská republika",
        "x" * 43 + ", SVK-Slovenská republika",
        "x" * 42 + ", " + "y" * 42 + ", UMI-Menší odlehlé ostrovy USA" + "z" * 20,
        "-",
    ],
)
def test_a_malformed_residence_refuses_the_whole_record(caller, text):
    assert caller.codes(cResi=text) == RESIDENCE


def test_a_residence_has_at_most_128_letters(caller):
    country = "GBR-Spojené království Velké Británie a Severního Irska"
    street = "x" * 38
    assert caller.codes(cResi=f"{street}, {'y' * 31}, {country}") == FINE
    assert len(f"{street}, {'y' * 31}, {country}") == 128
    assert caller.codes(cResi=f"{street}, {'y' * 32}, {country}") == RESIDENCE


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("0", FINE),
        ("13", FINE),
        ("38", FINE),
        ("52", FINE),
        ("99", FINE),
        ("8", PURPOSE),
        ("20", PURPOSE),
        ("100", PURPOSE),
        ("-1", PURPOSE),
    ],
)
def test_a_purpose_is_one_of_the_list(caller, number, codes):
    assert caller.codes(cPurp=number) == codes


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("NIL", FINE),
        ("volný text: 1 + 1 = 2 (ano?) *", FINE),
        ("x" * 255, FINE),
        ("x" * 256, NOTE),
        ("a|b", NOTE),
        ("a\nb", NOTE),
        ("a\\b", FINE),
    ],
)
def test_a_note_is_free_but_for_bars_and_line_breaks(caller, note, codes):
    assert caller.codes(cNote=note) == codes


@pytest.mark.parametrize(("name", "length"), [("cPlac", 300), ("cSpz", 300)])
def test_members_that_the_police_do_not_use_are_not_checked(
    caller, control, name, length
):
    assert caller.codes(**{name: "?" * length}) == FINE
    assert control.records()[0]["fields"][name] == "?" * length


def test_the_check_of_a_record_ends_at_its_first_refusal(caller):
    assert caller.codes(cDocN="x", cSurN="", cNati="D") == DOCUMENT
    assert caller.codes(cSurN="", cNati="D") == SURNAME
    assert caller.codes(cFrom="2026-12-01T00:00:00", cDocN="x") == ARRIVAL


def test_a_bad_guest_does_not_hinder_the_others(caller, control):
    answer = caller.report(
        guest(cSurN="První"),
        guest(cSurN="Druhá", cDocN="pas 123"),
        guest(cSurN="Třetí", cFrom="2026-11-02T00:00:00"),
        guest(cSurN="Čtvrtá", cNati="D"),
    )
    assert answer.records == [";", ";106;", ";112;", ";107;"]
    verdicts = [record["verdict"] for record in control.records()]
    assert verdicts == ["accepted", "refused", "accepted", "refused"]


def test_a_refused_guest_can_be_corrected_and_sent_alone(caller):
    assert caller.codes(cDocN="pas 123") == DOCUMENT
    assert caller.codes() == FINE


def test_all_members_are_kept_letter_by_letter(caller, control):
    sent = {
        "cDate": "05.03.1984",
        "cDocN": "PA7654321",
        "cFirstN": "  Anna ",
        "cFrom": "2026-11-19T14:05:06",
        "cNati": "SVK",
        "cNote": "Źdźbło – pomlčka",
        "cPlac": "Kdesi",
        "cPurp": "01",
        "cResi": "Košice, SVK-Slovenská republika",
        "cSpz": "1A2 3456",
        "cSurN": "Timișoara",
        "cUntil": "2026-11-30T00:00:00",
        "cVisN": "CZE123",
    }
    caller.report(guest(**sent))
    record = control.records()[0]
    assert record["fields"] == sent
    assert record["idub"] == "123456789012"
    assert record["batch"] == 1 and record["position"] == 1
    assert record["stamp"] == control.get("batches")[0]["stamp"]
