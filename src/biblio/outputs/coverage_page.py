"""The figures of a dossier as one HTML page, with plots drawn as SVG: nothing in it comes from elsewhere.

Each plot has a title and a description, and all its data in a table under it (WCAG 2.2, success criterion 1.1.1). The
two series of a bar are told apart by outline and filling, not by colour alone (1.4.1). The only style sheet is known
to the page's own security policy by its digest (Content Security Policy Level 3 § 2.3.1).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from biblio import __version__
from biblio.citation import label_of
from biblio.collection.themes import Themes
from biblio.dossier.coverage import TABLES, Coverage, Row, name_of, sums
from biblio.outputs.template import template
from biblio.reference.date import edtf
from biblio.reference.reference import Reference
from biblio.text.inline import plain, text
from biblio.text.typography import Typography, typeset
from biblio.words.tables import say

# By what a page is known for one of these, among its first bytes.
MARK = b'<meta name="generator" content="biblio coverage">'
WIDTH = 720  # of a plot, in its own units
NAMES, BAR, ROW = 310, 14, 22  # of a row of bars: the room for its name, the bar's height, and the row's
MARGIN, HEIGHT, FOOT = 44, 220, 26  # of a plot of years: left of the axis, the columns, and the words under them
LONGEST = 44  # characters of a name in a plot


# How the rectangles of each kind are drawn: the plots keep their looks wherever they are copied to.
DRAWN = {
    "placed": Markup('fill="#14546f" stroke="#14546f"'),
    "unplaced": Markup('fill="#fff" stroke="#14546f" stroke-dasharray="4 2"'),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle of a plot: of the dossier, or of what it leaves out."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Word:
    """A text of a plot; ``anchor`` is the side of it that stands at ``x``: start, middle or end."""

    text: str
    x: float
    y: float
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing: rectangles, lines across it at these heights, and words."""

    height: float
    marks: tuple[Mark, ...]
    words: tuple[Word, ...]
    rules: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureOnPage:
    """A plot, what it is called and says, and its data: a name, then numbers."""

    name: str
    title: str
    description: str
    plot: Plot
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A reference on the page."""

    citekey: str
    title: str
    language: str
    details: str


def render_coverage(figures: Coverage, themes: Themes, lang: str) -> str:
    """The whole page, in one string. Every text is escaped; no text becomes markup."""
    writer = _Writer(figures, themes, lang)
    sheet = _sheet()
    page: str = template("coverage.html.j2").render(
        lang=lang,
        title=writer.set(figures.title),
        heading=writer.say("page_title"),
        about=writer.say(f"themes_{figures.basis}", themes=writer.themes_named(figures.themes)),
        sums=[writer.set(sentence) for sentence in sums(figures, lang)],
        legend=(("placed", writer.say("placed")), ("unplaced", writer.say("unplaced"))),
        figures=writer.figures(),
        lists=writer.lists(),
        made_by=writer.say("made_by", version=__version__),
        sheet=Markup(sheet),  # a sheet of ours
        digest=base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode(),
        width=WIDTH,
        margin=MARGIN,
        drawn=DRAWN,
    )
    return page


@dataclass(frozen=True, slots=True)
class _Writer:
    """Words and plots of a page in its language."""

    of: Coverage
    themes: Themes
    lang: str

    def set(self, words: str) -> str:
        """A text with the typography of the page's language."""
        return plain(typeset(text(words), self.lang, Typography(ordinal_superscript=False)))

    def say(self, name: str, /, **arguments: object) -> str:
        return self.set(say(f"coverage_{name}", self.lang, **arguments))

    def themes_named(self, slugs: Sequence[str]) -> str:
        return ", ".join(self.themes.label(slug, self.lang) for slug in slugs)

    def figures(self) -> list[FigureOnPage]:
        """The sections, then each table that has rows."""
        found = [self.sections()] if self.of.sections else []
        return found + [self.figure(table, getattr(self.of, table)) for table in TABLES if getattr(self.of, table)]

    def sections(self) -> FigureOnPage:
        rows = self.of.sections
        names = [self.set(" > ".join(row.path)) for row in rows]
        drawn = [self.set(row.path[-1]) for row in rows]
        counted = [Row(name, row.printed, depth=len(row.path) - 1) for name, row in zip(drawn, rows, strict=True)]
        lacking = [row for row in rows if row.state != "full"]
        return FigureOnPage(
            "sections",
            self.say("sections"),
            self.say("sections_described", count=len(rows), lacking=len(lacking)),
            bars(drawn, counted),
            tuple(self.say(word) for word in ("section", "references", "see_also_column", "state")),
            tuple(
                (name, str(row.printed), str(row.see_also), self.say(row.state))
                for name, row in zip(names, rows, strict=True)
            ),
        )

    def figure(self, table: str, rows: Sequence[Row]) -> FigureOnPage:
        names = [self.set(name_of(table, row.name, self.lang, self.themes)) for row in rows]
        # What is not known is no answer to « which one most of all », unless nothing is known.
        largest = max(range(len(rows)), key=lambda number: (bool(rows[number].name), rows[number].total))
        described = self.say(
            "described",
            placed=sum(row.placed for row in rows),
            unplaced=sum(row.unplaced for row in rows),
            name=names[largest],
            total=rows[largest].total,
        )
        if table == "by_theme":  # a reference has several themes: there is nothing to add up
            described = self.say("themes_described", name=names[largest], total=rows[largest].total)
        return FigureOnPage(
            table,
            self.say(table),
            described,
            columns(rows) if table == "years" else bars(names, rows),
            tuple(self.say(word) for word in ("name", "placed", "unplaced", "total")),
            tuple(
                (name, str(row.placed), str(row.unplaced), str(row.total))
                for name, row in zip(names, rows, strict=True)
            ),
        )

    def lists(self) -> list[tuple[str, str, list[Listed]]]:
        """The references to place and those without annotation: an anchor, a heading, and the references."""
        pairs = (("to_place", self.of.unplaced), ("bare", self.of.bare))
        return [
            (name, self.say(name, count=len(references)), [self.listed(each) for each in references])
            for name, references in pairs
            if references
        ]

    def listed(self, reference: Reference) -> Listed:
        language = reference.language or self.lang
        parts = [label_of(reference, self.lang), edtf(reference.issued) if reference.issued else ""]
        slugs = dict.fromkeys(filter(None, map(self.themes.find, reference.keyword)))
        return Listed(
            reference.citekey,
            plain(typeset(reference.title, language, Typography(ordinal_superscript=False))),
            "" if language == self.lang else language,
            ", ".join(filter(None, (*parts, self.set(self.themes_named(tuple(slugs)))))),
        )


# --- plots -----------------------------------------------------------------------------------------------------------


def bars(names: Sequence[str], rows: Sequence[Row]) -> Plot:
    """A bar for each row between its name and its total; the longest one leaves room for the total."""
    most = max((row.total for row in rows), default=0) or 1
    scale = (WIDTH - NAMES - MARGIN) / most
    marks: list[Mark] = []
    words: list[Word] = []
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        top, foot = number * ROW + 4, number * ROW + BAR + 1
        room = LONGEST - 2 * row.depth
        words.append(Word(name if len(name) <= room else name[: room - 1] + "…", row.depth * 14, foot))
        middle, end = NAMES + row.placed * scale, NAMES + row.total * scale
        if row.placed:
            marks.append(_mark("placed", NAMES, top, middle - NAMES, BAR))
        if row.unplaced:
            marks.append(_mark("unplaced", middle, top, end - middle, BAR))
        words.append(Word(str(row.total), round(end + 6, 2), foot))
    return Plot(len(rows) * ROW + 4, tuple(marks), tuple(words))


def columns(rows: Sequence[Row]) -> Plot:
    """A column for each year at its place in time; what has no year is in the table alone."""
    dated = [(int(row.name), row) for row in rows if row.name]
    if not dated:
        return Plot(0, (), ())
    first, last = dated[0][0], dated[-1][0]
    most = max(row.total for _, row in dated)
    step = (WIDTH - MARGIN) / (last - first + 1)
    width = max(1.0, min(step * 0.8, 40.0))
    scale = HEIGHT / most
    marks: list[Mark] = []
    for year, row in dated:
        x = MARGIN + (year - first + 0.5) * step - width / 2
        foot = 8 + HEIGHT
        if row.placed:
            marks.append(_mark("placed", x, foot - row.placed * scale, width, row.placed * scale))
        if row.unplaced:
            marks.append(_mark("unplaced", x, foot - row.total * scale, width, row.unplaced * scale))
    heights = range(0, most + 1, _round_step(most, 5))
    words = [Word(str(each), MARGIN - 8, round(8 + HEIGHT - each * scale + 4, 2), "end") for each in heights]
    apart = _round_step(last - first + 1, 12)
    words += [
        Word(str(year), round(MARGIN + (year - first + 0.5) * step, 2), HEIGHT + FOOT, "middle")
        for year in range(first if first == last else -(-first // apart) * apart, last + 1, apart)
    ]
    rules = tuple(round(8 + HEIGHT - each * scale, 2) for each in heights)
    return Plot(HEIGHT + FOOT + 8, tuple(marks), tuple(words), rules)


def _mark(kind: str, x: float, y: float, width: float, height: float) -> Mark:
    return Mark(kind, round(x, 2), round(y, 2), round(width, 2), round(height, 2))


def _round_step(whole: int, parts: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that parts a whole into no more than so many."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if whole <= factor * step * parts:
                return factor * step
        step *= 10


@cache
def _sheet() -> str:
    return files("biblio.outputs").joinpath("templates", "coverage.css").read_text(encoding="utf-8")
