# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading XML from elsewhere: no DTD, no entities, no network."""

from __future__ import annotations

from lxml import etree


def parse(body: bytes, huge_tree: bool = False) -> etree._Element:
    """The root of a document in UTF-8.

    :raises ValueError: not XML, or with a DTD
    """
    # The encoding is forced, or UTF-7 could carry a DTD past this test.
    if b"<!DOCTYPE" in body:
        raise ValueError("a DTD in the answer")
    parser = etree.XMLParser(
        encoding="utf-8",
        huge_tree=huge_tree,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
    )
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ValueError("not XML") from None
