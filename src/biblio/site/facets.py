"""By what notices are found together: the table of facets, each with what it holds of a reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from biblio.citation import label_of
from biblio.compose.composer import Composer
from biblio.compose.indexes import WORDS
from biblio.outputs.facets import int_of
from biblio.reference.reference import Reference
from biblio.site.addresses import word_slug
from biblio.site.said import said
from biblio.text.collation import CollationKey, collate, fold, merged
from biblio.text.inline import plain

MOST_BOXES = 60  # to choose from on one page; the pages of a facet have all its values


@dataclass(slots=True)
class Value:
    """One value of a facet: the name of its page, its words, and the numbers of its notices, in order."""

    slug: str
    label: str
    order: CollationKey
    notices: list[int] = field(default_factory=list)
    parent: str = ""


# The name of the page of a value, its words, and the parts by which it is filed.
Found = tuple[str, str, CollationKey]


@dataclass(frozen=True, slots=True)
class Facet:
    """One row of the table.

    ``folder`` has its pages, and is empty where it has none; with ``boxed`` it may be chosen beside a list. ``related``
    says how much two notices have in common that share a value. ``newest_first`` is how its values are listed; else as
    in a dictionary.
    """

    name: str
    values_of: Callable[[Reference, Composer, str], Iterator[Found]]
    folder: str = ""
    boxed: bool = False
    related: float = 0.0
    newest_first: bool = False


def _word(label: str) -> Found:
    return word_slug(label), label, collate(label)


def _types(reference: Reference, _: Composer, lang: str) -> Iterator[Found]:
    yield _word(label_of(reference, lang))


def _years(reference: Reference, _: Composer, lang: str) -> Iterator[Found]:
    point = reference.issued.first if reference.issued else None
    if point and not point.unspecified and point.year > 0:
        yield _word(str(point.year))


def _themes(reference: Reference, composer: Composer, lang: str) -> Iterator[Found]:
    """The themes of a reference and those around them; a keyword that is no theme, as it is."""
    themes = composer.themes
    for word in reference.keyword:
        slug = themes.find(word)
        if not slug:
            yield _word(word)
        for each in (slug, *themes.ancestors(slug)) if slug else ():
            label = themes.label(each, lang)
            yield each, label, collate(label)


def _audiences(reference: Reference, composer: Composer, lang: str) -> Iterator[Found]:
    for word in reference.audience:
        label = composer.label_of(word)
        yield _word(label[:1].upper() + label[1:])


def _of_index(name: str) -> Callable[[Reference, Composer, str], Iterator[Found]]:
    def words(reference: Reference, composer: Composer, lang: str) -> Iterator[Found]:
        for label, parts in WORDS[name](reference, composer):
            text = plain(label)
            yield word_slug(text), text, merged(parts)

    return words


def _videos(reference: Reference, _: Composer, lang: str) -> Iterator[Found]:
    if reference.type.csl == "motion_picture":
        yield "video", said("value_video", lang), ("", "", "")


def _open(reference: Reference, _: Composer, lang: str) -> Iterator[Found]:
    if reference.is_open:
        yield "open", said("value_open", lang), ("", "", "")


FACETS: Mapping[str, Facet] = {
    row.name: row
    for row in (
        Facet("video", _videos, boxed=True),
        Facet("theme", _themes, "themes", boxed=True, related=1.0),
        Facet("audience", _audiences, "audiences", boxed=True, related=0.3),
        Facet("type", _types, "types", boxed=True),
        Facet("territory", _of_index("territories"), "territories", boxed=True, related=0.8),
        Facet("year", _years, "years", boxed=True, newest_first=True),
        Facet("open", _open, boxed=True),
        Facet("journal", _of_index("journals"), "journals", related=0.2),
        Facet("body", _of_index("bodies"), "bodies", related=0.4),
        Facet("person", _of_index("people"), "people", related=1.0),
    )
}


def in_order(facet: Facet, values: Mapping[str, Value]) -> list[Value]:
    """The values of a facet in the order of its pages."""
    if facet.newest_first:
        return sorted(values.values(), key=lambda value: -int_of(value.label))
    return sorted(values.values(), key=lambda value: (value.order, value.slug))


def boxes(facet: Facet, values: Mapping[str, Value]) -> list[Value]:
    """The values to choose from: those of most notices, where there are very many, in the order of the pages."""
    listed = in_order(facet, values)
    if len(listed) <= MOST_BOXES or facet.newest_first:
        return listed[:MOST_BOXES]
    most = sorted(listed, key=lambda value: -len(value.notices))[:MOST_BOXES]
    kept = {value.slug for value in most}
    return [value for value in listed if value.slug in kept]


def is_withdrawn(label: str, withdrawn: frozenset[frozenset[str]]) -> bool:
    """Whether a person is one of those who want no page, in whatever order the names stand."""
    return frozenset(fold(label).split()) in withdrawn


def names_of(withdrawn: tuple[str, ...]) -> frozenset[frozenset[str]]:
    """The people who want no page, each as the set of the words of the name."""
    return frozenset(frozenset(fold(each).split()) for each in withdrawn)
