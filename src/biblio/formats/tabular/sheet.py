"""A sheet of cells, as text, whatever file it was in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# Letters of the alphabet, by which spreadsheets call columns.
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its number, from 1 (in a text, that of the line on which it begins), and its cells."""

    number: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> list[int]:
        """The columns, from 0, of the cells that hold something."""
        return [column for column, cell in enumerate(self.cells) if cell.strip()]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, empty for a file that is one table, and its rows, without the empty ones.

    ``banners`` are the rows in which one cell was stretched over several, with nothing else beside it: titles, and
    headings between the rows. ``links`` has the address behind a cell, by row and column.
    """

    name: str
    rows: tuple[Row, ...]
    banners: frozenset[int] = frozenset()
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


def letter_of(column: int) -> str:
    """What a spreadsheet calls a column, counted from 0: « A », « Z », « AA »."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def row_of(number: int, cells: Iterable[str]) -> Row:
    """A row without the empty cells at its end."""
    kept = [cell.strip() for cell in cells]
    while kept and not kept[-1]:
        kept.pop()
    return Row(number, tuple(kept))
