# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The verdict is the severity, never the wording or the size of a code."""

import pytest

from ubyport.records import UNREADABLE_CODE, CodeEntry
from ubyport.verdict import code_number, judge, parse_severities

SEVERITIES = {1: 0, 2: 1, 3: 2, 13: 3, 101: 4, 102: 5, 103: 6, 112: 0, 150: 4, 200: 9}


def entry(kod2, severity, text=""):
    return CodeEntry(
        id=0,
        kod2=kod2,
        kod3=text,
        text_cz="",
        text_short_cz=severity,
        text_en="INFORMACE",
        text_short_en="",
        valid_from=None,
        valid_to=None,
    )


def verdict(*codes, duplicates=(150,)):
    return judge(codes, SEVERITIES, duplicates)


def test_no_code_at_all_is_acceptance():
    assert verdict() == "accepted"


@pytest.mark.parametrize("code", [1, 2, 3])
def test_severities_from_0_to_2_accept(code):
    assert verdict(code) == "accepted"


@pytest.mark.parametrize("code", [101, 102, 103])
def test_severities_from_4_to_6_refuse(code):
    assert verdict(code) == "refused"


@pytest.mark.parametrize("code", [13, 200, 999, UNREADABLE_CODE])
def test_severity_3_any_other_and_unlisted_codes_leave_the_outcome_unknown(code):
    assert verdict(code) == "unknown"


def test_reported_late_is_accepted_although_its_code_begins_with_1():
    assert verdict(112) == "accepted"


def test_a_duplicate_counts_as_filed_whatever_its_severity():
    assert verdict(150) == "duplicate"
    assert judge([150], {}, {150}) == "duplicate"


def test_a_duplicate_that_is_late_too_is_still_a_duplicate():
    assert verdict(112, 150) == "duplicate"


def test_a_duplicate_beside_a_code_of_unknown_meaning_is_unknown():
    assert verdict(150, 777) == "unknown"
    assert verdict(150, 13) == "unknown"


def test_one_refusing_code_outweighs_all_others():
    assert verdict(1, 112, 150, 999, 102) == "refused"


def test_without_a_list_of_duplicates_the_severity_of_150_refuses():
    assert verdict(150, duplicates=()) == "refused"


def test_an_unknown_code_beside_an_accepting_one_is_not_acceptance():
    assert verdict(112, 999) == "unknown"


def test_before_the_first_code_list_nothing_but_silence_is_acceptance():
    assert judge([112], {}, ()) == "unknown"
    assert judge([], {}, ()) == "accepted"


@pytest.mark.parametrize(
    ("text", "number"),
    [("ERR_CZE_112", 112), ("ERR_CZE_001", 1), ("0112", 112), (" 112 ", 112), ("0", 0)],
)
def test_a_code_is_the_same_number_in_every_spelling(text, number):
    assert code_number(text) == number


@pytest.mark.parametrize("text", ["", "E_NATI_INVALID", "ERR_CZE_", "1 2", "-5", "٣"])
def test_what_holds_no_number_is_not_guessed(text):
    with pytest.raises(ValueError):
        code_number(text)


def test_severities_are_read_from_the_short_czech_text():
    rows = [entry("ERR_CZE_112", "0", "Oznámeno pozdě"), entry("ERR_CZE_101", " 4 ")]
    assert parse_severities(rows) == {112: 0, 101: 4}


def test_a_row_without_a_readable_code_or_severity_stays_unknown():
    rows = [
        entry("E_NATI_INVALID", "4"),
        entry("ERR_CZE_103", ""),
        entry("ERR_CZE_104", "high"),
        entry("ERR_CZE_105", "-1"),
        entry("ERR_CZE_106", "5"),
    ]
    assert parse_severities(rows) == {106: 5}
