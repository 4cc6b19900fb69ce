"""Characters that are taken for others in the name of a host: what a reader sees is not where a browser goes.

Source: Unicode Technical Standard 39, « Unicode Security Mechanisms », § 4 and § 5; the tables here are the part of its
confusables that stands for letters of ``a`` to ``z``.
"""

from __future__ import annotations

import unicodedata

# Letters that are drawn as a Latin one, by script.
_ALIKE = frozenset(
    "асеорхуіјѕԁһԛԝӏ"  # Cyrillic, and an Armenian one
    "ցհսօջոսզ"  # Armenian
    "αορνικτυχεγωϲϳ"  # Greek
    "ıɑɡɩʟʏʀᴀᴄᴇᴋᴍᴏᴘᴛᴜᴠᴡᴢꞁ"  # Latin, of phonetics and of other alphabets
)
# Drawn as what parts an address.
_SEPARATORS = frozenset("∕⁄╱⧸․。｡．／：？＃＠‐‑‒–")  # what they are is the point
_HARMLESS_WITH_LATIN = ("HAN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")


def deceptive_signs(host: str) -> str:
    """The characters of a host's name that may be taken for others; empty for a name that says what it is.

    Accents deceive nobody (``école.fr``), nor does a name in one script that could not be read as another
    (``пример.рф``). A name in ASCII clothes (``xn--…``) is looked at as it is shown.
    """
    signs = [sign for sign in host if sign in _SEPARATORS]
    for label in host.split("."):
        shown = _shown(label)
        letters = [sign for sign in shown if sign.isalpha() and not sign.isascii()]
        scripts = {_script(sign) for sign in shown if sign.isalpha()}
        others = [sign for sign in letters if _script(sign) != "LATIN"]
        if "LATIN" in scripts:
            signs += [sign for sign in others if _script(sign) not in _HARMLESS_WITH_LATIN]
        elif others and all(sign in _ALIKE for sign in others):
            signs += others
        signs += [sign for sign in letters if _script(sign) == "LATIN" and sign in _ALIKE]
        signs += [sign for sign in shown if not sign.isascii() and unicodedata.normalize("NFKC", sign).isascii()]
    return "".join(dict.fromkeys(signs))


def _shown(label: str) -> str:
    """A label as browsers show it."""
    if label[:4].lower() != "xn--":
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def _script(sign: str) -> str:
    """The script of a letter, as its name tells it: « LATIN », « CYRILLIC »."""
    return unicodedata.name(sign, "").partition(" ")[0]
