"""The references of a project as rows of a table, made once for each version: searched, sifted, sorted and counted.

A row has no more than what the table shows and what it is found by; the reference itself stays in its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, compress
from typing import Any, NamedTuple

from biblio.citation.labels import label_of
from biblio.collection.facets import characters, full_name, text_of
from biblio.collection.record import texts
from biblio.collection.themes import Themes
from biblio.reference.date import edtf
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.collation import fold, fold_title
from biblio.words.faults import Diagnostic
from biblio.words.tables import LANGUAGES

PAGE = 100  # rows of a page
OTHERS = " (et al.)"  # behind the people of a row where there are more
MOST_NAMED = 3  # people of a row, as most styles print them
MOST_OPTIONS = 200  # values of a facet that are offered
NONE = "-"  # the value of a facet that a reference has none of
LAST = "\U0010ffff"  # behind every word: what has no author stands at the end


class Row(NamedTuple):
    """A reference as the table shows it; ``path`` is its file, ``kinds`` what its type is called in each language.

    ``words`` are all its words, folded, each behind a space; ``order`` has what it is sorted by, folded: its people,
    its title and where it appeared.
    """

    citekey: str
    path: str
    kinds: tuple[str, ...]
    people: str
    title: str
    source: str
    issued: str
    year: int | None
    themes: tuple[str, ...]
    audience: tuple[str, ...]
    territory: tuple[str, ...]
    language: str
    access: bool | None
    words: str
    order: tuple[str, ...]

    @property
    def said(self) -> list[Any]:
        """The row as a value of JSON, without the key and the file."""
        return list(self[2:])


def row_of(reference: Reference) -> Row:
    """The row of a reference."""
    names = reference.author or reference.editor
    people = ", ".join(map(_name, names.people[:MOST_NAMED]))
    if len(names.people) > MOST_NAMED or names.others:
        people += OTHERS
    title = ". ".join(filter(None, map(characters, (reference.title, reference.subtitle))))
    source = characters(reference.container_title) or ", ".join(reference.publisher)
    first = reference.issued.first if reference.issued else None
    kinds = tuple(label_of(reference, lang) for lang in LANGUAGES)
    issued = edtf(reference.issued) if reference.issued else ""
    beside = (reference.citekey, issued, reference.doi, *reference.keyword, *reference.audience, *reference.territory)
    words = fold("\n".join((*text_of(reference), *beside, *dict.fromkeys(kinds))))
    return Row(
        reference.citekey,
        reference.origin.entry.path,
        kinds,
        people,
        title,
        source,
        issued,
        first.year if first else None,
        reference.keyword,
        reference.audience,
        reference.territory,
        reference.language,
        reference.is_open,
        f" {words}",
        (fold(", ".join(map(_name, names.people))) or LAST, fold_title(title), fold_title(source)),
    )


def row_from(citekey: str, path: str, said: Any) -> Row:
    """The row that a value of JSON tells. Raises one of the errors that wrong values raise."""
    kinds, people, title, source, issued, year, themes, audience, territory, language, access, words, order = said
    texts([people, title, source, issued, language, words, *kinds, *themes, *audience, *territory, *order])
    if type(year) not in (int, type(None)) or type(access) not in (bool, type(None)):
        raise TypeError
    if (len(kinds), len(order)) != (len(LANGUAGES), 3):
        raise ValueError
    kinds, themes, audience, territory, order = map(tuple, (kinds, themes, audience, territory, order))
    return Row(
        citekey, path, kinds, people, title, source, issued, year, themes, audience, territory, language, access, words,
        order,
    )  # fmt: skip


def _name(name: Name) -> str:
    """A name as lists have it: the family name first."""
    return name.literal or " ".join(filter(None, (name.full_family, name.given, name.suffix))) or full_name(name)


# --- what is known beside the rows -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """What takes longer to know: the faults of references by their citekeys, and the dossiers that print them."""

    faults: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    dossiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def gravest(self, citekey: str) -> str:
        """The severity of the gravest fault of a reference; empty when it has none."""
        graves = {fault.severity for fault in self.faults.get(citekey, ())}
        return next((each for each in ("error", "warning", "note") if each in graves), "")


# --- facets ----------------------------------------------------------------------------------------------------------

FACETS = ("type", "year", "theme", "audience", "territory", "language", "access", "faults", "dossier")
LATE = ("faults", "dossier")  # those that are known beside the rows
COLUMNS = ("author", "title", "source", "year", "type", "faults")


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, and how many of the references found have it."""

    value: str
    count: int
    chosen: bool


class Facet(NamedTuple):
    """What references may be sifted by: its name in ``FACETS``, and its values; ``more`` values are not offered."""

    name: str
    options: tuple[Option, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a table is asked for: words, the values chosen of each facet, a column (``-year``: downwards), a page."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "author"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a table: its rows, how many were found on how many pages, and what they may be sifted by."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    facets: tuple[Facet, ...]


Values = Sequence[tuple[str, ...]]
Mask = bytes  # a byte for each row: 1 for one that is wanted


@dataclass(frozen=True, eq=False)
class Shelf:
    """All the rows, in the order of the files; ``beside`` may come later."""

    rows: tuple[Row, ...]
    themes: Themes
    beside: Beside | None = None
    kept: dict[str, Any] = field(default_factory=dict)  # what is made of them when it is first asked for

    def with_beside(self, beside: Beside | None) -> Shelf:
        """The shelf with what is known beside its rows; what was made of the rows is kept."""
        if beside is self.beside:
            return self
        if self.kept.get("beside", (None, None))[0] is not beside:
            own = {name: value for name, value in self.kept.items() if name.split()[-1] not in (*LATE, "beside")}
            self.kept["beside"] = beside, replace(self, beside=beside, kept=own)
        found: Shelf = self.kept["beside"][1]
        return found

    # --- finding ---

    def find(self, wanted: Wanted, words: Mask) -> Found:
        """A page of what is wanted; ``words`` are the rows that meet what was typed."""
        masks = self._masks(wanted)
        found = _both([words, *masks.values()], len(self.rows))
        total = found.count(1)
        pages = max(1, -(-total // PAGE))
        page = min(max(1, wanted.page), pages)
        numbers = self._sorted(wanted.sort, found)[(page - 1) * PAGE : page * PAGE]
        facets = tuple(self._facet(name, wanted, words, masks) for name in self.facets)
        return Found(tuple(self.rows[number] for number in numbers), total, page, pages, facets)

    def citekeys(self, wanted: Wanted, words: Mask) -> list[str]:
        """The keys of all that is wanted, on whatever page."""
        found = _both([words, *self._masks(wanted).values()], len(self.rows))
        return [self.rows[number].citekey for number in self._sorted(wanted.sort, found)]

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that can be told now."""
        return tuple(name for name in FACETS if self.beside is not None or name not in LATE)

    def _masks(self, wanted: Wanted) -> dict[str, Mask]:
        """The rows that have what is chosen, by facet."""
        return {name: self.having(name, values) for name in self.facets if (values := wanted.chosen.get(name, ()))}

    def having(self, name: str, values: Iterable[str]) -> Mask:
        """The rows that have one of these values of a facet."""
        numbers = self._keep(f"numbers {name}", lambda: _numbers_by(self.values(name)))
        mask = bytearray(len(self.rows))
        for number in chain.from_iterable(numbers.get(value, ()) for value in values):
            mask[number] = 1
        return bytes(mask)

    def values(self, name: str) -> Values:
        """The values of a facet of each row."""
        values: Values = self._keep(f"values {name}", lambda: self._values(name))
        return values

    def _facet(self, name: str, wanted: Wanted, words: Mask, masks: Mapping[str, Mask]) -> Facet:
        """The values of a facet among what all the others let through."""
        others = [mask for other, mask in masks.items() if other != name]
        chosen = wanted.chosen.get(name, ())
        counts: Mapping[str, int]
        if others or wanted.words:
            counts = Counter(chain.from_iterable(compress(self.values(name), _both([words, *others], len(self.rows)))))
        else:
            counts = self._keep(f"counts {name}", lambda: Counter(chain.from_iterable(self.values(name))))
        ordered = sorted(counts, key=lambda value: (value == NONE, *_place(name, value, counts)))
        offered = [*ordered[:MOST_OPTIONS], *(value for value in chosen if value not in ordered[:MOST_OPTIONS])]
        options = tuple(Option(value, counts.get(value, 0), value in chosen) for value in offered)
        return Facet(name, options, max(0, len(ordered) - MOST_OPTIONS))

    # --- order ---

    def _sorted(self, sort: str, mask: Mask) -> list[int]:
        """The numbers of the rows of a mask, in the order of a column."""
        column, downwards = sort.removeprefix("-"), sort.startswith("-")
        if column not in COLUMNS:
            column, downwards = "author", False
        order = self._keep(f"order {downwards} {column}", lambda: self._order(column, downwards=downwards))
        return list(compress(order, map(mask.__getitem__, order)))

    def _order(self, column: str, *, downwards: bool) -> list[int]:
        """The numbers of all rows in the order of a column; those that are alike in it, by their authors."""
        numbers: Iterable[int] = range(len(self.rows))
        if column != "author":
            numbers = self._keep("order False author", lambda: self._order("author", downwards=False))
        keys = self._sort_keys(column, downwards=downwards)
        return sorted(numbers, key=keys.__getitem__, reverse=downwards)

    def _sort_keys(self, column: str, *, downwards: bool) -> list[Any]:
        match column:
            case "title":
                return [row.order[1] or LAST for row in self.rows]
            case "source":
                return [row.order[2] or LAST for row in self.rows]
            case "year":  # what has none stands at the end, either way
                return [((row.year is None) != downwards, row.year or 0) for row in self.rows]
            case "type":
                kinds = {row.kinds[0]: fold(row.kinds[0]) for row in self.rows}
                return [kinds[row.kinds[0]] for row in self.rows]
            case "faults":
                faults = self.beside.faults if self.beside else {}
                return [len(faults.get(row.citekey, ())) for row in self.rows]
            case _:
                return [row.order for row in self.rows]

    # --- values of facets ---

    def _values(self, name: str) -> Values:
        rows = self.rows
        beside = self.beside or Beside()
        match name:
            case "type":
                return [(row.kinds[0],) for row in rows]
            case "year":
                years = {year: _years(year) for year in {row.year for row in rows}}
                return [years[row.year] for row in rows]
            case "theme":
                of_words = {words: self._themes_of(words) for words in {row.themes for row in rows}}
                return [of_words[row.themes] for row in rows]
            case "audience" | "territory":
                return [tuple(map(fold, getattr(row, name))) or (NONE,) for row in rows]
            case "language":
                return [(row.language or NONE,) for row in rows]
            case "access":
                return [({True: "yes", False: "no", None: NONE}[row.access],) for row in rows]
            case "faults":
                return [(beside.gravest(row.citekey) or NONE,) for row in rows]
            case _:
                return [beside.dossiers.get(row.citekey) or (NONE,) for row in rows]

    def _themes_of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The themes of keywords with those around them, and the keywords that are no themes."""
        found: dict[str, None] = {}
        for word in words:
            slug = self.themes.find(word)
            found.update(dict.fromkeys((slug, *self.themes.ancestors(slug)) if slug else (fold(word),)))
        return tuple(found) or (NONE,)

    def named(self, name: str, value: str, lang: str) -> str:
        """What a value of a facet is called, where the rows or the themes say so; else the value itself."""
        if name == "theme" and value in self.themes.rows:
            return self.themes.label(value, lang)
        return self._names.get(name, {}).get(value, (value,) * len(LANGUAGES))[lang != LANGUAGES[0]]

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The words of values as they were typed first, in each language."""
        found: dict[str, dict[str, tuple[str, ...]]] = {
            "type": {row.kinds[0]: row.kinds for row in reversed(self.rows)}
        }
        for name, variable in (("theme", "themes"), ("audience", "audience"), ("territory", "territory")):
            typed = dict.fromkeys(chain.from_iterable(dict.fromkeys(getattr(row, variable) for row in self.rows)))
            found[name] = {fold(word): (word,) * len(LANGUAGES) for word in reversed(typed)}
        return found

    def _keep(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]


def _numbers_by(values: Values) -> Mapping[str, list[int]]:
    """The numbers of the rows that have each value."""
    found: dict[str, list[int]] = {}
    for number, each in enumerate(values):
        for value in each:
            found.setdefault(value, []).append(number)
    return found


def _both(masks: Sequence[Mask], size: int) -> Mask:
    """What all of these want."""
    found = int.from_bytes(masks[0], "little")
    for mask in masks[1:]:
        found &= int.from_bytes(mask, "little")
    return found.to_bytes(size, "little")


def _years(year: int | None) -> tuple[str, ...]:
    """A year and its decade; before our era, the year alone."""
    if year is None:
        return (NONE,)
    decade = year // 10 * 10
    return (str(year), f"{decade}-{decade + 9}") if year >= 0 else (str(year),)


def _place(name: str, value: str, counts: Mapping[str, int]) -> tuple[Any, ...]:
    """Where a value stands among those of a facet: years downwards, behind their decade; all others by their count."""
    if name == "year" and value != NONE:
        first, _, last = value.partition("-") if not value.startswith("-") else (value, "", "")
        return (-int(last or first), not last)
    return (-counts[value], value)
