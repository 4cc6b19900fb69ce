"""The word that was most likely meant by one that nothing bears."""

from __future__ import annotations

import difflib
from collections.abc import Collection

ALIKE, CLOSE = 0.7, 0.85  # how like a word is to one that may be meant, and to one that most likely is
# Each suggestion costs a comparison with every candidate; who has more words to correct does not read them.
MOST_SUGGESTIONS = 20
MOST_CANDIDATES = 5_000  # that are compared whatever they begin with
PART = 3  # characters that very many candidates have to begin or to end with


def nearest(word: str, candidates: Collection[str], cutoff: float = ALIKE) -> str:
    """The candidate most like ``word``, or the empty string when none is close enough to be meant.

    Of very many candidates only those are compared that begin or end like the word.
    """
    matches = difflib.get_close_matches(word, alike(word, candidates), n=1, cutoff=cutoff)
    return matches[0] if matches else ""


def alike(word: str, candidates: Collection[str]) -> Collection[str]:
    """The candidates that a word is worth comparing with: all of them, or those that begin or end like it."""
    if len(candidates) <= MOST_CANDIDATES:
        return candidates
    begin, end = word[:PART], word[-PART:]
    return [each for each in candidates if each.startswith(begin) or each.endswith(end)][:MOST_CANDIDATES]


class Suggestions:
    """The nearest words of one run, for the first ``most`` words that have none."""

    def __init__(self, most: int = MOST_SUGGESTIONS) -> None:
        self.left = most

    def nearest(self, word: str, candidates: Collection[str], cutoff: float = ALIKE) -> str:
        """The same as ``nearest``; the empty string once there were enough."""
        if self.left <= 0:
            return ""
        self.left -= 1
        return nearest(word, candidates, cutoff)
