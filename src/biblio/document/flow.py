"""What a text of the documentalist is made of: paragraphs, lists, headings of its own, tables and images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from biblio.document.picture import Picture
from biblio.text.inline import Rich, plain

NARROWEST, WIDEST, BESIDE = 6, 44, 4  # characters of a cell for the width of its column, and of what parts columns


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text."""

    name: ClassVar[str] = "paragraph"
    content: Rich


@dataclass(frozen=True, slots=True)
class Listing:
    """A list inside a text; ``start`` is the number of the first item, ``None`` for a list without numbers."""

    name: ClassVar[str] = "listing"
    items: tuple[tuple[Flow, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a text, ``depth`` levels below what the text stands under: 1 and more, none left out."""

    name: ClassVar[str] = "subheading"
    depth: int
    content: Rich


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the cells that head its columns, and its rows, which have as many.

    ``aligned`` is ``left``, ``right``, ``center`` or empty, by column. Where ``has_row_heads``, the first cell of each
    row heads it, and no word heads their column.
    """

    name: ClassVar[str] = "table"
    heads: tuple[Rich, ...]
    rows: tuple[tuple[Rich, ...], ...]
    aligned: tuple[str, ...]

    @property
    def shares(self) -> tuple[int, ...]:
        """How much of the width each column takes, in per cent: by its longest cell, between a date and a sentence."""
        columns = zip(self.heads, *self.rows, strict=True)
        longest = [max(len(plain(cell)) for cell in column) for column in columns]
        wanted = [min(max(each, NARROWEST), WIDEST) + BESIDE for each in longest]
        *shares, _ = (100 * each // sum(wanted) for each in wanted)
        return (*shares, 100 - sum(shares))

    @property
    def has_row_heads(self) -> bool:
        """Whether the first column is one of heads, for it has none itself."""
        return not self.heads[0]


@dataclass(frozen=True, slots=True)
class Figure:
    """An image, the text ``said`` for those who do not see it, and whom it is owed to, empty when nobody is named."""

    name: ClassVar[str] = "figure"
    picture: Picture
    said: str
    credit: Rich = ()


Flow = Paragraph | Listing | Subheading | Table | Figure


def flow_texts(flow: tuple[Flow, ...]) -> Iterator[Rich]:
    """Everything that a text prints, in order."""
    for piece in flow:
        match piece:
            case Paragraph(content) | Subheading(_, content):
                yield content
            case Listing(items):
                for item in items:
                    yield from flow_texts(item)
            case Table(heads, rows):
                for row in (heads, *rows):
                    yield from filter(None, row)
            case Figure() if piece.credit:
                yield piece.credit


def figures(flow: tuple[Flow, ...]) -> Iterator[Figure]:
    """The images of a text, in order. Items of lists have none."""
    return (piece for piece in flow if isinstance(piece, Figure))
