# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The letters that the police keep; all others vanish without a word.

Kept are ASCII and the letters of Windows-1250 [P3 §2.4.1]. Observed on the real
service [R]: ``ș`` in a town and an en dash in a note were dropped silently (the dash
is in Windows-1250, but it is no letter), while ``ń Ł š á`` stayed.
"""

import unicodedata

_ASCII = {chr(code) for code in range(0x20, 0x7F)}
_UPPER_HALF = bytes(range(0x80, 0x100)).decode("cp1250", errors="ignore")
LETTERS = frozenset(
    letter
    for letter in _UPPER_HALF
    if unicodedata.category(letter) in ("Lu", "Ll") and letter != "\u00b5"  # micro
)
FORBIDDEN = "\r\n|"  # in every field (police page on the UNL file)
_KEPT = _ASCII | LETTERS | set(FORBIDDEN)


def drop_unknown(text):
    """The text as it is stored and printed; None stays None.

    Forbidden characters stay, so that the record's check can see them.
    """
    if text is None:
        return None
    return "".join(letter for letter in text if letter in _KEPT)
