# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds for anything that anybody may type, and for anything that may be answered.

Each property runs with at least the 500 examples of the profile in conftest.py.
"""

from dataclasses import fields, replace

from engine_guests import CONTEXT, COUNTRIES, FLAWLESS, HOTEL, TODAY
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ubyport.compose import names_a_document, residence, wire_note
from ubyport.exceptions import DataError
from ubyport.letters import LETTERS, squeeze, unfoldable, xml_illegal
from ubyport.records import UNREADABLE_CODE, CodeEntry, Facility, Guest, WireGuest
from ubyport.request import DATA_NAMESPACE, build_report
from ubyport.rules import FINDING_CODES, SOFTENABLE, check_facility, check_guest
from ubyport.verdict import code_number, judge, parse_severities
from ubyport.wire import facility_to_wire, to_wire

SENDABLE = set(LETTERS) | {chr(code) for code in range(0x20, 0x7F)}
# Anything at all, lone surrogates included, and what people do type.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=300),
    st.text(st.sampled_from(f"{LETTERS}0123456789 '-./,|«ñøş"), max_size=60),
)
ANY_DAY = st.one_of(st.none(), st.dates())
GUESTS = st.fixed_dictionaries(
    {},
    optional={
        field.name: ANY_DAY if field.name.endswith("_date") else TEXTS
        for field in fields(Guest)
        if field.name != "birth_year_only"
    }
    | {"birth_year_only": st.booleans(), "nationality": st.sampled_from([*COUNTRIES])},
).map(lambda changes: replace(FLAWLESS, **changes))
FACILITIES = st.fixed_dictionaries(
    {}, optional={field.name: TEXTS for field in fields(Facility)}
).map(lambda changes: replace(HOTEL, **changes))
# What XML can carry; the wire lets nothing else pass.
LEGAL = TEXTS.map(lambda text: "".join(c for c in text if not xml_illegal(c)))
WIRE_GUESTS = st.builds(
    WireGuest,
    surname=LEGAL,
    first_name=LEGAL,
    birth_date=LEGAL,
    nationality=LEGAL,
    document_number=LEGAL,
    visa_number=LEGAL,
    residence=LEGAL,
    purpose=st.integers(0, 99),
    arrival=st.dates(),
    departure=st.dates(),
    note=LEGAL,
)
CODES = st.one_of(st.integers(), st.sampled_from([1, 112, 150, UNREADABLE_CODE]))
SEVERITIES = st.dictionaries(CODES, st.integers(-1, 9))


# Rules


@given(GUESTS, st.sets(st.sampled_from(sorted(SOFTENABLE))))
def test_the_rules_judge_whatever_is_typed_in_any_field(guest, softened):
    context = replace(CONTEXT, softened=frozenset(softened))
    for found in check_guest(guest, context):
        assert found.field in Guest.__slots__
        is_soft = found.code in softened and found.severity == "warning"
        assert is_soft or found.severity == FINDING_CODES[found.code]


@given(FACILITIES)
def test_the_rules_judge_whatever_is_typed_about_a_facility(facility):
    for found in check_facility(facility):
        assert found.field in Facility.__slots__
        assert found.severity == FINDING_CODES[found.code]


@given(GUESTS)
def test_softening_turns_errors_into_warnings_and_changes_nothing_else(guest):
    strict = check_guest(guest, CONTEXT)
    soft = check_guest(guest, replace(CONTEXT, softened=SOFTENABLE))
    assert [(f.field, f.code) for f in strict] == [(f.field, f.code) for f in soft]


# Letters


@given(TEXTS)
def test_a_squeezed_text_stays_as_it_is(text):
    assert squeeze(squeeze(text)) == squeeze(text)


@given(TEXTS)
def test_a_squeezed_text_is_in_the_letters_of_the_police_or_says_what_is_not(text):
    sent = squeeze(text)
    assert set(sent) - SENDABLE == set(unfoldable(text))
    assert sent == sent.strip() and "  " not in sent


# Composing


@given(GUESTS)
def test_a_composed_note_breaks_no_row(guest):
    note = wire_note(guest)
    assert "|" not in note and len(note.splitlines()) <= 1
    assert names_a_document(note) in (True, False)


@given(GUESTS)
def test_a_composed_residence_has_at_most_three_parts(guest):
    names = {country.name_cs for country in COUNTRIES.values()}
    commas_in_names = max(name.count(",") for name in names)
    assert residence(guest, COUNTRIES).count(",") <= 2 + commas_in_names


# Wire


@given(GUESTS)
def test_a_guest_leaves_in_the_letters_of_the_police_or_not_at_all(guest):
    try:
        sent = to_wire(guest, COUNTRIES)
    except DataError as refusal:
        assert refusal.field in Guest.__slots__
        return
    for name in ("surname", "first_name", "residence", "note"):
        assert set(getattr(sent, name)) <= SENDABLE, name


@given(FACILITIES)
def test_a_facility_leaves_in_the_letters_of_the_police_or_not_at_all(facility):
    try:
        sent = facility_to_wire(facility)
    except DataError as refusal:
        assert refusal.field in Facility.__slots__
        return
    for field in fields(Facility):
        assert set(getattr(sent, field.name)) <= SENDABLE, field.name


# The envelope


@given(st.lists(WIRE_GUESTS, min_size=1, max_size=4), st.booleans())
def test_an_envelope_is_well_formed_and_says_what_it_was_given(guests, with_pdf):
    root = etree.fromstring(build_report(HOTEL, guests, with_pdf))
    told = list(root.iter(f"{{{DATA_NAMESPACE}}}Ubytovany"))
    assert len(told) == len(guests)
    for guest, record in zip(guests, told, strict=True):
        assert (record.findtext(f"{{{DATA_NAMESPACE}}}cNote") or "") == guest.note


@given(TEXTS)
def test_a_text_that_xml_cannot_carry_stops_the_envelope_in_words(text):
    guest = replace(to_wire(FLAWLESS, COUNTRIES), note=text)
    try:
        message = build_report(HOTEL, [guest], True)
    except DataError as refusal:
        assert refusal.code == "control"
    else:
        etree.fromstring(message)


# The verdict


@given(st.lists(CODES), SEVERITIES, st.sets(CODES))
def test_there_is_a_verdict_whatever_is_answered(codes, severities, duplicates):
    verdict = judge(codes, severities, duplicates)
    assert verdict in ("accepted", "duplicate", "refused", "unknown")
    assert judge(reversed(codes), severities, duplicates) == verdict
    assert judge(codes * 2, severities, duplicates) == verdict


@given(st.lists(CODES, min_size=1), SEVERITIES)
def test_a_code_without_a_known_severity_is_never_acceptance(codes, severities):
    known = {code: level for code, level in severities.items() if code != codes[0]}
    assert judge(codes, known, ()) != "accepted"


@given(
    st.lists(
        st.builds(
            CodeEntry,
            id=st.integers(),
            kod2=TEXTS,
            kod3=TEXTS,
            text_cz=TEXTS,
            text_short_cz=st.one_of(TEXTS, st.sampled_from("0123456²")),
            text_en=TEXTS,
            text_short_en=TEXTS,
            valid_from=st.none(),
            valid_to=st.none(),
        )
    )
)
def test_any_list_of_answers_can_be_read(entries):
    assert all(isinstance(n, int) for n in parse_severities(entries).values())


@given(TEXTS)
def test_a_code_is_a_number_or_refused(text):
    try:
        assert code_number(text) >= 0
    except ValueError:
        pass


def test_the_small_world_of_these_properties_is_flawless():
    assert check_guest(FLAWLESS, CONTEXT) == () and TODAY == CONTEXT.today
