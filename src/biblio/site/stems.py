"""The words by which the site is searched: without accents, small, and without the endings of numbers and genders.

One light stem for French and English alike, for a collection has both and a reader types either: plurals (``-s``,
``-x``, ``-aux``, ``-eaux``, ``-ies``), final ``-e`` and doubled letters go, after the minimal stemmers of J. Savoy
(JASIS 50, 1999) and D. Harman (JASIS 42, 1991). The script of the pages does the same (``static/site.js``).
"""

from __future__ import annotations

from biblio.text.collation import fold

SHORTEST = 2
# Words that are in most texts, of both languages; a reader who types them alone finds nothing.
STOP_WORDS = frozenset(
    "a ai an and are as at au aux avec be by ce ces cette comme dans de des du elle elles en est et eux for from il ils"
    " in is it its je la le les leur leurs lui ma mais me mes mon ne nos notre nous of on or ou our par pas pour qu que"
    " qui sa sans se ses si son sont sur ta te tes that the their this to tu un une vos votre vous was we with".split()
)


def stem(word: str) -> str:
    """The stem of a word that is folded."""
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("eaux"):
        word = word[:-1]
    elif word.endswith("aux") and len(word) > 4:
        word = word[:-2] + "l"
    elif word[-1] in "sx" and word[-2] != "s":
        word = word[:-1]
    while len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "y":
        word = word[:-1] + "i"
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of a text that are worth finding."""
    return frozenset(stem(word) for word in fold(text).split() if len(word) >= SHORTEST and word not in STOP_WORDS)
