# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The service tells something new because a test ordered it."""

import pytest

STATE = {"Kod3": "QQQ", "TextCZ": "Nový stát", "PlatiDo": "2026-12-31T00:00:00"}


def told(caller, kind="Staty"):
    return caller.code_list(kind)


def test_rows_are_added_replaced_and_left_out(caller, control):
    before = {row["Kod3"]: row for row in told(caller)}
    germany = {"Kod3": "DEU", "TextCZ": "Německo"}
    change = {"rows": [STATE, germany], "without": ["AUT"]}
    control.post("changes", lists={"Staty": change})
    after = {row["Kod3"]: row for row in told(caller)}
    assert after.keys() == before.keys() - {"AUT"} | {"QQQ"}
    assert after["QQQ"]["PlatiDo"] == "2026-12-31T00:00:00"
    assert after["DEU"]["TextCZ"] == "Německo"
    assert after["FRA"] == before["FRA"]


def test_a_list_can_be_cut_short_and_a_reset_makes_it_whole(caller, control):
    whole = len(told(caller))
    control.post("changes", lists={"Staty": {"first": 3}})
    assert len(told(caller)) == 3
    control.post("reset")
    assert len(told(caller)) == whole


def test_another_description_is_handed_out_until_it_is_taken_back(caller, control):
    def wsdl():
        return caller.session.get(caller.url + "?singleWsdl").content

    before = wsdl()
    control.post("changes", wsdl="<changed/>")
    assert wsdl() == b"<changed/>"
    control.post("changes", wsdl=None)
    assert wsdl() == before


@pytest.mark.parametrize(
    "change",
    [
        {"wsdl": 1},
        {"colour": "red"},
        {"lists": []},
        {"lists": {"Okresy": {}}},
        {"lists": {"Staty": {"colour": "red"}}},
        {"lists": {"Staty": {"first": "3"}}},
        {"lists": {"Staty": {"rows": [{"TextCZ": "no key"}]}}},
    ],
)
def test_an_impossible_change_is_refused(control, change):
    assert control.try_post("changes", **change).status_code == 400
