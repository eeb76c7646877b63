# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The UNL file: what is written, what is read back, and what is refused."""

import string
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from engine_clock import at_once
from engine_guests import CONTEXT, COUNTRIES, FLAWLESS, HOTEL, TODAY, errors, guest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from ubyport import unl, unl_reader, unwire
from ubyport.exceptions import DataError
from ubyport.letters import LETTERS
from ubyport.records import Guest
from ubyport.rules import check_guest
from ubyport.wire import CORRECTION, as_correction, facility_to_wire, to_wire

NOON = datetime(2026, 11, 20, 12, 5, 9)


def written(*guests, facility=HOTEL):
    """The file with these guests."""
    told = [to_wire(each, COUNTRIES) for each in guests or [FLAWLESS]]
    return unl.write(facility, told, NOON)


def rows(content):
    """The fields of every row."""
    assert content.endswith(b"\r\n")
    return [row.split("|") for row in content.decode("cp1250").split("\r\n")[:-1]]


# The format


def test_the_first_row_is_the_facility_with_the_local_time_of_the_export():
    header, _guest = rows(written())
    assert header == (
        "A|2|123456789012|HVLTA|Hotel Vltava|Jana Vzorová, tel: +420 601 123 456|Praha"
        "|Praha|Nové Město|Zkušební|12|6|11000|2026.11.20 12:05:09||"
    ).split("|")


def test_a_guest_is_a_row_of_16_fields_with_the_name_in_capitals():
    row = rows(written(guest(first_name="Jörg", note="pozdní příjezd")))[1]
    assert row == (
        "U|19.11.2026|23.11.2026|ZKUŠEBNÍ|JÖRG||29.02.1984|||DEU|Beispielweg 7, "
        "Musterstadt, DEU-Spolková republika Německo|C01X00T47||10||pozdní příjezd"
    ).split("|")


@pytest.mark.parametrize(
    ("changes", "place", "text"),
    [
        ({"birth_year_only": True}, 6, "00.00.1984"),
        ({"purpose": "01"}, 13, "01"),
        ({"surname": "Weiß"}, 3, "WEIß"),
        ({"surname": "Țepeș"}, 3, "ŢEPEŞ"),
        ({"note": "a|b"}, 15, "a\\b"),
        ({"nationality": "VNM", "visa_number": "cze012345678"}, 12, "CZE012345678"),
        (
            {"document_type": "in_parent_passport", "document_number": "P12345678"},
            11,
            "INPASS",
        ),
    ],
)
def test_what_stands_at_a_place(changes, place, text):
    assert rows(written(guest(**changes)))[1][place] == text


def test_a_correction_carries_the_prescribed_sentence():
    told = as_correction(to_wire(FLAWLESS, COUNTRIES))
    assert rows(unl.write(HOTEL, [told], NOON))[1][15] == CORRECTION


def test_trailing_spaces_are_left_out():
    told = replace(to_wire(FLAWLESS, COUNTRIES), residence="Musterstadt  ")
    assert rows(unl.write(HOTEL, [told], NOON))[1][10] == "Musterstadt"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("surname", "Ковальчишин", "script"),
        ("note", "cena 5 ¢", "script"),
        ("residence", "A|B", "characters"),
        ("note", "dva\r\nřádky", "control"),
        ("visa_number", "A\x00", "control"),
    ],
)
def test_what_a_row_cannot_hold_is_refused_and_never_replaced(field, text, code):
    told = replace(to_wire(FLAWLESS, COUNTRIES), **{field: text})
    with pytest.raises(DataError) as caught:
        unl.write(HOTEL, [told], NOON)
    assert (caught.value.field, caught.value.code) == (field, code)
    assert text not in str(caught.value)


def test_a_file_holds_1_to_99_guests_and_more_are_several_files():
    told = to_wire(FLAWLESS, COUNTRIES)
    for number in (0, 100):
        with pytest.raises(ValueError, match="1 to 99"):
            unl.write(HOTEL, [told] * number, NOON)
    assert [len(each) for each in unl.batches([told] * 200)] == [99, 99, 2]
    assert len(rows(unl.write(HOTEL, [told] * 99, NOON))) == 100


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ("", "123456789012_2026_11_20_1205.unl"),
        ("UBY/2026/00012", "123456789012_2026_11_20_1205_UBY_2026_00012.unl"),
        ("pro policii č. 1", "123456789012_2026_11_20_1205_pro_policii_1.unl"),
    ],
)
def test_the_name_of_the_file_is_ascii_letters_digits_and_underscores(info, name):
    assert unl.file_name("123456789012", NOON, info) == name


# Reading


def said(content):
    """The findings about a file as triples: line, field, code."""
    findings = unl_reader.read(content).findings
    return [(found.line, found.field, found.code) for found in findings]


def row_with(**changes):
    """A file whose second row has other texts at some places (by number)."""
    first, second = rows(written())
    for place, text in changes.items():
        second[int(place.removeprefix("f"))] = text
    return "".join("|".join(row) + "\r\n" for row in (first, second)).encode("cp1250")


# Invented people in the shape of the police's sample: codes outside the list, a
# trailing space, years of birth alone, residences without the state.
SAMPLE = """\
A|2|123456789012|HVLTA|Hotel Vltava|Jana Vzorová|Praha|Praha||||||2015.12.06 04:31:26||
U|01.10.2015|02.10.2015|VZOROVÁ|ALFA||25.02.1974|||XXX|Kábul, Vzorová 21|321654|999|01||
U|01.10.2015|03.10.2015|VZOROV|BETA||15.01.1977|||SYR|Damašek, Vzorová 12 |987654|1|10||
U|01.10.2015|04.10.2015|VZOROVIĆ|GAMA||13.06.1970|||SCG|Noar, Vzorová 32|753159|321|00||
U|01.10.2015|07.10.2015|VZOR|DELTA||00.00.2000|||DEU|Berlín, Vzor 45|159753|666|10||
""".replace("\n", "\r\n").encode("cp1250")


def test_a_file_like_the_polices_sample_comes_through_with_its_findings():
    reading = unl_reader.read(SAMPLE)
    assert list(reading.guests) == [2, 3, 4, 5]
    assert reading.exported_at == datetime(2015, 12, 6, 4, 31, 26)
    assert said(SAMPLE) == [
        (3, "residence", "spaces"),
        (5, "birth_date", "birth_year_only"),
    ]
    guests = [unwire.to_guest(told, COUNTRIES) for told in reading.guests.values()]
    first, *_others, last = guests
    assert (first.residence_city, first.residence_street) == ("Kábul", "Vzorová 21")
    assert (last.birth_year_only, last.birth_date.year) == (True, 2000)
    context = replace(CONTEXT, countries=COUNTRIES | {"SYR": COUNTRIES["DEU"]})
    unknown = [
        each.nationality
        for each in guests
        if ("nationality", "nationality_unknown") in errors(check_guest(each, context))
    ]
    assert unknown == ["XXX", "SCG"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\r\n \r\n", "file_empty"),
        (b"%PDF-1.4\n1 0 obj", "file_not_unl"),
        (b"PK\x03\x04" + bytes(range(256)) * 40, "file_not_unl"),
        (b"\x00" * 5_000_000, "file_too_large"),
        (b"A|" * 600_000, "file_too_large"),
        ("A|2|ž".encode(), "file_utf8"),
        (b"\xef\xbb\xbfA|2|", "file_utf8"),
        ("A|2".encode("utf-16"), "file_not_unl"),
    ],
)
def test_a_wrong_file_is_told_from_a_faulty_row(content, code):
    assert said(content) == [(0, "", code)]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"f1": "31.02.2026"}, "arrival", "date"),
        ({"f2": "2026-11-23"}, "departure", "date"),
        ({"f2": ""}, "departure", "date"),
        ({"f6": "00.05.1950"}, "birth_date", "date"),
        ({"f6": "00.00.0000"}, "birth_date", "date"),
        ({"f6": "17.5.1980"}, "birth_date", "date"),
        ({"f6": "١٧.05.1980".replace("١٧", "1x")}, "birth_date", "date"),
        ({"f13": "X"}, "purpose", "purpose_text"),
        ({"f13": "1"}, "purpose", "purpose_text"),
        ({"f15": "a\x01"}, "note", "control"),
    ],
)
def test_a_faulty_field_is_named_with_its_line(changes, field, code):
    content = row_with(**changes)
    assert (2, field, code) in said(content)
    assert 2 not in unl_reader.read(content).guests


def test_faulty_rows_do_not_take_the_others_along():
    header, good = written().splitlines(keepends=True)
    content = b"".join(
        (header, b"U|x\r\n", b"X|1\r\n", good, b"U|\x81\r\n", b"\r\n", header, good)
    )
    assert said(content) == [
        (2, "", "row_fields"),
        (3, "", "row_kind"),
        (5, "", "row_letters"),
        (6, "", "row_empty"),
        (7, "", "header_again"),
    ]
    assert list(unl_reader.read(content).guests) == [4, 8]


def test_other_line_ends_are_read_and_remarked():
    content = written().replace(b"\r\n", b"\n")
    assert said(content) == [(1, "", "row_line_end"), (2, "", "row_line_end")]
    assert said(written()[:-2]) == [(2, "", "row_line_end")]
    assert 2 in unl_reader.read(content).guests


def test_a_missing_header_a_new_version_and_a_strange_moment_are_remarked():
    assert said(written().split(b"\r\n", 1)[1]) == [(0, "", "header_missing")]
    strange = written().replace(b"A|2|", b"A|3|").replace(b"2026.11.20", b"20.11.2026")
    assert said(strange) == [(1, "version", "version"), (1, "exported_at", "moment")]


def test_a_missing_purpose_counts_as_other_and_is_remarked():
    reading = unl_reader.read(row_with(f13=""))
    assert reading.guests[2].purpose == 99
    assert [found.code for found in reading.findings] == ["purpose_empty"]


def test_more_guests_than_a_file_may_hold_are_read_and_remarked():
    header, good = written().splitlines(keepends=True)
    assert said(header + good * 120) == [(0, "", "file_guests")]
    assert said(b"U|\r\n" * 2000)[-2:] == [
        (1001, "", "file_lines"),
        (0, "", "header_missing"),
    ]


@pytest.mark.parametrize(
    ("residence", "parts"),
    [
        ("", ("", "", "")),
        ("Brusé", ("", "Brusé", "")),
        ("Berlín, Vogel 45", ("Vogel 45", "Berlín", "")),
        ("Vogel 45, Berlín", ("Vogel 45", "Berlín", "")),
        ("Weg 1, Berlin, DEU-Německo", ("Weg 1", "Berlin", "DEU")),
        ("Kralendijk, BES-Bonaire, Svatý Eustach a Saba", ("", "Kralendijk", "BES")),
        ("Weg, 7, Ulm", ("Weg 7", "Ulm", "")),
    ],
)
def test_a_residence_is_taken_apart(residence, parts):
    assert unwire.residence_parts(residence, COUNTRIES) == parts


# For all guests that pass the rules

NAME = st.text(f"{LETTERS}'- ", min_size=1, max_size=24)
PLACE = st.text(f"{LETTERS}{string.digits}'/.;:()&#@ ,-", max_size=30)
NUMBER = st.text(string.ascii_letters + string.digits, min_size=4, max_size=30)
NOTE = st.one_of(
    st.just(""),
    st.sampled_from(["POBYT AB1234, x", "diplomat 123456", "pas C01X00T47", "a|b |"]),
    st.text(f"{LETTERS}{string.digits}{string.punctuation} ñØ–", max_size=120),
)
GUESTS = st.builds(
    Guest,
    surname=NAME,
    first_name=st.one_of(st.just(""), NAME),
    birth_date=st.dates(date(1900, 1, 1), TODAY - timedelta(400)),
    birth_year_only=st.booleans(),
    nationality=st.sampled_from(sorted(set(COUNTRIES) - {"VNM"})),
    document_type=st.sampled_from(
        ["passport", "id_card", "residence_permit", "diplomatic_card", "other"]
        + ["in_parent_passport", "lost"]
    ),
    document_number=NUMBER,
    visa_number=st.sampled_from(["", "BIOMETRIKA", "cze012345678"]),
    residence_street=st.one_of(st.just(""), PLACE),
    residence_city=PLACE,
    residence_country=st.sampled_from(sorted(COUNTRIES)),
    purpose=st.sampled_from(["00", "01", "10", "99"]),
    arrival_date=st.dates(TODAY - timedelta(400), TODAY),
    departure_date=st.dates(TODAY + timedelta(1), TODAY + timedelta(400)),
    note=NOTE,
)
LISTS = st.lists(GUESTS, min_size=1, max_size=4)
thorough = settings(
    max_examples=500,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def told_to(guests):
    """What those who pass the rules would be told as."""
    passed = [each for each in guests if not errors(check_guest(each, CONTEXT))]
    assume(passed)
    event(f"{len(passed)} guests")
    return [to_wire(each, COUNTRIES) for each in passed]


@thorough
@given(LISTS)
def test_what_is_written_is_read_back_the_same(guests):
    told = told_to(guests)
    reading = unl_reader.read(unl.write(HOTEL, told, NOON))
    assert list(reading.guests.values()) == [unl.as_written(each) for each in told]
    assert reading.facility == facility_to_wire(HOTEL)
    assert reading.exported_at == NOON
    assert {found.code for found in reading.findings} <= {"birth_year_only"}


@thorough
@given(LISTS)
def test_whoever_is_read_from_a_file_would_be_reported_the_same(guests):
    for told in told_to(guests):
        typed = unwire.to_guest(told, COUNTRIES)
        assert to_wire(typed, COUNTRIES) == told
        assert errors(check_guest(typed, CONTEXT)) == []


@thorough
@given(LISTS)
def test_every_file_is_windows_1250_with_crlf_and_16_fields(guests):
    content = unl.write(HOTEL, told_to(guests), NOON)
    assert all(len(row) == 16 for row in rows(content))
    assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
    assert not any(field.endswith(" ") for row in rows(content) for field in row)


def test_a_row_longer_than_any_guest_is_refused_unread():
    content = written().replace(b"Beispielweg 7", b"DEU, " * 500)
    reading = unl_reader.read(content)
    assert [(each.line, each.code) for each in reading.findings] == [(2, "row_long")]
    assert not reading.guests


def test_a_file_as_large_as_may_be_is_read_at_once():
    header, row = written().split(b"\r\n")[:2]
    room = unl_reader.LINE_MAX - len(row)
    full = row.replace(b"Beispielweg 7", b"DEU, " * (room // 5))
    long = row.replace(b"Beispielweg 7", b"DEU, " * 40_000)
    with at_once():
        for content in ([header] + [full] * 200, [header] + [long] * 4):
            reading = unl_reader.read(b"\r\n".join(content) + b"\r\n")
            for told in reading.guests.values():
                unwire.to_guest(told, COUNTRIES)


def test_a_number_within_another_one_of_the_note_is_told_apart_again():
    lost = guest(document_type="lost", document_number="12345", note="tel 601123456")
    told = to_wire(lost, COUNTRIES)
    typed = unwire.to_guest(told, COUNTRIES)
    assert (typed.document_number, typed.note) == ("12345", "tel 601123456")
    assert to_wire(typed, COUNTRIES) == told


@thorough
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(
            st.sampled_from(
                [b"A|2|", b"U|", b"|", b"\r\n", b"\n", b"01.01.2026", b"\x81", b"\xe8"]
                + [b"00.00.1950", b"10", b"U" + b"|" * 15, b"A" + b"|" * 15, b" "]
            ),
            max_size=60,
        ).map(b"".join),
    )
)
def test_no_bytes_make_the_reader_raise(content):
    reading = unl_reader.read(content)
    assert reading.guests or reading.findings
    assert all(found.severity for found in reading.findings)
    for told in reading.guests.values():
        check_guest(unwire.to_guest(told, COUNTRIES), CONTEXT)
