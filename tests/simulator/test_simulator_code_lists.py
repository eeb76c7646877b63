# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from simulator_caller import CODE, fault_of, guest

COLUMNS = {
    "Id",
    "Kod2",
    "Kod3",
    "PlatiDo",
    "PlatiOd",
    "TextCZ",
    "TextENG",
    "TextKratkyCZ",
    "TextKratkyENG",
}


def by(column, rows):
    return {row[column]: row for row in rows}


@pytest.mark.parametrize("kind", ["Staty", "UcelyPobytu", "Chyby"])
def test_every_row_of_a_list_has_every_column(caller, kind):
    rows = caller.code_list(kind)
    assert rows
    assert all(set(row) == COLUMNS for row in rows)
    assert {row["Id"] for row in rows} == {"0"}
    assert {(row["PlatiOd"], row["PlatiDo"]) for row in rows} == {(None, None)}


def test_columns_come_in_alphabetical_order(caller):
    assert list(caller.code_list("Staty")[0]) == sorted(COLUMNS)


def test_there_are_256_states_each_with_its_own_codes(caller):
    rows = caller.code_list("Staty")
    assert len(by("Kod3", rows)) == len(by("Kod2", rows)) == len(rows) == 256


def test_a_state_has_its_czech_and_english_names(caller):
    germany = by("Kod3", caller.code_list("Staty"))["DEU"]
    assert germany["TextCZ"] == "Spolková republika Německo"
    assert germany["TextKratkyCZ"] == "Německo"
    assert germany["TextENG"] == "Germany"
    assert germany["TextKratkyENG"] == ""


@pytest.mark.parametrize("code", ["XXA", "XXB", "XXC", "XXK", "UNO", "XGG", "YUG"])
def test_the_codes_of_the_police_are_in_the_list(caller, code):
    assert code in by("Kod3", caller.code_list("Staty"))


@pytest.mark.parametrize("code", ["CZE", "ATA", "XKX", "RKS", "D", "XXX", "GBD"])
def test_czechs_and_foreign_spellings_are_not_in_the_list(caller, code):
    assert code not in by("Kod3", caller.code_list("Staty"))


@pytest.mark.parametrize(
    ("two", "three"), [("SK", "KNA"), ("SI", "SLB"), ("GE", "GNQ")]
)
def test_the_two_letter_code_is_a_trap(caller, two, three):
    assert by("Kod2", caller.code_list("Staty"))[two]["Kod3"] == three


@pytest.mark.parametrize(
    ("two", "three"), [("DE", "DEU"), ("AT", "AUT"), ("PL", "POL"), ("US", "USA")]
)
def test_no_country_has_the_two_letters_of_iso(caller, two, three):
    assert by("Kod3", caller.code_list("Staty"))[three]["Kod2"] != two


def test_purposes_have_two_digits_and_say_so_again_in_the_text(caller):
    rows = by("Kod2", caller.code_list("UcelyPobytu"))
    assert len(rows) == 17
    assert rows["10"]["TextCZ"] == "10 - TURISTIKA"
    assert rows["00"]["TextCZ"] == "00 - ZDRAVOTNÍ"
    assert {"38", "52", "93", "99"} <= set(rows)
    assert {row["Kod3"] for row in rows.values()} == {""}


def test_the_list_of_errors_has_a_layout_of_its_own(caller):
    late = by("Kod2", caller.code_list("Chyby"))["ERR_CZE_112"]
    assert late["Kod3"] == "Oznámeno pozdě"
    assert late["TextKratkyCZ"] == "0"
    assert late["TextENG"] == "INFORMACE"
    assert late["TextKratkyENG"]
    assert late["TextCZ"] == ""


def test_error_codes_have_three_digits_and_a_severity(caller):
    rows = caller.code_list("Chyby")
    assert "ERR_CZE_001" in by("Kod2", rows)
    assert all(len(row["Kod2"]) == len("ERR_CZE_001") for row in rows)
    assert {row["TextKratkyCZ"] for row in rows} <= set("012456")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ERR_CZE_101", "Nekorektní datum ubytování od"),
        ("ERR_CZE_106", "Nekorektní číslo cestovního dokladu"),
        ("ERR_CZE_007", "Nekorektní název Okres"),
        ("ERR_CZE_207", "Nekorektní název Okres"),
    ],
)
def test_the_texts_that_were_seen_on_the_real_service_are_used(caller, code, text):
    assert by("Kod2", caller.code_list("Chyby"))[code]["Kod3"] == text


def test_differences_of_the_facility_never_refuse(caller):
    rows = by("Kod2", caller.code_list("Chyby"))
    numbers = [*range(5, 14), *range(205, 214)]
    assert all(int(rows[f"ERR_CZE_{n:03}"]["TextKratkyCZ"]) <= 2 for n in numbers)


def test_a_duplicate_has_the_severity_of_a_refusal_unless_switched(caller, control):
    def severity():
        return by("Kod2", caller.code_list("Chyby"))["ERR_CZE_150"]["TextKratkyCZ"]

    assert severity() == "4"
    control.post("options", duplicate_severity=2)
    assert severity() == "2"


def test_every_code_of_an_answer_is_in_the_list(caller):
    known = {int(row["Kod2"][-3:]) for row in caller.code_list("Chyby")}
    answer = caller.report(
        guest(cFrom="2026-11-02T00:00:00"),
        guest(cFrom="2026-11-02T00:00:00"),
        guest(cDocN="pas"),
        guest(cNati="D"),
        uName="Jiné jméno",
    )
    codes = {int(c) for text in [*answer.records, answer.header] for c in _split(text)}
    assert codes == {5, 106, 107, 112, 150}
    assert codes <= known


def _split(text):
    return [code for code in text.split(";") if code]


@pytest.mark.parametrize("kind", ["", "staty", "Staty;", "Obce"])
def test_a_list_that_does_not_exist_is_a_fault(caller, kind):
    response = caller.call("DejMiCiselnik", f"{CODE}<CoChci>{kind}</CoChci>")
    assert response.status_code == 500
    assert fault_of(response)[0] == "a:DeserializationFailed"


def test_a_call_that_names_no_list_is_a_fault(caller):
    assert caller.call("DejMiCiselnik").status_code == 500
