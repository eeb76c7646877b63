# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters that the police do not know vanish without a word."""

import unicodedata

import pytest
from simulator_caller import guest

from simulator.letters import LETTERS, drop_unknown

# The capitals of P3 §2.4.1, and ß which has none.
OFFICIAL = "ĄŁĽŚŠŞŤŹŽŻŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖŘŮÚŰÜÝŢ"


def test_the_letters_are_those_of_the_official_list():
    assert LETTERS == set(OFFICIAL) | set(OFFICIAL.lower()) | {"ß"}


def test_ascii_stays_as_it_is():
    text = "".join(map(chr, range(0x20, 0x7F)))
    assert drop_unknown(text) == text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Timișoara", "Timioara"),
        ("Timişoara", "Timişoara"),
        ("Nuñez", "Nuez"),
        ("Åse Bjørn", "se Bjrn"),
        ("Yıldız", "Yldz"),
        ("ń Ł š á", "ń Ł š á"),
        ("a – b", "a  b"),
        ("„ano“ 5 € ©", "ano 5  "),
        ("µ", ""),
        ("Иванов", ""),
        ("王", ""),
        ("😀x", "x"),
        ("a\tb\u00a0c", "abc"),
    ],
)
def test_a_letter_outside_the_list_is_dropped(sent, kept):
    assert drop_unknown(sent) == kept


def test_a_letter_in_two_parts_loses_its_accent():
    assert drop_unknown(unicodedata.normalize("NFD", "Žižková")) == "Zizkova"


def test_nothing_stays_nothing():
    assert drop_unknown(None) is None
    assert drop_unknown("") == ""


def test_a_dropped_letter_has_no_code(caller):
    assert caller.codes(cSurN="Nuñez", cFirstN="Åse", cNote="a – b") == ";"


def test_what_is_printed_lacks_the_letter_and_what_was_sent_has_it(caller, control):
    answer = caller.report(
        guest(cSurN="Nuñez", cResi="Timișoara, ROU-Rumunsko", cNote="a–b")
    )
    assert answer.records == [";"]
    text = "\n".join(answer.lines)
    assert "Nuez | " in text and "Nuñez" not in text
    assert "Timioara, ROU-Rumunsko | ab" in text
    record = control.records()[0]
    assert record["fields"]["cSurN"] == "Nuñez"
    assert record["printed"]["surname"] == "Nuez"


def test_lengths_are_counted_after_the_dropping(caller):
    assert caller.codes(cSurN="ñ" * 30 + "n" * 50) == ";"


def test_a_name_of_which_nothing_is_left_is_refused(caller):
    assert caller.codes(cSurN="Ελένη") == ";103;"
