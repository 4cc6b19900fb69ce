"""Finds the headings of a sheet and says what each of its columns holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from biblio.formats.tabular.column_map import ColumnMapSpec, ColumnSpec, is_of
from biblio.formats.tabular.headings import Heading, form_of, heading_of
from biblio.formats.tabular.sheet import Row, Sheet, letter_of
from biblio.words.faults import Diagnostic, diagnose

# Rows among which the headings are looked for: titles, logos and filters may stand before them.
MOST_BEFORE = 60
# Rows whose values tell what a column without a heading of ours is.
SAMPLE = 200
# What a reference is seldom without, beside its title.
BESIDE_TITLE = frozenset(
    "author author-family author-body editor date year journaltitle host booktitle doi isbn issn url publisher "
    "entrytype abstract keywords pages series location pmid standardnumber library halid annotation".split()
)
# A reference may have several of these, in as many columns.
SEVERAL = frozenset(
    "author author-short author-family author-given author-body editor editor-family editor-given translator "
    "advisor url keywords abstract note keep publisher issn isbn identifier entrytype internalnote annotation "
    "territory location library standardnumber contents reference pagetotal".split()
)
# Fields that are one, for a row.
_SLOTS = {"host": "journaltitle"}
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)
_VALUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("doi", _DOI),
    ("url", re.compile(r"https?://\S+(?:\s.*)?", re.IGNORECASE | re.DOTALL)),
    ("isbn", re.compile(r"(?:97[89][- ]?)(?:\d[- ]?){9}[\dXx]")),
    ("issn", re.compile(r"\d{4}-\d{3}[\dXx]")),
    ("pmcid", re.compile(r"PMC\d{5,8}")),
)
# The addresses of people and bodies are those of no document.
_NUMBERED = re.compile(r"(?:\b|_|\.)(?:ids?|orcids?|ror)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, from 0, its heading, what it holds, and which of several it is, from 1."""

    index: int
    heading: str
    field: str
    language: str = ""
    number: int = 0
    separator: str = ""

    @property
    def letter(self) -> str:
        """What a spreadsheet calls it."""
        return letter_of(self.index)

    @property
    def called(self) -> str:
        """Its heading, or its letter when it has none."""
        return " ".join(self.heading.split()) or self.letter


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is made: the number of the row of its headings and its width, its columns, and its other rows."""

    heading: int
    width: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def are_references(self) -> bool:
        """Whether the columns are those of references: a title, and something else that a reference has."""
        found = {column.field for column in self.columns}
        return bool(("title" in found and found & BESIDE_TITLE) or "reference" in found or "citation" in found)


def weight_of(cells: Sequence[str]) -> int:
    """How many of a row's cells are headings that mean different things."""
    if not any(cells[:400]):
        return 0
    return len({(*heading.fields[:1], heading.number) for heading in map(heading_of, cells[:400]) if heading.fields})


def layout_of(sheet: Sheet, told: ColumnMapSpec | None = None) -> Layout:
    """How a sheet is made; ``told`` is what the user says of its columns."""
    specs = told.columns if told else ()

    def weight(row: Row) -> int:
        named = sum(any(spec.heading and is_of(spec, cell, letter_of(place)) for spec in specs)
                    for place, cell in enumerate(row.cells) if cell) if specs else 0  # fmt: skip
        return weight_of(row.cells) + 10 * named

    # Of two rows of headings that say as much, that with more of them: « Nom », « Prénom » under « Auteur 1 ».
    weights = [(weight(row), len(row.filled)) for row in islice(sheet.rows, MOST_BEFORE)]
    best = max(weights, default=(0, 0))[0]
    place = weights.index(max(weights)) if best else -1
    if best < 2 and len(sheet.rows[place].cells if place >= 0 else ()) > 1 and not specs:
        place = -1
    header = sheet.rows[place] if place >= 0 else Row(0, ())
    above = sheet.rows[place - 1] if place > 0 else Row(0, ())
    rows = sheet.rows[place + 1 :]
    headings = _headings(header, above)
    columns = _columns(headings, rows, sheet.width)
    columns = tuple(_as_told(column, specs) for column in columns)
    return Layout(header.number, len(header.cells), columns, tuple(row for row in rows if row.cells != header.cells))


def unmatched(told: ColumnMapSpec, layouts: Sequence[Layout]) -> list[Diagnostic]:
    """What is said of columns that no sheet has (P325)."""
    return [
        diagnose("P325", spec.span, column=spec.heading or spec.column)
        for spec in told.columns
        if not any(is_of(spec, column.heading, column.letter) for layout in layouts for column in layout.columns)
    ]


def _headings(header: Row, above: Row) -> list[str]:
    """The headings, each with what stands above it where several would be the same: « Auteur 1 » over « Nom »."""
    counts = Counter(form_of(cell) for cell in header.cells if cell)
    over, made = "", []
    for place, cell in enumerate(header.cells):
        over = above[place] or over
        joined = f"{over} {cell}".strip()
        twice = cell and counts[form_of(cell)] > 1 and over
        made.append(joined if twice and (heading_of(joined).fields or heading_of(f"{cell} {over}").fields) else cell)
    return made


def _columns(headings: Sequence[str], rows: Sequence[Row], width: int) -> tuple[Column, ...]:
    """Every column that holds something or has a heading, with what it most likely is."""
    sample = [row.cells for row in islice(rows, SAMPLE)]

    def values(place: int) -> list[str]:
        return [cells[place] for cells in sample if place < len(cells) and cells[place].strip()]

    found: dict[int, Column] = {}
    taken: set[tuple[str, str]] = set()
    known = [heading_of(heading) for heading in headings]
    parted = {heading.number for heading in known if "author-given" in heading.fields}
    # Those that can be one thing only come first, and before them the likeliest of several.
    order = sorted(range(len(headings)), key=lambda place: (len(known[place].fields) > 1, place))
    for place in order:
        if not known[place].fields:
            continue
        field = _field(known[place], values(place), taken, parted)
        if field == "number" and _counts_rows(values(place)):
            field = "ignore"
        language = known[place].language
        taken.add((_SLOTS.get(field, field), language if field in ("title", "abstract", "keywords") else ""))
        found[place] = Column(place, headings[place], field, language, known[place].number)
    _shorten(found)
    for place in range(width):
        heading = headings[place] if place < len(headings) else ""
        if place not in found and (heading or any(place < len(row.cells) and row.cells[place] for row in rows)):
            field = "keep" if _NUMBERED.search(heading) else _by_values(values(place), {name for name, _ in taken})
            found[place] = Column(place, heading, field)
    return tuple(found[place] for place in sorted(found))


def _shorten(found: dict[int, Column]) -> None:
    """Where a column has names in full, another of the same people has them with initials alone."""
    whole = [column for column in found.values() if column.field == "author" and "full" in form_of(column.heading)]
    for column in found.values() if whole else ():
        if column.field == "author" and column not in whole and not column.number:
            found[column.index] = replace(column, field="author-short")


def _field(heading: Heading, values: Sequence[str], taken: set[tuple[str, str]], parted: set[int]) -> str:
    """The first field that a heading may mean, that no surer column is and that the values allow."""
    for field in heading.fields:
        if field == "author-family" and heading.number not in parted:
            field = "author"
        if field == "author" and heading.fields[-1] == "author-family" and heading.number in parted:
            field = "author-family"
        slot = (_SLOTS.get(field, field), heading.language if field in ("title", "abstract", "keywords") else "")
        if field in _DOUBTED and len(heading.fields) > 1 and not _DOUBTED[field](values):
            continue
        if field == "reference" and ("title", "") in taken:
            continue
        if slot not in taken or (field in SEVERAL and field == heading.fields[-1]):
            return field
    return "keep"


def _counts_rows(values: Sequence[str]) -> bool:
    """Whether values are 1, 2, 3 …, but for one that may stand under them: the numbers of the rows, and of no issue."""
    numbers = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 7]
    return len(numbers) > 1 and len(numbers) >= len(values) - 1 and numbers == list(range(1, len(numbers) + 1))


def _by_values(values: Sequence[str], taken: set[str]) -> str:
    """What a column whose heading says nothing is by its values: an identifier or an address; else it is kept."""
    if len(values) < 2 and not (values and _DOI.fullmatch(values[0].strip())):
        return "keep"
    for field, form in _VALUES:
        if field not in taken and sum(bool(form.fullmatch(value.strip())) for value in values) * 10 >= len(values) * 8:
            return field
    return "keep"


def _mostly(form: str) -> Callable[[Sequence[str]], bool]:
    pattern = re.compile(form, re.IGNORECASE | re.DOTALL)
    return lambda values: sum(bool(pattern.match(value)) for value in values) * 2 >= len(values)


# What a heading of several meanings means only where the values are of a form.
_DOUBTED: Mapping[str, Callable[[Sequence[str]], bool]] = {
    "edition": _mostly(r".*\d|.*[ée]d\b|nouvelle|rev|aug"),
    "location": lambda values: not _mostly(r"https?:|www\.")(values),
    "citation": _mostly(r"(?>.*?\b(?:1[89]|20)\d{2}\b).*[;:]|.*doi:"),
}


def _as_told(column: Column, specs: Sequence[ColumnSpec]) -> Column:
    for spec in specs:
        if is_of(spec, column.heading, column.letter):
            return replace(column, field=spec.field, separator=spec.separator)
    return column
