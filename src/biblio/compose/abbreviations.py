"""Marks the acronyms of a document, whose expansions are known, where a reader first meets each.

Once a notice and once a text: a mark on each would be said again and again (WCAG 2.2, technique H28, asks for the
first). Words in brackets beside the acronym that spell it out make a mark superfluous, and a link holds characters
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from biblio.compose.acronyms import pattern_of
from biblio.document.flow import Figure, Flow, Listing, Paragraph, Subheading, Table
from biblio.document.tree import Block, Line, Notice, Notices, Prose, Role, Section
from biblio.text.inline import Abbr, Inline, Lang, Link, Rich, Text, Verbatim, plain, with_children

_ROLES = (Role.TITLE, Role.NOTE, Role.ANNOTATION)


def marked(sections: Iterable[Section], known: Mapping[str, str]) -> Iterator[Section]:
    """The sections with the acronyms of their notices and texts marked; ``known`` tells what they stand for."""
    wanted = pattern_of(known)
    for section in sections:
        if wanted is None:
            yield section
            continue
        blocks = tuple(_block(block, wanted, known) for block in section.blocks)
        yield replace(section, blocks=blocks, sections=tuple(marked(section.sections, known)))


def _block(block: Block, wanted: re.Pattern[str], known: Mapping[str, str]) -> Block:
    match block:
        case Notices(items):
            return Notices(tuple(_Marker(wanted, known).notice(item) for item in items))
        case Prose(flow):
            marker = _Marker(wanted, known)
            return Prose(tuple(marker.flow(piece) for piece in flow))
        case _:
            return block


@dataclass(slots=True)
class _Marker:
    """Marks one notice or text; ``met`` are the acronyms that it has said already."""

    wanted: re.Pattern[str]
    known: Mapping[str, str]
    met: set[str] = field(default_factory=set)

    def notice(self, notice: Notice) -> Notice:
        lines = tuple(
            Line(line.role, self.spelt(line.content), line.gap) if line.role in _ROLES else line
            for line in notice.lines
        )
        return replace(notice, lines=lines)

    def flow(self, piece: Flow) -> Flow:
        match piece:
            case Paragraph(content):
                return Paragraph(self.spelt(content))
            case Listing(items, start):
                return Listing(tuple(tuple(map(self.flow, item)) for item in items), start)
            case Table(heads, rows, aligned):
                return Table(heads, tuple(tuple(map(self.spelt, row)) for row in rows), aligned)
            case Subheading() | Figure():
                return piece

    def spelt(self, rich: Rich) -> Rich:
        """A paragraph; what it spells out itself needs no mark."""
        printed = _bare(plain(rich))
        self.met.update(letters for letters, words in self.known.items() if _bare(words) in printed)
        return self.rich(rich)

    def rich(self, rich: Rich) -> Rich:
        marked: list[Inline] = []
        for node in rich:
            match node:
                case Text(value):
                    marked += self.text(value)
                case Verbatim() | Link() | Abbr() | Lang():
                    marked.append(node)
                case _:
                    marked.append(with_children(node, self.rich(node.children)))
        return tuple(marked)

    def text(self, value: str) -> Iterator[Inline]:
        position = 0
        for match in self.wanted.finditer(value):
            letters = match.group()
            if letters in self.met:
                continue
            self.met.add(letters)
            if position < match.start():
                yield Text(value[position : match.start()])
            yield Abbr(self.known[letters], (Text(letters),))
            position = match.end()
        if position < len(value):
            yield Text(value[position:])


def _bare(value: str) -> str:
    return value.casefold().replace("’", "'").replace("\u00a0", " ")
