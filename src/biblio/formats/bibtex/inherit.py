"""What an entry takes from others: ``crossref`` and ``xdata``.

Source: biblatex manual § 2.4.1 and appendix B (the default rules), § 3.13.6 (granular ``xdata=key-field-2``). biblio
differs in one point: what describes one document (its abstract, its annotation, its links) is not its parts'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from biblio.formats.bibtex.names import split_list
from biblio.formats.bibtex.repeated import as_read
from biblio.formats.bibtex.syntax import Positions, RawEntry, RawField
from biblio.reference.fields import BY_BIBLATEX, FIELD_ALIASES, Kind
from biblio.reference.types import ALIASES
from biblio.text.collation import fold_key

MOST_ANCESTORS = 12  # entries between one and the last that it takes something from
MOST_SOURCES = 500  # entries that one takes something from, near and far


class Placed(NamedTuple):
    """A field, and the positions of the file that it stands in."""

    field: RawField
    positions: Positions


@dataclass(frozen=True)
class Source:
    """An entry to take fields from."""

    entry: RawEntry
    positions: Positions

    @cached_property
    def fields(self) -> Mapping[str, Placed]:
        """Its own fields by name, found once for all the entries that take one of them."""
        own = as_read(self.entry.fields)
        return {name: Placed(field, self.positions) for name, field in reversed(own.items())}


Find = Callable[[str], Source | None]
Report = Callable[[str, RawField, Mapping[str, str]], None]


class _Rule(NamedTuple):
    """From entries of these types to entries of those: what each field becomes. A rule's fields go nowhere else."""

    sources: frozenset[str]
    targets: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]


def _rule(sources: str, targets: str, **fields: str) -> _Rule:
    return _Rule(
        frozenset(sources.split()),
        frozenset(targets.split()),
        {name: tuple(becomes.split()) for name, becomes in fields.items()},
    )


_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_JOURNAL = {"title": "journaltitle", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon"}
_NOWHERE = {"shorttitle": "", "sorttitle": "", "indextitle": "", "indexsorttitle": ""}
RULES = (
    _rule("mvbook book", "inbook bookinbook suppbook", author="author bookauthor"),
    _rule("mvbook", "book inbook bookinbook suppbook", **_MAIN, **_NOWHERE),
    _rule(
        "mvcollection mvreference",
        "collection reference incollection inreference suppcollection",
        **_MAIN,
        **_NOWHERE,
    ),
    _rule("mvproceedings", "proceedings inproceedings", **_MAIN, **_NOWHERE),
    _rule("book", "inbook bookinbook suppbook", **_BOOK, **_NOWHERE),
    _rule("collection reference", "incollection inreference suppcollection", **_BOOK, **_NOWHERE),
    _rule("proceedings", "inproceedings", **_BOOK, **_NOWHERE),
    _rule("periodical", "article suppperiodical", **_JOURNAL, **_NOWHERE),
)
NEVER = frozenset(
    "ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions relatedstring "
    "relatedtype shorthand shorthandintro sortkey abstract annotation annotationsource annotationlanguage "
    "links paralleltitle updated".split(),
)
_DATE = frozenset({"date", "year", "month", "day"})

_GRANULAR = re.compile(r"\s*+xdata\s*+=\s*+(?P<key>.+)-(?P<field>[a-z]++)(?:-(?P<number>\d{1,9}))?\s*+", re.IGNORECASE)


def keys_of(field: RawField) -> list[str]:
    """The citekeys that a field names, parted by commas; how many blanks stand in one, or which, says nothing."""
    return [key for key in (" ".join(word.split()) for word in field.value.split(",")) if key]


def inherited(entry: RawEntry, find: Find, report: Report) -> dict[str, Placed]:
    """The fields that an entry does not have itself and takes from others, with those that name their value there.

    ``find`` gives the entry of a key; parents that do not exist, and entries that inherit from themselves, are told
    to ``report``.
    """
    return _Heir(find, report).fields(entry, (fold_key(entry.key),))


class _Heir:
    """Follows the ties of one entry."""

    def __init__(self, find: Find, report: Report) -> None:
        self.find = find
        self.report = report
        self.seen: dict[str, dict[str, Placed]] = {}

    def fields(self, entry: RawEntry, trail: tuple[str, ...], tie: RawField | None = None) -> dict[str, Placed]:
        """What ``entry`` takes.

        ``trail`` are the keys from the heir down to it, ``tie`` the field of the heir that led here.
        """
        own = dict(reversed(as_read(entry.fields).items()))
        taken = {_canonical(name) for name in own}
        if taken & _DATE:
            taken |= _DATE
        found: dict[str, Placed] = {}
        for name in ("xdata", "crossref"):
            for key in keys_of(own[name]) if name in own else ():
                parent = self.parent(tie or own[name], key, trail)
                if parent is None:
                    continue
                everything = self.everything(parent, (*trail, fold_key(key)), tie or own[name])
                offered = everything if name == "xdata" else _mapped(parent.entry.type, entry.type, everything)
                # A date comes whole from one parent.
                blocked = taken | (_DATE if any(_canonical(each) in _DATE for each in found) else set())
                for becomes, placed in offered.items():
                    if _canonical(becomes) not in blocked and becomes not in found and becomes not in _TIES:
                        found[becomes] = placed
        for name, field in own.items():
            if "xdata" in field.value and name not in _TIES:
                value = self.granular(field, trail, tie)
                if value is not None:
                    found[name] = value
        return found

    def everything(self, parent: Source, trail: tuple[str, ...], tie: RawField) -> dict[str, Placed]:
        """All the fields of a parent, its own and those that it inherits."""
        key = trail[-1]
        if key not in self.seen:
            self.seen[key] = dict(parent.fields)
            self.seen[key] = {**parent.fields, **self.fields(parent.entry, trail, tie)}
        return self.seen[key]

    def parent(self, tie: RawField, key: str, trail: tuple[str, ...]) -> Source | None:
        folded = fold_key(key)
        if folded in trail or len(trail) > MOST_ANCESTORS or len(self.seen) > MOST_SOURCES:
            # Each entry of a cycle tells of it; those that only lead there do not.
            if folded == trail[0] or folded not in trail:
                self.report("P204", tie, {"cycle": " → ".join([*trail[:MOST_ANCESTORS], folded])})
            return None
        source = self.find(key)
        if source is None and len(trail) == 1:
            self.report("P203", tie, {"field": tie.name, "key": key})
        return source

    def granular(self, field: RawField, trail: tuple[str, ...], tie: RawField | None) -> Placed | None:
        """The value that ``xdata=key-field-2`` stands for, in a list or alone; ``None`` when it stands for none."""
        row = BY_BIBLATEX.get(field.name)
        is_list = row is not None and row.kind in (Kind.NAMES, Kind.LIST)
        items = split_list(field.value) if is_list else [field.value]
        values: list[str] = []
        positions: Positions | None = None
        offset = field.offset
        for item in items:
            match = _GRANULAR.fullmatch(item)
            source = self.parent(tie or field, match["key"], trail) if match else None
            if match is None or source is None:
                values.append(item)
                continue
            named = source.fields.get(match["field"].lower())
            if named is None or "xdata" in named.field.value:  # it is the parent's by another tie
                beyond = self.everything(source, (*trail, fold_key(match["key"])), tie or field)
                named = beyond.get(match["field"].lower())
            found = _items(named.field.value) if named and is_list else (named.field.value,) if named else ()
            if match["number"]:
                number = int(match["number"])
                found = found[number - 1 : number] if number else ()
            values += found or [item]
            if named and found:
                positions, offset = named.positions, named.field.offset
        if positions is None:
            return None
        return Placed(field.with_value(" and ".join(values))._replace(offset=offset), positions)


_TIES = frozenset({"ids", "crossref", "xref", "xdata", "entryset"})


@lru_cache(maxsize=32)
def _items(value: str) -> tuple[str, ...]:
    """The items of a list, which very many fields may each take one of."""
    return tuple(split_list(value))


def _canonical(name: str) -> str:
    return FIELD_ALIASES.get(name, name)


def _mapped(source: str, target: str, fields: Mapping[str, Placed]) -> dict[str, Placed]:
    """The fields of a parent under the names that they get in an entry of another type."""
    source, target = ALIASES.get(source, source), ALIASES.get(target, target)
    rules = [rule for rule in RULES if source in rule.sources and target in rule.targets]
    offered: dict[str, Placed] = {}
    moved: set[str] = set()
    for rule in rules:
        for name, placed in fields.items():
            if _canonical(name) in rule.fields:
                moved.add(name)
                offered.update(dict.fromkeys(rule.fields[_canonical(name)], placed))
    for name, placed in fields.items():
        if name not in moved and _canonical(name) not in NEVER:
            offered.setdefault(name, placed)
    return offered
