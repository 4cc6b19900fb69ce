"""A text of LibreOffice (``.odt``) as paragraphs, with its headings, links, notes and the marks of Zotero.

Source: OASIS, *Open Document Format for Office Applications*, version 1.3, part 3, § 5 to 7 and 16.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from biblio.formats.xml_tree import Element, read_xml
from biblio.importing.printed.field_codes import is_bibliography, items_in
from biblio.importing.printed.package import BadPackageError, members, names_in
from biblio.importing.printed.paragraph import Paragraph, Run, paragraph
from biblio.importing.printed.written import Written
from biblio.text.figures import number_in
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

_KIND = b"application/vnd.oasis.opendocument.text"
_CONTENT, _STYLES = "content.xml", "styles.xml"
_BLOCKS = frozenset({"p", "h"})
_LEFT_OUT = frozenset(
    {"tracked-changes", "forms", "sequence-decls", "variable-decls", "annotation", "index-title-template"}
)
_HEADINGS = frozenset({"title", "titre"})
_DEEPEST = 10  # levels of headings that OpenDocument has


@dataclass(frozen=True, slots=True)
class _Manner:
    """What a style says of its text."""

    bold: bool = False
    italic: bool = False
    title: bool = False


@dataclass(slots=True)
class _Story:
    """The document as it is read: runs of the block that is open, its lines before, notes and items."""

    manners: Mapping[str, _Manner]
    runs: list[Run] = field(default_factory=list)
    broken: list[list[Run]] = field(default_factory=list)
    notes: list[tuple[str, list[Run]]] = field(default_factory=list)
    items: list[Mapping[str, Any]] = field(default_factory=list)


def looks_like_odt(content: bytes) -> bool:
    """Whether the bytes are of a text in the OpenDocument format."""
    if _CONTENT not in names_in(content):
        return False
    try:
        return members(content, ("mimetype",)).get("mimetype", b"").startswith(_KIND)
    except BadPackageError:
        return False


def read_odt(content: bytes, path: str) -> Parsed[Written]:
    """The paragraphs, notes and items of a document, with faults: it cannot be opened (P342), its XML breaks off."""
    try:
        found = members(content, (_CONTENT, _STYLES))
    except BadPackageError:
        return Parsed(Written(), (diagnose("P342", Span(path)),))
    tree = read_xml(found.get(_CONTENT, b""), path)
    faults: list[Diagnostic] = [*tree.diagnostics]
    manners = _manners([read_xml(found[_STYLES], path).value] if _STYLES in found else [], tree.value)
    story = _Story(manners)
    paragraphs: list[Paragraph] = []
    body = tree.value.first("document-content", "body", "text") or tree.value
    for number, (element, mark) in enumerate(_blocks(body, ""), 1):
        paragraphs += _of_block(element, mark, number, len(paragraphs), story)
    notes = [
        paragraph(runs, len(paragraphs) + index, f"note {name}") for index, (name, runs) in enumerate(story.notes, 1)
    ]
    return Parsed(
        Written(tuple(paragraphs), tuple(note for note in notes if note.text), tuple(story.items)), tuple(faults)
    )


def _manners(others: list[Element], content: Element) -> dict[str, _Manner]:
    """The manner of each style by its name, with what it takes from the one that it is derived from."""
    elements = {
        each.attributes.get("name", ""): each
        for tree in (*others, content)
        for each in tree.below("style", "default-style")
    }
    made: dict[str, _Manner] = {}

    def manner_of(name: str, depth: int) -> _Manner:
        element = elements.get(name)
        if name in made or element is None or depth > 20:
            return made.get(name, _Manner())
        base = manner_of(element.attributes.get("parent-style-name", ""), depth + 1)
        properties = element.first("text-properties")
        attributes = properties.attributes if properties else {}
        weight, slant = attributes.get("font-weight", ""), attributes.get("font-style", "")
        shown = element.attributes.get("display-name", name).lower()
        made[name] = _Manner(
            weight in ("bold", "600", "700", "800", "900") if weight else base.bold,
            slant in ("italic", "oblique") if slant else base.italic,
            shown in _HEADINGS or base.title,
        )
        return made[name]

    for name in elements:
        manner_of(name, 0)
    return made


def _blocks(body: Element, mark: str) -> Iterator[tuple[Element, str]]:
    """The paragraphs and headings in their order, each with the mark of the list that it stands in."""
    for child in body.children:
        if child.name in _BLOCKS:
            yield child, mark
            mark = ""  # of several paragraphs of an item the first has its mark
        elif child.name == "section" and is_bibliography(child.attributes.get("name", "")):
            continue
        elif child.name in ("list-item", "list-header"):
            yield from _blocks(child, "•" if child.name == "list-item" else "")
        elif child.name not in _LEFT_OUT:
            yield from _blocks(child, mark)


def _of_block(element: Element, mark: str, number: int, count: int, story: _Story) -> list[Paragraph]:
    manner = story.manners.get(element.attributes.get("style-name", ""), _Manner())
    typed = number_in(element.attributes.get("outline-level", "")) or 1
    level = min(typed, _DEEPEST) if element.name == "h" else int(manner.title)
    story.runs, story.broken = [], []
    _walk(element, story, replace(manner, bold=manner.bold and not level), "")
    made: list[Paragraph] = []
    for index, runs in enumerate([*story.broken, story.runs]):
        if level:
            runs = [replace(run, bold=False) for run in runs]
        each = paragraph(
            runs,
            count + len(made) + 1,
            f"§ {number}",
            level=min(level, 6),
            mark=mark if not index and not level else "",
            apart=not index,
        )
        if each.text:
            made.append(each)
    return made


def _walk(element: Element, story: _Story, manner: _Manner, url: str) -> None:
    for part in element.content:
        if isinstance(part, str):
            story.runs.append(Run(part, manner.bold, manner.italic, url))
            continue
        name = part.name
        if name == "span":
            own = story.manners.get(part.attributes.get("style-name", ""), _Manner())
            _walk(part, story, _Manner(manner.bold or own.bold, manner.italic or own.italic), url)
        elif name == "a":
            _walk(part, story, manner, part.attributes.get("href", url))
        elif name in ("s", "tab"):
            story.runs.append(Run(" ", manner.bold, manner.italic, url))
        elif name == "line-break":
            story.broken.append(story.runs)
            story.runs = []
        elif name == "note":
            _note(part, story)
        elif name in ("reference-mark-start", "bookmark-start", "reference-mark"):
            story.items += items_in(part.attributes.get("name", ""))
        elif name not in _LEFT_OUT and name not in _BLOCKS:
            _walk(part, story, manner, url)


def _note(element: Element, story: _Story) -> None:
    body = element.first("note-body")
    if body is None:
        return
    inside = _Story(story.manners)
    for block, _ in _blocks(body, ""):
        _walk(block, inside, _Manner(), "")
        inside.runs.append(Run(" "))
    story.items += inside.items
    runs = [run for line in (*inside.broken, inside.runs) for run in line]
    story.notes.append((element.word("note-citation") or str(len(story.notes) + 1), runs))
