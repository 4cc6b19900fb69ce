"""Finds every heading and line of a document in the PDF made from it, in their order: none missing, none added.

A line that runs over a page may be one element of the structure or one on each page; both are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outputs.tagged import HEADINGS, Element, Run, Tagged, key, words

from biblio.document.flow import Figure, Flow, Listing, Paragraph, Subheading
from biblio.document.tree import Acronyms, Block, Document, Index, Line, Notice, Notices, Prose, Role, Section, SeeAlso
from biblio.text.inline import plain
from biblio.words.tables import term

# Stands for « , p. 7 » or « , 3, 7 » at the end of a line: pages, which the layout alone knows.
PAGE = "\N{NUMBER SIGN}"


@dataclass(frozen=True)
class Expected:
    """A heading, a paragraph of its section, or a line of a notice; the tag of a notice is a line without ``Line``."""

    tag: str
    text: str
    section: Section
    notice: Notice | None = None
    line: Line | None = None

    @property
    def on_paper(self) -> str:
        """What paper shows of it: of a link of words, its address."""
        return plain(self.line.on_paper) if self.line and self.line.printed else self.text

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its section; a title of a notice is another."""
        return self.tag != "P" and self.text == plain(self.section.heading) and self.notice is None


@dataclass(frozen=True)
class Printed(Expected):
    """The same, with the elements that hold it and its text in the order of reading; ``points`` to another page."""

    elements: tuple[Element, ...] = ()
    points: bool = False

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its text, line by line."""
        return tuple(run for element in self.elements for run in element.runs())

    @property
    def words(self) -> str:
        """Its text as it is read, without the pages that a line ends with which points to them."""
        read = words(self.runs)
        return re.sub(r", (p\.\s)?[\d, –-]+$", "", read) if self.points else read

    @property
    def first(self) -> Run:
        """Its first characters."""
        return self.runs[0]

    @property
    def last(self) -> Run:
        """Its last characters."""
        return self.runs[-1]


def expect(document: Document) -> Iterator[Expected]:
    """What the parts of a document say on paper, in order."""
    back = term("page.back", document.metadata.lang)
    for part in document.parts:
        for section in part.walk():
            yield from _section(section, document)
        if document.contents_title:
            yield Expected("P", back, part)


def _section(section: Section, document: Document) -> Iterator[Expected]:
    yield Expected(f"H{section.level}", plain(section.heading), section)
    for block in section.blocks:
        if isinstance(block, Notices):
            for notice in block.items:
                yield from _notice(notice, section)
        else:
            titles = {plain(each.title) for each in getattr(block, "items", getattr(block, "events", ()))}
            for said in _lines(block, document.metadata.lang):
                if isinstance(said, Subheading):
                    yield Expected(f"H{min(section.level + said.depth, 6)}", plain(said.content), section)
                else:
                    yield Expected(title_tag(section) if said in titles else "P", said, section)


def _notice(notice: Notice, section: Section) -> Iterator[Expected]:
    for tag in filter(None, (notice.label, notice.new)):
        yield Expected("P", tag, section, notice)
    for line in notice.lines:
        yield Expected(
            title_tag(section) if line.role == Role.TITLE else "P", plain(line.content), section, notice, line
        )


def title_tag(section: Section) -> str:
    """The tag of the titles under a heading: one level below it."""
    return f"H{min(section.level + 1, 6)}"


def _lines(block: Block, lang: str) -> Iterator[str | Subheading]:
    """The paragraphs of a block that has no notices, and its headings; cells of tables are no paragraphs."""
    match block:
        case SeeAlso(title, entries):
            yield plain(title)
            yield from (plain(entry.title) + PAGE for entry in entries)
        case Index(entries):
            yield from (plain(entry.label) + PAGE for entry in entries)
        case Acronyms(entries):
            yield from (f"{entry.letters}{term('dossier.colon', lang)}{plain(entry.expansion)}" for entry in entries)
        case Prose(flow):
            yield from _paragraphs(flow)
        case _:
            yield from (said for said in map(plain, block.texts) if said)


def _paragraphs(flow: tuple[Flow, ...], number: str = "") -> Iterator[str | Subheading]:
    """The paragraphs of a text; the first one of an item of a numbered list begins with its number."""
    for piece in flow:
        match piece:
            case Paragraph(content):
                yield number + plain(content)
            case Listing(items, start):
                for place, item in enumerate(items):
                    yield from _paragraphs(item, f"{start + place}.\u00a0" if start is not None else "")
            case Subheading():
                yield piece
            case Figure() if piece.credit:
                yield plain(piece.credit)
        number = ""


def find(document: Document, tagged: Tagged) -> Iterator[Printed]:
    """Every heading and line of the parts where the PDF has it. Fails at the first that is not what it should be."""
    blocks = [block for part in tagged.root.find("Part") for block in part.find("P", *HEADINGS)]
    blocks.reverse()
    for expected in expect(document):
        said, points = expected.text.removesuffix(PAGE), expected.text.endswith(PAGE)
        wanted, got, elements = key(expected.on_paper.removesuffix(PAGE)), "", []
        while got != wanted:
            assert blocks, f"missing from the PDF: {expected.text!r}"
            element = blocks.pop()
            elements.append(element)
            got += key("".join(run.text for run in element.runs()))
            if points:
                got = re.sub(r",(p\.)?[\d,–-]+$", "", got)
            assert wanted.startswith(got), f"the PDF has {got!r} where it should have {wanted!r}"
            assert element.tag == expected.tag, f"{expected.text!r} is tagged {element.tag}"
        yield Printed(expected.tag, said, expected.section, expected.notice, expected.line, tuple(elements), points)
    assert not blocks, f"not of the document: {[[run.text for run in block.runs()] for block in blocks]}"
