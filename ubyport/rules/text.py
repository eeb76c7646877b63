# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is checked in any text: control characters, script, letters, length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..letters import squeeze, unfoldable, xml_illegal
from ..records import Finding
from .codes import finding


class TextRule:
    """A greatest length (as sent) and the characters that a field may hold.

    ``allowed`` is the inside of a regular expression's character class; the
    space between words is always allowed.
    """

    def __init__(self, limit: int, allowed: str):
        self.limit = limit
        self._forbidden = re.compile(f"[^ {allowed}]")
        # Nearly all texts pass this one match and need no closer look.
        self._flawless = re.compile(f"(?:[{allowed}]+(?: [{allowed}]+)*)?")

    def passes(self, text: str) -> bool:
        """Whether there is nothing at all to say about ``text``."""
        return len(text) <= self.limit and bool(self._flawless.fullmatch(text))

    def check(self, field: str, typed: str, sent: str) -> Iterator[Finding]:
        """All findings about a text that was typed so and will be sent so."""
        foreign = unfoldable(typed)
        yield from check_unsendable(field, typed)
        bad = unique(c for c in self._forbidden.findall(sent) if c not in foreign)
        if bad:
            yield finding(field, "characters", characters=bad)
        if len(sent) > self.limit:
            yield finding(field, "too_long", max=self.limit, actual=len(sent))
        yield from check_folding(field, typed, sent)


def unique(characters: Iterable[str]) -> str:
    """The characters in order, each once."""
    return "".join(dict.fromkeys(characters))


def check_text(field: str, text: str, rule: TextRule) -> Iterator[Finding]:
    """All findings about a text that is sent as ``letters.squeeze`` gives it."""
    if not rule.passes(text):
        yield from rule.check(field, text, squeeze(text))


def check_unsendable(field: str, text: str) -> Iterator[Finding]:
    """Control characters, and scripts that have no Latin form here."""
    illegal = xml_illegal(text)
    if illegal:
        names = " ".join(f"U+{ord(character):04X}" for character in illegal)
        yield finding(field, "control", characters=names)
    foreign = unique(c for c in unfoldable(text) if c not in illegal)
    if foreign:
        yield finding(field, "script", characters=foreign)


def check_folding(field: str, typed: str, sent: str) -> Iterator[Finding]:
    """Tells typed from sent when they differ in more than white space."""
    plain = " ".join(unicodedata.normalize("NFC", typed).split())
    sendable = sent and not unfoldable(typed) and not xml_illegal(typed)
    if sendable and sent != plain:
        yield finding(field, "folded", typed=plain, sent=sent)
