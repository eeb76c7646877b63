# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A WCF data contract is read in order; what is out of order is not there at all."""

import pytest
from simulator_caller import (
    CODE,
    GUEST,
    VLTAVA,
    Answer,
    envelope,
    fault_of,
    guest,
    member,
    seznam,
)


def send(caller, seznam_xml, code=CODE):
    response = caller.call("ZapisUbytovane", code + seznam_xml)
    assert response.status_code == 200, response.text
    return Answer(response)


def facility(**changes):
    header = {**VLTAVA, **changes}
    return "".join(member(name, header[name]) for name in sorted(header))


def in_order(names, **changes):
    values = {**GUEST, **changes}
    members = "".join(member(name, values[name]) for name in names)
    return f"<d:Ubytovany>{members}</d:Ubytovany>"


def moved(name, behind=None):
    """Names of a guest's members with one at the end, or behind another."""
    names = [other for other in sorted(GUEST) if other != name]
    names.insert(len(names) if behind is None else names.index(behind) + 1, name)
    return names


def test_the_pdf_comes_when_it_is_asked_for_in_the_right_place(caller):
    answer = send(caller, seznam([guest()]))
    assert answer.receipt
    assert answer.stamp


def test_a_request_for_the_pdf_at_the_end_is_silently_not_seen(caller):
    body = f"<d:Ubytovani>{guest()}</d:Ubytovani>{facility()}"
    answer = send(caller, f"<Seznam>{body}<d:VracetPDF>true</d:VracetPDF></Seznam>")
    assert answer.records == [";"], "the guest is accepted"
    assert answer.stamp, "a stamp comes back"
    assert answer.receipt is None and answer.error_receipt is None


def test_a_request_for_the_pdf_before_the_guests_hides_the_guests(caller):
    body = f"<d:Ubytovani>{guest()}</d:Ubytovani>{facility()}"
    answer = send(caller, f"<Seznam><d:VracetPDF>true</d:VracetPDF>{body}</Seznam>")
    assert answer.header == "4;"
    assert answer.records == []


def test_guests_after_the_facility_are_not_seen(caller, control):
    body = f"{facility()}<d:Ubytovani>{guest()}</d:Ubytovani>"
    answer = send(caller, f"<Seznam>{body}</Seznam>")
    assert answer.header == "4;"
    assert control.records() == []


def test_a_facility_member_out_of_order_counts_as_different(caller):
    tail = facility(uCont=None) + member("uCont", VLTAVA["uCont"])
    body = f"<d:Ubytovani>{guest()}</d:Ubytovani><d:VracetPDF>true</d:VracetPDF>{tail}"
    assert send(caller, f"<Seznam>{body}</Seznam>").header == "6;"


def test_an_idub_out_of_order_interrupts_the_processing(caller):
    tail = facility(uIdub=None) + member("uIdub", VLTAVA["uIdub"])
    body = f"<d:Ubytovani>{guest()}</d:Ubytovani><d:VracetPDF>true</d:VracetPDF>{tail}"
    assert send(caller, f"<Seznam>{body}</Seznam>").header == "2;"


@pytest.mark.parametrize(
    ("name", "refusing"),
    [
        ("cDate", ";105;"),
        ("cDocN", ";106;"),
        ("cFrom", ";101;"),
        ("cNati", ";107;"),
    ],
)
def test_a_mandatory_member_at_the_end_is_missing(caller, name, refusing):
    answer = send(caller, seznam([in_order(moved(name))]))
    assert answer.records == [refusing]


def test_surname_before_the_purpose_hides_what_should_stand_between(caller, control):
    names = moved("cSurN", behind="cNote")
    answer = send(caller, seznam([in_order(names, cPurp="01")]))
    assert answer.records == [";"]
    fields = control.records()[0]["fields"]
    assert fields["cPurp"] is None, "the purpose came too late"
    assert fields["cResi"] is None, "the residence came too late"
    assert control.records()[0]["printed"]["purpose"] == 99


def test_a_visa_before_the_departure_hides_the_departure(caller):
    names = [n for n in sorted(GUEST) if n != "cUntil"] + ["cUntil"]
    assert send(caller, seznam([in_order(names)])).records == [";102;"]


def test_a_member_in_the_namespace_of_the_method_is_not_seen(caller):
    odd = guest().replace("d:cNati>", "cNati>")
    assert send(caller, seznam([odd])).records == [";107;"]


def test_a_member_without_a_namespace_is_not_seen(caller):
    odd = guest().replace("<d:cNati>", '<cNati xmlns="">').replace("d:cNati>", "cNati>")
    assert send(caller, seznam([odd])).records == [";107;"]


def test_a_list_in_the_data_namespace_is_no_list(caller, control):
    odd = seznam([guest()]).replace("Seznam>", "d:Seznam>")
    answer = send(caller, odd)
    assert answer.header == "2;4;"
    assert control.records() == []


def test_guests_without_their_array_are_not_seen(caller):
    odd = seznam([guest()]).replace("d:Ubytovani>", "d:Hoste>")
    assert send(caller, odd).header == "4;"


def test_unknown_members_do_no_harm(caller, control):
    extra = "<d:cAAA>x</d:cAAA>"
    odd = guest().replace("<d:cNati>", f"{extra}<d:cNati>")
    body = seznam([odd]).replace("<d:uIdub>", "<d:uHost>x</d:uHost><d:uIdub>")
    assert send(caller, body).records == [";"]
    assert "cAAA" not in control.records()[0]["fields"]


def test_the_second_of_two_equal_members_is_not_seen(caller, control):
    twice = guest().replace("<d:cFrom>", "<d:cFirstN>Druha</d:cFirstN><d:cFrom>")
    assert send(caller, seznam([twice])).records == [";"]
    assert control.records()[0]["fields"]["cFirstN"] == "Testa"


def test_a_comment_between_and_inside_members_changes_nothing(caller, control):
    odd = (
        guest()
        .replace("Vzork", "Vzo<!-- a -->rk")
        .replace("<d:cNati>", "<!-- b --><d:cNati>")
    )
    assert send(caller, seznam([odd])).records == [";"]
    assert control.records()[0]["fields"]["cSurN"] == "Vzorková"


def test_the_list_before_the_code_hides_the_code(caller):
    response = caller.call("ZapisUbytovane", seznam([guest()]) + CODE)
    assert response.status_code == 500
    assert "AutentificationCode" in fault_of(response)[1]


@pytest.mark.parametrize(
    ("text", "pdf"),
    [("true", True), ("1", True), (" true ", True), ("false", False), ("0", False)],
)
def test_a_boolean_has_its_four_forms(caller, text, pdf):
    answer = send(caller, seznam([guest()], with_pdf=text))
    assert bool(answer.receipt) is pdf
    assert answer.records == [";"]


@pytest.mark.parametrize("text", ["True", "ano", "", "2", "NIL"])
def test_what_is_no_boolean_is_a_fault(caller, control, text):
    response = caller.raw_report(guest(), with_pdf=text)
    assert response.status_code == 500
    assert fault_of(response)[0] == "a:DeserializationFailed"
    assert control.records() == []


@pytest.mark.parametrize("name", ["cFrom", "cUntil"])
@pytest.mark.parametrize(
    "text",
    [
        "NIL",
        "",
        "2026-11-19",
        "19.11.2026",
        "2026-13-01T00:00:00",
        "2026-02-30T00:00:00",
        "2026-11-19 00:00:00",
        "2026-11-19T25:00:00",
        "2026-11-19T00:00:00+99:00",
        "zítra",
    ],
)
def test_what_is_no_date_time_is_a_fault_for_the_whole_batch(
    caller, control, name, text
):
    response = caller.raw_report(guest(), guest(**{name: text}))
    assert response.status_code == 500
    code, explanation = fault_of(response)
    assert code == "a:DeserializationFailed"
    assert name in explanation
    assert control.records() == []


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-19T00:00:00",
        "2026-11-19T09:28:00",
        "2026-11-19T09:28:00.1234567",
        "2026-11-19T00:00:00+01:00",
        "2026-11-19T00:30:00Z",
    ],
)
def test_the_forms_of_a_date_time_are_read(caller, control, text):
    assert caller.codes(cFrom=text) == ";"
    record = control.records()[0]
    assert record["printed"]["arrival"] == "2026-11-19"
    assert record["fields"]["cFrom"] == text, "kept letter by letter"


def test_a_local_midnight_sent_as_utc_moves_to_the_day_before(caller, control):
    assert caller.codes(cFrom="2026-11-18T23:00:00Z") == ";"
    assert control.records()[0]["printed"]["arrival"] == "2026-11-18"


def test_an_offset_is_turned_into_czech_time(caller, control):
    assert caller.codes(cFrom="2026-11-18T20:00:00-05:00") == ";"
    assert control.records()[0]["printed"]["arrival"] == "2026-11-19"


@pytest.mark.parametrize("text", [None, "NIL"])
def test_no_purpose_is_purpose_99(caller, control, text):
    assert caller.codes(cPurp=text) == ";"
    assert control.records()[0]["printed"]["purpose"] == 99


@pytest.mark.parametrize("text", ["1", "01", " 1 ", "+1"])
def test_the_purpose_is_a_number(caller, control, text):
    assert caller.codes(cPurp=text) == ";"
    assert control.records()[0]["printed"]["purpose"] == 1


@pytest.mark.parametrize("text", ["", "TURISTIKA", "1.0", "99999999999", "2147483648"])
def test_a_purpose_that_is_no_int_is_a_fault(caller, text):
    response = caller.raw_report(guest(cPurp=text))
    assert response.status_code == 500
    assert fault_of(response)[0] == "a:DeserializationFailed"


def test_elements_inside_a_text_are_a_fault(caller):
    odd = guest().replace("Vzorková", "<d:b>Vzorková</d:b>")
    response = caller.raw_report(odd)
    assert fault_of(response)[0] == "a:DeserializationFailed"


def test_nil_and_empty_are_kept_apart(caller, control):
    caller.report(guest(cVisN="NIL"), guest(cVisN="", cSurN="Druhá"))
    nil, empty = control.records()
    assert nil["fields"]["cVisN"] is None
    assert empty["fields"]["cVisN"] == ""


def test_a_missing_list_has_no_facility_and_no_guests(caller):
    response = caller.post("ZapisUbytovane", envelope("ZapisUbytovane", CODE))
    assert Answer(response).header == "2;4;"
