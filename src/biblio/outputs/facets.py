"""The lists by which the page for screens is filtered, and the rules of CSS that do it where no script runs.

An option that is chosen hides what it does not hold (``:has``, Selectors Level 4 § 4.5); a script, where there is one,
only counts and searches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from biblio.document.tree import Document
from biblio.outputs.take_away import TakeAway
from biblio.text.collation import collate

FEWEST = 10  # notices that one looks through without a filter


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: its place in the list, from 1, its words, and how many notices have it."""

    value: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A list to choose from: ``name`` is its attribute on the notices, ``values`` has that of each by citekey.

    ``label`` and ``every`` are the terms of its name and of the choice that hides nothing.
    """

    name: str
    label: str
    every: str
    options: tuple[Option, ...]
    values: Mapping[str, int]

    @property
    def rules(self) -> str:
        """The rules that hide the notices without the value chosen, and the sections with none left."""
        return "\n".join(
            f'body:has(#_{self.name} option[value="{option.value}"]:checked) '
            f':is(.notice:not([data-{self.name}="{option.value}"]), '
            f'main section:not(:has([data-{self.name}="{option.value}"]))) {{ display: none; }}'
            for option in self.options
        )


def facets(document: Document, taken: TakeAway) -> tuple[Facet, ...]:
    """The types, in the order of a dictionary, and the years, the last one first; none where there is little to filter.

    A list of one value, or a short dossier, has nothing to choose.
    """
    citekeys = [notice.citekey for notice in document.notices]
    references = taken.references or {}
    if len(citekeys) < FEWEST or not references:
        return ()
    types = {key: references[key].type for key in citekeys if key in references}
    years = {key: references[key].year for key in citekeys if key in references}
    found = (
        _facet("type", "page.type", "page.every_type", types, citekeys, sorted(set(types.values()), key=collate)),
        _facet(
            "year",
            "page.year",
            "page.every_year",
            years,
            citekeys,
            sorted(set(years.values()), key=int_of, reverse=True),
        ),
    )
    return tuple(facet for facet in found if len(facet.options) > 1)


def int_of(year: str) -> int:
    """A year, which may be before our era, as a number; what has none comes last."""
    return int(year) if year else -10_000


def _facet(
    name: str, label: str, every: str, values: Mapping[str, str], citekeys: Iterable[str], labels: Iterable[str]
) -> Facet:
    counts = Counter(values.get(citekey, "") for citekey in citekeys)
    options = tuple(Option(place, value, counts[value]) for place, value in enumerate(filter(None, labels), 1))
    places = {option.label: option.value for option in options}
    return Facet(name, label, every, options, {key: places[value] for key, value in values.items() if value in places})
