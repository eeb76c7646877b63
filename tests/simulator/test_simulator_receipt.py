# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The receipt: line by line as a real one."""

import base64
import io
import re

import pypdf
import pytest
from simulator_caller import LIPA, guest, pdf_lines

from simulator.receipt import wrap

RULE = re.compile("-{20,}")
EVERY_LETTER = "ĄŁĽŚŠŞŤŹŽŻŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖŘŮÚŰÜÝŢ"


def pages(answer):
    reader = pypdf.PdfReader(io.BytesIO(base64.b64decode(answer.receipt)))
    return [page.extract_text().splitlines() for page in reader.pages]


def foot(lines):
    return next(line for line in reversed(lines) if "©CODE" in line)


def test_the_head_has_nine_lines(caller, control):
    answer = caller.report(guest(), guest(cDocN="x"))
    at = control.get("batches")[0]["received_at"]
    hour, minute = int(at[11:13]), at[14:16]
    assert answer.lines[:9] == [
        "DORUČENKA - OZNÁMENÍ O UBYTOVÁNÍ CIZINCŮ",
        "SIMULÁTOR, NENÍ TO POLICIE / SIMULATOR, NOT THE POLICE",
        "IDUB: 123456789012 Zkratka: HVLTA Datum doručení oznámení:"
        f"20.11.2026 {hour}:{minute}",
        "Uživatel: UBY-WS12DEMO",
        "Ubytovací zařízení : Hotel Vltava",
        "Adresa ubytovacího zařízení: Praha, Nové Město, Zkušební 12/6",
        "Celkový počet záznamů: 2 Počet ignorovaných záznamů: 0",
        "Seznam nepřijatých záznamů: 1",
        "Počet přijatých záznamů: 1",
    ]


def test_an_address_without_an_orientation_number_has_no_slash(pension):
    lines = pension.report(guest(), facility=LIPA).lines
    assert "Adresa ubytovacího zařízení: Vodňany, Vodňany I, Cvičná 26" in lines


def test_the_head_shows_what_is_registered_and_not_what_was_sent(caller):
    lines = caller.report(guest(), uName="Cizí jméno").lines
    assert "Ubytovací zařízení : Hotel Vltava" in lines


def test_refused_records_come_first_and_accepted_ones_on_a_new_page(caller):
    answer = caller.report(guest(), guest(cSurN="Druhá", cDocN="pas 123"))
    first, second = pages(answer)
    title = first.index("SEZNAM NEPŘIJATÝCH ZÁZNAMŮ")
    assert RULE.fullmatch(first[title - 1]) and RULE.fullmatch(first[title + 1])
    assert first[title + 2].startswith("Příjmení | Jméno | Datum narození | STP | ")
    assert first[title + 3] == "Bydliště | Poznámka"
    assert "SEZNAM PŘIJATÝCH ZÁZNAMŮ" in second
    assert any("Druhá" in line for line in first)
    assert any("Vzorková" in line for line in second)


def test_an_accepted_record_has_three_lines(caller):
    lines = caller.report(guest(cNote="první host", cVisN="CZE123")).lines
    at = next(n for n, line in enumerate(lines) if re.match(r"001 -{20,}$", line))
    assert lines[at + 1] == (
        "Vzorková | Testa | 05031984 | SVK | PA1234567 | CZE123 | 10"
        " | 19.11.2026 | 23.11.2026"
    )
    assert lines[at + 2] == "Skúšobná 5, Košice, SVK-Slovenská republika | první host"
    assert lines[at + 3].startswith("KONEC DORUČENKY")


def test_an_empty_visa_is_two_bars_with_a_blank(caller):
    lines = caller.report(guest()).lines
    assert any("PA1234567 | | 10 | " in line for line in lines)


def test_a_purpose_has_two_digits_and_a_date_ten_letters(caller):
    answer = caller.report(
        guest(cPurp="1", cFrom="2026-11-02T00:00:00", cUntil="2027-01-05T00:00:00")
    )
    assert any(" | 01 | 02.11.2026 | 05.01.2027" in line for line in answer.lines)


def test_a_birth_date_is_printed_without_dots(caller):
    lines = caller.report(guest(cDate="05.03.1984")).lines
    assert any(" | 05031984 | " in line for line in lines)


def test_a_refused_record_has_its_remark(caller):
    lines = caller.report(guest(cDocN="pas 123")).lines
    at = next(n for n, line in enumerate(lines) if re.match(r"001 ERR: -{20,}$", line))
    assert " | pas 123 | " in lines[at + 1]
    assert lines[at + 3] == " ERR: Nekorektní číslo cestovního dokladu"


def test_a_duplicate_is_in_the_accepted_list_with_a_remark(caller):
    caller.report(guest())
    answer = caller.report(guest(cSurN="Nová"), guest())
    assert answer.records == [";", ";150;"]
    first, second = pages(answer)
    assert "Seznam nepřijatých záznamů: 0" in first
    assert "Počet přijatých záznamů: 2" in first
    at = next(n for n, line in enumerate(second) if line.startswith("002 ERR: ---"))
    assert second[at + 1].startswith("Vzorková | ")
    assert second[at + 3].rstrip() == (
        " ERR: Záznam s hostem je duplicitní a byl již zpracován"
        " v jedné z předchozích dávek"
    )


def test_each_list_is_numbered_from_001(caller):
    answer = caller.report(
        guest(cSurN="A"), guest(cSurN="B", cDocN="x"), guest(cSurN="C", cDocN="x")
    )
    numbers = [line[:3] for line in answer.lines if re.match(r"\d{3} (ERR: )?-", line)]
    assert numbers == ["001", "002", "001"]


def test_the_code_has_stamp_idub_day_time_and_the_records_so_far(caller):
    answer = caller.report(guest(cSurN="A"), guest(cSurN="B"), guest(cDocN="x"))
    first, second = pages(answer)
    code = rf"©CODE : {answer.stamp}-123456789012-20-11-2026-\d{{5,6}}"
    assert re.fullmatch(rf"POKRAČOVÁNÍ NA DALŠÍ STRÁNCE {code}-1", foot(first))
    assert re.fullmatch(rf"KONEC DORUČENKY {code}-3", foot(second))


def test_with_nobody_refused_the_first_page_counts_none(caller):
    first, second = pages(caller.report(guest()))
    assert foot(first).endswith("-0")
    assert foot(second).endswith("-1")


def test_a_full_batch_goes_over_several_pages_and_loses_nobody(caller):
    names = [f"Host{chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(32)]
    answer = caller.report(*(guest(cSurN=name) for name in names))
    all_pages = pages(answer)
    assert len(all_pages) > 2
    feet = [int(foot(page).rsplit("-", 1)[1]) for page in all_pages]
    assert feet == sorted(feet) and feet[-1] == 32
    listed = [line for page in all_pages for line in page if line.startswith("Host")]
    assert [line.split(" | ")[0] for line in listed] == names


def test_every_letter_of_the_official_list_can_be_read_back(caller):
    upper, lower = EVERY_LETTER[:20], EVERY_LETTER[20:].lower()
    answer = caller.report(
        guest(cSurN=upper, cFirstN=lower[:24], cNote=EVERY_LETTER.lower() + "ß")
    )
    assert answer.records == [";"]
    text = "\n".join(answer.lines)
    assert upper in text and lower[:24] in text
    assert EVERY_LETTER.lower() + "ß" in text


def test_the_font_is_inside_the_pdf(caller):
    reader = pypdf.PdfReader(
        io.BytesIO(base64.b64decode(caller.report(guest()).receipt))
    )
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    embedded = [f.get_object() for f in fonts if "/FontDescriptor" in f.get_object()]
    assert embedded
    assert all("/FontFile2" in font["/FontDescriptor"] for font in embedded)


@pytest.mark.parametrize("length", [50, 150, 200, 900])
def test_a_long_value_is_wrapped_and_no_letter_is_lost(caller, length):
    name = "".join(chr(97 + n % 26) for n in range(length))
    answer = caller.report(guest(cSurN=name, cNote="n" * 255))
    text = "".join(line.rstrip("\n") for line in answer.lines)
    assert name in text
    assert "n" * 255 in text


def test_the_longest_allowed_row_fits_on_one_line(caller):
    answer = caller.report(
        guest(cSurN="W" * 50, cFirstN="M" * 24, cDocN="Q" * 30, cVisN="V" * 15)
    )
    assert answer.records == [";"]
    row = (
        f"{'W' * 50} | {'M' * 24} | 05031984 | SVK | {'Q' * 30} | {'V' * 15}"
        " | 10 | 19.11.2026 | 23.11.2026"
    )
    assert row in answer.lines


def test_wrapping_prefers_blanks_and_keeps_every_letter():
    text = "jedna dva tři čtyři pět"
    parts = wrap(text, 10)
    assert "".join(parts) == text
    assert parts == ["jedna dva ", "tři čtyři ", "pět"]
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("", 10) == [""]


def test_markup_and_bars_in_a_note_are_printed_as_they_are(caller):
    lines = caller.report(guest(cNote="<b>&amp;</b> (x) \\ %s")).lines
    assert any(line.endswith("| <b>&amp;</b> (x) \\ %s") for line in lines)


def test_a_line_break_in_a_refused_note_cannot_forge_a_line(caller):
    forged = "x\nKONEC DORUČENKY\n002 ----"
    lines = caller.report(guest(cNote=forged)).lines
    assert sum(line.startswith("KONEC DORUČENKY") for line in lines) == 1
    assert not any(line.startswith("002 ") for line in lines)


def test_the_paper_of_errors_names_differences_and_refused_guests(caller):
    answer = caller.report(guest(), guest(cSurN="Druhá", cDocN="x"), uOkr="Brno")
    lines = pdf_lines(base64.b64decode(answer.error_receipt))
    assert "007 Nekorektní název Okres" in lines
    assert any(line.startswith("Druhá | ") for line in lines)
    assert not any(line.startswith("Vzorková | ") for line in lines)
    assert foot(lines).startswith(f"KONEC DORUČENKY ©CODE : {answer.stamp}-")
