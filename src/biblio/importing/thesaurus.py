"""A thesaurus as themes of the collection: a tree of slugs with their labels, as text for ``themes.yaml``.

A theme stands under one other: of several broader concepts the first counts, and one that would close a circle does
not. A concept whose slug the collection has already stays as it is there; what is new below it comes at the top.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from biblio.collection.themes import Themes, load_themes
from biblio.editing.entries import grown
from biblio.formats.skos import Concept
from biblio.formats.text import decode_bytes
from biblio.project.new import scalar
from biblio.project.read import MAX_SETTINGS
from biblio.text.collation import fold, slugify
from biblio.words.faults import BiblioError, Diagnostic, Parsed, Span, diagnose

FRENCH, ENGLISH = "fr", "en"
# Levels of themes that a file may have; what stands deeper comes at the top.
MOST_DEEP = 8


@dataclass(frozen=True, slots=True)
class Branch:
    """A theme to be: its slug, its two labels, its other names, and the themes below it."""

    slug: str
    fr: str
    en: str
    also: tuple[str, ...]
    children: tuple[Branch, ...] = ()

    def walk(self) -> Iterator[Branch]:
        """This theme and all those below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Tree:
    """The new themes, and how many concepts were left: without a label, or there already."""

    branches: tuple[Branch, ...]
    unnamed: int
    known: int

    @property
    def count(self) -> int:
        """How many themes are new."""
        return sum(1 for branch in self.branches for _ in branch.walk())


def tree_of(concepts: Sequence[Concept], themes: Themes) -> Tree:
    """The themes that some concepts are beside those of the collection."""
    named = {each.address: each for each in concepts if each.labels or each.others}
    slugs = _slugs(named)
    new = {address: each for address, each in named.items() if slugs[address] not in themes.rows}
    below: dict[str, list[str]] = {}
    for address in new:
        below.setdefault(_parent(address, new), []).append(address)
    branches = tuple(_branch(address, new, slugs, below) for address in below.get("", ()))
    return Tree(branches, len(concepts) - len(named), len(named) - len(new))


def under(concepts: Sequence[Concept], names: Sequence[str]) -> Parsed[tuple[Concept, ...]]:
    """The concepts that some names lead to, addresses or labels in any language, and all that stand below them.

    Their order stays; a name that leads to none is a fault (E218).
    """
    faults: list[Diagnostic] = []
    waiting: list[str] = []
    called: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for each in concepts:
        for name in {each.address, *map(fold, _names(each))}:
            called.setdefault(name, []).append(each.address)
        for broader in each.broader:
            below.setdefault(broader, []).append(each.address)
    for name in names:
        found = called.get(name) or called.get(fold(name), [])
        waiting += found
        if not found:
            faults.append(diagnose("E218", name=name))
    chosen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address not in chosen:
            chosen.add(address)
            waiting += below.get(address, ())
    return Parsed(tuple(each for each in concepts if each.address in chosen), tuple(faults))


def _names(concept: Concept) -> Iterator[str]:
    yield from concept.labels.values()
    for texts in concept.others.values():
        yield from texts


def with_themes(content: bytes, path: str, tree: Tree, themes: Themes) -> bytes:
    """A file of themes, whose are ``themes``, with those of a tree at its end.

    Raises ``BiblioError``: E198 for more than a file of themes may hold, E171 for a file that nothing can be added to.
    """
    text = as_yaml(tree)
    after = grown(content, path, text, "\n" if text else "")
    if len(after or b"") > MAX_SETTINGS:
        raise BiblioError(diagnose("E198", Span(path), count=tree.count, limit=MAX_SETTINGS // 1_000_000))
    rows = load_themes(decode_bytes(after, path).value, path).value.rows if after is not None else {}
    if after is None or len(rows) != tree.count + len(themes.rows):
        raise BiblioError(diagnose("E171", Span(path)))
    return after


def as_yaml(tree: Tree) -> str:
    """The themes as a part of ``themes.yaml``."""
    return "".join(_lines(branch, "") for branch in tree.branches)


def _label(concept: Concept, lang: str) -> str:
    labels = {**{each: texts[0] for each, texts in concept.others.items()}, **concept.labels}
    return labels.get(lang) or labels.get(FRENCH) or labels.get(ENGLISH) or next(iter(labels.values()))


def _slugs(named: Mapping[str, Concept]) -> dict[str, str]:
    """A slug for each concept, of its French label; of two alike the second is numbered."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for address, concept in named.items():
        base = slugify(_label(concept, FRENCH)) or slugify(_label(concept, ENGLISH)) or "theme"
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base[:60]}-{number}"
        taken.add(slug)
        slugs[address] = slug
    return slugs


def _parent(address: str, new: Mapping[str, Concept]) -> str:
    """The first broader concept that is new too, unless the way up from there comes back here; empty for none."""
    for broader in new[address].broader:
        above, met = broader, {address}
        while above in new and above not in met and len(met) <= MOST_DEEP:
            met.add(above)
            above = next((each for each in new[above].broader if each in new), "")
        if broader in new and above not in new:
            return broader
    return ""


def _branch(
    address: str, new: Mapping[str, Concept], slugs: Mapping[str, str], below: Mapping[str, Sequence[str]]
) -> Branch:
    concept = new[address]
    fr, en = _label(concept, FRENCH), _label(concept, ENGLISH)
    others = (text for lang in (FRENCH, ENGLISH, "") for text in concept.others.get(lang, ()))
    said = {fold(fr), fold(en)}
    also = tuple(dict.fromkeys(text for text in others if fold(text) not in said))
    children = tuple(_branch(each, new, slugs, below) for each in below.get(address, ()))
    return Branch(slugs[address], fr, en, also, children)


def _lines(branch: Branch, margin: str) -> str:
    lines = [f"{margin}{branch.slug}:", f"{margin}  fr: {scalar(branch.fr)}", f"{margin}  en: {scalar(branch.en)}"]
    if branch.also:
        lines.append(f"{margin}  also: [{', '.join(map(scalar, branch.also))}]")
    if branch.children:
        lines.append(f"{margin}  children:")
    return "\n".join(lines) + "\n" + "".join(_lines(child, f"{margin}    ") for child in branch.children)
