"""The composed dossier: headings, notices and their lines, ready for any renderer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from biblio.richtext import Rich


class Role(StrEnum):
    """What a line of a notice says; styles give each role its look."""

    AUTHORS = "authors"
    TITLE = "title"
    SOURCE = "source"
    EVENT = "event"
    NOTE = "note"
    ANNOTATION = "annotation"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a notice. ``gap`` asks for a little space before it: the start of a new cluster of links."""

    role: Role
    content: Rich
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One reference as it is printed; ``label`` is its type tag, empty where the dossier prints none."""

    anchor: str
    citekey: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of ``level`` 2 (a part) or deeper, its notices and the sections inside it."""

    anchor: str
    level: int
    title: Rich
    notices: tuple[Notice, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all those inside it, in the order of print."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the dossier says of itself. ``date`` is EDTF; the texts are plain."""

    title: str
    subtitle: str
    event: str
    publisher: str
    authors: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    date: str
    lang: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of the cover, typeset."""

    event: Rich
    title: Rich
    subtitle: Rich
    date: Rich
    publisher: Rich


@dataclass(frozen=True, slots=True)
class Document:
    """A whole dossier. ``contents_title`` heads the table of contents; ``parts`` each start a new page."""

    metadata: Metadata
    cover: Cover
    contents_title: Rich
    parts: tuple[Section, ...]
    closing: Rich = ()

    @property
    def sections(self) -> Iterator[Section]:
        """Every section of every part, in the order of print."""
        for part in self.parts:
            yield from part.walk()

    @property
    def notices(self) -> Iterator[Notice]:
        """Every notice, in the order of print."""
        for section in self.sections:
            yield from section.notices
