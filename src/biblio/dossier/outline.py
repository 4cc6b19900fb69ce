"""The outline of a dossier: its sections and their references in the order of print, as values and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from biblio.dossier.select import Placement, SelectedSection, Selection
from biblio.text.inline import plain
from biblio.words.tables import say


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference, and what it is called; the title may be empty."""

    citekey: str
    title: str


@dataclass(frozen=True, slots=True)
class Outlined:
    """A section: how many references it prints with those inside it, and which it prints itself.

    ``see_also`` stand in full further up, ``cut`` are beyond the limit. The groups of a section are among its sections.
    """

    title: str
    count: int
    references: tuple[Entry, ...]
    see_also: tuple[Entry, ...]
    cut: tuple[Entry, ...]
    sections: tuple[Outlined, ...]


def outline(selection: Selection) -> tuple[Outlined, ...]:
    """The parts of a selection."""
    return tuple(map(_outlined, selection.parts))


def _outlined(section: SelectedSection) -> Outlined:
    return Outlined(
        section.title,
        section.count,
        _entries(section.placements),
        _entries(section.see_also),
        _entries(section.cut),
        tuple(map(_outlined, section.sections)),
    )


def _entries(placements: Iterable[Placement]) -> tuple[Entry, ...]:
    return tuple(Entry(each.reference.citekey, plain(each.reference.title)) for each in placements)


# --- in words --------------------------------------------------------------------------------------------------------


def lines(slug: str, title: str, sections: Iterable[Outlined], lang: str) -> Iterator[str]:
    """The outline in French or English: a line for the dossier, each section and each reference, indented by level."""
    yield say("outline_dossier", lang, slug=slug, title=title)
    for section in sections:
        yield from _lines(section, "  ", lang)


def _lines(section: Outlined, indent: str, lang: str) -> Iterator[str]:
    yield f"{indent}{section.title} ({section.count})"
    deeper = indent + "  "
    for name, entries in (("printed", section.references), ("see_also", section.see_also), ("cut", section.cut)):
        for entry in entries:
            yield deeper + say(f"outline_{name}", lang, key=entry.citekey, title=entry.title or "–")
    for inner in section.sections:
        yield from _lines(inner, deeper, lang)
