"""The entries that others took fields from last: very many may take from each, and it is made for them once."""

from __future__ import annotations

from collections.abc import Callable

from biblio.formats.bibtex.inherit import Source

# What is kept weighs as much as so many characters: those of the values, and more for each field.
MOST_WEIGHT, WEIGHT_OF_FIELD = 32_000_000, 200


class AtHand:
    """Entries by their numbers, as many of the last ones as weigh no more than may be kept."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Source, int]] = {}
        self._weight = 0

    def get(self, number: int, make: Callable[[], Source]) -> Source:
        """The entry of a number, which ``make`` makes where it is not kept."""
        found = self._kept.pop(number, None)
        if found is None:
            source = make()
            found = source, sum(len(field.value) + WEIGHT_OF_FIELD for field in source.entry.fields) + WEIGHT_OF_FIELD
            self._weight += found[1]
            while self._kept and self._weight > MOST_WEIGHT:
                _, weight = self._kept.pop(next(iter(self._kept)))
                self._weight -= weight
        self._kept[number] = found  # the last one now
        return found[0]
