"""What each condition of a query means: a value of the spec becomes a test that references go through.

A condition on what a reference does not have is false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from operator import attrgetter
from typing import Any

from biblio.collection.facets import journals_of, people_of, text_of, titles_of
from biblio.collection.themes import Themes
from biblio.collection.wanted import (
    EVERYTHING,
    Column,
    Keyed,
    OneOf,
    Shape,
    Shaped,
    Wanted,
    Within,
    Worded,
    words_of,
)
from biblio.dossier.query import VARIABLES
from biblio.reference.date import Date, DatePoint, edtf
from biblio.reference.languages import tag_of
from biblio.reference.reference import Reference
from biblio.reference.types import ALIASES, entry_type
from biblio.text.collation import fold, fold_key, searchable
from biblio.text.inline import plain
from biblio.words.tables import LANGUAGES
from biblio.yaml_model.keys import Placed
from biblio.yaml_model.ranges import FIRST, LAST, DateRange, Day, days_of

Test = Callable[[Reference], bool]
Seen = Reference | Shape
OfShape = Callable[[Seen], bool]  # a test that asks nothing but what a shape tells

_SEASON_MONTHS = {21: (3, 6), 22: (6, 9), 23: (9, 12), 24: (1, 12)}  # a winter may stand at either end of its year


@dataclass(frozen=True, slots=True)
class Setting:
    """What conditions look at beside the reference: the themes, and the citekeys of what the dossier has placed.

    ``former`` gives the other keys, folded, of the reference of a citekey.

    ``texts`` keeps the text of each reference that a condition has looked into, by what it is of and by the citekey.
    """

    themes: Themes
    placed: Container[str] = ()
    texts: dict[Hashable, dict[str, str]] = field(default_factory=dict)
    former: Callable[[str], Sequence[str]] = lambda citekey: ()  # noqa: ARG005


# --- words of closed lists ------------------------------------------------------------------------------------------


def _among(values_of: Callable[[Reference], tuple[str, ...]], wanted: Iterable[str]) -> Test:
    """Whether one of the values is one of those wanted. Each list of values is looked at once."""
    folded = frozenset(map(fold, wanted))
    seen: dict[tuple[str, ...], bool] = {}

    def holds(reference: Reference) -> bool:
        values = values_of(reference)
        found = seen.get(values)
        if found is None:
            found = seen[values] = not folded.isdisjoint(map(fold, values))
        return found

    return holds


def _words(variable: str) -> Callable[[Sequence[Placed], Setting], Test]:
    return lambda words, setting: _among(attrgetter(variable), (word.value for word in words))  # noqa: ARG005


def _theme(words: Sequence[Placed], setting: Setting) -> Test:
    return _among(attrgetter("keyword"), _names_of(words, setting))


@cache
def type_names(name: str, label: str) -> frozenset[str]:
    """What an entry of that type and that label of its own (``entrysubtype``) is called, folded.

    Its type, the one that it is another name of, and its printed label in every language.
    """
    labels = (label,) if label else (entry_type(name).label_in(lang) for lang in LANGUAGES)
    return frozenset(map(fold, (name, ALIASES.get(name.lower(), name), *labels)))


def _type(words: Sequence[Placed], setting: Setting) -> OfShape:  # as every condition
    wanted = frozenset(fold(word.value) for word in words)
    seen: dict[tuple[str, str], bool] = {}

    def holds(reference: Seen) -> bool:
        kind = (reference.entry_type, reference.label)
        found = seen.get(kind)
        if found is None:
            found = seen[kind] = not wanted.isdisjoint(type_names(*kind))
        return found

    return holds


def _language(words: Sequence[Placed], setting: Setting) -> OfShape:
    tags = tuple(filter(None, (tag_of(word.value).lower() for word in words)))
    seen: dict[str, bool] = {}

    def holds(reference: Seen) -> bool:
        tag = reference.language
        found = seen.get(tag)
        if found is None:
            found = seen[tag] = any(tag.lower() == each or tag.lower().startswith(f"{each}-") for each in tags)
        return found

    return holds


def _open_access(wanted: bool, setting: Setting) -> OfShape:
    return lambda reference: reference.is_open is wanted


def _placed(wanted: bool, setting: Setting) -> Test:
    return lambda reference: (reference.citekey in setting.placed) is wanted


def _has(words: Sequence[Placed], setting: Setting) -> OfShape:
    present = _present(words)
    return lambda reference: any(present(reference))


def _lacks(words: Sequence[Placed], setting: Setting) -> OfShape:
    present = _present(words)
    return lambda reference: not all(present(reference))


def _present(words: Sequence[Placed]) -> Callable[[Seen], Iterable[bool]]:
    """Which of these fields have a value."""
    variables = [VARIABLES[word.value] for word in words]

    def present(reference: Seen) -> Iterable[bool]:
        if isinstance(reference, Shape):
            return [variable in reference.present for variable in variables]
        return [bool(getattr(reference, variable)) for variable in variables]

    return present


def _key(words: Sequence[Placed], setting: Setting) -> Test:
    pattern = re.compile("|".join(translate(fold_key(word.value)) for word in words))

    def holds(reference: Reference) -> bool:
        own = fold_key(reference.citekey)
        return pattern.match(own) is not None or any(map(pattern.match, setting.former(reference.citekey)))

    return holds


# --- dates ----------------------------------------------------------------------------------------------------------


def _in_ranges(variable: str) -> Callable[[Sequence[DateRange], Setting], Test]:
    def compiled(ranges: Sequence[DateRange], setting: Setting) -> Test:
        return _overlapping(attrgetter(variable), [(each.first, each.last) for each in ranges])

    return compiled


def _since(value: str, setting: Setting) -> Test:
    return _overlapping(attrgetter("issued"), [(days_of(value)[0], LAST)])


def _until(value: str, setting: Setting) -> Test:
    return _overlapping(attrgetter("issued"), [(FIRST, days_of(value)[1])])


def _overlapping(date_of: Callable[[Reference], Date | None], spans: Sequence[tuple[Day, Day]]) -> Test:
    """Whether a date may be a day of one of these spans: the days that it stands for overlap with them."""
    # Dates that were read from the same text are one object, which the dictionary keeps alive.
    seen: dict[int, tuple[Date, bool]] = {}

    def holds(reference: Reference) -> bool:
        date = date_of(reference)
        if date is None:
            return False
        found = seen.get(id(date))
        if found is None:
            days = days_between(date)
            overlaps = days is not None and any(days[0] <= last and first <= days[1] for first, last in spans)
            found = seen[id(date)] = (date, overlaps)
        return found[1]

    return holds


def days_between(date: Date) -> tuple[Day, Day] | None:
    """The first and the last day that a date may stand for; ``None`` for one that could not be read."""
    if date.first is None:
        return None
    first = FIRST if date.open_start else _first_day(date.first)
    last = LAST if date.open_end else _last_day(date.end or date.first)
    return first, last


def _first_day(point: DatePoint) -> Day:
    return (point.year, _SEASON_MONTHS.get(point.month, (point.month or 1,))[0], point.day or 1)


def _last_day(point: DatePoint) -> Day:
    year = point.year + 10**point.unspecified - 1
    return (year, _SEASON_MONTHS.get(point.month, (point.month or 12,))[-1], point.day or 31)


# --- words of texts -------------------------------------------------------------------------------------------------


def _named(names_of: Callable[[Reference], Iterable[str]]) -> Callable[[Sequence[Placed], Setting], Test]:
    """Whether all the words wanted are words of one and the same name."""

    def compiled(words: Sequence[Placed], setting: Setting) -> Test:
        wanted = [frozenset(fold(word.value).split()) for word in words]

        @cache
        def is_wanted(name: str) -> bool:
            own = frozenset(fold(name).split())
            return any(each <= own for each in wanted if each)

        return lambda reference: any(map(is_wanted, names_of(reference)))

    return compiled


def _beginnings(texts_of: Callable[[Reference], Iterable[str]]) -> Callable[[Sequence[Placed], Setting], Test]:
    """Whether each word wanted begins a word of the texts."""

    def compiled(words: Sequence[Placed], setting: Setting) -> Test:
        wanted = [fold(word.value).split() for word in words]
        simplified = searchable if all(word.isascii() for each in wanted for word in each) else fold
        starts = {word: re.compile(rf"(?<![^\W_]){re.escape(word)}") for each in wanted for word in each}
        kept = setting.texts.setdefault((texts_of, simplified), {})

        def holds(reference: Reference) -> bool:
            text = kept.get(reference.citekey)
            if text is None:
                text = kept[reference.citekey] = simplified("\n".join(texts_of(reference)))
            return any(all(word in text and starts[word].search(text) for word in each) for each in wanted if each)

        return holds

    return compiled


# --- the tables --------------------------------------------------------------------------------------------------

# Of every condition that compares, how its value becomes a test; the cheap ones first.
CONDITIONS: Mapping[str, Callable[[Any, Setting], Test]] = {
    "theme": _theme,
    "keyword": _words("keyword"),
    "type": _type,
    "language": _language,
    "audience": _words("audience"),
    "collection": _words("collections"),
    "territory": _words("territory"),
    "open_access": _open_access,
    "issued": _in_ranges("issued"),
    "since": _since,
    "until": _until,
    "added": _in_ranges("added"),
    "has": _has,
    "lacks": _lacks,
    "placed": _placed,
    "key": _key,
    "publisher": _named(attrgetter("publisher")),
    "journal": _named(journals_of),
    "author": _named(people_of),
    "title": _beginnings(titles_of),
    "text": _beginnings(text_of),
}


# Of every condition that an index knows something of, what it is sure to want.
_WANTED: Mapping[str, Callable[[Any, Setting], Wanted]] = {
    "theme": lambda words, setting: OneOf("keyword", _names_of(words, setting)),
    "keyword": lambda words, setting: _one_of("keyword", words),  # noqa: ARG005
    "audience": lambda words, setting: _one_of("audience", words),  # noqa: ARG005
    "collection": lambda words, setting: _one_of("collections", words),  # noqa: ARG005
    "territory": lambda words, setting: _one_of("territory", words),  # noqa: ARG005
    "type": lambda words, setting: Shaped(_type(words, setting)),
    "language": lambda words, setting: Shaped(_language(words, setting)),
    "open_access": lambda wanted, setting: Shaped(_open_access(wanted, setting)),
    "has": lambda words, setting: Shaped(_has(words, setting)),
    "lacks": lambda words, setting: Shaped(_lacks(words, setting)),
    "issued": lambda ranges, setting: _within("issued", ranges),  # noqa: ARG005
    "added": lambda ranges, setting: _within("added", ranges),  # noqa: ARG005
    "since": lambda value, setting: Within("issued", ((days_of(value)[0], LAST),)),  # noqa: ARG005
    "until": lambda value, setting: Within("issued", ((FIRST, days_of(value)[1]),)),  # noqa: ARG005
    "key": lambda words, setting: Keyed(tuple(fold_key(word.value) for word in words)),  # noqa: ARG005
    "publisher": lambda words, setting: _worded(Column.PUBLISHER, words),  # noqa: ARG005
    "journal": lambda words, setting: _worded(Column.JOURNALS, words),  # noqa: ARG005
    "author": lambda words, setting: _worded(Column.PEOPLE, words),  # noqa: ARG005
    "title": lambda words, setting: _worded(Column.TITLES, words, begun=True),  # noqa: ARG005
    "text": lambda words, setting: _worded(Column.TEXT, words, begun=True),  # noqa: ARG005
}


def wanted_by(name: str, value: Any, setting: Setting) -> Wanted:
    """What a condition is sure to want of the references."""
    return _WANTED[name](value, setting) if name in _WANTED else EVERYTHING


def _names_of(words: Sequence[Placed], setting: Setting) -> frozenset[str]:
    themes = setting.themes
    slugs = (slug for word in words for slug in themes.descendants(themes.find(word.value) or word.value))
    return frozenset(fold(name) for slug in slugs for name in themes.called(slug))


def _one_of(variable: str, words: Sequence[Placed]) -> Wanted:
    return OneOf(variable, frozenset(fold(word.value) for word in words))


def _within(variable: str, ranges: Sequence[DateRange]) -> Wanted:
    return Within(variable, tuple((each.first, each.last) for each in ranges))


def _worded(column: Column, words: Sequence[Placed], *, begun: bool = False) -> Wanted:
    ways = tuple(tuple(sorted(words_of(folded))) for word in words if (folded := fold(word.value)))
    # A word that has nothing to look for says nothing of where it stands.
    return Worded(column, ways, begun) if all(ways) else EVERYTHING


def shown(name: str, reference: Reference) -> str:
    """What a reference has that a condition of that name looks at, in words; empty when it has nothing, or too much."""
    value = _SHOWN[name](reference) if name in _SHOWN else ""
    return value if len(value) <= 200 else value[:199] + "…"


def _listed(variable: str) -> Callable[[Reference], str]:
    return lambda reference: ", ".join(getattr(reference, variable))


def _dated(variable: str) -> Callable[[Reference], str]:
    def dated(reference: Reference) -> str:
        date: Date | None = getattr(reference, variable)
        return edtf(date) if date else ""

    return dated


_SHOWN: Mapping[str, Callable[[Reference], str]] = {
    "theme": _listed("keyword"),
    "keyword": _listed("keyword"),
    "audience": _listed("audience"),
    "collection": _listed("collections"),
    "territory": _listed("territory"),
    "type": lambda reference: reference.label or reference.entry_type,
    "language": attrgetter("language"),
    "open_access": attrgetter("open_access"),
    "issued": _dated("issued"),
    "since": _dated("issued"),
    "until": _dated("issued"),
    "added": _dated("added"),
    "key": attrgetter("citekey"),
    "author": lambda reference: ", ".join(people_of(reference)),
    "publisher": _listed("publisher"),
    "journal": lambda reference: ", ".join(journals_of(reference)),
    "title": lambda reference: plain(reference.title),
}
