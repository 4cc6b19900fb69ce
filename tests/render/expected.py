"""Finds every heading and line of a document in the PDF made from it, in their order: none missing, none added.

A line that runs over a page may be one element of the structure or one on each page; both are understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from render.tagged import HEADINGS, Element, Run, Tagged, key

from biblio.document import Document, Line, Notice, Section
from biblio.richtext import plain


@dataclass(frozen=True)
class Expected:
    """A heading (``section`` alone), or a line of a notice; the type label is a line that has no ``Line``."""

    tag: str
    text: str
    section: Section
    notice: Notice | None = None
    line: Line | None = None


@dataclass(frozen=True)
class Printed(Expected):
    """The same, with the elements that hold it and its text in the order of reading."""

    elements: tuple[Element, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its text, line by line."""
        return tuple(run for element in self.elements for run in element.runs())

    @property
    def first(self) -> Run:
        """Its first characters."""
        return self.runs[0]

    @property
    def last(self) -> Run:
        """Its last characters."""
        return self.runs[-1]


def expect(document: Document) -> Iterator[Expected]:
    """What the parts of a document say, in order."""
    for section in document.sections:
        yield Expected(f"H{section.level}", plain(section.title), section)
        for notice in section.notices:
            if notice.label:
                yield Expected("P", notice.label, section, notice)
            for line in notice.lines:
                yield Expected("P", plain(line.content), section, notice, line)


def find(document: Document, tagged: Tagged) -> Iterator[Printed]:
    """Every heading and line of the parts where the PDF has it. Fails at the first that is not what it should be."""
    blocks = [block for part in tagged.root.find("Part") for block in part.find("P", *HEADINGS)]
    blocks.reverse()
    for expected in expect(document):
        wanted, got, elements = key(expected.text), "", []
        while got != wanted:
            assert blocks, f"missing from the PDF: {expected.text!r}"
            element = blocks.pop()
            elements.append(element)
            got += key("".join(run.text for run in element.runs()))
            assert wanted.startswith(got), f"the PDF has {got!r} where it should have {wanted!r}"
            assert element.tag == expected.tag, f"{expected.text!r} is tagged {element.tag}"
        yield Printed(expected.tag, expected.text, expected.section, expected.notice, expected.line, tuple(elements))
    assert not blocks, f"not of the document: {[[run.text for run in block.runs()] for block in blocks]}"
