# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading the police's receipt, from real PDFs in the layout of real ones."""

import io
from datetime import date, datetime

import pypdf
import pytest
from engine_clock import at_once
from engine_receipts import (
    ACCEPTED_TITLE,
    CODE,
    CONTINUED,
    DUPLICATE,
    HEAD,
    NOTHING_REFUSED,
    PAGES,
    PLAIN,
    REFUSED,
    REFUSED_TITLE,
    RULE,
    STAMP,
    THE_END,
    pdf_of,
    text_of,
)
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from ubyport.exceptions import UnreadableReceipt
from ubyport.receipt import RECORDS_MAX, TEXT_MAX, parse_receipt, read_receipt

RECEIPT = read_receipt(pdf_of(PAGES))


def accepted_page(*lines):
    """A receipt with these lines in the list of accepted records."""
    return parse_receipt(text_of([[*HEAD, *ACCEPTED_TITLE, *lines, THE_END]]))


def test_the_head_names_facility_user_and_time():
    assert RECEIPT.idub == "123456789012"
    assert RECEIPT.mark == "HVLTA"
    assert RECEIPT.delivered_at == datetime(2026, 11, 29, 2, 28)
    assert RECEIPT.user == "UBY-WS_12DEMO"
    assert RECEIPT.facility == "Hotel Vltava"
    assert RECEIPT.address == "PRAHA, NOVÉ MĚSTO, ZKUŠEBNÍ 12/6"


def test_the_totals_are_those_printed():
    totals = (RECEIPT.total, RECEIPT.ignored, RECEIPT.refused, RECEIPT.accepted)
    assert totals == (3, 0, 1, 2)


def test_the_stamp_is_the_one_of_the_last_page():
    assert RECEIPT.stamp == STAMP


def test_each_record_stands_in_its_list():
    found = [(r.number, r.accepted, r.surname) for r in RECEIPT.records]
    assert found == [(1, False, "VZOR"), (1, True, "Łukaszewicz"), (2, True, "NGUYEN")]


def test_all_fields_of_a_record_are_read():
    record = RECEIPT.records[2]
    assert record.first_name == "THI HONG"
    assert record.birth_date == "29022000"
    assert record.nationality == "VNM"
    assert record.document_number == "C0000177"
    assert record.visa_number == "CZE012345678"
    assert record.purpose == "99"
    assert record.arrival == date(2026, 11, 27)
    assert record.departure == date(2026, 11, 30)
    assert record.residence == "Hanoi, VNM-Vietnamská socialistická republika"
    assert record.note == "POBYT AA1234567"


def test_an_empty_visa_and_an_empty_residence_stay_empty():
    record = RECEIPT.records[1]
    assert (record.visa_number, record.residence) == ("", "")
    assert record.note == "pozdní příjezd"
    assert record.birth_date == "00001984"


def test_a_remark_is_read_and_does_not_make_a_refusal():
    duplicate, refused = RECEIPT.records[2], RECEIPT.records[0]
    assert duplicate.accepted and duplicate.remark.startswith("Záznam s hostem je dup")
    assert refused.remark == "Nekorektní číslo cestovního dokladu"
    assert RECEIPT.records[1].remark == ""


def test_a_receipt_without_refusals_has_only_accepted_records():
    receipt = read_receipt(pdf_of(NOTHING_REFUSED))
    assert receipt.refused == 0
    assert {record.accepted for record in receipt.records} == {True}
    assert len(receipt.records) == receipt.accepted == 2


def test_text_and_pdf_say_the_same():
    assert parse_receipt(text_of(PAGES)) == RECEIPT


def test_spaces_lost_in_extraction_lose_only_spaces():
    squeezed = "\n".join("".join(line.split()) for line in text_of(PAGES).splitlines())
    receipt = parse_receipt(squeezed)
    assert receipt.idub == "123456789012"
    assert receipt.mark == "HVLTA"
    assert receipt.delivered_at == datetime(2026, 11, 29, 2, 28)
    assert receipt.facility == "HotelVltava"
    assert (receipt.total, receipt.refused, receipt.accepted) == (3, 1, 2)
    assert receipt.stamp == STAMP
    assert [r.document_number for r in receipt.records] == [
        "12",
        "ZS0000177",
        "C0000177",
    ]
    assert [r.visa_number for r in receipt.records] == ["", "", "CZE012345678"]
    assert [r.accepted for r in receipt.records] == [False, True, True]


def test_doubled_spaces_do_no_harm_either():
    receipt = parse_receipt(text_of(PAGES).replace(" ", "  "))
    assert (receipt.mark, receipt.total, len(receipt.records)) == ("HVLTA", 3, 3)
    assert receipt.delivered_at == datetime(2026, 11, 29, 2, 28)


def test_a_list_over_several_pages_is_one_list():
    pages = [
        [*HEAD, *REFUSED_TITLE, *REFUSED, CONTINUED],
        [*ACCEPTED_TITLE, *PLAIN, CONTINUED],
        [*ACCEPTED_TITLE, *DUPLICATE, THE_END],
    ]
    assert read_receipt(pdf_of(pages)).records == RECEIPT.records


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_record_broken_by_the_end_of_a_page_is_whole(cut):
    pages = [
        [*HEAD, *ACCEPTED_TITLE, *PLAIN, *DUPLICATE[:cut], CONTINUED],
        [*ACCEPTED_TITLE, *DUPLICATE[cut:], THE_END],
    ]
    receipt = parse_receipt(text_of(pages))
    expected = RECEIPT.records[2]
    assert receipt.records[1].residence == expected.residence
    assert receipt.records[1].document_number == expected.document_number


def test_long_lines_continued_in_the_next_ones_are_joined():
    receipt = accepted_page(
        f"001 {RULE}",
        "Zkušební-Dlouhá | Anna | 29021984 | DEU |",
        "C01X00T47 |  | 10 | 28.11.2026 | 01.12.2026",
        "Weg 7, Musterstadt, DEU-Spolková",
        "republika Německo | první díl poznámky",
        "druhý díl",
        " ERR: první díl",
        "druhý díl",
    )
    (record,) = receipt.records
    assert record.document_number == "C01X00T47"
    assert record.residence == "Weg 7, Musterstadt, DEU-Spolková republika Německo"
    assert record.note == "první díl poznámky druhý díl"
    assert record.remark == "první díl druhý díl"


def test_a_record_may_have_more_than_three_digits_in_its_number():
    receipt = accepted_page(f"1000 {RULE}", *PLAIN[1:])
    assert receipt.records[0].number == 1000


def test_a_guest_cannot_write_a_title_into_a_receipt():
    receipt = accepted_page(
        *PLAIN[:2], "Weg 7 | SEZNAM NEPŘIJATÝCH ZÁZNAMŮ", *DUPLICATE
    )
    assert [record.accepted for record in receipt.records] == [True, True]
    assert receipt.records[0].note == "SEZNAM NEPŘIJATÝCH ZÁZNAMŮ"


def test_a_facility_named_like_a_title_does_not_end_the_head():
    text = text_of(PAGES).replace("Hotel Vltava", "Hotel SEZNAM")
    receipt = parse_receipt(text)
    assert (receipt.facility, receipt.total) == ("Hotel SEZNAM", 3)


def test_an_impossible_date_is_none():
    receipt = accepted_page(
        f"001 {RULE}", PLAIN[1].replace("28.11.2026", "31.02.2026"), PLAIN[2]
    )
    assert receipt.records[0].arrival is None
    head = text_of(PAGES).replace("29.11.2026 2:28", "29.13.2026 2:28")
    assert parse_receipt(head).delivered_at is None


def test_seconds_in_the_time_of_delivery_are_read():
    text = text_of(PAGES).replace("2:28", "14:28:05")
    assert parse_receipt(text).delivered_at == datetime(2026, 11, 29, 14, 28, 5)


def test_a_receipt_without_a_code_has_no_stamp():
    text = text_of(PAGES).replace(CODE, "")
    assert parse_receipt(text).stamp == ""


def test_a_record_with_a_column_too_few_is_not_guessed():
    with pytest.raises(UnreadableReceipt) as caught:
        accepted_page(f"007 {RULE}", "VZOR | JAN | 01011980", "Weg 7 | ")
    assert caught.value.detail == "record 7"


@pytest.mark.parametrize(
    "pdf",
    [b"", b"no pdf", b"%PDF-1.4\n", pdf_of(PAGES)[:400], b"%PDF-1.4\n" + b"\xff" * 999],
    ids=["empty", "text", "head only", "cut", "noise"],
)
def test_what_is_no_pdf_is_unreadable(pdf):
    with pytest.raises(UnreadableReceipt):
        read_receipt(pdf)


def test_another_document_is_no_receipt():
    with pytest.raises(UnreadableReceipt):
        read_receipt(pdf_of([["Faktura č. 20260001", "Celkem 1 200 Kč"]]))


def test_a_document_of_very_many_pages_is_no_receipt():
    with pytest.raises(UnreadableReceipt):
        read_receipt(pdf_of([["strana"]] * 201))


# Files made to keep the reader busy


@pytest.fixture
def quick():
    """A hostile file may not cost more than a blink."""
    with at_once():
        yield


def head_with(total):
    return text_of(PAGES).replace("záznamů: 3", f"záznamů: {total}")


def stream_of(content, **entries):
    stream = StreamObject()
    stream.set_data(content)
    stream = stream.flate_encode()
    stream.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    return stream


def pdf_with(content, pages=1, form=None, letter_map=None):
    """A PDF whose pages share a content, and maybe a form and a letter map."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    if letter_map:
        font[NameObject("/ToUnicode")] = writer._add_object(stream_of(letter_map))
    fonts = DictionaryObject({NameObject("/F1"): font})
    resources = DictionaryObject({NameObject("/Font"): fonts})
    if form:
        kind = stream_of(form, Type=NameObject("/XObject"), Subtype=NameObject("/Form"))
        forms = DictionaryObject({NameObject("/X"): writer._add_object(kind)})
        resources[NameObject("/XObject")] = forms
    shared = writer._add_object(stream_of(content))
    for _number in range(pages):
        page = writer.add_blank_page(500, 500)
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = shared
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


WORK = b"q Q\n" * 25_000


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "pdf",
    [
        pdf_with(WORK * 6),
        pdf_with(b"/X Do\n" * 200, form=WORK),
        pdf_with(
            b"BT /F1 9 Tf (a) Tj ET", pages=200, letter_map=b"<41> <0041>\n" * 9_000
        ),
        pdf_with(b"q Q\n" * 800, pages=190),
    ],
    ids=["a long page", "a form drawn often", "a long letter map", "a shared page"],
)
def test_a_small_file_which_unfolds_to_much_work_is_unreadable_at_once(pdf):
    assert len(pdf) < 50_000
    with pytest.raises(UnreadableReceipt):
        read_receipt(pdf)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "text",
    [
        "CODE:" * (TEXT_MAX // 5),
        "Početignorovaných" * (TEXT_MAX // 17),
        "x" * (TEXT_MAX + 1),
        "I" + " " * (TEXT_MAX - 1),
        head_with(3) + f"\n001 {RULE}\n" + "x\n" * (TEXT_MAX // 3),
        head_with(3) + f"\n001 {RULE}\nx" + "\nKONEC DORUČENKY" * 15_000,
        "1" * TEXT_MAX,
        "001 " + "-" * (TEXT_MAX - 5) + "x",
    ],
)
def test_a_hostile_text_is_unreadable_at_once(text):
    with pytest.raises(UnreadableReceipt):
        parse_receipt(text)


@pytest.mark.usefixtures("quick")
def test_titles_and_codes_repeated_to_the_limit_are_read_at_once():
    receipt = parse_receipt(head_with(3) + "\n" + "CODE:" * 50_000)
    assert receipt.total == 3
    receipt = parse_receipt(
        head_with(3).replace("ignorovaných", "ignorovaných" * 9_000)
    )
    assert receipt.ignored == 0


@pytest.mark.parametrize("total", ["9999999999", "9" * 5000])
def test_a_number_of_records_beyond_all_measure_is_unreadable(total):
    with pytest.raises(UnreadableReceipt):
        parse_receipt(head_with(total))
    with pytest.raises(UnreadableReceipt):
        accepted_page(PLAIN[0].replace("001", total), *PLAIN[1:])


@pytest.mark.usefixtures("quick")
def test_more_records_than_any_batch_has_are_unreadable():
    record = ["001 ---", "|" * 8]
    with pytest.raises(UnreadableReceipt):
        accepted_page(*record * (RECORDS_MAX + 1))


def test_the_receipt_of_a_full_batch_is_far_from_every_bound():
    receipt = read_receipt(pdf_of([[*HEAD, *ACCEPTED_TITLE, *PLAIN * 99, THE_END]] * 3))
    assert len(receipt.records) == 297
