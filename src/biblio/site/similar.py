"""The notices that have most in common with one: themes, people, journals, territories, audiences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import log

from biblio.site.facets import FACETS
from biblio.site.view import Entry, View

MOST = 4
# Of the notices that share a value, as many on each side are looked at: a notice costs the same in every site.
_AROUND = 12
_LEAST = 1.0


def similar(view: View, entry: Entry) -> Sequence[Entry]:
    """The notices most like one, the most alike first; those next to it in the order of the site, of the same worth."""
    scores: dict[int, float] = {}
    count = len(view.entries)
    for name, slugs in entry.values.items():
        facet = FACETS[name]
        if not facet.related:
            continue
        for slug in slugs:
            sharing = view.facets[name][slug].notices
            worth = facet.related * log(count / len(sharing))
            place = bisect_left(sharing, entry.number)
            for other in sharing[max(0, place - _AROUND) : place + _AROUND + 1]:
                if other != entry.number:
                    scores[other] = scores.get(other, 0.0) + worth
    best = sorted(
        (number for number, score in scores.items() if score >= _LEAST),
        key=lambda number: (-round(scores[number], 6), abs(number - entry.number), number),
    )
    return [view.entries[number] for number in best[:MOST]]
