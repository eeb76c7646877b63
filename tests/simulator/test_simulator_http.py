# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The HTTP server: connections that live, bodies of all kinds, bad requests."""

import http.client
import socket
import threading

import pytest
import requests
from simulator_caller import Caller, guest

from simulator.listener import Listener, PortBusy


def talk(police, request):
    """Send bytes; all bytes that come back until the server closes."""
    with socket.create_connection(("127.0.0.1", police.port), timeout=5) as sock:
        sock.sendall(request)
        answer = b""
        while chunk := sock.recv(65536):
            answer += chunk
        return answer


def test_one_connection_serves_many_requests(police):
    connection = http.client.HTTPConnection("127.0.0.1", police.port, timeout=5)
    seen = set()
    for _ in range(5):
        connection.request("GET", "/control/state")
        assert connection.getresponse().read()
        seen.add(id(connection.sock))
        local = connection.sock.getsockname()
        seen.add(local)
    assert len(seen) == 2, "one socket, one local address"


def test_a_client_that_wants_to_close_is_closed(police):
    answer = talk(
        police, b"GET /style.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"Connection: close" in answer


def test_http_10_is_answered_and_closed(police):
    assert talk(police, b"GET /style.css HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_a_body_in_chunks_is_read(caller):
    def chunks():
        from simulator_caller import CODE, envelope

        body = envelope("TestDostupnosti", CODE).encode()
        for at in range(0, len(body), 100):
            yield body[at : at + 100]

    caller.available()  # authenticates the connection first
    headers = {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": "http://UBY.pcr.cz/WS_UBY/IWS_UBY/TestDostupnosti",
    }
    response = caller.session.post(caller.url, chunks(), headers=headers, timeout=5)
    assert response.status_code == 200
    assert caller.available() == "true", "the connection is in step"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"Content-Length: x", b"400"),
        (b"Content-Length: -5", b"400"),
        (b"Content-Length: 99999999999", b"413"),
        (b"Transfer-Encoding: chunked\r\n\r\nzz", b"400"),
        (b"Transfer-Encoding: chunked\r\n\r\nfffffffff", b"413"),
    ],
)
def test_a_body_of_impossible_length_is_refused(police, header, status):
    answer = talk(police, b"POST / HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n\r\n")
    assert answer.split()[1] == status


def test_rubbish_is_no_request_and_the_server_lives_on(police):
    assert b"400" in talk(police, b"\x00\x01\x02\r\n\r\n")
    assert Caller(police.url).available() == "true"


def test_a_client_that_goes_away_harms_nobody(police):
    for part in (b"", b"POST /ws", b"POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\nabc"):
        sock = socket.create_connection(("127.0.0.1", police.port), timeout=5)
        sock.sendall(part)
        sock.close()
    assert Caller(police.url).available() == "true"


def test_a_head_request_has_no_body(police):
    response = requests.head(police.url + "/style.css", timeout=5)
    assert response.status_code == 200
    assert int(response.headers["Content-Length"]) > 0
    assert response.content == b""


def test_many_clients_are_served_at_once(police, control):
    errors = []

    def send(number):
        try:
            answer = Caller(police.url).report(guest(cDocN=f"PA{number:05}"))
            assert answer.records == [";"]
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(control.records()) == 10
    assert len({batch["stamp"] for batch in control.get("batches")}) == 10


def test_an_error_of_ours_shows_its_place_and_no_data(police, caller, monkeypatch):
    def broken(*args):
        raise ValueError("Vzorková PA1234567")

    monkeypatch.setattr(police.police.store, "add_batch", broken)
    response = caller.raw_report(guest())
    assert response.status_code == 500
    assert "Vzorková" not in response.text and "PA1234567" not in response.text
    assert "intake.py" in response.text


def test_a_port_in_use_is_told_in_one_sentence(police):
    with pytest.raises(PortBusy) as problem:
        Listener("127.0.0.1", police.port, print)
    text = str(problem.value)
    assert str(police.port) in text and "already in use" in text
    assert "\n" not in text


def test_a_host_that_is_not_ours_is_told_too():
    with pytest.raises(PortBusy, match=r"192\.0\.2\.1"):
        Listener("192.0.2.1", 0, print)


def test_a_closed_listener_frees_its_port():
    first = Listener("127.0.0.1", 0, print)
    first.open()
    first.close()
    second = Listener("127.0.0.1", first.port, print)
    second.open()
    second.close()


def test_a_refusing_listener_keeps_its_port_from_others():
    listener = Listener("127.0.0.1", 0, lambda connection: None)
    listener.open()
    listener.refuse()
    try:
        assert not listener.listening
        with socket.socket() as other, pytest.raises(OSError):
            other.bind(("127.0.0.1", listener.port))
        listener.open()
        socket.create_connection(("127.0.0.1", listener.port), timeout=2).close()
    finally:
        listener.close()
