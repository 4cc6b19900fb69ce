"""F4: one thing under two spellings in a collection: journals, publishers, keywords."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from biblio.check.finding import Finding, found, of_reference
from biblio.check.rules.sketch import Sketch
from biblio.reference.reference import Reference
from biblio.text.collation import fold

_PUBLISHERS = ("publisher", "institution", "organization", "school")


def journal_variants(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """A journal has two spellings in the collection, which differ by accents, capitals or punctuation alone."""
    yield from _variants(
        sketches,
        lambda sketch: [sketch.journal],
        lambda reference: "journaltitle" if "journaltitle" in reference.raw else "journal",
    )


def publisher_variants(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """A publisher or an institution has two spellings, which differ by accents, capitals or punctuation alone."""
    yield from _variants(
        sketches,
        lambda sketch: sketch.publisher,
        lambda reference: next((name for name in _PUBLISHERS if name in reference.raw), ""),
    )


def keyword_variants(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """A keyword has two spellings, which differ by accents, capitals, hyphens or a plural alone."""
    yield from _variants(sketches, lambda sketch: sketch.keyword, lambda _: "keywords", plural=True)


def _variants(
    sketches: Sequence[Sketch],
    values_of: Callable[[Sketch], Iterable[str]],
    field_of: Callable[[Reference], str],
    *,
    plural: bool = False,
) -> Iterator[Finding]:
    """A finding for each spelling that is not the commonest of its value, at the first notice that has it."""
    spellings: dict[str, dict[str, list[Sketch]]] = defaultdict(lambda: defaultdict(list))
    for sketch in sketches:
        for value in values_of(sketch):
            folded = fold(value)
            if plural:
                # Three letters are mostly an acronym, whose last is no plural: « DAS », « DAX ».
                folded = re.sub(r"(?<=\w{3})[sx]\b", "", folded)
            if folded:
                spellings[folded][value].append(sketch)
    for typed in spellings.values():
        if len(typed) > 1:
            # The commonest is right; of two as common, the first one met.
            usual = max(typed, key=lambda value: len(typed[value]))
            for value, where in typed.items():
                if value != usual:
                    first = where[0].reference
                    yield of_reference(first, found(field_of(first), value=value, usual=usual, count=len(where)))
