"""How words compare: for the order of print, and for finding them whatever their accents, case and punctuation.

Every form in which the program compares texts is made here: ``fold`` for words, ``fold_title`` for titles, ``fold_key``
for citekeys, ``searchable`` for long texts, ``slugify`` for addresses, ``collate`` and
``merged`` for the order.

Collation follows the Unicode Collation Algorithm's three levels (UTS 10 § 1.1) for the Latin script, which French uses
untailored: letters first, accents second, case third; a ligature sorts as its letters, and whatever is neither letter
nor figure as a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from biblio.text.letters import CAPITAL, IN_ASCII, PLAIN, SMALL, SPACE, Weights

CollationKey = tuple[str, str, str]

# The articles that a title begins with and that sorting skips, by language of the title.
LEADING_ARTICLES: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r"(?:les?|la|une?)\s+|l['’]\s*", re.IGNORECASE),
    "en": re.compile(r"(?:the|an?)\s+", re.IGNORECASE),
    "es": re.compile(r"(?:el|l[ao]s?|un|un[ao]s?)\s+", re.IGNORECASE),
    "it": re.compile(r"(?:il|l[aoe]|gli|i|un[ao]?)\s+|(?:l|gl|un)['’]\s*", re.IGNORECASE),
    "de": re.compile(r"(?:der|die|das|dem|den|des|eine?[mnrs]?)\s+", re.IGNORECASE),
}
_ANY_ARTICLE = re.compile("|".join(article.pattern for article in LEADING_ARTICLES.values()), re.IGNORECASE)
# What is written in several letters, and what stands in many texts without being in Latin-1.
_WRITTEN_OUT = (
    *(("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss"), ("þ", "th"), ("Þ", "th")),
    *(("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-"), ("…", "."), ("“", '"'), ("”", '"'), ("\u202f", " ")),
)
# Of every character of Latin-1, the small letter without its accent; a blank for what is no ASCII.
_BASES = bytes(
    next((ord(base) for base in unicodedata.normalize("NFD", small) if base.isascii()), 0x20)
    for small in (chr(code).translate(IN_ASCII).lower() for code in range(256))
)
_APART = re.compile(r"[\W_]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_WEIGHTS = Weights()
_CASES = {code: CAPITAL if chr(code).isupper() else SMALL for code in range(128)}
# What joins the parts of a merged key, level by level: it comes before every letter, and before the space.
_JOINTS = ("\0", PLAIN, SMALL)
# Scripts whose marks are not those of Latin letters: looked at character by character.
_OTHER_SCRIPTS = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\ufb00-\uffff\U00010000-\U0010ffff]")


def fold(value: str) -> str:
    """The words of a text in a form in which accents, case, ligatures and punctuation do not count.

    Words stand between single spaces: ``L'Œuvre, à Été`` gives ``l oeuvre a ete``.
    """
    if value.isascii():
        return _APART.sub(" ", value).strip().lower()
    if _OTHER_SCRIPTS.search(value):
        return _letters(_spaced(value)).casefold()
    return _APART.sub(" ", _ACCENTS.sub("", unicodedata.normalize("NFD", value.translate(IN_ASCII)))).strip().casefold()


def searchable(value: str) -> str:
    """A long text in which words are looked for as ``fold`` makes them: many times as fast, for Latin letters alone.

    Punctuation stays where it was, and what has no ASCII letters is lost.
    """
    if value.isascii():
        return value.lower()
    for character, letters in _WRITTEN_OUT:
        if character in value:
            value = value.replace(character, letters)
    try:
        return value.encode("latin-1").translate(_BASES).decode("ascii")
    except UnicodeEncodeError:
        decomposed = unicodedata.normalize("NFKD", value.translate(IN_ASCII))
        return decomposed.encode("ascii", "ignore").decode("ascii").lower()


def fold_title(value: str) -> str:
    """A title as ``fold`` makes it, without its leading article.

    The article of any language that is known: a title that is compared with another mostly does not say its own.
    """
    article = _ANY_ARTICLE.match(value.strip())
    return fold(value.strip()[article.end() :] if article else value) or fold(value)


def fold_key(citekey: str) -> str:
    """A citekey as it is looked up: neither case nor the way in which accents are typed counts."""
    return (citekey if citekey.isascii() else unicodedata.normalize("NFC", citekey)).casefold()


def slugify(value: str) -> str:
    """Words as a part of an address: letters of ASCII and figures joined by hyphens, at most 64 characters.

    Empty when there are none.
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(value)).strip("-")[:64].strip("-")


def without_accents(value: str) -> str:
    """A text whose letters have lost their accents and nothing else."""
    return value if value.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", value))


def collate(value: str) -> CollationKey:
    """The key that sorts a string as a French dictionary does: letters, then accents, then case."""
    if value.isascii():
        typed = _APART.sub(" ", value).strip()
        lower = typed.lower()
        return (lower, "", "" if lower == typed else typed.translate(_CASES).rstrip(SMALL))
    return _key(*_weighed(value))


def merged(parts: Sequence[str]) -> CollationKey:
    """The key of parts that follow each other, as those of a name: ``Martin, Zoé`` before ``Martin-Dupont, Anne``.

    Accents and case count after the letters of all the parts (UTS 10, on the merging of sort keys).
    """
    levels = zip(*map(_weighed, parts), strict=True)
    return (
        _key(*(joint.join(level) for joint, level in zip(_JOINTS, levels, strict=True))) if parts else _key("", "", "")
    )


def letters_of(value: str) -> str:
    """What in the order of words is the same for those that differ by their accents and their case alone."""
    return collate(value)[0]


def _weighed(value: str) -> CollationKey:
    """The letters, the accents and the forms of a text, with one space for what stands between its words."""
    weights = [SPACE]
    for character in unicodedata.normalize("NFC", value):
        weight = _WEIGHTS[character]
        if weight is not SPACE or weights[-1] is not SPACE:
            weights.append(weight)
    kept = weights[1:-1] if weights[-1] is SPACE else weights[1:]
    letters, accents, forms = ("".join(weight[level] for weight in kept) for level in range(3))
    return (letters, accents, forms)


def _key(letters: str, accents: str, forms: str) -> CollationKey:
    """The key of these weights; what is plain at the end of a level says nothing, and is left out."""
    return (letters, accents.rstrip(PLAIN), forms.rstrip(SMALL))


def _spaced(value: str) -> str:
    """The words between single spaces, their accents apart."""
    spaced = "".join(
        character if character.isalnum() or unicodedata.combining(character) else " "
        for character in unicodedata.normalize("NFD", value.translate(IN_ASCII))
    )
    return " ".join(spaced.split())


def _letters(decomposed: str) -> str:
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def without_article(value: str, language: str) -> str:
    """A title without its leading article: ``La Gazette`` sorts at G."""
    article = LEADING_ARTICLES.get(language.partition("-")[0] or "fr")
    match = article.match(value) if article else None
    return value[match.end() :] if match and match.end() < len(value) else value
