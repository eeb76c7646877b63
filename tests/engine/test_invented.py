# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Invented people for the police's check: plausible, flawless, reproducible."""

from dataclasses import replace
from datetime import date

import pytest
from engine_lists import countries, purposes, shipped
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ubyport.compose import document_of
from ubyport.invented import FEWEST, MOST, invent
from ubyport.invented_names import ORIGINS
from ubyport.letters import LETTERS, fold
from ubyport.rules import check_guest
from ubyport.wire import to_wire

TODAY = date(2026, 11, 21)
SEEDS = st.integers(0, 2**31 - 1)
DAYS = st.dates(date(2004, 1, 1), date(2090, 12, 31))
SENDABLE = set(LETTERS) | {chr(code) for code in range(0x20, 0x7F)}


def wires(people):
    return [to_wire(person, countries()) for person in people]


def key(sent):
    """What the police recognise a repeat by."""
    return (
        *(sent.arrival, sent.departure, sent.surname, sent.first_name),
        *(sent.birth_date, sent.nationality, sent.document_number, sent.purpose),
    )


@settings(max_examples=500)
@given(SEEDS, DAYS, st.integers(FEWEST, FEWEST + 60))
def test_everybody_passes_the_rules_and_leaves_in_the_letters_of_the_police(
    seed, today, count
):
    people = invent(count, seed, shipped(today))
    assert len(people) == count
    for person, sent in zip(people, wires(people), strict=True):
        errors = [
            f for f in check_guest(person, shipped(today)) if f.severity != "info"
        ]
        assert {f.code for f in errors} <= {"document_short"}
        texts = (sent.surname, sent.first_name, sent.residence, sent.note)
        assert set("".join(texts)) <= SENDABLE - {"|"}


@settings(max_examples=500)
@given(SEEDS)
def test_nobody_is_there_twice(seed):
    keys = [key(sent) for sent in wires(invent(FEWEST, seed, shipped(TODAY)))]
    assert len(set(keys)) == len(keys)


@settings(max_examples=500)
@given(SEEDS)
@example(130865303)  # nobody had a biometric passport
def test_the_smallest_list_exercises_every_rule(seed):
    people = invent(FEWEST, seed, shipped(TODAY))
    sent = wires(people)
    assert {person.purpose for person in people} == purposes()
    kinds = {document_of(person)[0] for person in people}
    assert kinds >= {"passport", "id_card", "in_parent_passport", "lost", "other"}
    assert kinds >= {"residence_permit", "diplomatic_card"}
    assert {each.nationality for each in sent} >= {"XXA", "XXK", "CHN", "VNM", "UKR"}
    assert {each.nationality for each in sent} & {"XXB", "XXC"}
    assert {"INPASS", "NONE"} <= {each.document_number for each in sent}
    assert "BIOMETRIKA" in {each.visa_number for each in sent}
    assert any(each.visa_number.startswith("CZE") for each in sent)
    assert any(each.birth_date.startswith("0000") for each in sent)
    assert any(each.first_name == "" for each in sent)
    assert any(person.birth_date == person.arrival_date for person in people)


def test_the_limits_of_every_field_are_reached():
    sent = wires(invent(MOST, 1, shipped(TODAY)))
    lengths = {
        name: [len(getattr(each, name)) for each in sent]
        for name in ("surname", "first_name", "document_number", "visa_number", "note")
    }
    longest = {name: max(found) for name, found in lengths.items()}
    assert longest == {
        "surname": 50,
        "first_name": 24,
        "document_number": 30,
        "visa_number": 15,
        "note": 255,
    }
    assert min(lengths["surname"]) == 1 and min(lengths["first_name"]) == 0
    assert max(len(each.residence) for each in sent) == 128


def test_all_scripts_arrive_in_the_letters_of_the_police():
    people = invent(MOST, 1, shipped(TODAY))
    typed = "".join(person.surname + person.first_name for person in people)
    # Vietnamese, Yoruba, Arabic, Indian, Cyrillic, Greek, Icelandic and other letters
    assert set("ạẹḥṛʹóṓþøșıʻ") <= set(typed)
    # And those that the police keep are not touched.
    kept = set("ąćčďęěłňřśşšťůźž") & set(typed)
    assert kept and fold("".join(sorted(kept))) == "".join(sorted(kept))


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    first = invent(FEWEST, 42, shipped(TODAY))
    assert first == invent(FEWEST, 42, shipped(TODAY))
    assert first != invent(FEWEST, 43, shipped(TODAY))


def test_every_origin_is_a_state_of_the_police_and_comes_up():
    people = invent(FEWEST, 5, shipped(TODAY))
    codes = {origin.code for origin in ORIGINS}
    assert codes <= countries().keys()
    assert codes <= {person.residence_country for person in people}


@pytest.mark.parametrize("count", [0, FEWEST - 1, MOST + 1])
def test_another_number_than_the_rules_ask_for_is_refused(count):
    with pytest.raises(ValueError):
        invent(count, 1, shipped(TODAY))


def test_a_list_of_nationalities_that_has_shrunk_is_no_obstacle():
    some = {code: countries()[code] for code in ("DEU", "UKR", "VNM")}
    context = replace(shipped(TODAY), countries=some)
    assert {p.nationality for p in invent(FEWEST, 1, context)} == set(some)


def test_without_nationalities_nobody_can_be_invented():
    with pytest.raises(ValueError):
        invent(FEWEST, 1, replace(shipped(TODAY), countries={}))
