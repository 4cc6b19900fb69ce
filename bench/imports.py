"""How long imports and exports of references take, beside biblio's own reading of the same records in BibTeX.

``python -m bench.imports`` prints the figures, ``python -m bench.imports NAME…`` those of some formats. A format is
read, and written where biblio writes it, between two readings in BibTeX of the same round, in one process; what counts
is the processor's time, that of the process which opens workbooks with it. ``linear`` is the time of a record among
20,000 over that of one among 5,000. A file of references in a format that is not written comes from ``tagged.py``.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.library import material
from bench.tagged import WRITERS, written
from biblio.formats import FORMATS
from biblio.formats.bibtex.reader import read_bibtex
from biblio.importing.files import read_file
from biblio.outputs.workbook import write_references
from biblio.reference.reference import Reference

SIZE, SMALL = 20_000, 5_000
ROUNDS = 3
# How many times as long as BibTeX a format may take: lines and ISO 2709, then XML and workbooks.
MOST, MOST_OF_TREES = 1.5, 3.0
# A reading in linear time, with what a shared machine adds to it.
LINEAR = 1.25
TREES = frozenset(
    "marcxml endnote-xml mods dublin-core xlsx pubmed-xml word-sources zotero-rdf marc21-xml".split(),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one format: reading over reading BibTeX, writing over the same, and how linear the reading is.

    ``None`` where biblio does not read, or does not write.
    """

    name: str
    read: float | None
    linear: float | None
    write: float | None

    @property
    def most(self) -> float:
        """The bar that both ratios are held to."""
        return MOST_OF_TREES if self.name in TREES else MOST


def names() -> tuple[str, ...]:
    """The formats that are measured."""
    # A file of CFF is one reference; the classic dialect is read as biblatex is.
    rows = [row.name for row in FORMATS.own.values() if row.write or row.name in WRITERS]
    return (*rows, "xlsx", "marc21-xml")


def measure(wanted: Sequence[str], size: int = SIZE, small: int = SMALL, rounds: int = ROUNDS) -> Iterator[Figures]:
    """The figures of each format, the medians of the rounds."""
    source = material(size).encode()
    references = read_bibtex(source, "bench.bib").value
    bibtex = partial(read_bibtex, source, "bench.bib")
    for name in wanted:
        content, fewer = _content(name, references), _content(name, references[:small])
        reads, writes, lines = [], [], []
        for _ in range(rounds):
            before = _seconds(bibtex)
            if _is_read(name):
                whole = _seconds(partial(_read, content, size))
                part = _seconds(partial(_read, fewer, small))
                lines.append(whole / size / (part / small))
            wrote = _seconds(partial(_content, name, references)) if name not in WRITERS else 0.0
            beside = (before + _seconds(bibtex)) / 2
            if _is_read(name):
                reads.append(whole / beside)
            if wrote:
                writes.append(wrote / beside)
        yield Figures(name, *(median(each) if each else None for each in (reads, lines, writes)))


def _is_read(name: str) -> bool:
    return name not in FORMATS.own or FORMATS.own[name].read is not None


def _content(name: str, references: Sequence[Reference]) -> bytes:
    if name in WRITERS:
        return written(name, references)
    return write_references(references).value if name == "xlsx" else FORMATS[name].written(references)


def _read(content: bytes, count: int) -> None:
    found = len(read_file(content, "bench").value.references)
    if found != count:
        raise SystemExit(f"{found} references of {count}")


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = _busy()
    work()
    return _busy() - start


def _busy() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def table(figures: Sequence[Figures]) -> Iterator[str]:
    """The figures for people."""
    yield f"{SIZE} references, over reading them in BibTeX; processor time, medians of {ROUNDS} rounds"
    yield f"  {'':<16}{'read':>8}{'linear':>8}{'written':>9}"
    for each in figures:
        shown = [f"{value:.2f}" if value is not None else "–" for value in (each.read, each.linear, each.write)]
        over = [value for value in (each.read, each.write) if value is not None and value > each.most]
        missed = over or (each.linear is not None and each.linear > LINEAR)
        verdict = f"   target ≤ {each.most:.1f}: {'missed' if missed else 'met'}"
        yield f"  {each.name:<16}{shown[0]:>8}{shown[1]:>8}{shown[2]:>9}{verdict}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(list(measure(sys.argv[1:] or names())))) + "\n")
