"""Offsets in a text and the lines and columns that they are at: what turns a match into the span of a fault."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, count
from operator import add

from biblio.words.faults import Span


class Positions:
    """The places of a text in a file; ``line`` and ``column`` are where the text begins in it.

    Lines end at line feeds alone, as in the editors in which the places are looked up.
    """

    def __init__(self, text: str, path: str, line: int = 1, column: int = 1) -> None:
        self.path = path
        # Each line is as long as its characters and its line feed.
        lengths = map(len, text.split("\n")[:-1])
        self._starts: list[int] = [1 - column, *map(add, accumulate(lengths), count(1))]
        self._before = line - 1
        self._end = len(text)

    @property
    def line_count(self) -> int:
        """The number of lines."""
        return len(self._starts)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return self._before + line, offset - self._starts[line - 1] + 1

    def span(self, offset: int, length: int = 1) -> Span:
        """The span of ``length`` characters at ``offset``."""
        line, column = self.place(offset)
        return Span(self.path, line, column, max(1, length))

    def span_on_line(self, start: int, end: int) -> Span:
        """The span of some characters; of several lines, the part on the first one."""
        index = bisect_right(self._starts, start)
        line_end = self._starts[index] - 1 if index < len(self._starts) else self._end
        return self.span(start, min(end, line_end) - start)

    def offset(self, span: Span) -> int:
        """The offset of the first character of a span."""
        index = min(max(span.line - self._before, 1), len(self._starts)) - 1
        return self._starts[index] + span.column - 1
