"""What is read back from a rendering of our dossier, beside the references that it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any
from urllib.parse import unquote

from biblio.build.pipeline import compose_dossier
from biblio.document.tree import Document, Line, Section
from biblio.importing.imported import Heading, Imported
from biblio.project.project import Project, discover
from biblio.reference.reference import Reference
from biblio.text.collation import fold
from biblio.text.inline import Emph, Link, Rich, Strong, plain

ROOT = Path(__file__).parents[3]
SELECTION = "demarches-territoriales-de-sante"
# What a printed notice says of a document: all but the annotation, which is in the words of the list.
FIELDS = (
    *("entry_type", "author", "editor", "title", "journal_title", "book_title", "volume", "number", "issue", "chapter"),
    *("publisher", "issued", "page", "number_of_pages", "updated", "event_place", "event_date", "url", "doi", "links"),
)


@dataclass
class Agreement:
    """How many fields of some references are as they were, and which are not."""

    same: int = 0
    all: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share of the fields that are as they were."""
        return self.same / self.all

    def __str__(self) -> str:
        return f"{self.same} of {self.all} fields, {self.share:.1%}; otherwise: {dict(self.wrong)}"


def agreement(wanted: Sequence[Reference], read: Sequence[Reference]) -> Agreement:
    """The fields of references in the same order, those that only one side has counted as wrong."""
    found = Agreement()
    for one, other in zip(wanted, read, strict=True):
        for name in FIELDS:
            before, after = _comparable(one, name), _comparable(other, name)
            if before or after:
                found.all += 1
                found.same += before == after
                found.wrong.update([name] if before != after else [])
    return found


def _comparable(reference: Reference, name: str) -> Any:
    """A field in a form in which capitals, accents and typography do not count."""
    if name == "entry_type":
        return reference.type.biblatex
    if name == "title":
        return fold(f"{plain(reference.title)} {plain(reference.subtitle)} {plain(reference.title_addon)}")
    value = getattr(reference, name)
    if name in ("author", "editor"):
        people = [fold(f"{person.literal}{person.full_family} {person.given}") for person in value.people]
        return [*people, *(["others"] if value.others else [])]
    if name in ("journal_title", "book_title"):
        return fold(plain(value))
    if name == "publisher":
        return [fold(each) for each in value]
    if name == "url":
        return unquote(value).rstrip("/")
    if name == "links":
        return [(fold(link.label), unquote(link.url)) for link in value]
    return str(value) if value else ""


@cache
def project() -> Project:
    """The project of the repository."""
    return discover(ROOT)


@cache
def document() -> Document:
    """The dossier in its own style."""
    spec = project().dossier(SELECTION).value
    assert spec is not None
    composed = compose_dossier(project(), spec, spec.style)
    assert composed.value is not None
    return composed.value.document


def printed_references(sitography: bool) -> list[Reference]:
    """The references of the sitography, or all the others, in the order of print."""
    parts = [part for part in document().parts if (plain(part.title) == "Sitographie") == sitography]
    keys = [notice.citekey for part in parts for section in part.walk() for notice in section.notices]
    references = [project().opened.value.get(key) for key in keys]
    return [reference for reference in references if reference is not None]


def listed(heading: Heading) -> Iterator[int]:
    """The numbers of the references under a heading and those below it."""
    yield from heading.references
    for below in heading.headings:
        yield from listed(below)


def of_notices(imported: Imported) -> Agreement:
    """How the notices agree with ours."""
    assert imported.outline is not None
    read = [imported.references[number] for heading in imported.outline.headings for number in listed(heading)]
    return agreement(printed_references(sitography=False), read)


def of_pages(imported: Imported) -> Agreement:
    """How the pages of the sitography agree with ours."""
    assert imported.outline is not None
    assert imported.outline.sitography is not None
    read = [imported.references[number] for number in listed(imported.outline.sitography)]
    return agreement(printed_references(sitography=True), read)


def titles(headings: Sequence[Heading]) -> list[Any]:
    """The titles of headings, each followed by those below it where there are some."""
    out: list[Any] = []
    for heading in headings:
        out.append(fold(heading.title))
        if heading.headings:
            out.append(titles(heading.headings))
    return out


def our_titles(sections: Sequence[Section]) -> list[Any]:
    """The same of our dossier."""
    out: list[Any] = []
    for section in sections:
        out.append(fold(plain(section.title)))
        if section.sections:
            out.append(our_titles(section.sections))
    return out


# --- renderings of the dossier that no program of ours makes ---


def as_markdown(contents: bool = True) -> str:
    """The dossier as somebody types it in light markup: headings, labels, bold titles, italic sources, links."""
    return "\n\n".join(_blocks(marked=True, contents=contents)) + "\n"


def as_plain_text() -> str:
    """The dossier as text without any markup, a line each."""
    return "\n\n".join(_blocks(marked=False, contents=True)) + "\n"


def as_wrapped_text() -> str:
    """The dossier as text in lines of 72 characters, the lines of a notice close to each other."""
    whole = document()
    blocks = [plain(whole.cover.title), plain(whole.cover.date), _contents()]
    for section in whole.sections:
        blocks.append(plain(section.title))
        for notice in section.notices:
            lines = [notice.label, *(plain(line.content) for line in notice.lines)]
            blocks.append(
                "\n".join(fill(line, 72, break_on_hyphens=False, break_long_words=False) for line in lines if line)
            )
    return "\n\n".join(blocks) + "\n"


def _blocks(marked: bool, contents: bool) -> Iterator[str]:
    whole = document()
    yield f"# {plain(whole.cover.title)}" if marked else plain(whole.cover.title)
    yield plain(whole.cover.subtitle)
    yield plain(whole.cover.date)
    if contents:
        yield _contents()
    for section in whole.sections:
        yield f"{'#' * section.level} {plain(section.title)}" if marked else plain(section.title)
        for notice in section.notices:
            if notice.label:
                yield notice.label
            for line in notice.lines:
                yield _line(line, marked)
    yield plain(whole.closing)


def _contents() -> str:
    sections = enumerate(section for part in document().parts for section in part.walk())
    return "\n".join(f"{'• ' * (each.level > 2)}{plain(each.title)} {1 + number}" for number, each in sections)


def _line(line: Line, marked: bool) -> str:
    if not marked:
        return plain(line.content)
    return "".join(_marked(node) for node in line.content)


def _marked(node: Any) -> str:
    if isinstance(node, Strong):
        return f"**{plain(node.children).strip()}**"
    if isinstance(node, Emph):
        return f"*{plain(node.children).strip()}*"
    if isinstance(node, Link):
        shown: Rich = node.children
        return f"<{node.href}>" if plain(shown) == node.href else f"[{plain(shown)}]({node.href})"
    return plain((node,))
