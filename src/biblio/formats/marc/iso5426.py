"""ISO 5426, the 8-bit set of UNIMARC: letters with their accents typed before them.

Source: ISO 5426:1983, Extension of the Latin alphabet coded character set for bibliographic information interchange;
the marks of non-sorting words, 88 and 89, are those of ISO 6630.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

_CHARACTERS = {
    0x88: "\x98",
    0x89: "\x9c",
    0xA1: "¡",
    0xA2: "„",
    0xA3: "£",
    0xA4: "$",
    0xA5: "¥",
    0xA6: "†",
    0xA7: "§",
    0xA8: "′",
    0xA9: "‘",
    0xAA: "“",
    0xAB: "«",
    0xAC: "♭",
    0xAD: "©",
    0xAE: "℗",
    0xAF: "®",
    0xB0: "ʻ",
    0xB1: "ʼ",
    0xB2: "‚",
    0xB6: "‡",
    0xB7: "·",
    0xB8: "″",
    0xB9: "’",
    0xBA: "”",
    0xBB: "»",
    0xBC: "♯",
    0xBD: "ʹ",
    0xBE: "ʺ",
    0xE1: "Æ",
    0xE2: "Đ",
    0xE6: "Ĳ",
    0xE8: "Ł",
    0xE9: "Ø",
    0xEA: "Œ",
    0xEC: "Þ",
    0xF1: "æ",
    0xF2: "đ",
    0xF3: "ð",
    0xF5: "ı",
    0xF6: "ĳ",
    0xF8: "ł",
    0xF9: "ø",
    0xFA: "œ",
    0xFB: "ß",
    0xFC: "þ",
}
# The accents, which stand before the letter: hook, grave, acute, circumflex and so on.
_ACCENTS = {
    0xC0: "\u0309",
    0xC1: "\u0300",
    0xC2: "\u0301",
    0xC3: "\u0302",
    0xC4: "\u0303",
    0xC5: "\u0304",
    0xC6: "\u0306",
    0xC7: "\u0307",
    0xC8: "\u0308",
    0xC9: "\u0308",
    0xCA: "\u030a",
    0xCB: "\u0315",
    0xCC: "\u0312",
    0xCD: "\u030b",
    0xCE: "\u031b",
    0xCF: "\u030c",
    0xD0: "\u0327",
    0xD1: "\u031c",
    0xD2: "\u0326",
    0xD3: "\u0328",
    0xD4: "\u0325",
    0xD5: "\u032e",
    0xD6: "\u0323",
    0xD7: "\u0324",
    0xD8: "\u0332",
    0xD9: "\u0333",
    0xDA: "\u0329",
    0xDB: "\u032d",
    0xDD: "\ufe20",
    0xDE: "\ufe21",
    0xDF: "\ufe23",
}


def decode_iso5426(content: bytes) -> str:
    """The text of some bytes, composed (NFC); a byte that the set leaves open becomes U+FFFD. Never raises."""
    text: list[str] = []
    waiting: list[str] = []
    for byte in content:
        if byte in _ACCENTS:
            waiting.append(_ACCENTS[byte])
            continue
        character = chr(byte) if byte < 0x80 else _CHARACTERS.get(byte, "\ufffd")
        # An umlaut over a capital and the like: accents apply to the letter behind them, in order from it outwards.
        text += [character, *waiting]
        waiting = []
    return unicodedata.normalize("NFC", "".join([*text, *waiting]))


def plausible_accents(content: bytes) -> bool:
    """Whether the bytes look like ISO 5426: most of what would be an accent stands before a letter that bears it."""
    pairs = [(first, second) for first, second in pairwise(content) if first in _ACCENTS]
    fit = sum(1 for first, second in pairs if second < 0x80 and _composes(chr(second), _ACCENTS[first]))
    strangers = sum(1 for byte in content if byte >= 0xE0 and byte not in _CHARACTERS)
    return (fit * 2 > len(pairs) and fit > strangers) or (not pairs and not any(byte >= 0xE0 for byte in content))


def _composes(letter: str, accent: str) -> bool:
    return len(unicodedata.normalize("NFC", letter + accent)) == 1
