"""The Latin letters that Unicode does not take apart, and the weights of letters, accents and forms in the order.

Sources: CLDR's root collation, which follows UTS 10, by the order in which each letter and accent stands in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

# Letters that are sorted as others with a stroke, which is an accent like the rest; and those that differ from theirs
# by more than any accent.
_STROKED: Mapping[str, tuple[str, str]] = {
    "ø": ("o", "\u0338"),
    "đ": ("d", "\u0335"),
    "ħ": ("h", "\u0335"),
    "ł": ("l", "\u0335"),
}
_SPELT: Mapping[str, str] = {"œ": "oe", "æ": "ae", "ß": "ss", "ð": "d", "ſ": "s", "ŀ": "l"} | {
    each[0]: each[1:] for each in ("ỻll", "ȸdb", "ȹqp", "ƾts", "ƍzw")
}
# Letters of their own: those of a row follow, in this order, all that begins with its first letter.
_ROWS = (
    *("aⱥɑ", "bƀɓƃ", "cȼƈ", "dɖɗƌȡẟ", "eɇǝəɛ", "fƒ", "gǥɠɣƣ", "hƕɦⱨ", "iıɨɩ", "jȷɉ", "kƙⱪ", "lƚⱡɫɬȴƛ", "mɱ"),
    *("nɲƞȵŋ", "oɔɵȣ", "pƥ", "qɋĸ", "rʀɍɽ", "sʂȿẜẝʃƪ", "tŧⱦƫƭʈȶ", "uʉɥɯʊ", "vʋỽʌ", "wⱳ", "yɏƴỿȝ"),
    "zƶȥɀⱬʒƹƺþƿƻƨƽƅɂ",
)
_OWN = {letter: f"{row[0]}{chr(0x10FF00 + place)}" for row in _ROWS for place, letter in enumerate(row[1:])}
# What is typed for them by who does not have them.
_RESEMBLED = {letter: row[0] for row in _ROWS for letter in row[1:]} | {"ə": "e", "þ": "th", "ƕ": "hv"}

# The accents in their order, each with those that count as it does.
_ACCENTS = (
    *("\u0301\u0341", "\u0300\u0340", "\u0306", "\u0302", "\u030c", "\u030a", "\u0308", "\u030b", "\u0303", "\u0307"),
    *("\u0338", "\u0327", "\u0328", "\u0304", "\u0335", "\u0305", "\u0309", "\u030f", "\u0311", "\u031b"),
    *("\u0323", "\u0324", "\u0325", "\u0326", "\u032d", "\u032e", "\u0330", "\u0331"),
)
PLAIN, _UNLIKE = "\x01", "\x7f"
_WEIGHTS = {mark: chr(place) for place, marks in enumerate(_ACCENTS, start=2) for mark in marks}

# Small letters and capitals, and those of other forms (UTS 10, table of tertiary weights).
SMALL, CAPITAL = "\x02", "\x08"
_FORMS = {"": (SMALL, CAPITAL), "<circle>": ("\x04", "\x0a"), "<super>": ("\x14", "\x1d"), "<sub>": ("\x15", "\x1e")}
_OTHER_FORM = ("\x03", "\x09")

# Raised and lowered figures: « CO₂ » is also typed « CO2 ».
_FIGURES = {chr(code): str(unicodedata.digit(chr(code))) for code in (*b"\xb2\xb3\xb9", 0x2070, *range(0x2074, 0x207A))}
_LOWERED = {chr(0x2080 + figure): str(figure) for figure in range(10)}

# Every one of these letters, small and capital, as it is typed in ASCII: for ``str.translate``.
IN_ASCII = str.maketrans(
    _FIGURES
    | _LOWERED
    | {"ẞ": "SS"}
    | {
        form(letter): form(letters)
        for letter, letters in (*_RESEMBLED.items(), *_SPELT.items(), *((each, _STROKED[each][0]) for each in _STROKED))
        for form in (str.lower, str.upper)
        if len(form(letter)) == 1 and not form(letter).isascii()
    },
)


SPACE = (" ", PLAIN, SMALL)


class Weights(dict[str, tuple[str, str, str]]):
    """Of each character its weights: letters, accents, forms; ``SPACE`` for what is neither letter, figure nor accent.

    Made when first asked for. One character may weigh as several, and an accent has no letter; all three of a character
    have the same length but for the letters, which those of their own need two characters for.
    """

    def __missing__(self, character: str) -> tuple[str, str, str]:
        form = unicodedata.decomposition(character).partition(" ")[0]
        small, capital = _FORMS.get(form if form.startswith("<") else "", _OTHER_FORM)
        letters = accents = forms = ""
        for part in character if character.lower() in _SPELT else unicodedata.normalize("NFKD", character):
            letter, accent = _weigh(part.lower() if len(part.lower()) == 1 else part)
            letters, accents = letters + letter, accents + accent
            forms += (capital if part.isupper() else small) * len(accent)
        no_word = letters and not letters.strip()
        self[character] = found = SPACE if no_word else (letters, accents, forms)
        return found


def _weigh(part: str) -> tuple[str, str]:
    """The letters and the accents of a small letter, or of an accent that was taken off one."""
    if part in _STROKED:
        letter, stroke = _STROKED[part]
        return letter, PLAIN + _WEIGHTS[stroke]
    if part in _SPELT:
        return _SPELT[part], PLAIN + _UNLIKE + PLAIN * (len(_SPELT[part]) - 1)
    if part in _OWN:
        return _OWN[part], PLAIN
    if unicodedata.combining(part):
        return "", _WEIGHTS.get(part, _UNLIKE)
    if not part.isalnum() or unicodedata.category(part) == "Lm":
        return " ", PLAIN
    figure = unicodedata.digit(part, None)
    return (part if figure is None else str(figure)), PLAIN
