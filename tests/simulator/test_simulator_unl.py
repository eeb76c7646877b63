# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The web application's way: a UNL file in, a receipt out."""

import pytest
import requests
from simulator_caller import guest, pdf_lines

from simulator.unl import BadFile, read_file

NAME = "123456789012_2026_11_20_0915.unl"
HEAD = (
    "A|2|123456789012|HVLTA|Hotel Vltava|Jana Vzorová|Praha|Praha|Nové Město|Zkušební"
    "|12|6|11000|2026.11.20 09:15:00||"
)
ANNA = (
    "U|19.11.2026|23.11.2026|ŽÁKOVÁ|ANNA||29.02.1984|||DEU"
    "|Beispielweg 7, Musterstadt, DEU-Spolková republika Německo|C01X00T47||01||pozn."
)
BAD = ANNA.replace("C01X00T47", "12").replace("ANNA", "BEATA")
YEAR_ONLY = "U|19.11.2026|23.11.2026|VZOR|KARL||00.00.1950|||AUT||C01X00T48||10||"


def unl(*rows):
    return "".join(f"{row}\r\n" for row in (HEAD, *rows)).encode("cp1250")


def upload(police, content, name=NAME, **form):
    return requests.post(
        f"{police.url}/unl", files={"file": (name, content)}, data=form, timeout=5
    )


def test_a_file_gives_a_receipt_with_every_record(police, control):
    answer = upload(police, unl(ANNA, YEAR_ONLY))
    assert answer.content.startswith(b"%PDF")
    lines = pdf_lines(answer.content)
    assert any(line.startswith("ŽÁKOVÁ | ANNA | 29021984 | DEU") for line in lines)
    assert any(line.startswith("VZOR | KARL | 00001950 | AUT") for line in lines)
    assert f"Soubor UNL: {NAME}" in lines
    verdicts = [record["verdict"] for record in control.get("records")]
    assert verdicts == ["accepted", "accepted"]


def test_a_bad_record_is_refused_or_cancelled_before(police, control):
    refused = pdf_lines(upload(police, unl(ANNA, BAD)).content)
    assert "Seznam nepřijatých záznamů: 1" in refused
    cancelled = pdf_lines(upload(police, unl(ANNA, BAD), cancel_bad="1").content)
    assert "Seznam nepřijatých záznamů: 0" in cancelled
    assert not any("BEATA" in line for line in cancelled)


def test_a_file_and_the_service_know_each_others_guests(police, control):
    upload(police, unl(ANNA))
    upload(police, unl(ANNA))
    verdicts = [record["verdict"] for record in control.get("records")]
    assert verdicts == ["accepted", "duplicate"]


def test_a_row_without_the_skeleton_of_a_guest_is_ignored_and_counted(police):
    lines = pdf_lines(upload(police, unl(ANNA, "U|too|short", "X" * 9)).content)
    assert "Celkový počet záznamů: 1 Počet ignorovaných záznamů: 2" in lines


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (unl(ANNA), "guests.unl"),
        (unl(ANNA), NAME.replace("1234", "9999")),
        (unl(), NAME),
        (unl(*[ANNA] * 100), NAME),
        (unl(ANNA).replace(b"\r\n", b"\n"), NAME),
        (unl(ANNA)[:-2], NAME),
        (b"\x81" + unl(ANNA), NAME),
        (b"", NAME),
        (unl(ANNA).replace(b"A|2|", b"A|1|"), NAME),
    ],
)
def test_what_is_no_such_file_is_not_taken(content, name):
    with pytest.raises(BadFile):
        read_file(name, content)


@pytest.mark.parametrize("old", ["123456789012", "HVLTA"])
def test_a_file_of_no_registered_facility_is_told_so_on_the_page(police, control, old):
    new = "9" * len(old)
    answer = upload(
        police, unl(ANNA).replace(old.encode(), new.encode()), NAME.replace(old, new)
    )
    assert answer.status_code == 400
    assert "neodpovídá registraci" in answer.text
    assert control.get("records") == []


def test_nothing_is_left_when_all_records_were_cancelled(police, control):
    answer = upload(police, unl(BAD), cancel_bad="1")
    assert answer.status_code == 400
    assert control.get("batches") == []


def test_the_page_has_a_form_and_says_that_it_is_not_the_police(police):
    page = requests.get(f"{police.url}/unl", timeout=5).text
    assert "SIMULÁTOR" in page
    assert 'type="file"' in page


@pytest.mark.parametrize(
    ("kind", "refused", "accepted"),
    [("receipt_letters", 0, 2), ("receipt_refuses", 1, 1), ("receipt_omits", 0, 1)],
)
def test_ordered_faults_spoil_the_receipt_and_not_the_codes(
    caller, control, kind, refused, accepted
):
    control.fault(kind, times=1)
    answer = caller.report(guest(), guest(cSurN="Novák", cDocN="C0000002"))
    lines = answer.lines
    assert f"Seznam nepřijatých záznamů: {refused}" in lines
    assert f"Počet přijatých záznamů: {accepted}" in lines
    verdicts = [record["verdict"] for record in control.get("records")]
    assert verdicts == ["accepted", "accepted"]
