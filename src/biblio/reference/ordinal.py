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
    rf"(?:(?P<figures>\d{{1,3}})\s?(?:e|è|ème|eme|ième|ieme|er|re|ère|ere|de|nd|st|rd|th|\.)?|(?P<word>\d?{_WORD}))"
    r"(?:\s*(?:édition|edition|éd|ed|edn|ed\.n)\.?)?",
    re.IGNORECASE,
)


def edition_number(value: str) -> int | None:
    """The number that an edition is; ``None`` for one that says more, or something else (« revue et augmentée »)."""
    match = _EDITION.fullmatch(value.strip())
    if match is None:
        return None
    return int(match["figures"]) if match["figures"] else _IN_WORDS.get(match["word"].lower())


def ordinal(number: int, lang: str) -> str:
    """« 1re », « 2e »; « 1st », « 2nd », « 11th »: the number of an edition."""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    name = "first" if number == 1 else {1: "with_one", 2: "with_two", 3: "with_three"}.get(last, "other")
    return term(f"ordinal.{name}", lang).format(number=number)
