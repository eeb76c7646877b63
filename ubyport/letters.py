# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The letters that the police keep, and folding of all others.

P3 §2.4.1 lists the letters of Windows-1250. Whatever lies outside is dropped by
the service without a word, which would distort a name (PR §10.2 a): therefore
it is replaced by its base letter before sending, or refused.
"""

from __future__ import annotations

import re
import string
import unicodedata

_CAPITALS = "ĄŁĽŚŠŞŤŹŽŻŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖŘŮÚŰÜÝŢ"

# Letters allowed by P3 §2.4.1 (a string of single characters).
LETTERS = string.ascii_letters + _CAPITALS + _CAPITALS.lower() + "ß"

# Plain ASCII survives in free text; the backtick is a mistyped apostrophe.
_REPERTOIRE = frozenset(LETTERS + string.digits + string.punctuation + " ") - {"`"}

# Two letters for one; capitals become "Th" before a small letter, else "TH".
_DIGRAPHS = {"Þ": "Th", "Æ": "Ae", "Œ": "Oe", "ẞ": "Ss"}

_EXPLICIT = {
    "ș": "ş",  # comma below is the same Romanian letter as the cedilla of 1250
    "Ș": "Ş",
    "ț": "ţ",
    "Ț": "Ţ",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "Ø": "O",
    "ð": "d",
    "Ð": "D",
    "ı": "i",
    "ħ": "h",
    "Ħ": "H",
    "ŋ": "n",
    "Ŋ": "N",
    "ŧ": "t",
    "Ŧ": "T",
    "ĸ": "k",
    "ə": "e",
    "Ə": "E",
    "·": "",  # Catalan l·l
    "€": "EUR",
    "£": "GBP",
    "§": "par.",
    "©": "(c)",
    "®": "(r)",
    "°": "o",
    "×": "x",
    "÷": "/",
    "±": "+/-",
    "µ": "u",
    "⁄": "/",
    "•": "-",
    "¡": "",
    "¿": "",
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("`´‘’‚‛′ʹʻʼʽʾʿˈꞌ", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "),
}

_CAPITAL_DIGRAPH = re.compile("[" + "".join(_DIGRAPHS) + "]")
# XML 1.0 §2.2 forbids most C0 controls, surrogates and U+FFFE/U+FFFF; DEL and
# the C1 controls are only discouraged there, yet no name contains them.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_UNCHANGED = re.compile("[" + re.escape("".join(sorted(_REPERTOIRE))) + "]*")


def fold(text: str) -> str:
    """``text`` in the police's letters (P3 §2.4.1), in NFC.

    Letters outside Windows-1250 become their base letters, typographic marks
    their plain forms, any white space a plain space. Control characters and
    invisible marks vanish. What cannot be folded stays and is named by
    ``unfoldable``.
    """
    if _UNCHANGED.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    return _CAPITAL_DIGRAPH.sub(_digraph, text).translate(_TABLE)


def unfoldable(text: str) -> str:
    """The characters of other scripts, and emoji: in order, each once."""
    if _UNCHANGED.fullmatch(text):
        return ""
    folded = fold(text)
    return "".join(dict.fromkeys(c for c in folded if c not in _REPERTOIRE))


def xml_illegal(text: str) -> str:
    """Control characters and others that XML 1.0 forbids: in order, each once.

    One of them makes the whole envelope unreadable, so that a single guest
    would block a batch.
    """
    return "".join(dict.fromkeys(_ILLEGAL.findall(text)))


def squeeze(text: str) -> str:
    """``text`` folded, without white space at its ends and doubled inside."""
    return " ".join(fold(text).split())


def _digraph(match: re.Match) -> str:
    pair = _DIGRAPHS[match.group()]
    following = match.string[match.end() : match.end() + 1]
    return pair if following.islower() else pair.upper()


def _fold_character(character: str) -> str:
    """The replacement of one character; itself when there is none."""
    if character in _REPERTOIRE:
        return character
    if character in _EXPLICIT:
        return _EXPLICIT[character]
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Mn", "Me"):
        return ""
    if category in ("Zs", "Zl", "Zp"):
        return " "
    return _decompose(character)


def _decompose(character: str) -> str:
    for form in ("NFKC", "NFKD"):
        parts = unicodedata.normalize(form, character)
        if parts == character:
            continue
        replacement = "".join(_fold_character(part) for part in parts)
        if all(part in _REPERTOIRE for part in replacement):
            return replacement
    return character


class _Table(dict):
    """Replacements by code point, worked out when first met."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = replacement = _fold_character(chr(codepoint))
        return replacement


_TABLE = _Table()
