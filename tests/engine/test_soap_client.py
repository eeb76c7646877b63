# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The client against a police with real HTTP and real NTLM: when all goes well."""

import threading
from datetime import date, datetime

import pytest
from engine_guests import COUNTRIES, HOTEL, guest, hotel
from engine_police import DATA, METHODS, PDF, client, police, reply, report, result
from lxml import etree

from ubyport.exceptions import AccessDenied, DataError
from ubyport.records import WireGuest
from ubyport.wire import to_wire

HEADER_ORDER = (
    "Ubytovani VracetPDF uCont uHomN uIdub uMark uName uOb uObCa uOkr uOriN uPsc uStr"
).split()
RECORD_ORDER = (
    "cDate cDocN cFirstN cFrom cNati cNote cPlac cPurp cResi cSpz cSurN cUntil cVisN"
).split()
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def wire(**changes):
    return to_wire(guest(**changes), COUNTRIES)


def answered(body, ask, **options):
    """What the client makes of an answer, and the police that gave it."""
    with police(reply(body), ntlm=True) as server:
        with client(server, **options) as speaker:
            return ask(speaker), server


def sent_by(ask, body):
    """The parsed message that the police received."""
    server = answered(body, ask)[1]
    return etree.fromstring(server.received[-1])


def reported(facility=HOTEL, guests=None, with_pdf=True):
    guests = [wire()] if guests is None else guests
    body = report(*[";"] * len(guests))
    return sent_by(lambda c: c.report(facility, guests, with_pdf=with_pdf), body)


def names(parent):
    return [etree.QName(child).localname for child in parent]


def namespaces(parent):
    return {etree.QName(child).namespace for child in parent}


def seznam(root):
    return root.find(f".//{{{METHODS}}}Seznam")


def first_record(root):
    return root.find(f".//{{{DATA}}}Ubytovany")


# Authentication


def test_the_account_of_the_police_s_domain_is_proved_by_ntlm():
    body = result("TestDostupnosti", "true")
    available, server = answered(body, lambda c: c.test_availability())
    assert available is True
    assert server.accounts == ["EXRESORTMV\\uby-ws12demo"]


def test_a_domain_typed_before_the_login_is_not_doubled():
    body = result("TestDostupnosti", "true")
    login = "exresortmv\\uby-ws12demo"
    server = answered(body, lambda c: c.test_availability(), login=login)[1]
    assert server.accounts == ["EXRESORTMV\\uby-ws12demo"]


def test_the_handshake_is_done_once_for_all_batches_of_a_session():
    with police(reply(report(";")), ntlm=True) as server, client(server) as speaker:
        for _ in range(5):
            speaker.report(HOTEL, [wire()])
    assert len(server.received) == 5
    assert len(server.accounts) == 1
    assert server.connections == 1
    # Two steps of the handshake, then one request for each batch.
    assert len(server.legs) == 2 + 5


def test_a_wrong_password_stops_at_once_and_nothing_is_received():
    with police(reply(report(";")), ntlm=True) as server:
        with client(server, password="Spatne2026") as speaker:
            with pytest.raises(AccessDenied) as caught:
                speaker.report(HOTEL, [wire()])
    assert caught.value.code == "unauthorized"
    assert server.received == []
    assert len(server.legs) == 3


def test_a_wrong_password_leaks_nowhere():
    with police(reply(), ntlm=True) as server:
        with client(server, password="Spatne2026") as speaker:
            with pytest.raises(AccessDenied) as caught:
                speaker.test_availability()
    error = caught.value
    assert error.__cause__ is None and error.__context__ is None
    assert "Spatne2026" not in repr(vars(error)) + repr(speaker) + str(error)
    assert b"NTLM" not in error.request_xml


def test_a_proxy_of_the_environment_is_not_asked_for_the_own_machine(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    body = result("TestDostupnosti", "true")
    assert answered(body, lambda c: c.test_availability())[0] is True


# The message


def test_the_members_of_the_report_stand_in_the_order_that_the_service_reads():
    assert names(seznam(reported())) == HEADER_ORDER


def test_the_members_of_a_guest_stand_in_the_order_that_the_service_reads():
    assert names(first_record(reported())) == RECORD_ORDER


def test_the_list_is_in_the_namespace_of_methods_and_all_inside_in_that_of_data():
    root = reported()
    call = seznam(root).getparent()
    assert names(call) == ["AutentificationCode", "Seznam"]
    assert namespaces(call) == {METHODS}
    assert namespaces(seznam(root)) == {DATA}
    assert namespaces(seznam(root)[0]) == {DATA}
    assert namespaces(first_record(root)) == {DATA}


def test_every_call_carries_the_authentication_code_that_nobody_reads():
    root = reported()
    assert root.findtext(f".//{{{METHODS}}}AutentificationCode") == "X"


def test_the_members_of_a_guest_hold_what_the_wire_prepared():
    root = reported(guests=[wire(note="první & <druhý>", purpose="01")])
    texts = {etree.QName(e).localname: e.text or "" for e in first_record(root)}
    assert texts == {
        "cDate": "29021984",
        "cDocN": "C01X00T47",
        "cFirstN": "Anna",
        "cFrom": "2026-11-19T00:00:00",
        "cNati": "DEU",
        "cNote": "první & <druhý>",
        "cPlac": "",
        "cPurp": "1",
        "cResi": "Beispielweg 7, Musterstadt, DEU-Spolková republika Německo",
        "cSpz": "",
        "cSurN": "Zkušební",
        "cUntil": "2026-11-23T00:00:00",
        "cVisN": "",
    }


def test_stay_dates_have_no_zone_that_could_move_them():
    stay = {"arrival_date": date(2026, 3, 29), "departure_date": date(2026, 10, 25)}
    record = first_record(reported(guests=[wire(**stay)]))
    texts = [record.findtext(f"{{{DATA}}}{name}") for name in ("cFrom", "cUntil")]
    assert [datetime.fromisoformat(text).tzinfo for text in texts] == [None, None]
    assert texts == ["2026-03-29T00:00:00", "2026-10-25T00:00:00"]


def test_an_empty_text_of_a_guest_is_empty_and_only_unused_members_are_nil():
    record = first_record(reported(guests=[wire(first_name="")]))
    assert [names([e])[0] for e in record if e.get(NIL)] == ["cPlac", "cSpz"]


def test_an_empty_text_of_the_facility_is_nil():
    root = reported(hotel(orientation_number="", municipality_part=""))
    nil = [names([e])[0] for e in seznam(root) if e.get(NIL) == "true"]
    assert nil == ["uObCa", "uOriN"]


def test_the_members_of_the_facility_hold_its_registered_data():
    root = reported(hotel(zip="110 00"))
    texts = {names([e])[0]: e.text for e in seznam(root)[1:]}
    assert texts == {
        "VracetPDF": "true",
        "uCont": "Jana Vzorová, tel: +420 601 123 456",
        "uHomN": "12",
        "uIdub": "123456789012",
        "uMark": "HVLTA",
        "uName": "Hotel Vltava",
        "uOb": "Praha",
        "uObCa": "Nové Město",
        "uOkr": "Praha",
        "uOriN": "6",
        "uPsc": "11000",
        "uStr": "Zkušební",
    }


def test_the_pdf_can_be_declined():
    root = reported(with_pdf=False)
    assert seznam(root).findtext(f"{{{DATA}}}VracetPDF") == "false"


def test_guests_leave_in_the_order_given():
    guests = [wire(surname=name) for name in ("Prvni", "Druhy", "Treti")]
    root = reported(guests=guests)
    found = [e.text for e in root.iter(f"{{{DATA}}}cSurN")]
    assert found == ["Prvni", "Druhy", "Treti"]


def test_the_action_and_the_content_type_are_those_of_soap_1_1():
    server = answered(report(";"), lambda c: c.report(HOTEL, [wire()]))[1]
    assert server.actions == ['"http://UBY.pcr.cz/WS_UBY/IWS_UBY/ZapisUbytovane"']
    assert {leg["Content-Type"] for leg in server.legs} == {"text/xml; charset=utf-8"}


def test_the_message_kept_is_the_message_sent():
    answer, server = answered(report(";"), lambda c: c.report(HOTEL, [wire()]))
    assert answer.request_xml == server.received[-1]
    assert answer.response_xml == report(";")


def test_a_text_that_xml_cannot_carry_stops_before_anything_is_sent():
    bad = WireGuest(**{**{f: getattr(wire(), f) for f in WireGuest.__slots__}})
    object.__setattr__(bad, "note", "a\x01b")
    with police(reply(report(";")), ntlm=True) as server, client(server) as speaker:
        with pytest.raises(DataError):
            speaker.report(HOTEL, [bad])
        with pytest.raises(DataError) as caught:
            speaker.report(hotel(mark=""), [wire()])
    assert caught.value.field == "mark"
    assert server.legs == []


def test_a_report_of_nobody_is_a_mistake_of_the_caller():
    with police(reply()) as server, client(server) as speaker:
        with pytest.raises(ValueError):
            speaker.report(HOTEL, [])
    assert server.legs == []


# The answers


def test_an_answer_gives_codes_stamp_and_receipt():
    body = report(";", ";112;106;", header="5;6;207;", stamp="9A-stamp")
    answer = answered(body, lambda c: c.report(HOTEL, [wire()] * 2))[0]
    assert answer.header_codes == (5, 6, 207)
    assert answer.record_codes == ((), (112, 106))
    assert answer.stamp == "9A-stamp"
    assert answer.receipt == PDF
    assert answer.receipt_problem == ""
    assert answer.error_receipt is None


def test_both_documents_are_kept_apart():
    body = report(";", receipt=PDF + b"1", errors=PDF + b"2")
    answer = answered(body, lambda c: c.report(HOTEL, [wire()]))[0]
    assert (answer.receipt, answer.error_receipt) == (PDF + b"1", PDF + b"2")


def test_the_service_may_be_there_and_yet_not_work():
    body = result("TestDostupnosti", "false")
    assert answered(body, lambda c: c.test_availability())[0] is False


def test_the_longest_batch_is_a_number():
    body = result("MaximalniDelkaSeznamu", "32")
    assert answered(body, lambda c: c.max_batch())[0] == 32


def row(**texts):
    members = "".join(f"<a:{name}>{text}</a:{name}>" for name, text in texts.items())
    return f"<a:CiselnikType>{members}</a:CiselnikType>"


def test_a_code_list_is_read_with_all_its_columns():
    body = result(
        "DejMiCiselnik",
        row(
            Id="7",
            Kod2="DE",
            Kod3="DEU",
            PlatiDo="2027-12-31T00:00:00",
            PlatiOd="0001-01-01T00:00:00",
            TextCZ="Spolková republika Německo",
            TextENG="Germany",
            TextKratkyCZ="Německo",
        )
        + row(Id="0", Kod3="XXK"),
    )
    (germany, kosovo), server = answered(body, lambda c: c.code_list("Staty"))
    assert (germany.id, germany.kod2, germany.kod3) == (7, "DE", "DEU")
    assert germany.text_cz == "Spolková republika Německo"
    assert (germany.text_short_cz, germany.text_en) == ("Německo", "Germany")
    assert (germany.valid_from, germany.valid_to) == (None, date(2027, 12, 31))
    assert (kosovo.kod3, kosovo.text_cz, kosovo.text_short_en) == ("XXK", "", "")
    assert b"CoChci>Staty<" in server.received[-1]


@pytest.mark.parametrize("name", ["Staty", "UcelyPobytu", "Chyby"])
def test_each_of_the_three_lists_can_be_asked_for(name):
    body = result("DejMiCiselnik", row(Kod2="10"))
    server = answered(body, lambda c: c.code_list(name))[1]
    assert f"CoChci>{name}<".encode() in server.received[-1]


def test_another_list_is_a_mistake_of_the_caller():
    with police(reply()) as server, client(server) as speaker:
        with pytest.raises(ValueError):
            speaker.code_list("Ubytovani")
    assert server.legs == []


def test_several_clients_may_work_at_the_same_time():
    answers = []

    def work(server):
        with client(server) as speaker:
            answers.extend(speaker.report(HOTEL, [wire()]) for _ in range(3))

    with police(reply(report(";112;")), ntlm=True) as server:
        threads = [threading.Thread(target=work, args=(server,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert [answer.record_codes for answer in answers] == [((112,),)] * 12
    assert len(server.accounts) == 4
