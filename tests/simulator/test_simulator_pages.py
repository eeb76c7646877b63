# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pages for people: what the police see."""

import re

import pytest
import requests
from lxml import html
from simulator_caller import guest, pdf_lines

EVIL = "<script>alert(1)</script>"


def page(police, path="/"):
    response = requests.get(police.url + path, timeout=5)
    assert response.status_code == 200, response.text
    return response


def text_of(police, path="/"):
    tree = html.fromstring(page(police, path).content)
    return re.sub(r"\s+", " ", " ".join(tree.itertext()))


@pytest.mark.parametrize("path", ["/", "/batches/1"])
def test_every_page_says_in_two_languages_that_it_is_not_the_police(
    police, caller, path
):
    caller.report(guest())
    text = text_of(police, path)
    assert "SIMULÁTOR, NENÍ TO POLICIE" in text
    assert "SIMULATOR, NOT THE POLICE" in text


def test_pages_need_no_login_and_no_script(police):
    response = page(police)
    assert "<script" not in response.text
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_page_fits_a_phone(police):
    assert 'name="viewport" content="width=device-width' in page(police).text
    assert "@media (max-width" in page(police, "/style.css").text


def test_before_anything_came_the_page_says_so(police):
    text = text_of(police)
    assert "Zatím nic nepřišlo." in text
    assert "Nothing has come yet." in text


def test_facilities_are_shown_with_their_counts(police, caller):
    caller.report(guest(), guest(), guest(cDocN="x"))
    text = text_of(police)
    assert "Hotel Vltava" in text and "Penzion U Lípy" in text
    assert "přijato accepted 1 duplicitní duplicate 1 nepřijato refused 1" in text


def test_a_batch_is_shown_with_a_link_to_its_records_and_receipt(police, caller):
    caller.report(guest())
    content = page(police).text
    assert 'href="/batches/1"' in content
    assert 'href="/batches/1/receipt.pdf"' in content


def test_the_records_of_a_batch_are_shown_with_their_outcome(police, caller):
    caller.report(guest(cFrom="2026-11-02T00:00:00"), guest(cDocN="pas 123"))
    text = text_of(police, "/batches/1")
    assert "Vzorková Testa" in text
    assert "2. 11. 2026 – 23. 11. 2026" in text
    assert "přijat accepted" in text and "pozdě late" in text
    assert "nepřijat refused" in text
    assert "106 Nekorektní číslo cestovního dokladu" in text


def test_a_duplicate_is_marked_as_one(police, caller):
    caller.report(guest(), guest())
    assert "duplicitní duplicate" in text_of(police, "/batches/1")


def test_differences_of_the_facility_are_shown(police, caller):
    caller.report(guest(), uOkr="Brno")
    assert "7 Nekorektní název Okres" in text_of(police, "/batches/1")


def test_an_interrupted_batch_says_that_nothing_was_inserted(police, caller):
    caller.report(guest(), uMark="JINAK")
    assert "nezpracováno" in text_of(police)
    text = text_of(police, "/batches/1")
    assert "Zpracování přerušeno, nic nebylo vloženo." in text
    assert "3 Nekorektní zkratka" in text


def test_a_batch_of_the_test_service_is_marked(police, test_service):
    test_service.report(guest())
    assert "č. 1 test" in text_of(police)


def test_the_receipt_opens_and_is_the_one_that_was_sent(police, caller):
    import base64

    answer = caller.report(guest(), guest(cDocN="x"))
    response = page(police, "/batches/1/receipt.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content == base64.b64decode(answer.receipt)
    errors = page(police, "/batches/1/errors.pdf").content
    assert errors == base64.b64decode(answer.error_receipt)


def test_a_receipt_that_was_not_asked_for_can_still_be_seen(police, caller):
    caller.report(guest(), with_pdf="false")
    assert pdf_lines(page(police, "/batches/1/receipt.pdf").content)
    assert "nevyžádána" in text_of(police, "/batches/1")


@pytest.mark.parametrize(
    "path",
    [
        "/batches/2",
        "/batches/x",
        "/batches/-1",
        "/batches/1/errors.pdf",
        "/batches/2/receipt.pdf",
        "/style.css/../accounts.json",
        "/accounts.json",
        "/..%2faccounts.json",
        "/nothing",
    ],
)
def test_what_is_not_there_is_404(police, caller, path):
    caller.report(guest())
    assert requests.get(police.url + path, timeout=5).status_code == 404


def test_what_a_client_sends_is_never_markup(police, caller, control):
    caller.report(
        guest(cSurN=EVIL, cFirstN=EVIL, cDate=EVIL, cNati=EVIL),
        guest(cDocN=EVIL, cVisN=EVIL, cResi=EVIL, cNote=EVIL),
        uName=EVIL,
    )
    control.post("accounts", login="uby-ws34demo", name=EVIL, street=EVIL)
    for path in ("/", "/batches/1"):
        content = page(police, path).text
        assert "<script" not in content
    assert "&lt;script&gt;" in page(police, "/batches/1").text


def test_a_locked_account_is_shown(police, control):
    control.post("accounts", login="uby-ws34demo", locked=True)
    assert "účet zablokován account locked" in text_of(police)


def test_faults_and_a_set_clock_are_shown(police, control):
    control.fault("no_pdf", times=2, method="ZapisUbytovane")
    text = text_of(police)
    assert "no_pdf 2× ZapisUbytovane" in text
    assert "nastaven testem" in text
    control.post("clock", today=None)
    assert "nastaven testem" not in text_of(police)


def test_many_batches_are_shown_page_by_page(police, caller):
    for _ in range(51):
        caller.report(guest(), with_pdf="false")
    newest, older = page(police), page(police, "/?before=2")
    assert 'href="/batches/51"' in newest.text
    assert 'href="/batches/1"' not in newest.text
    assert 'href="/?before=2"' in newest.text
    assert 'href="/batches/1"' in older.text


def test_impossible_dates_do_not_break_the_page(police, caller):
    caller.report(
        guest(cFrom=None, cUntil=None),
        guest(cFrom="9999-12-31T00:00:00", cUntil="9999-12-31T23:59:59"),
    )
    assert "1. 1. 1 – 1. 1. 1" in text_of(police, "/batches/1")


def test_a_page_cannot_be_posted_to(police):
    # Nothing on the pages changes anything, so a POST finds nothing either.
    requests.post(police.url + "/", b"x", timeout=5)
    assert "Zatím nic nepřišlo." in text_of(police)
