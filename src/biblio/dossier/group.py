"""The groups inside a section: by type, year, theme, territory or audience, each under a heading."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from biblio.citation import label_of
from biblio.citation.dates import year_in_words
from biblio.collection.themes import Themes
from biblio.dossier.section import SectionSpec
from biblio.dossier.sort import Sorting
from biblio.reference.reference import Reference
from biblio.text.collation import letters_of
from biblio.words.tables import term

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Grouping:
    """What groups are made with: the section that asks for them, its sorting, and the themes."""

    section: SectionSpec
    sorting: Sorting
    themes: Themes

    def groups(
        self, items: Sequence[ItemT], reference_of: Callable[[ItemT], Reference]
    ) -> list[tuple[str, list[ItemT]]]:
        """The items by their headings, in the order of these; inside each in their own order.

        Types stand in the order of types, themes in that of their file, years newest first (unless the section sorts
        from the oldest on), words as in a dictionary; what has no value comes last. An item of several values goes
        under its first one.
        """
        place_of = _PLACES[self.section.group_by]
        found: dict[Hashable, tuple[tuple[bool, Any], str, list[ItemT]]] = {}
        for item in items:
            place, heading = place_of(self, reference_of(item))
            # What has no value has no place, and stands behind all the others.
            rank = (place is None, 0 if place is None else place)
            found.setdefault(rank, (rank, heading, []))[2].append(item)
        return [(heading, members) for _, heading, members in sorted(found.values(), key=lambda group: group[0])]

    def missing(self) -> tuple[None, str]:
        """The heading of what has no value."""
        return None, term(f"group.{self.section.group_by}", self.sorting.language)


def _type(grouping: Grouping, reference: Reference) -> tuple[Any, str]:
    return grouping.sorting.type_rank(reference), label_of(reference, grouping.sorting.language)


def _year(grouping: Grouping, reference: Reference) -> tuple[Any, str]:
    date = reference.issued
    if not date or not date.first:
        return grouping.missing()
    point = replace(date.first, unspecified=0)
    rises = any(key.value in ("date", "year") for key in grouping.section.sort)
    return (point.year if rises else -point.year), year_in_words(point, grouping.sorting.language)


def _theme(grouping: Grouping, reference: Reference) -> tuple[Any, str]:
    """The first keyword that is a theme: of those that the section is about, if it says so."""
    themes = grouping.themes
    query = grouping.section.select
    about = [themes.find(word.value) for word in query.theme] if query else []
    wanted = {slug for theme in about if theme for slug in themes.descendants(theme)} or set(themes.slugs)
    for word in reference.keyword:
        slug = themes.find(word)
        if slug in wanted:
            return themes.slugs.index(slug), themes.label(slug, grouping.sorting.language)
    return grouping.missing()


def _word(values_of: Callable[[Reference], Iterable[str]]) -> Callable[[Grouping, Reference], tuple[Any, str]]:
    def place_of(grouping: Grouping, reference: Reference) -> tuple[Any, str]:
        word = next(iter(values_of(reference)), "")
        return (letters_of(word), word) if word else grouping.missing()

    return place_of


_PLACES: Mapping[str, Callable[[Grouping, Reference], tuple[Any, str]]] = {
    "type": _type,
    "year": _year,
    "theme": _theme,
    "territory": _word(lambda reference: reference.territory),
    "audience": _word(lambda reference: reference.audience),
}
