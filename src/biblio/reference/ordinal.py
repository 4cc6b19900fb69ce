"""The number of an edition, however it is written (``2``, ``2nd ed.``, ``Deuxième édition``), and as we write it."""

from __future__ import annotations

import re

from biblio.words.tables import term

_WORDS = (
    ("première", "premiere", "first", "1st", "1re", "1ère", "1ere"),
    ("deuxième", "deuxieme", "seconde", "second", "2nd", "2de"),
    ("troisième", "troisieme", "third", "3rd"),
    ("quatrième", "quatrieme", "fourth"),
    ("cinquième", "cinquieme", "fifth"),
    ("sixième", "sixieme", "sixth"),
    ("septième", "septieme", "seventh"),
    ("huitième", "huitieme", "eighth"),
    ("neuvième", "neuvieme", "ninth"),
    ("dixième", "dixieme", "tenth"),
    ("onzième", "onzieme", "eleventh"),
    ("douzième", "douzieme", "twelfth"),
)
_IN_WORDS = {word: number for number, words in enumerate(_WORDS, 1) for word in words}
_WORD = "[A-Za-zÀ-ÖØ-öø-ÿ]+"
_EDITION = re.compile(
    rf"(?:(?P<figures>\d{{1,3}})\s?(?:e|è|ème|eme|ième|ieme|er|re|ère|ere|de|nd|st|rd|th|\.?[ªº]|a(?=\s*ed)|\.)?"
    rf"|(?P<word>\d?{_WORD}))"
    r"(?:\s*(?:édition|edition|éd|ed|edn|ed\.n|aufl|auflage)\.?)?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_FIGURES = {"I": 1, "V": 5, "X": 10}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# What English says of an edition besides its number, by the key of our word for it.
_QUALITIES = {
    **dict.fromkeys(("revised", "rev"), "revised"),
    **dict.fromkeys(("enlarged", "expanded", "extended", "augmented"), "enlarged"),
    **dict.fromkeys(("corrected", "corr"), "corrected"),
    "updated": "updated",
    "abridged": "abridged",
    "illustrated": "illustrated",
}
_SAYS_NOTHING = frozenset("and fully completely thoroughly substantially newly the edition ed edn".split())
_TOKEN = re.compile(r"[A-Za-z]+|\d{1,3}(?:st|nd|rd|th)?|[^\s,.;&()-]")


def edition_number(value: str) -> int | None:
    """The number that an edition is; ``None`` for one that says more, or something else (« revue et augmentée »)."""
    value = value.strip()
    if _ROMAN.fullmatch(value):
        figures = [_ROMAN_FIGURES[figure] for figure in value]
        return sum(one if one >= after else -one for one, after in zip(figures, [*figures[1:], 0], strict=True))
    match = _EDITION.fullmatch(value)
    if match is None:
        return None
    return int(match["figures"]) if match["figures"] else _IN_WORDS.get(match["word"].lower())


def edition_in_words(value: str, lang: str) -> str:
    """An edition that English says more of, or that goes by its year: « 2e éd. revue », « éd. 2020 »; else nothing.

    ``2nd, revised and enlarged``, ``New edition``, ``2020``. English stays what it was where it is the language.
    """
    if _YEAR.fullmatch(value.strip()):
        return term("edition_said.of_year", lang).format(year=value.strip())
    words = [word for word in _TOKEN.findall(value.lower()) if word not in _SAYS_NOTHING]
    number = edition_number(words[0]) if words else None
    new = words[0:1] == ["new"]
    qualities = [_QUALITIES.get(word, "") for word in words[bool(number or new) :]]
    if lang == "en" or not all(qualities) or not (qualities or new):
        return ""
    head = term("edition_said.new", lang) if new else term("edition_said.some", lang)
    if number:
        head = term("citation.edition", lang).format(edition=ordinal(number, lang))
    *others, last = [term(f"edition_said.{quality}", lang) for quality in qualities] or [""]
    said = f"{', '.join(others)} {term('citation.and', lang)} {last}" if others else last
    return f"{head} {said}".rstrip()


def ordinal(number: int, lang: str) -> str:
    """« 1re », « 2e »; « 1st », « 2nd », « 11th »: the number of an edition."""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    name = "first" if number == 1 else {1: "with_one", 2: "with_two", 3: "with_three"}.get(last, "other")
    return term(f"ordinal.{name}", lang).format(number=number)
