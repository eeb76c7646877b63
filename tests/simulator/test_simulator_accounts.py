# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

import pytest

from simulator.accounts import DEMO_FILE, Account, AccountBook, BadAccount

GOOD = {
    "login": "uby-ws99test",
    "password": "Heslo2026",
    "idub": "111122223333",
    "mark": "TESTX",
}


@pytest.fixture
def book():
    return AccountBook([Account(**GOOD)])


@pytest.mark.parametrize(
    "change",
    [
        {"login": "ub1234567"},
        {"login": "UB123456"},
        {"login": ""},
        {"login": "uby ws"},
        {"login": r"EXRESORTMV\uby-ws99test"},
        {"login": "uby:ws"},
        {"password": "Kratke1"},
        {"password": "bezvelkeho1"},
        {"password": "BEZMALEHO1"},
        {"password": "BezCislice"},
        {"password": "Dvoj:tecka1"},
        {"password": "Novy\nradek1"},
        {"idub": "12345678901"},
        {"idub": "123456789012345"},
        {"idub": "12345678901X"},
        {"mark": "ABCD"},
        {"mark": "ABCDEFG"},
        {"mark": "AB-DE"},
    ],
)
def test_an_account_that_the_police_would_not_issue_is_refused(change):
    with pytest.raises(BadAccount):
        AccountBook([Account(**{**GOOD, **change})])


@pytest.mark.parametrize(
    "change",
    [
        {"login": "uby-tws1ab45"},
        {"login": "UBY_WS12CDEF"},
        {"idub": "12345678901234"},
        {"mark": "ABCDE6"},
        {"password": "Příliš1Žluťoučký"},
    ],
)
def test_the_forms_seen_in_the_wild_are_taken(change):
    account = Account(**{**GOOD, **change})
    assert AccountBook([account]).all() == [account]


def test_a_login_is_found_in_any_case(book):
    assert book.by_login("UBY-WS99TEST").idub == "111122223333"
    assert book.by_login("uby-ws98test") is None


def test_a_facility_is_found_by_its_idub(book):
    assert book.by_idub("111122223333").mark == "TESTX"
    assert book.by_idub("") is None


def test_an_account_is_changed_and_the_rest_of_it_stays(book):
    book.put({"login": "uby-ws99test", "name": "Nové jméno"})
    account = book.by_login("uby-ws99test")
    assert account.name == "Nové jméno"
    assert account.password == "Heslo2026"
    assert len(book.all()) == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"login": "uby-ws98test"},
        {"login": "uby-ws99test", "colour": "red"},
        {"login": "uby-ws99test", "password": "slabe"},
        {"login": 5},
        {"login": "uby-ws99test", "idub": 5},
    ],
)
def test_a_bad_change_is_refused_and_changes_nothing(book, data):
    before = book.all()
    with pytest.raises(BadAccount):
        book.put(data)
    assert book.all() == before


def test_wrong_passwords_of_unknown_logins_are_nobodys(book):
    book.wrong_password("uby-ws98test")
    assert [account.wrong_passwords for account in book.all()] == [0]


def test_the_address_joins_what_is_there():
    account = Account(**GOOD, municipality="Obec", street="Ulice", house_number="5")
    assert account.address == "Obec, Ulice 5"
    with_both = Account(
        **GOOD, street="Ulice", house_number="5", orientation_number="a"
    )
    assert with_both.address == "Ulice 5/a"
    assert Account(**GOOD).address == ""


def test_the_demo_file_holds_two_facilities():
    logins = [account.login for account in AccountBook.from_file(DEMO_FILE).all()]
    assert logins == ["uby-ws12demo", "uby-ws34demo"]


@pytest.mark.parametrize(
    "content", ["", "{", '{"a": 1}', '["x"]', json.dumps([{**GOOD, "colour": 1}])]
)
def test_a_bad_file_is_named_in_one_sentence(tmp_path, content):
    path = tmp_path / "accounts.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadAccount, match=r"accounts\.json"):
        AccountBook.from_file(path)


def test_a_missing_file_is_named_too(tmp_path):
    with pytest.raises(BadAccount, match="nowhere"):
        AccountBook.from_file(tmp_path / "nowhere.json")
