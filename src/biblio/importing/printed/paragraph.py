"""A paragraph of a document as it is printed: its runs of characters, what it is on the page, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from biblio.formats.text import normalise, without_controls

_BLANKS = re.compile(r"\s+")
# Blanks that typography puts before and after signs are blanks like any other here; a soft hyphen is nothing.
_BEFORE = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200b": "",
        "\u00ad": "",
        "\ufeff": "",
        "\u2010": "-",
        "\u2011": "-",
    }
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one manner; ``url`` is where they lead to, « # » when they lead somewhere that is not known."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one line where lines are what the document is made of.

    ``number`` counts from 1 in the document and ``where`` says it as a reader finds it (« p. 6, l. 12 »). ``level`` is
    that of a heading, 0 for none. ``mark`` is the bullet or the number before it; ``apart`` says that blank space
    stands before it. ``size`` is that of its characters, 0 where it is not known; ``indent`` how far from the margin it
    begins.
    """

    runs: tuple[Run, ...]
    number: int
    where: str
    level: int = 0
    mark: str = ""
    apart: bool = True
    size: float = 0
    indent: float = 0

    @property
    def text(self) -> str:
        """All its characters, runs of blanks as one."""
        return _BLANKS.sub(" ", "".join(run.text for run in self.runs)).strip()

    @property
    def bold(self) -> bool:
        """Whether it is in bold throughout."""
        return all(run.bold for run in self.runs if run.text.strip()) and bool(self.text)

    @property
    def italic(self) -> bool:
        """Whether it is in italic throughout, but for what is no letter."""
        return all(run.italic for run in self.runs if any(map(str.isalnum, run.text))) and bool(self.text)

    def cut(self, start: int, end: int | None = None) -> tuple[Run, ...]:
        """The runs of some of its characters, counted as in ``text``."""
        return cut(self.runs, start, end)


def paragraph(runs: Iterable[Run], number: int, where: str, **more: Any) -> Paragraph:
    """A paragraph of runs as a file has them: blanks made one, controls dropped, accents joined to their letters."""
    return Paragraph(tidy(runs), number, where, **more)


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs without doubled blanks, without those at both ends, and those alike in one."""
    made: list[Run] = []
    for run in runs:
        text = _BLANKS.sub(" ", normalise(without_controls(run.text.translate(_BEFORE))))
        if not made or made[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        last = made[-1] if made else None
        if last and (last.bold, last.italic, last.url) == (run.bold, run.italic, run.url):
            made[-1] = replace(last, text=last.text + text)
        else:
            made.append(replace(run, text=text))
    while made and not made[-1].text.rstrip():
        made.pop()
    if made:
        made[-1] = replace(made[-1], text=made[-1].text.rstrip())
    return tuple(made)


def cut(runs: Iterable[Run], start: int, end: int | None = None) -> tuple[Run, ...]:
    """The runs of the characters from ``start`` to ``end`` of some runs."""
    out: list[Run] = []
    at = 0
    for run in runs:
        first = max(0, start - at)
        last = len(run.text) if end is None else min(len(run.text), end - at)
        if first < last:
            out.append(replace(run, text=run.text[first:last]))
        at += len(run.text)
    return tidy(out)


def text_of(runs: Iterable[Run]) -> str:
    """The characters of some runs."""
    return "".join(run.text for run in runs).strip()
