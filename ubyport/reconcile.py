# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Three sides of one truth: what was told, the answer, and the receipt (PR §7.5.3).

A receipt repeats all data of every record, so a letter which the police dropped
without a word shows here and nowhere else. Results are data; words belong to whoever
shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .receipt import Receipt, ReceiptRecord
from .records import WireGuest

# The police recognise a record by these eight (letters of autumn 2026, rule A3).
KEY_FIELDS = (
    "arrival",
    "departure",
    "surname",
    "first_name",
    "birth_date",
    "nationality",
    "document_number",
    "purpose",
)
FIELDS = (*KEY_FIELDS, "visa_number", "residence", "note")
# Brothers and sisters share five of the eight; letters get lost in the two names.
_ALIKE = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A datum that came back other than it was sent; ``field`` is of ``WireGuest``."""

    field: str
    sent: str
    printed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A guest who was told and the record about him; ``position`` counts from 1."""

    position: int
    record: ReceiptRecord | None
    differences: tuple[Difference, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether a record with the same eight key data was found."""
        changed = {difference.field for difference in self.differences}
        return self.record is not None and changed.isdisjoint(KEY_FIELDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """A total in the head that its own lists contradict.

    ``name`` is one of ``total``, ``ignored``, ``refused``, ``accepted``.
    """

    name: str
    listed: int
    printed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconciliation:
    """``matches`` follow the order of the guests who were told."""

    matches: tuple[Match, ...]
    strangers: tuple[ReceiptRecord, ...]
    counts: tuple[Count, ...]

    @property
    def named(self) -> int:
        """How many of the guests the receipt names."""
        return sum(match.record is not None for match in self.matches)


# What can disagree; in brackets: the keys of ``Disagreement.values``.
DISAGREEMENT_CODES = (
    "idub",  # (expected, printed)
    "stamp",  # (expected, printed)
    "count",  # (name, listed, printed)
    "stranger",  # in the receipt, never sent (surname, first_name)
    "missing",  # answered, but not in the receipt
    "refused",  # filed by the answer, refused by the receipt (remark)
    "accepted",  # refused by the answer, accepted by the receipt
    "letters",  # (field, sent, printed)
)
# Codes which contradict the proof that a guest was reported.
DENIALS = frozenset(("missing", "refused"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """One contradiction; ``position`` from 1, or 0 for the receipt as a whole."""

    code: str
    position: int = 0
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


def match(
    told: Sequence[WireGuest], receipt: Receipt, *, ignore_case: bool = False
) -> Reconciliation:
    """Find every guest in the receipt and compare letter by letter (PR §7.5.3).

    White space does not count: extracting text from the PDF may lose it. The police
    keep the case of letters; with ``ignore_case`` it does not count either (a UNL
    file holds capitals).
    """
    sent = [_sent(guest) for guest in told]
    printed = [_printed(record) for record in receipt.records]
    pairs = _pair(sent, printed)
    matches = tuple(
        _compare(position, values, pairs.get(position), receipt, ignore_case)
        for position, values in enumerate(sent)
    )
    used = set(pairs.values())
    strangers = (r for i, r in enumerate(receipt.records) if i not in used)
    return Reconciliation(
        matches=matches,
        strangers=tuple(strangers),
        counts=tuple(_wrong_counts(receipt)),
    )


def disagreements(
    found: Reconciliation,
    receipt: Receipt,
    *,
    idub: str,
    stamp: str = "",
    filed: Sequence[bool | None],
) -> tuple[Disagreement, ...]:
    """Everything in which receipt, answer and guests differ.

    ``stamp`` is the ``PseudoRazitko`` of the answer, empty without one. ``filed``
    tells for each guest whether the answer proves a report; ``None``: no answer.
    """
    about_guests = (
        disagreement
        for one, proven in zip(found.matches, filed, strict=True)
        for disagreement in _about_guest(one, proven)
    )
    return (
        *_about_head(receipt, idub, stamp),
        *_about_lists(found),
        *about_guests,
    )


def _about_head(receipt: Receipt, idub: str, stamp: str) -> Iterator[Disagreement]:
    for code, expected, printed in (
        ("idub", idub, receipt.idub),
        ("stamp", stamp, receipt.stamp),
    ):
        if expected and expected.casefold() != printed.casefold():
            values = {"expected": expected, "printed": printed}
            yield Disagreement(code=code, values=values)


def _about_lists(found: Reconciliation) -> Iterator[Disagreement]:
    for c in found.counts:
        values = {"name": c.name, "listed": c.listed, "printed": c.printed}
        yield Disagreement(code="count", values=values)
    for r in found.strangers:
        values = {"surname": r.surname, "first_name": r.first_name}
        yield Disagreement(code="stranger", values=values)


def _about_guest(one: Match, proven: bool | None) -> Iterator[Disagreement]:
    if one.record is None:
        if proven is not None:
            yield Disagreement(code="missing", position=one.position)
        return
    if proven is True and not one.record.accepted:
        values = {"remark": one.record.remark}
        yield Disagreement(code="refused", position=one.position, values=values)
    if proven is False and one.record.accepted:
        yield Disagreement(code="accepted", position=one.position)
    for d in one.differences:
        values = {"field": d.field, "sent": d.sent, "printed": d.printed}
        yield Disagreement(code="letters", position=one.position, values=values)


def _pair(sent: list[dict[str, str]], printed: list[dict[str, str]]) -> dict[int, int]:
    """Index of the record for each index of a guest: by key, then the most alike."""
    pairs: dict[int, int] = {}
    by_key: dict[tuple[str, ...], list[int]] = {}
    for index, values in enumerate(printed):
        by_key.setdefault(_key(values), []).append(index)
    for position, values in enumerate(sent):
        same = by_key.get(_key(values))
        if same:
            pairs[position] = same.pop(0)
    left = [index for indexes in by_key.values() for index in indexes]
    alike = sorted(
        (-_likeness(values, printed[index]), position, index)
        for position, values in enumerate(sent)
        if position not in pairs
        for index in left
    )
    for likeness, position, index in alike:
        if -likeness >= _ALIKE and position not in pairs and index in left:
            pairs[position] = index
            left.remove(index)
    return pairs


def _compare(
    position: int,
    sent: dict[str, str],
    index: int | None,
    receipt: Receipt,
    ignore_case: bool,
) -> Match:
    if index is None:
        return Match(position=position + 1, record=None)
    record = receipt.records[index]
    printed = _printed(record)
    differences = (
        Difference(field=name, sent=sent[name], printed=printed[name])
        for name in FIELDS
        if _bare(sent[name], ignore_case) != _bare(printed[name], ignore_case)
    )
    return Match(position=position + 1, record=record, differences=tuple(differences))


def _wrong_counts(receipt: Receipt) -> Iterator[Count]:
    accepted = sum(record.accepted for record in receipt.records)
    listed = {
        "total": len(receipt.records),
        "ignored": 0,
        "refused": len(receipt.records) - accepted,
        "accepted": accepted,
    }
    for name, number in listed.items():
        printed = getattr(receipt, name)
        if printed != number:
            yield Count(name=name, listed=number, printed=printed)


def _sent(guest: WireGuest) -> dict[str, str]:
    """The data of a guest as a receipt prints them."""
    texts = {name: str(getattr(guest, name) or "") for name in FIELDS}
    return texts | {
        "purpose": f"{guest.purpose:02d}",
        "arrival": _day(guest.arrival),
        "departure": _day(guest.departure),
    }


def _printed(record: ReceiptRecord) -> dict[str, str]:
    texts = {name: str(getattr(record, name) or "") for name in FIELDS}
    return texts | {
        # A file of UNL has dots in it, a record of the service none.
        "birth_date": texts["birth_date"].replace(".", ""),
        "purpose": texts["purpose"].zfill(2),
        "arrival": _day(record.arrival),
        "departure": _day(record.departure),
    }


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _key(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_bare(values[name], True) for name in KEY_FIELDS)


def _likeness(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    return sum(a == b for a, b in zip(_key(one), _key(other), strict=True))


def _bare(text: str, ignore_case: bool) -> str:
    bare = "".join(text.split())
    return bare.casefold() if ignore_case else bare
