# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A receipt against what was told: who is in it, and with which letters."""

from dataclasses import replace
from datetime import date

import pytest
from engine_receipts import PAGES, STAMP, pdf_of

from ubyport.receipt import Receipt, ReceiptRecord, read_receipt
from ubyport.reconcile import (
    DISAGREEMENT_CODES,
    FIELDS,
    Count,
    Difference,
    disagreements,
    match,
)
from ubyport.records import WireGuest

ANNA = WireGuest(
    surname="Zkušební",
    first_name="Anna Marie",
    birth_date="29021984",
    nationality="DEU",
    document_number="C01X00T47",
    visa_number="CZE123",
    residence="Beispielweg 7, Musterstadt, DEU-Spolková republika Německo",
    purpose=1,
    arrival=date(2026, 11, 19),
    departure=date(2026, 11, 23),
    note="pozdní příjezd",
)
BRUNO = replace(
    ANNA, first_name="Bruno", birth_date="01012015", document_number="C01X00T48"
)
CLARA = replace(BRUNO, first_name="Clara", document_number="C01X00T49")


def printed(guest, accepted=True, remark="", **changes):
    """The record of a guest as the police print it."""
    values = {name: getattr(guest, name) for name in FIELDS}
    values["purpose"] = f"{guest.purpose:02}"
    values |= {"number": 1, "accepted": accepted, "remark": remark}
    return ReceiptRecord(**(values | changes))


def receipt(*records, **changes):
    """A receipt whose totals are those of its lists."""
    accepted = sum(record.accepted for record in records)
    values = {
        "idub": "123456789012",
        "mark": "HVLTA",
        "delivered_at": None,
        "user": "UBY-WS12DEMO",
        "facility": "Hotel Vltava",
        "address": "Praha",
        "total": len(records),
        "ignored": 0,
        "refused": len(records) - accepted,
        "accepted": accepted,
        "stamp": STAMP,
        "records": records,
    }
    return Receipt(**(values | changes))


def differences(told, record, **options):
    (found,) = match([told], receipt(record), **options).matches
    return found.differences


def codes(told, paper, filed=None, idub="123456789012", stamp=STAMP):
    """(code, position) of every disagreement."""
    filed = [True] * len(told) if filed is None else filed
    found = match(told, paper)
    return [
        (one.code, one.position)
        for one in disagreements(found, paper, idub=idub, stamp=stamp, filed=filed)
    ]


def test_a_receipt_that_repeats_what_was_told_agrees():
    paper = receipt(printed(BRUNO), printed(ANNA))
    assert codes([ANNA, BRUNO], paper) == []


def test_a_receipt_read_from_a_real_pdf_agrees_with_its_guests():
    paper = read_receipt(pdf_of(PAGES))
    told = [
        WireGuest(
            surname=record.surname,
            first_name=record.first_name,
            birth_date=record.birth_date,
            nationality=record.nationality,
            document_number=record.document_number,
            visa_number=record.visa_number,
            residence=record.residence,
            purpose=int(record.purpose),
            arrival=record.arrival,
            departure=record.departure,
            note=record.note,
        )
        for record in paper.records
    ]
    assert codes(told, paper, [False, True, True]) == []


def test_the_order_of_the_records_does_not_matter():
    found = match([ANNA, BRUNO], receipt(printed(BRUNO), printed(ANNA)))
    names = [one.record.first_name for one in found.matches]
    assert names == ["Anna Marie", "Bruno"]
    assert [one.position for one in found.matches] == [1, 2]


def test_white_space_does_not_count():
    record = printed(ANNA, first_name="AnnaMarie", note="pozdnípříjezd ")
    assert differences(ANNA, record) == ()


@pytest.mark.parametrize(
    ("field", "back"),
    [
        ("surname", "Zkuební"),
        ("residence", "Beispielweg 7, Musterstadt"),
        ("visa_number", ""),
        ("note", "pozdní"),
        ("departure", date(2026, 11, 24)),
        ("departure", None),
        ("purpose", "99"),
    ],
)
def test_a_datum_that_came_back_other_than_it_was_sent_is_named(field, back):
    (found,) = differences(ANNA, printed(ANNA, **{field: back}))
    assert found.field == field


def test_a_lost_letter_is_shown_as_sent_and_as_printed():
    told = replace(ANNA, surname="Timișoreanu")
    (found,) = differences(told, printed(told, surname="Timioreanu"))
    assert found == Difference(
        field="surname", sent="Timișoreanu", printed="Timioreanu"
    )


def test_the_case_of_letters_counts_unless_the_channel_writes_capitals():
    record = printed(ANNA, surname="ZKUŠEBNÍ")
    assert [one.field for one in differences(ANNA, record)] == ["surname"]
    assert differences(ANNA, record, ignore_case=True) == ()


def test_a_birth_date_with_dots_is_the_same_day():
    assert differences(ANNA, printed(ANNA, birth_date="29.02.1984")) == ()


def test_brothers_and_sisters_are_not_taken_for_each_other():
    """One of two children is in the receipt; the other one is missing."""
    found = match([BRUNO, CLARA], receipt(printed(CLARA)))
    first, second = found.matches
    assert first.record is None
    assert second.differences == ()
    assert not found.strangers


def test_twins_by_all_eight_data_each_find_a_record():
    found = match([ANNA, ANNA], receipt(printed(ANNA), printed(ANNA)))
    assert found.named == 2
    assert not found.strangers


def test_a_guest_whom_we_did_not_send_is_a_stranger():
    other = replace(
        ANNA, surname="Jiný", document_number="X9999999", birth_date="01011950"
    )
    found = match([ANNA], receipt(printed(ANNA), printed(other)))
    assert [record.surname for record in found.strangers] == ["Jiný"]
    assert codes([ANNA], receipt(printed(ANNA), printed(other))) == [("stranger", 0)]


def test_a_filed_guest_whom_the_receipt_does_not_name_is_missing():
    assert codes([ANNA, BRUNO], receipt(printed(ANNA))) == [("missing", 2)]
    assert codes([ANNA, BRUNO], receipt(printed(ANNA)), [True, False]) == [
        ("missing", 2)
    ]


def test_without_an_answer_a_guest_may_be_missing():
    """Of a file's records the web application lets people cancel some."""
    assert codes([ANNA, BRUNO], receipt(printed(ANNA)), [None, None]) == []


def test_receipt_and_answer_may_contradict_each_other_both_ways():
    refused = receipt(printed(ANNA, accepted=False, remark="Nekorektní datum"))
    assert codes([ANNA], refused) == [("refused", 1)]
    assert codes([ANNA], refused, [False]) == []
    assert codes([ANNA], receipt(printed(ANNA)), [False]) == [("accepted", 1)]


def test_a_remark_among_the_accepted_is_no_refusal():
    """A duplicate stands there with ``ERR:`` (receipt of 29.11.2025)."""
    paper = receipt(printed(ANNA, remark="Záznam s hostem je duplicitní"))
    assert codes([ANNA], paper) == []


def test_another_facility_or_stamp_is_told():
    paper = receipt(printed(ANNA))
    assert codes([ANNA], paper, idub="999999999999") == [("idub", 0)]
    assert codes([ANNA], paper, stamp="other") == [("stamp", 0)]
    assert codes([ANNA], paper, stamp=STAMP.upper()) == []


def test_without_a_stamp_in_the_answer_none_is_expected():
    assert codes([ANNA], receipt(printed(ANNA)), stamp="") == []


@pytest.mark.parametrize("name", ["total", "ignored", "refused", "accepted"])
def test_a_total_that_its_own_lists_contradict_is_told(name):
    paper = receipt(printed(ANNA), **{name: 7})
    (found,) = match([ANNA], paper).counts
    assert found.name == name
    assert isinstance(found, Count)
    assert found.printed == 7
    assert codes([ANNA], paper) == [("count", 0)]


def test_every_code_is_in_the_list():
    paper = receipt(
        printed(ANNA, accepted=False, note=""), printed(BRUNO), total=9, stamp="x"
    )
    other = replace(ANNA, surname="Jiný", document_number="Y1", birth_date="01011950")
    told = [ANNA, other]
    found = {code for code, _position in codes(told, paper, idub="0")}
    found |= {code for code, _position in codes([BRUNO], paper, [False])}
    assert found == set(DISAGREEMENT_CODES)
