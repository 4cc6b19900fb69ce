"""Reads tables of text: cells between commas, semicolons, tabs or bars, quoted or not.

Sources: RFC 4180; what Excel, LibreOffice and databases write: ``sep=;`` on a first line, quotation marks behind a
backslash, or never closed. A row that runs on over lines because a quotation mark is never closed ends on its own line,
which is told (P323): the others are read.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from biblio.formats.tabular.sheet import Row, Sheet, row_of
from biblio.formats.text import decode_bytes
from biblio.words.faults import Parsed, Span, diagnose

DELIMITERS = ("\t", ";", ",", "|")
# A cell may hold lines of its own: an abstract, a list of authors. More are most likely a quotation mark left open.
MOST_LINES = 400
# Rows from which the delimiter is told.
SAMPLE = 60
_DECLARED = re.compile(r"\Asep=(?P<delimiter>[\t;,|])[ \t]*(?:\n|\Z)", re.IGNORECASE)

Weight = Callable[[Sequence[str]], int]


def read_delimited(content: bytes, path: str, weight: Weight) -> Parsed[Sheet]:
    """The one sheet of a file. Never raises for what the file holds.

    ``weight`` says how many cells of a row are headings that are known: of two delimiters the better is that which
    gives more of them.
    """
    decoded = decode_bytes(content, path)
    text = decoded.value.removeprefix("\ufeff")
    faults = list(decoded.diagnostics)
    declared = _DECLARED.match(text)
    delimiter = declared["delimiter"] if declared else delimiter_of(text, weight)
    lines = text.split("\n")
    if declared:
        lines[0] = ""
    escaped = text.count('\\"') > max(2, text.count('""'))
    rows: list[Row] = []
    for number, cells, fault in _rows(lines, delimiter, "\\" if escaped else None):
        if fault:
            faults.append(diagnose("P323", Span(path, number)))
        row = row_of(number, cells)
        if row.cells:
            rows.append(row)
    return Parsed(Sheet("", tuple(rows)), tuple(faults))


def delimiter_of(text: str, weight: Weight) -> str:
    """The delimiter of a text: that which gives the most known headings, else the most rows of one width."""
    lines = list(islice((line for line in text.split("\n", SAMPLE * 8) if line.strip()), SAMPLE))

    def score(delimiter: str) -> tuple[int, float]:
        rows = [cells for _, cells, _ in _rows(lines, delimiter, None)]
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return max((weight(cells) for cells in rows), default=0), count / max(1, len(rows)) * min(width, 12)

    return max(DELIMITERS, key=score)


def _rows(lines: Sequence[str], delimiter: str, escape: str | None) -> Iterator[tuple[int, list[str], bool]]:
    """Each row with the number of its first line, and whether a quotation mark had to be taken for a character."""
    width = 0
    start = 0
    while start < len(lines):
        source = _Lines(lines, start)
        reader = csv.reader(source, delimiter=delimiter, escapechar=escape)
        number = start + 1
        try:
            for cells in reader:
                if source.position - number >= 1 and _runs_on(lines, number, source, cells, width, delimiter):
                    break
                yield number, cells, False
                width = width or len(cells)
                number = source.position + 1
                source.begun = source.position
            else:
                return
        except csv.Error:
            pass
        # From here on the quotation marks of one line are characters like any other.
        yield number, [_bare(cell) for cell in lines[number - 1].split(delimiter)], True
        start = number


class _Lines:
    """The lines from one on, as the reader of rows wants them; a row is given no more than ``MOST_LINES`` of them."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self._lines = lines
        self.position = self.begun = start

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.position >= len(self._lines) or self.position - self.begun >= MOST_LINES:
            raise StopIteration
        self.position += 1
        return self._lines[self.position - 1] + "\n"


def _runs_on(
    lines: Sequence[str], number: int, source: _Lines, cells: Sequence[str], width: int, delimiter: str
) -> bool:
    """Whether a row of several lines has swallowed others: its last quotation mark is that of another row, or none."""
    taken = lines[number - 1 : source.position]
    if sum(line.count('"') for line in taken) % 2:
        return True
    # What it should be by the rows before it, its first line is alone, and the last one too.
    alone = [len(line.split(delimiter)) == width for line in (taken[0], taken[-1])]
    return width > 1 and (all(alone) or (alone[0] and len(cells) != width))


def _bare(cell: str) -> str:
    return cell.strip().strip('"').replace('""', '"')
