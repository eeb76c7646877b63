# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Ministry's list of invalid documents, as a client meets it."""

import pytest
import requests
from lxml import etree, html
from simulator_caller import TODAY

PATH = "/neplatne-doklady/doklady.aspx"


def get(police, dotaz, doklad, path=PATH, timeout=5):
    query = {"dotaz": dotaz, "doklad": doklad}
    return requests.get(police.url + path, query, timeout=timeout)


def ask(police, dotaz, doklad="0"):
    """The attributes of the members of an answer, and the text of an error."""
    response = get(police, dotaz, doklad)
    assert response.status_code == 200, response.text
    root = etree.fromstring(response.content)
    assert root.tag == "doklady_neplatne"
    assert set(root.attrib) == {"posl_zmena", "pristi_zmeny"}
    return {child.tag: {**child.attrib, "": child.text} for child in root}


@pytest.mark.parametrize(
    ("dotaz", "doklad", "typ", "cislo", "serie"),
    [
        ("987654320", "0", "OP", "987654320", "-"),
        ("123456AB", "0", "OPs", "123456", "AB"),
        ("ab-12 34 56", "0", "OPs", "123456", "AB"),
        ("CD01012345", "0", "OPs", "012345", "CD01"),
        ("12345678", "4", "CD", "12345678", "-"),
        ("XY098765", "6", "ZP", "098765", "XY"),
    ],
)
def test_an_answer_repeats_the_question(police, dotaz, doklad, typ, cislo, serie):
    told = ask(police, dotaz, doklad)
    assert set(told) == {"dotaz", "odpoved"}
    assert told["dotaz"] == {"typ": typ, "cislo": cislo, "serie": serie, "": None}


def test_who_is_not_listed_has_no_date(police):
    told = ask(police, "987654320")["odpoved"]
    year, month, day = map(int, TODAY.split("-"))
    assert told["aktualizovano"] == f"{day}. {month}. {year}"
    assert told["evidovano"] == "ne"
    assert "evidovano_od" not in told


def test_who_is_listed_may_have_a_date(police):
    dated = ask(police, "987654321")["odpoved"]
    assert (dated["evidovano"], dated["evidovano_od"]) == ("ano", "3.4.2024")
    undated = ask(police, "123456AB")["odpoved"]
    assert undated["evidovano"] == "ano"
    assert "evidovano_od" not in undated


def test_the_kind_belongs_to_the_document(police):
    assert ask(police, "87654321", "4")["odpoved"]["evidovano"] == "ano"
    assert ask(police, "876543210", "0")["odpoved"]["evidovano"] == "ne"


@pytest.mark.parametrize(
    ("dotaz", "doklad"),
    [
        ("", "0"),
        ("087654321", "0"),
        ("12345", "0"),
        ("ABC12345", "0"),
        ("ČŽ123456", "0"),
        ("987654321", "4"),
        ("07654321", "4"),
        ("098765", "6"),
        ("987654321", "1"),
        ("987654321", ""),
    ],
)
def test_a_wrong_question_is_called_wrong_in_czech(police, dotaz, doklad):
    told = ask(police, dotaz, doklad)
    assert set(told) == {"chyba"}
    assert told["chyba"]["spatny_dotaz"] == "ano"
    assert told["chyba"][""].isascii() is False


def test_the_answer_is_xml_in_utf_8_without_a_login(police):
    response = get(police, "987654321", "0")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.startswith(b'<?xml version="1.0" ?>')
    assert "žádné změny" in response.content.decode("utf-8")


def test_only_get_is_answered_and_the_case_of_the_address_does_not_matter(police):
    assert requests.post(police.url + PATH, timeout=5).status_code == 405
    assert get(police, "987654321", "0", PATH.title()).status_code == 200


def test_a_document_can_be_listed_on_order_until_the_reset(police, control):
    paper = {"typ": "CD", "cislo": "45454545", "serie": "-", "od": "2026-11-01"}
    control.post("documents", **paper)
    assert paper in control.get("documents")
    assert ask(police, "45454545", "4")["odpoved"]["evidovano_od"] == "1.11.2026"
    control.post("reset")
    assert ask(police, "45454545", "4")["odpoved"]["evidovano"] == "ne"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"typ": "XX", "cislo": "1"},
        {"typ": "OP", "cislo": "1", "od": "dávno"},
        {"typ": "OP", "cislo": "a"},
        {"typ": "OP", "cislo": "1", "jiné": "1"},
    ],
)
def test_a_wrong_order_is_refused(control, data):
    assert control.try_post("documents", **data).status_code == 400


def test_questions_are_counted(police, control):
    ask(police, "987654321")
    ask(police, "1")
    assert control.get("state")["counters"]["doklady.aspx"] == 2


def test_the_list_itself_can_be_down(police, control):
    control.fault("list_down", times=1)
    told = ask(police, "987654321")
    assert told["chyba"]["spatny_dotaz"] == "ne"
    assert ask(police, "987654321")["odpoved"]["evidovano"] == "ano"


def test_the_list_can_refuse_a_good_question(police, control):
    control.fault("question_refused", times=1)
    assert ask(police, "987654321")["chyba"]["spatny_dotaz"] == "ano"


def test_the_list_can_answer_about_another_document(police, control):
    control.fault("other_document", times=1)
    assert ask(police, "987654321")["dotaz"]["cislo"] != "987654321"


@pytest.mark.parametrize(
    ("kind", "status"), [("server_error", 500), ("html_page", 200)]
)
def test_the_list_can_break_down_as_a_server(police, control, kind, status):
    control.fault(kind, times=1, method="doklady.aspx")
    response = get(police, "987654321", "0")
    assert response.status_code == status
    assert "doklady_neplatne" not in response.text


@pytest.mark.parametrize("kind", ["drop_before", "cut_answer"])
def test_the_list_can_be_cut_off(police, control, kind):
    control.fault(kind, times=1, method="doklady.aspx")
    with pytest.raises(requests.RequestException):
        get(police, "987654321", "0")


def test_the_list_can_hang(police, control):
    control.fault("hang", times=1, method="doklady.aspx", seconds=30)
    with pytest.raises(requests.Timeout):
        get(police, "987654321", "0", timeout=0.3)


def test_the_page_shows_the_list_and_that_it_is_invented(police):
    ask(police, "987654321")
    content = requests.get(f"{police.url}/neplatne-doklady/", timeout=5).content
    text = " ".join(" ".join(html.fromstring(content).itertext()).split())
    assert "SIMULÁTOR, NENÍ TO POLICIE" in text
    assert "987654321" in text and "3. 4. 2024" in text
    assert "Dotazů: 1" in text
