"""What changed in a dossier between two of its editions: references that came, went, moved, or say something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from biblio.citation import label_of
from biblio.citation.dates import in_words
from biblio.collection.facets import full_name
from biblio.dossier.select import SelectedSection, Selection
from biblio.reference.date import Date
from biblio.reference.fields import FIELDS, Kind
from biblio.reference.genres import said
from biblio.reference.holding import Holding
from biblio.reference.link import DocumentLink
from biblio.reference.name import Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Extent, Pages
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.text.collation import fold, fold_key
from biblio.text.inline import Rich, plain
from biblio.words.tables import interface, say

SectionPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A reference in an edition: the section that it stands in, from the part inwards, and what it says, in words.

    ``fields`` are by the names of variables, of ``type``, or of the lines of a notice (``line_title``); ``former`` are
    the keys, folded, that the reference had before.
    """

    citekey: str
    title: str
    section: SectionPath = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: its references, by citekey as ``fold_key`` makes it, and its sections, ``None`` when not known."""

    items: Mapping[str, Item]
    sections: frozenset[SectionPath] | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field that says something else now; either side is empty where there is, or was, nothing."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A reference that stands in another section."""

    item: Item
    old: SectionPath


@dataclass(frozen=True, slots=True)
class Changed:
    """A reference that says something else."""

    item: Item
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one edition to the next, each in the order of print. ``renamed``: sections, old and new.

    ``sectioned``: whether moves were looked for, which takes editions that both know their sections.
    """

    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    moved: tuple[Moved, ...] = ()
    changed: tuple[Changed, ...] = ()
    renamed: tuple[tuple[SectionPath, SectionPath], ...] = ()
    sectioned: bool = True

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.moved, self.changed, self.renamed))


# --- editions --------------------------------------------------------------------------------------------------------


def edition_of(selection: Selection, lang: str) -> Edition:
    """The edition that a selection is, its references in words of ``lang``."""
    items: dict[str, Item] = {}
    sections = [walked for part in selection.parts for walked in _sections(part, ())]
    for path, section in sections:
        for reference in section.references:
            items.setdefault(fold_key(reference.citekey), _item(reference, path, lang))
    return Edition(items, frozenset(path for path, _ in sections))


def edition_of_references(references: Iterable[Reference], lang: str) -> Edition:
    """The edition of which only the references are left."""
    return Edition({fold_key(each.citekey): _item(each, (), lang) for each in references}, None)


def _sections(section: SelectedSection, above: SectionPath) -> Iterator[tuple[SectionPath, SelectedSection]]:
    path = (*above, section.title)
    yield path, section
    for inner in section.sections:
        yield from _sections(inner, path)


def _item(reference: Reference, path: SectionPath, lang: str) -> Item:
    fields = {"type": label_of(reference, lang), **fields_in_words(reference, lang)}
    former = tuple(map(fold_key, reference.keys[1:]))
    return Item(reference.citekey, plain(reference.title), path, fields, former)


def fields_in_words(reference: Reference, lang: str) -> dict[str, str]:
    """What a reference says, in words, by variable; nothing of what is private."""
    values = ((row, getattr(reference, row.variable)) for row in FIELDS if not row.private)
    return {row.variable: _WORDS[row.kind](value, lang) for row, value in values if value}


def _names(names: Names, lang: str) -> str:
    others = [say("and_others", lang)] if names.others else []
    return ", ".join([*map(full_name, names.people), *others])


def _pages(pages: Pages, lang: str) -> str:
    return str(pages)


def _extent(extent: Extent, lang: str) -> str:
    return "np" if extent.unknown else extent.count


def _numbering(number: Numbering, lang: str) -> str:
    return " ".join(filter(None, (number.label, number.value, number.supplement)))


def _links(links: Iterable[DocumentLink], lang: str) -> str:
    return ", ".join(" ".join(filter(None, (each.label, each.url))) for each in links)


def _provenance(provenance: Provenance, lang: str) -> str:
    return say(f"provenance_{provenance.source.name.lower()}", lang) + "".join(
        f", {say(name, lang)}"
        for name, holds in (("provenance_adapted", provenance.adapted), ("provenance_extract", provenance.extract))
        if holds
    )


def _holdings(holdings: Iterable[Holding], lang: str) -> str:
    return "\n".join(map(str, holdings))


def _rich(rich: Rich, lang: str) -> str:
    return plain(rich)


def _paragraphs(paragraphs: Iterable[Rich], lang: str) -> str:
    return "\n".join(map(plain, paragraphs))


def _list(values: Iterable[str], lang: str) -> str:
    return ", ".join(values)


def _as_typed(value: str, lang: str) -> str:
    return value


def _language(tag: str, lang: str) -> str:
    name = f"language_{tag}"
    return say(name, lang) if name in interface() else tag


def _date(date: Date, lang: str) -> str:
    return in_words(date, lang)


_WORDS: Mapping[Kind, Callable[[Any, str], str]] = {
    Kind.RICH: _rich,
    Kind.PARAGRAPHS: _paragraphs,
    Kind.NAMES: _names,
    Kind.LIST: _list,
    Kind.KEYWORDS: _list,
    Kind.DATE: _date,
    Kind.PAGES: _pages,
    Kind.EXTENT: _extent,
    Kind.NUMBERING: _numbering,
    Kind.LITERAL: said,
    Kind.LANGUAGE: _language,
    Kind.VERBATIM: _as_typed,
    Kind.LINKS: _links,
    Kind.PROVENANCE: _provenance,
    Kind.HOLDINGS: _holdings,
}


_ORDER = {row.variable: place for place, row in enumerate(FIELDS, start=1)}


# --- differences -----------------------------------------------------------------------------------------------------


def compare(old: Edition, new: Edition) -> Difference:
    """What changed from ``old`` to ``new``.

    A reference whose citekey alone is another one has changed, and a section whose heading alone is another one is
    renamed, with all that stands under it: its references have not moved.
    """
    sectioned = old.sections is not None and new.sections is not None
    partners = {key: key for key in new.items if key in old.items} | _rekeyed(old, new)
    pairs = [(old.items[partners[key]], item) for key, item in new.items.items() if key in partners]
    renamed = _renamed(old.sections or (), new.sections or (), pairs) if sectioned else {}
    known = set(partners.values())
    return Difference(
        tuple(item for key, item in new.items.items() if key not in partners),
        tuple(item for key, item in old.items.items() if key not in known),
        tuple(
            Moved(after, before.section)
            for before, after in pairs
            if sectioned and _now_called(before.section, renamed) != after.section
        ),
        tuple(Changed(after, fields) for before, after in pairs if (fields := tuple(_fields(before, after)))),
        tuple(renamed.items()),
        sectioned,
    )


def _fields(before: Item, after: Item) -> Iterator[Field]:
    if fold_key(before.citekey) != fold_key(after.citekey):
        yield Field("citekey", before.citekey, after.citekey)
    for name in sorted(dict.fromkeys((*after.fields, *before.fields)), key=lambda name: _ORDER.get(name, 0)):
        was, now = before.fields.get(name, ""), after.fields.get(name, "")
        if was != now:
            yield Field(name, was, now)


def _rekeyed(old: Edition, new: Edition) -> dict[str, str]:
    """The new key of each reference that went under another one, and that one.

    It says so itself (``ids``), or title, date and authors are the same.
    """
    said = {
        key: former
        for key, item in new.items.items()
        if key not in old.items
        for former in item.former
        if former in old.items and former not in new.items
    }
    gone = {_identity(item): key for key, item in old.items.items() if key not in new.items}
    come = {_identity(item): key for key, item in new.items.items() if key not in old.items}
    alike = {key: gone[identity] for identity, key in come.items() if identity in gone and any(identity)}
    left = {key: was for key, was in alike.items() if was not in said.values()}
    return left | said


def _identity(item: Item) -> tuple[str, ...]:
    words = ("issued", "author", "subtitle", "line_source", "line_authors")
    return (fold(item.title), *(fold(item.fields.get(name, "")) for name in words))


def _renamed(
    before: Collection[SectionPath],
    after: Collection[SectionPath],
    pairs: Sequence[tuple[Item, Item]],
) -> Mapping[SectionPath, SectionPath]:
    """Sections that are gone, each with the one new section that has its references and those of no other one.

    The outer sections are looked at first: what stands under a renamed one, sections or groups, goes with it.
    """
    known, there = ({path for section in sections for path in _down_to(section)} for sections in (before, after))
    renamed: dict[SectionPath, SectionPath] = {}
    for inner in reversed(range(max((len(was.section) for was, _ in pairs), default=0))):
        sources: dict[SectionPath, set[SectionPath]] = {}
        for was, now in pairs:
            if min(len(was.section), len(now.section)) > inner:
                outer = was.section[: len(was.section) - inner]
                sources.setdefault(now.section[: len(now.section) - inner], set()).add(outer)
        heirs: dict[SectionPath, list[SectionPath]] = {}
        for path, origins in sources.items():
            for gone in origins if path not in known else ():
                heirs.setdefault(gone, []).append(path)
        for gone, (heir, *others) in heirs.items():
            alone = not others and sources[heir] == {gone} and heir not in renamed.values()
            if alone and _now_called(gone, renamed) not in there:
                renamed[gone] = heir
    return {path: renamed[path] for was, _ in pairs for path in _down_to(was.section) if path in renamed}


def _down_to(section: SectionPath) -> Iterator[SectionPath]:
    """The sections that a section stands in, from the part inwards, and itself."""
    return (section[:depth] for depth in range(1, len(section) + 1))


def _now_called(section: SectionPath, renamed: Mapping[SectionPath, SectionPath]) -> SectionPath:
    """A section of the old edition as it would be called in the new one, had nothing but headings changed."""
    for depth in range(len(section), 0, -1):
        if section[:depth] in renamed:
            return (*renamed[section[:depth]], *section[depth:])
    return section


# --- in words --------------------------------------------------------------------------------------------------------

SHOWN = 90  # characters of a value on the terminal


def field_name(name: str, lang: str) -> str:
    """What a field of an ``Item`` is called in ``lang``; ``citekey`` is one."""
    return say(f"field_{name}", lang)


def lines(difference: Difference, lang: str) -> Iterator[str]:
    """The difference in French or English, a line for each thing that changed."""
    for name, items in (("added", difference.added), ("removed", difference.removed)):
        yield from _heading(name, items, lang)
        for item in items:
            where = say("diff_in", lang, section=" > ".join(item.section)) if item.section else ""
            yield f"  {item.citekey}  {item.title}{where}"
    yield from _heading("renamed", difference.renamed, lang)
    for was, now in difference.renamed:
        yield say("diff_from_to", lang, old=" > ".join(was), new=" > ".join(now))
    yield from _heading("moved", difference.moved, lang)
    for moved in difference.moved:
        yield f"  {moved.item.citekey}  {moved.item.title}"
        yield "  " + say("diff_from_to", lang, old=" > ".join(moved.old), new=" > ".join(moved.item.section))
    yield from _heading("changed", difference.changed, lang)
    for changed in difference.changed:
        yield f"  {changed.item.citekey}  {changed.item.title}"
        yield from (f"    {_sentence(each, lang)}" for each in changed.fields)
    if not difference:
        yield say("diff_nothing", lang)
    if not difference.sectioned:
        yield say("diff_without_sections", lang)


def _heading(name: str, found: tuple[object, ...], lang: str) -> Iterator[str]:
    if found:
        yield say(f"diff_{name}", lang, count=len(found))


def _sentence(changed: Field, lang: str) -> str:
    old, new = excerpts(changed.old, changed.new)
    sentence = "diff_field" if old and new else "diff_field_new" if new else "diff_field_gone"
    return say(sentence, lang, field=field_name(changed.name, lang), old=old, new=new)


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Two values on one line each; of long ones, what they have around the first place where they differ."""
    old, new = (" ".join(value.split()) for value in (old, new))
    if len(old) <= SHOWN and len(new) <= SHOWN:
        return old, new
    same = next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    start = min(len(old), len(new)) if same is None else same
    start = 0 if not (old and new) else max(0, start - SHOWN // 3)
    return _excerpt(old, start), _excerpt(new, start)


def _excerpt(value: str, start: int) -> str:
    """Whole words of a value from about ``start`` on."""
    if start:
        start = max(value.rfind(" ", 0, start) + 1, 0)
    shown = value[start : start + SHOWN]
    if start + SHOWN < len(value):
        shown = re.sub(r"\s+\S*$", "", shown) + " …"
    return f"… {shown}" if start else shown
