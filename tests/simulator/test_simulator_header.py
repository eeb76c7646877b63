# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The facility's data: what is compared, and what interrupts the processing."""

import pytest
from simulator_caller import LIPA, VLTAVA, Caller, fault_of, guest

# In the order of the codes 5 to 13.
COMPARED = [
    "uName",
    "uCont",
    "uOkr",
    "uOb",
    "uObCa",
    "uStr",
    "uHomN",
    "uOriN",
    "uPsc",
]


def test_the_registered_data_have_no_header_code(caller):
    answer = caller.report(guest())
    assert answer.header == ""
    assert answer.error_receipt is None


@pytest.mark.parametrize(("place", "name"), list(enumerate(COMPARED)))
def test_each_difference_has_its_code_and_the_guest_goes_through(caller, place, name):
    answer = caller.report(guest(), **{name: "Jinak"})
    assert answer.header == f"{5 + place};"
    assert answer.records == [";"]
    assert answer.stamp and answer.receipt


def test_codes_of_the_header_come_one_after_the_other_without_zeros(caller):
    nothing = dict.fromkeys(COMPARED)
    answer = caller.report(guest(), **nothing)
    assert answer.header == "5;6;7;8;9;10;11;12;13;"
    assert answer.records == [";"]


def test_a_member_left_out_a_nil_and_an_empty_one_differ_alike(caller):
    for value in (None, "NIL", ""):
        assert caller.report(guest(), uCont=value).header == "6;"


def test_what_is_registered_as_empty_may_be_left_out(pension):
    for value in (None, "NIL", ""):
        assert pension.report(guest(), facility=LIPA, uOriN=value).header == ""
    assert pension.report(guest(), facility=LIPA, uOriN="1").header == "12;"


def test_blanks_around_a_value_make_no_difference_but_letters_do(caller):
    assert caller.report(guest(), uOb=" Praha ").header == ""
    assert caller.report(guest(), uOb="PRAHA").header == "8;"
    assert caller.report(guest(), uStr="Zkusebni").header == "10;"


def test_newer_header_codes_can_be_switched_on(caller, control):
    control.post("options", new_header_codes=True)
    answer = caller.report(guest(), uOkr="Brno", uPsc="60200")
    assert answer.header == "207;213;"
    assert answer.records == [";"]


@pytest.mark.parametrize(
    ("changes", "header"),
    [
        ({"uIdub": "999999999999"}, "2;"),
        ({"uIdub": ""}, "2;"),
        ({"uIdub": None}, "2;"),
        ({"uIdub": "NIL"}, "2;"),
        ({"uIdub": "12345678901"}, "2;"),
        ({"uIdub": LIPA["uIdub"]}, "14;"),
        ({"uMark": "JINAK"}, "3;"),
        ({"uMark": ""}, "3;"),
        ({"uMark": None}, "3;"),
        ({"uMark": "hvlta"}, "3;"),
        ({"uMark": LIPA["uMark"]}, "3;"),
    ],
)
def test_bad_mandatory_data_interrupt_the_processing(caller, control, changes, header):
    answer = caller.report(guest(), guest(cSurN="Druhá"), **changes)
    assert answer.header == header
    assert answer.records == []
    assert answer.stamp is None
    assert answer.receipt is None and answer.error_receipt is None
    assert control.records() == []


def test_the_codes_that_interrupt_are_severe(caller):
    rows = {row["Kod2"]: row for row in caller.code_list("Chyby")}
    for number in (2, 3, 4, 14):
        assert int(rows[f"ERR_CZE_{number:03}"]["TextKratkyCZ"]) >= 4


def test_an_interrupted_batch_is_shown_but_holds_nobody(caller, control):
    caller.report(guest(), uMark="JINAK")
    batch = control.get("batches")[0]
    assert batch["interrupted"] is True
    assert batch["sent"] == 0
    assert batch["header"]["uMark"] == "JINAK"
    assert batch["header_codes"] == [3]


def test_an_empty_list_of_guests_interrupts_the_processing(caller):
    answer = caller.report()
    assert answer.header == "4;"
    assert answer.records == []
    assert answer.stamp is None


def test_an_interrupted_batch_leaves_no_duplicate_behind(caller):
    caller.report(guest(), uMark="JINAK")
    assert caller.report(guest()).records == [";"]


def test_32_guests_are_taken(caller, control):
    many = [guest(cDocN=f"PA{number:05}") for number in range(32)]
    answer = caller.report(*many)
    assert answer.records == [";"] * 32
    assert len(control.records()) == 32


def test_33_guests_are_an_error_and_nobody_is_inserted(caller, control):
    many = [guest(cDocN=f"PA{number:05}") for number in range(33)]
    response = caller.raw_report(*many)
    assert response.status_code == 500
    code, text = fault_of(response)
    assert code == "s:Chyba běhu programu"
    assert text.startswith("Server was unable to process request. --->")
    assert "32" in text
    assert control.records() == []
    assert control.get("batches") == []


def test_the_longest_list_can_be_set_lower(caller, control):
    control.post("options", max_batch=2)
    assert ">2<" in caller.call("MaximalniDelkaSeznamu").text
    assert caller.raw_report(guest(), guest(), guest()).status_code == 500
    assert caller.raw_report(guest(), guest(cSurN="Druhá")).status_code == 200


def test_each_facility_reports_for_itself(caller, pension, control):
    assert caller.report(guest()).records == [";"]
    assert pension.report(guest(), facility=LIPA).records == [";"]
    assert len(control.records(idub=VLTAVA["uIdub"])) == 1
    assert len(control.records(idub=LIPA["uIdub"])) == 1


def test_test_and_production_behave_alike_and_are_kept_apart(police, control):
    for path in ("/ws_uby/ws_uby.svc", "/ws_uby_test/ws_uby.svc"):
        assert Caller(police.url, path=path).report(guest()).records == [";"]
    environments = [record["environment"] for record in control.records()]
    assert environments == ["production", "test"]
