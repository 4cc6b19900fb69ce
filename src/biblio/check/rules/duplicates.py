"""R5: notices of the same document, told from identifiers or from titles that are nearly the same.

**The measure.** Two titles are nearly the same when their similarity is at least 0.85 and they hold the same numbers
(« tome 1 » and « tome 2 », « édition 2022 » and « édition 2023 » are two documents). The similarity is the
Sørensen–Dice coefficient of their trigrams: twice the trigrams that they share, divided by all those they have, with
titles folded to words without accents, capitals, punctuation or leading article. Every word of four letters or more
must have its like in the other title, at 0.4 or more: « conseil local de santé » is not « conseil local de santé
mentale ». Year and first author must agree where both notices have them, and both must have one of the two at least.

**The candidates.** Not every pair is compared: notices are put in three orders (by title, by title from its last word,
by first author, year and title), and each is compared with the next few in each order. Sorting takes n log n, and the
number of comparisons is at most ``3 × WINDOW × n``, duplicates or not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from biblio.check.finding import Finding, found, of_reference
from biblio.check.rules.sketch import Sketch
from biblio.text.collation import fold_key

WINDOW = 5
SIMILAR = 0.85
SIMILAR_WORD, LONG_WORD = 0.4, 4
SHORTEST = 12  # characters of a folded title below which it says too little: « Éditorial », « Dossier »

# What tells a document, by the field that has it.
_SIGNS: Mapping[str, Callable[[Sketch], Sequence[str]]] = {
    "doi": lambda sketch: [sketch.doi] if sketch.doi else [],
    "isbn": lambda sketch: sketch.isbns,
    "url": lambda sketch: [sketch.address] if sketch.address else [],
}
_NUMBER = re.compile(r"\b(?:\d+|[ivx]{1,4})(?:e|er|re|es|eme|th|st|nd|rd)?\b")


def same_doi(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """Two notices have the same DOI."""
    yield from _same(sketches, "doi")


def same_isbn(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """Two notices have the same ISBN, in either of its forms."""
    yield from _same(sketches, "isbn")


def same_address(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """Two notices have the same address."""
    yield from _same(sketches, "url")


def _same(sketches: Sequence[Sketch], field: str) -> Iterator[Finding]:
    """A finding for every notice that shares a sign with an earlier one."""
    told: set[int] = set()
    for other, sketch in _sharing(sketches, field):
        if sketch.rank not in told:
            told.add(sketch.rank)
            reference = sketch.reference
            value = reference.raw.get(field, "").strip()
            yield of_reference(reference, found(field, other=other.citekey, place=other.where, value=value))


def _sharing(sketches: Sequence[Sketch], field: str) -> Iterator[tuple[Sketch, Sketch]]:
    """Notices that share a sign, each with the first that has it."""
    first: dict[str, Sketch] = {}
    for sketch in sketches:
        for sign in _SIGNS[field](sketch):
            other = first.setdefault(sign, sketch)
            if other is not sketch:
                yield other, sketch


def near_duplicate(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """Two notices have nearly the same title, with the same year and the same first author."""
    alike = [pair for pair in candidates(sketches) if are_alike(*pair)]
    reported: set[int] = set()
    for first, second in sorted(alike, key=lambda pair: (pair[1].rank, pair[0].rank)):
        # Notices with one DOI have been reported already, as what they are.
        same = first.doi and first.doi == second.doi
        if second.rank not in reported and not same and not is_related(first, second):
            reported.add(second.rank)
            yield of_reference(second.reference, found("title", other=first.citekey, place=first.where))


def pairs(sketches: Sequence[Sketch], accepted: Collection[frozenset[str]]) -> Iterator[tuple[Sketch, Sketch, str]]:
    """The pairs that the rules of this module find, each once, and by what: ``doi``, ``isbn``, ``url`` or ``title``.

    Of several notices with one DOI each makes a pair with the first. ``accepted`` are the pairs of folded keys that are
    two documents.
    """
    told: set[tuple[int, int]] = set()
    for first, second, by in _alike(sketches):
        keys = frozenset({fold_key(first.citekey), fold_key(second.citekey)})
        ranks = (first.rank, second.rank)
        if ranks not in told and keys not in accepted and not is_related(first, second):
            told.add(ranks)
            yield first, second, by


def _alike(sketches: Sequence[Sketch]) -> Iterator[tuple[Sketch, Sketch, str]]:
    for field in _SIGNS:
        yield from ((*pair, field) for pair in _sharing(sketches, field))
    yield from ((*pair, "title") for pair in candidates(sketches) if are_alike(*pair))


def is_related(first: Sketch, second: Sketch) -> bool:
    """Whether one entry inherits from the other: a book and its parts."""
    return fold_key(second.citekey) in first.hosts or fold_key(first.citekey) in second.hosts


def candidates(sketches: Sequence[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """The pairs of notices to compare, each once, the earlier notice first: neighbours in three orders."""
    sketches = [sketch for sketch in sketches if len(sketch.title) >= SHORTEST]
    orders: tuple[Callable[[Sketch], tuple[object, ...]], ...] = (
        lambda sketch: (sketch.title, sketch.author, sketch.year),
        lambda sketch: (sketch.title.split()[::-1], sketch.author, sketch.year),
        lambda sketch: (sketch.author, sketch.year, sketch.title),
    )
    seen: set[tuple[int, int]] = set()
    for order in orders:
        arranged = sorted(sketches, key=order)
        for index, sketch in enumerate(arranged):
            for other in arranged[index + 1 : index + 1 + WINDOW]:
                first, second = (sketch, other) if sketch.rank < other.rank else (other, sketch)
                if (first.rank, second.rank) not in seen:
                    seen.add((first.rank, second.rank))
                    yield first, second


def are_alike(first: Sketch, second: Sketch) -> bool:
    """Whether two notices are nearly the same, by the measure of this module."""
    if first.year and second.year and first.year != second.year:
        return False
    if first.author and second.author and first.author != second.author:
        return False
    if not (first.year and second.year) and not (first.author and second.author):
        return False
    shorter, longer = sorted((len(first.title), len(second.title)))
    # With n trigrams at most in common, the coefficient cannot reach the mark.
    if 2 * shorter < SIMILAR * (shorter + longer):
        return False
    if first.title == second.title:
        return True
    return (
        _numbers(first.title) == _numbers(second.title)
        and similarity(first.title, second.title) >= SIMILAR
        and _words_agree(first.title, second.title)
    )


def _words_agree(first: str, second: str) -> bool:
    """Whether every long word of either title has its like in the other: a word more makes another document."""
    left, right = set(first.split()), set(second.split())
    only_left, only_right = left - right, right - left
    return all(
        any(similarity(word, other) >= SIMILAR_WORD for other in others)
        for words, others in ((only_left, only_right), (only_right, only_left))
        for word in words
        if len(word) >= LONG_WORD
    )


def similarity(first: str, second: str) -> float:
    """The Sørensen–Dice coefficient of the trigrams of two folded titles, from 0 (nothing shared) to 1."""
    left, right = _trigrams(first), _trigrams(second)
    shared = sum((left & right).values())
    total = left.total() + right.total()
    return 2 * shared / total if total else 0.0


@lru_cache(maxsize=64)
def _trigrams(title: str) -> Counter[str]:
    padded = f"  {title} "
    return Counter(padded[index : index + 3] for index in range(len(padded) - 2))


def _numbers(title: str) -> list[str]:
    return sorted(re.sub(r"(?<=\d)\D+\Z", "", match.group()) for match in _NUMBER.finditer(title))
