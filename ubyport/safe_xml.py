# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""XML from outside, parsed with DTDs, entities and the network off."""

from __future__ import annotations

from lxml import etree


def parse(content: bytes) -> etree._Element:
    """The root of a document in UTF-8.

    :raises ValueError: not XML, or a DTD inside; the text says which
    """
    # The encoding is forced, or UTF-7 could carry a DTD past this test. The
    # tree may be huge because a receipt is one text of up to 14 MB.
    if b"<!DOCTYPE" in content:
        raise ValueError("a DTD in the answer")
    parser = etree.XMLParser(
        encoding="utf-8",
        huge_tree=True,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ValueError("not XML") from None
