# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When something breaks: whether the batch may have been received decides."""

import base64
import datetime
import ipaddress
import socket
import ssl
import time
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from engine_guests import COUNTRIES, HOTEL, guest
from engine_police import (
    PASSWORD,
    PDF,
    client,
    cut_before_the_answer,
    cut_inside,
    cut_inside_without_length,
    document,
    endless,
    envelope,
    fault,
    hang,
    hang_inside,
    police,
    reply,
    report,
    result,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from ubyport import channel
from ubyport.exceptions import (
    FAILURE_CODES,
    AccessDenied,
    Outage,
    ServiceFault,
    UbyportError,
    UnknownOutcome,
)
from ubyport.records import UNREADABLE_CODE
from ubyport.reply import read_answer, read_result
from ubyport.wire import to_wire

WIRE = to_wire(guest(), COUNTRIES)
ACCEPTED = report(";", stamp="9A-stamp")


def failure_of(address, **options):
    """The exception that a report of one guest ends with."""
    with client(address, **options) as speaker:
        with pytest.raises(UbyportError) as caught:
            speaker.report(HOTEL, [WIRE])
    error = caught.value
    assert type(error) is FAILURE_CODES[error.code]
    assert error.request_xml and b"ZapisUbytovane" in error.request_xml
    assert "Zkušební" not in f"{error} {error.detail}"
    assert error.__cause__ is None
    return error


def failure_when(*acts, ntlm=False, **options):
    with police(*acts, ntlm=ntlm) as server:
        return failure_of(server, **options)


def answer_to(body, guests=1, with_pdf=True):
    with police(reply(body)) as server, client(server) as speaker:
        return speaker.report(HOTEL, [WIRE] * guests, with_pdf=with_pdf)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# Surely not received


def test_a_refused_connection_is_an_outage():
    error = failure_of(f"http://127.0.0.1:{free_port()}/")
    assert (type(error), error.code) == (Outage, "no_connection")
    assert error.response_xml is None


def test_a_name_that_nobody_has_is_an_outage(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    error = failure_of("http://no-such-police.invalid/")
    assert (type(error), error.code) == (Outage, "no_such_host")


def test_a_connection_that_is_never_made_is_an_outage():
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        begin = time.monotonic()
        error = failure_of(
            f"http://127.0.0.1:{full.getsockname()[1]}/", connect_timeout=0.3
        )
        for one in waiting:
            one.close()
    assert (type(error), error.code) == (Outage, "connect_timeout")
    assert time.monotonic() - begin < 3


@contextmanager
def tls_police(tmp_path):
    """A police whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "police")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "police.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with police(reply(ACCEPTED), ntlm=True) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield server, server.address.replace("http:", "https:"), path


def test_a_certificate_that_nobody_vouches_for_is_an_outage(tmp_path):
    with tls_police(tmp_path) as (server, address, _path):
        error = failure_of(address)
    assert (type(error), error.code) == (Outage, "tls")
    assert server.legs == []


def test_over_tls_with_a_trusted_certificate_all_is_well(tmp_path):
    with tls_police(tmp_path) as (server, address, path):
        with client(address) as speaker:
            speaker._channel._session.verify = str(path)
            assert speaker.report(HOTEL, [WIRE]).record_codes == ((),)
    assert server.accounts == ["EXRESORTMV\\uby-ws12demo"]


def test_a_police_that_does_not_speak_tls_is_an_outage():
    with police(reply(ACCEPTED)) as server:
        error = failure_of(server.address.replace("http:", "https:"))
    assert (type(error), error.code) == (Outage, "tls")


def test_a_tls_handshake_that_hangs_is_an_outage():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        error = failure_of(address, connect_timeout=0.3, timeout=0.3)
    assert (type(error), error.code) == (Outage, "connect_timeout")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_outage_and_nobody_goes_there(status):
    with police(reply(ACCEPTED)) as other:
        act = reply(status=status, headers=[("Location", other.address)])
        error = failure_when(act)
    assert (type(error), error.code) == (Outage, "redirect")
    assert other.legs == []


@pytest.mark.parametrize("status", [400, 404, 405, 413, 429])
def test_other_refusals_of_http_are_an_outage(status):
    error = failure_when(reply(b"<html>no</html>", status))
    assert (type(error), error.code) == (Outage, "http_status")
    assert error.detail == f"HTTP {status}"
    assert error.response_xml == b"<html>no</html>"


@pytest.mark.parametrize("status", [200, 400, 500, 503])
def test_a_fault_is_a_refusal_in_the_words_of_the_service(status):
    error = failure_when(reply(fault(), status))
    assert (type(error), error.code) == (ServiceFault, "fault")
    assert isinstance(error, Outage)
    assert error.fault_string == "Server was unable ... ---> Length < 0"
    assert error.response_xml == fault()


def test_the_words_of_a_fault_are_not_the_words_of_the_exception():
    error = failure_when(reply(fault(text="Zkušební Anna"), 500))
    assert error.fault_string == "Zkušební Anna"


def test_a_fault_of_soap_1_2_is_a_fault_too():
    body = envelope("<s:Fault><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault>")
    assert failure_when(reply(body, 500)).fault_string == "no"


# Access denied


def test_a_police_that_always_says_401_denies_access():
    act = reply(status=401, headers=[("WWW-Authenticate", "NTLM")])
    with police(act) as server:
        error = failure_of(server)
    assert (type(error), error.code) == (AccessDenied, "unauthorized")
    assert len(server.legs) <= 3


def test_a_401_that_offers_no_ntlm_denies_access_without_another_try():
    act = reply(status=401, headers=[("WWW-Authenticate", "Basic realm=x")])
    with police(act) as server:
        error = failure_of(server)
    assert (type(error), error.code) == (AccessDenied, "unauthorized")
    assert len(server.legs) == 1


def test_a_403_denies_access():
    error = failure_when(reply(b"<html/>", 403))
    assert (type(error), error.code) == (AccessDenied, "forbidden")


def test_a_403_after_a_right_password_denies_access_too():
    error = failure_when(reply(status=403), ntlm=True)
    assert (type(error), error.code) == (AccessDenied, "forbidden")


@pytest.mark.parametrize("token", ["NTLM !!!", "NTLM AAAA", "NTLM TlRMTVNTUAADAAAA"])
def test_a_handshake_in_gibberish_is_an_outage_and_no_password_is_sent(token):
    acts = [
        reply(status=401, headers=[("WWW-Authenticate", "NTLM")]),
        reply(status=401, headers=[("WWW-Authenticate", token)]),
        reply(ACCEPTED),
    ]
    with police(*acts) as server:
        error = failure_of(server)
    assert (type(error), error.code) == (Outage, "authentication")
    assert len(server.legs) == 2
    assert error.__context__ is None


def test_a_handshake_that_the_police_forget_is_an_outage():
    acts = [
        reply(status=401, headers=[("WWW-Authenticate", "NTLM")]),
        reply(status=500),
    ]
    error = failure_when(*acts)
    assert (type(error), error.code) == (Outage, "authentication")


# May have been received


@pytest.mark.parametrize("ntlm", [False, True])
def test_a_connection_cut_before_the_answer_leaves_the_outcome_unknown(ntlm):
    error = failure_when(cut_before_the_answer, ntlm=ntlm)
    assert (type(error), error.code) == (UnknownOutcome, "cut")
    assert error.response_xml is None


@pytest.mark.parametrize("at", [0, 1, 200, len(ACCEPTED) - 1])
def test_a_connection_cut_in_the_answer_leaves_the_outcome_unknown(at):
    error = failure_when(cut_inside(ACCEPTED, at))
    assert (type(error), error.code) == (UnknownOutcome, "cut")


@pytest.mark.parametrize("at", [0, 1, 200, len(ACCEPTED) - 1])
def test_a_cut_that_looks_like_the_end_leaves_the_outcome_unknown(at):
    error = failure_when(cut_inside_without_length(ACCEPTED, at))
    assert (type(error), error.code) == (UnknownOutcome, "unreadable")


def test_no_answer_in_time_leaves_the_outcome_unknown():
    begin = time.monotonic()
    error = failure_when(hang, timeout=0.3)
    assert (type(error), error.code) == (UnknownOutcome, "timeout")
    assert time.monotonic() - begin < 3


def test_an_answer_that_stops_flowing_leaves_the_outcome_unknown():
    error = failure_when(hang_inside(ACCEPTED, 100), timeout=0.3)
    assert (type(error), error.code) == (UnknownOutcome, "timeout")


def test_a_second_batch_on_the_same_connection_is_watched_as_well():
    acts = [reply(ACCEPTED), cut_before_the_answer]
    with police(*acts, ntlm=True) as server, client(server) as speaker:
        speaker.report(HOTEL, [WIRE])
        with pytest.raises(UnknownOutcome) as caught:
            speaker.report(HOTEL, [WIRE])
    assert caught.value.code == "cut"
    assert len(server.received) == 2


def test_after_an_unknown_outcome_nothing_is_repeated():
    with police(cut_before_the_answer, reply(ACCEPTED), ntlm=True) as server:
        failure_of(server)
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", b"<html>error</html>", envelope("<x/>")])
def test_a_server_error_without_a_fault_leaves_the_outcome_unknown(status, body):
    error = failure_when(reply(body, status))
    assert (type(error), error.code) == (UnknownOutcome, "server_error")
    assert error.response_xml == body


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE s:Envelope [<!ENTITY a "ha">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
) + ACCEPTED.replace(b"9A-stamp", b"&c;")
OUTSIDE = (
    b'<!DOCTYPE s:Envelope [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
) + ACCEPTED.replace(b"9A-stamp", b"&x;")
HIDDEN_DTD = b'<?xml version="1.0" encoding="UTF-7"?>' + OUTSIDE.replace(
    b"<!DOCTYPE", b"+ADwAIQ-DOCTYPE"
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"OK",
        b"<html><body>Maintenance</body></html>",
        b"<br>",
        ACCEPTED[:-20],
        ACCEPTED + b"<more/>",
        ACCEPTED.replace(b"9A-stamp", b"9A\x01stamp"),
        ACCEPTED.replace(b"9A-stamp", b"9A\xe1stamp"),
        ACCEPTED.decode().encode("utf-16"),
        BOMB,
        OUTSIDE,
        HIDDEN_DTD,
        envelope(""),
        envelope("<a/><b/>"),
        envelope("<x/>"),
        result("TestDostupnosti", "true"),
        ACCEPTED.replace(b"ZapisUbytovaneResult", b"ZapisResult"),
        ACCEPTED.replace(b"ZapisUbytovaneResponse", b"ZapisResponse"),
        ACCEPTED.replace(b"Envelope", b"Envelop"),
    ],
    ids=lambda body: body[:24].decode("ascii", "replace") + f"{len(body)}",
)
def test_an_answer_that_is_none_leaves_the_outcome_unknown(body):
    error = failure_when(reply(body))
    assert (type(error), error.code) == (UnknownOutcome, "unreadable")
    assert error.response_xml == body


@pytest.mark.parametrize("status", [201, 202, 204])
def test_a_success_of_another_kind_leaves_the_outcome_unknown(status):
    body = b"" if status == 204 else ACCEPTED
    error = failure_when(reply(body, status))
    assert (type(error), error.code) == (UnknownOutcome, "unreadable")


def test_an_endless_answer_is_cut_off(monkeypatch):
    monkeypatch.setattr(channel, "ANSWER_MAX", 3_000_000)
    error = failure_when(endless)
    assert (type(error), error.code) == (UnknownOutcome, "too_large")


@pytest.mark.parametrize("records", [(), (";",), (";", ";", ";")])
def test_another_number_of_records_leaves_the_outcome_unknown(records):
    body = report(*records, stamp="9A-stamp")
    with police(reply(body)) as server, client(server) as speaker:
        with pytest.raises(UnknownOutcome) as caught:
            speaker.report(HOTEL, [WIRE] * 2)
    error = caught.value
    assert error.code == "record_count"
    assert error.detail == f"2 sent, {len(records)} answered"
    assert error.response_xml == body
    assert error.request_xml == server.received[0]


@pytest.mark.parametrize(
    "body",
    [
        result("ZapisUbytovane", "", ' i:nil="true"'),
        result("ZapisUbytovane", "<a:PseudoRazitko>9A</a:PseudoRazitko>"),
        result("ZapisUbytovane", '<a:ChybyZaznamu i:nil="true"/>'),
        result("ZapisUbytovane"),
    ],
    ids=["nil", "stamp alone", "nil records", "empty"],
)
def test_a_stamp_without_records_proves_nothing(body):
    error = failure_when(reply(body))
    assert (type(error), error.code) == (UnknownOutcome, "record_count")


# Odd but readable answers


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (";", ()),
        (";112;106;", (112, 106)),
        ("112;106", (112, 106)),
        (" ; 112 ;\n", (112,)),
        (";0112;", (112,)),
        (";ERR_CZE_112;", (112,)),
        (";E_NATI_INVALID;", (UNREADABLE_CODE,)),
        (";112;?;", (112, UNREADABLE_CODE)),
        ("", (UNREADABLE_CODE,)),
        (None, (UNREADABLE_CODE,)),
    ],
)
def test_codes_of_a_record_are_read_and_never_lost(text, codes):
    assert answer_to(report(text)).record_codes == (codes,)


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("", ()),
        (";", ()),
        ("5;6;", (5, 6)),
        ("5;6;7;8;9;10;11;12;13;", (*range(5, 14),)),
    ],
)
def test_codes_of_the_header_are_read(header, codes):
    assert answer_to(report(";", header=header)).header_codes == codes


def test_the_stamp_is_read_in_both_spellings():
    other = report(";", stamp="9A", names={"PseudoRazitko": "PseudoRazirko"})
    assert b"PseudoRazirko" in other
    assert answer_to(other).stamp == "9A"
    assert answer_to(ACCEPTED).stamp == "9A-stamp"


def test_comments_and_processing_instructions_do_no_harm():
    body = ACCEPTED.replace(b"<b:string>", b"<!-- x --><?x y?><b:string><!-- z -->")
    assert answer_to(body).record_codes == ((),)


# Receipts: a bad one never turns an accepted answer into a failure


def test_a_receipt_in_lines_of_base64_is_put_together():
    pdf = PDF + bytes(range(256)) * 20
    lines = base64.encodebytes(pdf).decode().replace("\n", "\r\n ")
    answer = answer_to(report(";", receipt=lines))
    assert (answer.receipt, answer.receipt_problem) == (pdf, "")


@pytest.mark.parametrize(
    ("receipt", "problem"),
    [
        (None, "missing"),
        ("", "missing"),
        ("   \n ", "missing"),
        (b"<html>no pdf</html>", "not_pdf"),
        (b" %PDF-1.4", "not_pdf"),
        ("JVBERi0xLjQ*", "not_base64"),
        ("JVBERi0xLj", "not_base64"),
        ("žluťoučký", "not_base64"),
    ],
)
def test_a_damaged_receipt_is_told_and_the_verdict_stands(receipt, problem):
    answer = answer_to(report(";112;", receipt=receipt, stamp="9A"))
    assert (answer.receipt, answer.receipt_problem) == (None, problem)
    assert (answer.record_codes, answer.stamp) == (((112,),), "9A")


def test_a_receipt_left_out_altogether_is_missing():
    nil = document("DokumentPotvrzeni", None).encode()
    body = report(";", receipt=None)
    assert nil in body
    assert answer_to(body.replace(nil, b"")).receipt_problem == "missing"


def test_no_receipt_is_missed_that_was_declined():
    answer = answer_to(report(";", receipt=None), with_pdf=False)
    assert (answer.receipt, answer.receipt_problem) == (None, "")


def test_no_receipt_is_missed_where_the_list_of_errors_is_the_document():
    answer = answer_to(report(";101;", receipt=None, errors=PDF))
    assert (answer.receipt_problem, answer.error_receipt) == ("", PDF)


def test_a_damaged_list_of_errors_is_told_apart():
    answer = answer_to(report(";", errors=b"no pdf"))
    assert (answer.receipt, answer.receipt_problem) == (PDF, "")
    assert (answer.error_receipt, answer.error_receipt_problem) == (None, "not_pdf")


def test_a_receipt_of_10_megabytes_arrives_and_a_larger_one_is_left():
    largest = PDF + b"x" * (10 * 1024 * 1024 - len(PDF))
    assert answer_to(report(";", receipt=largest)).receipt == largest
    answer = answer_to(report(";", receipt=largest + b"x"))
    assert (answer.receipt, answer.receipt_problem) == (None, "too_large")
    assert answer.record_codes == ((),)


# Mere questions file nothing, so their outcome is never unknown

QUESTIONS = {
    "TestDostupnosti": lambda c: c.test_availability(),
    "MaximalniDelkaSeznamu": lambda c: c.max_batch(),
    "DejMiCiselnik": lambda c: c.code_list("Chyby"),
}


def refusal_of(method, act, **options):
    with police(act) as server, client(server, **options) as speaker:
        with pytest.raises(UbyportError) as caught:
            QUESTIONS[method](speaker)
    return caught.value


@pytest.mark.parametrize("method", QUESTIONS)
@pytest.mark.parametrize(
    "act",
    [cut_before_the_answer, reply(b"", 500), reply(b"<html/>"), reply(ACCEPTED)],
    ids=["cut", "500", "html", "another answer"],
)
def test_a_question_without_an_answer_may_be_asked_again(method, act):
    error = refusal_of(method, act)
    assert (type(error), error.code) == (Outage, "no_answer")
    assert method.encode() in error.request_xml


def test_a_question_answered_too_late_may_be_asked_again():
    error = refusal_of("TestDostupnosti", hang, timeout=0.3)
    assert (type(error), error.code) == (Outage, "no_answer")


@pytest.mark.parametrize("method", QUESTIONS)
def test_a_question_refused_is_refused(method):
    assert type(refusal_of(method, reply(status=401))) is AccessDenied
    assert type(refusal_of(method, reply(fault(), 500))) is ServiceFault


@pytest.mark.parametrize(
    ("method", "text"),
    [
        ("TestDostupnosti", ""),
        ("TestDostupnosti", "maybe"),
        ("MaximalniDelkaSeznamu", ""),
        ("MaximalniDelkaSeznamu", "0"),
        ("MaximalniDelkaSeznamu", "-1"),
        ("MaximalniDelkaSeznamu", "many"),
        ("DejMiCiselnik", ""),
    ],
)
def test_an_answer_that_makes_no_sense_is_none(method, text):
    error = refusal_of(method, reply(result(method, text)))
    assert (type(error), error.code) == (Outage, "no_answer")


# Secrets


def test_no_failure_remembers_the_password_or_the_ntlm_header():
    for act in (cut_before_the_answer, reply(fault(), 500), reply(b"?")):
        error = failure_when(act, ntlm=True)
        chain = []
        while error is not None:
            chain.append(error)
            error = error.__cause__ or error.__context__
        told = " ".join(repr(vars(one)) + str(one) for one in chain)
        assert PASSWORD not in told
        assert "Authorization" not in told and "NTLM " not in told


# Whatever comes, nothing but our own exceptions goes out


@settings(max_examples=500)
@given(
    st.data(), st.sampled_from([ACCEPTED, fault(), report(None, ";5;", receipt=None)])
)
def test_no_damage_to_an_answer_escapes_the_reader(data, body):
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(start + 60, len(body))))
    damage = data.draw(st.one_of(st.binary(max_size=8), st.just(body[:end])))
    damaged = body[:start] + damage + body[end:]
    try:
        element = read_result("ZapisUbytovane", 200, damaged)
        answer = read_answer(element, 1, True, b"", damaged)
    except (ServiceFault, UnknownOutcome):
        return
    assert len(answer.record_codes) == 1
