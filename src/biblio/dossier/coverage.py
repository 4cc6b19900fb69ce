"""How a dossier covers the collection: its figures beside those of what it leaves out on its themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from biblio.citation import label_of
from biblio.collection.library import Library
from biblio.collection.themes import Themes
from biblio.dossier.conditions import Setting
from biblio.dossier.match import Matcher, compile_query
from biblio.dossier.query import Query
from biblio.dossier.section import SectionSpec
from biblio.dossier.select import SelectedSection, Selection
from biblio.reference.date import date_order, edtf
from biblio.reference.reference import Reference
from biblio.text.collation import collate
from biblio.text.inline import plain
from biblio.words.faults import Span
from biblio.words.tables import interface, say
from biblio.yaml_model.keys import Placed

THIN = 3  # a section with fewer references than that is worth a look


class Basis(StrEnum):
    """Where the themes of a dossier are known from."""

    DECLARED = "declared"  # its spec names them
    FOUND = "found"  # its sections select them, or the references of these bear them
    NONE = "none"


class State(StrEnum):
    """Whether a section has enough references."""

    EMPTY = "empty"
    THIN = "thin"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Row:
    """How many references have something in common: those of the dossier, and those on its themes that it leaves out.

    ``name`` is empty where it is not known what a reference has: no date, no language. ``depth`` counts the themes
    around a theme.
    """

    name: str
    placed: int
    unplaced: int = 0
    depth: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.placed + self.unplaced


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section that asks for references: the headings from the part inwards, and how many it prints or points to."""

    path: tuple[str, ...]
    printed: int
    see_also: int
    state: State


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of a dossier.

    ``themes`` are slugs. The tables count references that are ``placed``, in the dossier, or ``unplaced``: on its
    themes, and not in it. ``bare`` are those of the dossier of which neither annotation nor abstract tells more.
    ``years`` are in order, the unknown one last; ``open_access`` has the rows ``yes``, ``no`` and the unknown one.
    """

    slug: str
    title: str
    basis: Basis
    themes: tuple[str, ...]
    placed: tuple[Reference, ...]
    unplaced: tuple[Reference, ...]
    sections: tuple[SectionRow, ...]
    by_theme: tuple[Row, ...]
    years: tuple[Row, ...]
    types: tuple[Row, ...]
    languages: tuple[Row, ...]
    open_access: tuple[Row, ...]
    bare: tuple[Reference, ...]

    @property
    def open_share(self) -> int:
        """How many references of the dossier are in open access, in hundredths, to the nearest."""
        return share(self.open_access[0].placed, len(self.placed))


def share(part: int, whole: int) -> int:
    """A part of a whole in hundredths, to the nearest; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def coverage(library: Library, selection: Selection, themes: Themes, lang: str, thin: int = THIN) -> Coverage:
    """The figures of a selection from a library, types named in ``lang``.

    The themes are those that the spec declares; without any, those that its sections select and, for a section that
    selects none, those that its references bear. ``thin`` is the number of references that a section should have.
    """
    basis, wanted = _themes_of(selection, themes)
    placed = selection.references
    keys = {reference.citekey for reference in placed}
    matching = _about(wanted, themes).found_in(library) if wanted else []
    unplaced = [reference for reference in matching if reference.citekey not in keys]
    unplaced.sort(key=lambda reference: collate(plain(reference.title)))
    unplaced.sort(key=lambda reference: date_order(reference.issued), reverse=True)

    def table(name_of: Callable[[Reference], str], rank: Callable[[Row], Any]) -> tuple[Row, ...]:
        return _table(placed, unplaced, name_of, rank)

    return Coverage(
        selection.spec.slug,
        selection.spec.title,
        basis,
        wanted,
        placed,
        tuple(unplaced),
        tuple(row for part in selection.parts for row in _sections(part, (), thin)),
        tuple(_by_theme(wanted, placed, unplaced, themes)),
        table(_year, lambda row: (not row.name, int(row.name or 0))),
        table(lambda reference: label_of(reference, lang), lambda row: (-row.total, collate(row.name))),
        table(_language, lambda row: (not row.name, -row.total, row.name)),
        tuple(_open_access(placed, unplaced)),
        tuple(reference for reference in placed if not (reference.annotation or reference.abstract)),
    )


# --- themes ----------------------------------------------------------------------------------------------------------


def _themes_of(selection: Selection, themes: Themes) -> tuple[Basis, tuple[str, ...]]:
    declared = [themes.find(word.value) or word.value for word in selection.spec.themes]
    if declared:
        return Basis.DECLARED, _outermost(declared, themes)
    found = _outermost([slug for part in selection.parts for slug in _themes_in(part, (), themes)], themes)
    return (Basis.FOUND if found else Basis.NONE), found


def _outermost(slugs: Iterable[str], themes: Themes) -> tuple[str, ...]:
    """Each theme once, without those inside another one of them."""
    unique = tuple(dict.fromkeys(slugs))
    return tuple(slug for slug in unique if not set(themes.ancestors(slug)) & set(unique))


def _themes_in(section: SelectedSection, around: Sequence[str], themes: Themes) -> Iterator[str]:
    """The themes that a section selects, or else those that its references bear; a group's are those ``around``."""
    spec = section.spec
    asked = around if spec is None else tuple(_asked(spec.select, themes)) if spec.select else ()
    if asked:
        yield from asked
    else:
        for reference in section.references:
            yield from _borne(reference, themes)
    for inner in section.sections:
        yield from _themes_in(inner, asked, themes)


def _asked(query: Query, themes: Themes) -> Iterator[str]:
    yield from (themes.find(word.value) or word.value for word in query.theme)
    for inner in (*query.any, *query.all):
        yield from _asked(inner, themes)


def _borne(reference: Reference, themes: Themes) -> Iterable[str]:
    """The themes among its keywords; in a collection without themes, all of them."""
    return filter(None, map(themes.find, reference.keyword)) if themes.rows else reference.keyword


def _about(slugs: Iterable[str], themes: Themes) -> Matcher:
    """What finds the references that bear one of these themes, the very test of ``select: {theme: …}``."""
    nowhere = Span("")
    words = tuple(Placed(slug, nowhere) for slug in slugs)
    query = Query(span=nowhere, spans={"theme": nowhere}, theme=words)
    return compile_query(query, Setting(themes))


def _by_theme(
    wanted: Iterable[str],
    placed: Sequence[Reference],
    unplaced: Sequence[Reference],
    themes: Themes,
) -> Iterator[Row]:
    """A row for each theme of the dossier, and for those inside it that some reference bears."""
    for root in wanted:
        outside = len(themes.ancestors(root))
        for slug in themes.descendants(root):
            about = _about([slug], themes)
            here, beside = (len(about.among(references)) for references in (placed, unplaced))
            row = Row(slug, here, beside, len(themes.ancestors(slug)) - outside)
            if row.total or slug == root:
                yield row


# --- counts ----------------------------------------------------------------------------------------------------------


def _table(
    placed: Sequence[Reference],
    unplaced: Sequence[Reference],
    name_of: Callable[[Reference], str],
    rank: Callable[[Row], Any],
) -> tuple[Row, ...]:
    here, beside = Counter(map(name_of, placed)), Counter(map(name_of, unplaced))
    return tuple(sorted((Row(name, here[name], beside[name]) for name in here | beside), key=rank))


def _year(reference: Reference) -> str:
    point = reference.issued.first if reference.issued else None
    return str(point.year) if point else ""


def _language(reference: Reference) -> str:
    return reference.language.partition("-")[0].lower()


def _open_access(placed: Sequence[Reference], unplaced: Sequence[Reference]) -> Iterator[Row]:
    for name, said in (("yes", True), ("no", False), ("", None)):
        here, beside = (sum(each.is_open is said for each in references) for references in (placed, unplaced))
        yield Row(name, here, beside)


def _sections(section: SelectedSection, above: tuple[str, ...], thin: int) -> Iterator[SectionRow]:
    path = (*above, section.title)
    if section.spec is not None and _asks(section.spec):
        groups = [section, *(inner for inner in section.sections if inner.spec is None)]
        printed, see_also = sum(len(group.placements) for group in groups), len(section.see_also)
        found = printed + see_also
        state = State.FULL if found >= thin else State.THIN if found else State.EMPTY
        yield SectionRow(path, printed, see_also, state)
    for inner in section.sections:
        if inner.spec is not None:
            yield from _sections(inner, path, thin)


def _asks(spec: SectionSpec) -> bool:
    """Whether a section is there for references, and not for texts or for the sections inside it."""
    return bool(spec.references or spec.include or spec.select is not None or spec.is_empty)


# --- in words --------------------------------------------------------------------------------------------------------

NAME_WIDTH = 50  # characters of a name in a table on the terminal


def name_of(table: str, name: str, lang: str, themes: Themes) -> str:
    """What a row of a table is called in ``lang``; ``table`` is its name in ``Coverage``."""
    match table:
        case "by_theme":
            return themes.label(name, lang)
        case "open_access":
            return say(f"coverage_open_{name or 'unsaid'}", lang)
        case "languages" if f"language_{name}" in interface():
            return say(f"language_{name}", lang)
        case "years" if not name:
            return say("coverage_undated", lang)
        case _:
            return name or say("coverage_unsaid", lang)


TABLES = ("by_theme", "years", "types", "languages", "open_access")


def lines(figures: Coverage, themes: Themes, lang: str) -> Iterator[str]:
    """The figures in French or English, as tables for a terminal."""
    yield say("coverage_title", lang, slug=figures.slug, title=figures.title)
    labels = ", ".join(themes.label(slug, lang) for slug in figures.themes)
    yield say(f"coverage_themes_{figures.basis}", lang, themes=labels)
    yield from sums(figures, lang)
    if figures.sections:
        yield ""
        yield _line(say("coverage_sections", lang), say("coverage_references", lang))
        yield from _section_lines(figures.sections, lang)
    for table in TABLES:
        rows: tuple[Row, ...] = getattr(figures, table)
        if rows:
            yield ""
            yield _line(say(f"coverage_{table}", lang), say("coverage_placed", lang), say("coverage_unplaced", lang))
            for row in rows:
                yield _line("  " * (row.depth + 1) + name_of(table, row.name, lang, themes), row.placed, row.unplaced)
    for name, references in (("coverage_to_place", figures.unplaced), ("coverage_bare", figures.bare)):
        if references:
            yield ""
            yield say(name, lang, count=len(references))
            for reference in references:
                date = edtf(reference.issued) if reference.issued else "–"
                yield f"  {reference.citekey}  {date}  {plain(reference.title) or '–'}"


def _section_lines(sections: Iterable[SectionRow], lang: str) -> Iterator[str]:
    """A line for each section, under lines for the headings around it."""
    above: tuple[str, ...] = ()
    for section in sections:
        around = section.path[:-1]
        shared = next(
            (depth for depth, pair in enumerate(zip(around, above, strict=False)) if pair[0] != pair[1]), None
        )
        for depth in range(min(len(around), len(above)) if shared is None else shared, len(around)):
            yield "  " * (depth + 1) + around[depth]
        above = section.path
        note = "" if section.state is State.FULL else say(f"coverage_{section.state}", lang)
        pointed = say("coverage_see_also", lang, count=section.see_also) if section.see_also else ""
        notes = ", ".join(filter(None, (note, pointed)))
        yield _line("  " * len(section.path) + section.path[-1], section.printed) + (notes and f"  {notes}")


def sums(figures: Coverage, lang: str) -> Iterator[str]:
    """The figures that stand above the tables, a sentence each."""
    yield say("coverage_counts", lang, placed=len(figures.placed), unplaced=len(figures.unplaced))
    freely, _, unsaid = figures.open_access
    yield say(
        "coverage_open_share",
        lang,
        count=freely.placed,
        total=len(figures.placed),
        share=figures.open_share,
        unsaid=unsaid.placed,
    )
    yield say("coverage_without_annotation", lang, count=len(figures.bare))


def _line(name: str, first: object, second: object = "") -> str:
    shown = name if len(name) <= NAME_WIDTH else name[: NAME_WIDTH - 1] + "…"
    return f"{shown:<{NAME_WIDTH}}  {first!s:>10}  {second!s:>12}".rstrip()
