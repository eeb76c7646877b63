# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The shape of the answer of ``ZapisUbytovane``."""

import base64
import re

import pytest
from lxml import etree
from simulator_caller import NAMESPACES, NIL, guest

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def result(answer):
    return answer.tree.find(".//m:ZapisUbytovaneResult", NAMESPACES)


def test_members_come_in_alphabetical_order(caller):
    names = [etree.QName(node).localname for node in result(caller.report(guest()))]
    assert names == [
        "ChybyHlavicky",
        "ChybyZaznamu",
        "DokumentChybyPotvrzeni",
        "DokumentPotvrzeni",
        "PseudoRazitko",
    ]


def test_members_are_in_the_data_namespace_and_strings_in_that_of_arrays(caller):
    answer = caller.report(guest())
    spaces = {etree.QName(node).namespace for node in result(answer)}
    assert spaces == {NAMESPACES["d"]}
    array = answer.tree.find(".//d:ChybyZaznamu", NAMESPACES)
    assert [etree.QName(node).namespace for node in array] == [NAMESPACES["arr"]]


def test_there_is_one_string_for_each_guest_in_the_order_sent(caller):
    bad = {"cDocN": "x"}
    answer = caller.report(
        guest(cSurN="A", **bad), guest(cSurN="B"), guest(cSurN="C", **bad)
    )
    assert answer.records == [";106;", ";", ";106;"]


def test_codes_have_no_leading_zeros(caller):
    answer = caller.report(guest(cFrom="2026-10-01T00:00:00", cDocN="x"), uName="x")
    assert answer.header == "5;"
    assert answer.records == [";112;106;"]


def test_the_stamp_is_a_guid_and_new_each_time(caller):
    first, second = caller.report(guest()), caller.report(guest())
    assert GUID.fullmatch(first.stamp)
    assert first.stamp != second.stamp


def test_the_receipt_is_base64_in_lines_and_a_pdf(caller):
    receipt = caller.report(guest()).receipt
    lines = receipt.split("\n")
    assert len(lines) > 1
    assert {len(line) for line in lines[:-1]} == {76}
    assert base64.b64decode(receipt).startswith(b"%PDF-")


def test_a_receipt_of_errors_comes_only_when_there_are_any(caller):
    assert caller.report(guest()).error_receipt is None
    assert caller.report(guest(cDocN="x")).error_receipt
    assert caller.report(guest(cSurN="Jiná"), uName="x").error_receipt
    assert caller.report(guest()).error_receipt is None, "a duplicate is no error"


@pytest.mark.parametrize("with_pdf", ["false", "0", None])
def test_without_a_wish_there_is_no_pdf_but_a_stamp(caller, control, with_pdf):
    answer = caller.report(guest(cDocN="x"), with_pdf=with_pdf)
    assert answer.receipt is None and answer.error_receipt is None
    assert answer.stamp
    batch = control.get("batches")[0]
    assert batch["has_receipt"], "the police keep theirs"
    assert batch["with_pdf"] is False


def test_a_member_without_a_value_is_nil(caller):
    answer = caller.report(guest(), with_pdf="false")
    for name in ("DokumentPotvrzeni", "DokumentChybyPotvrzeni"):
        node = answer.tree.find(f".//d:{name}", NAMESPACES)
        assert node.get(NIL) == "true"
        assert node.text is None


def test_no_header_code_is_an_empty_text(caller):
    node = caller.report(guest()).tree.find(".//d:ChybyHlavicky", NAMESPACES)
    assert node.get(NIL) is None
    assert not node.text


def test_a_batch_of_refused_guests_still_has_a_stamp_and_a_receipt(caller):
    answer = caller.report(guest(cDocN="x"))
    assert answer.stamp and answer.receipt
    assert "Počet přijatých záznamů: 0" in answer.lines
