"""How long it takes to select, to sort and to say why, beside reading the same library: 5,000 and 50,000 references.

``python -m bench.selection`` prints the figures; ``measure`` gives them. Each round is a process of its own, behind one
that fills the cache. The library is that of ``bench.library``, the themes are the project's own.

- *open*: biblio reads the file from the cache, with every fault, and makes no reference yet (*warm* in
  ``bench.library``);
- *select*: a section whose query has six conditions, the last of them in the words of the text;
- *why*: which condition of that query refuses a reference;
- *read*: every reference is made, *open* included: what it takes to do without the index;
- *sort*: every reference by type, source and date, once they are made.

The steps keep nothing from one to the next but what is said here. Ratios of *select*, *why* and *sort* are to *read*
and to *open*, which is harder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench.library import ROOT, material

T = TypeVar("T")

SIZES = (5_000, 50_000)
TARGET = 0.5
STEPS = ("open", "select", "why", "read", "sort")
SPEC = """title: Banc
date: 2023
publisher: CRES
sections:
  - title: Partie
    select:
      theme: demarches-territoriales
      type: [Article, Rapport, Ouvrage]
      language: fr
      issued: 2015..2023
      lacks: doi
      text: coordination locale
    sort: [type, source, -date]
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One step on one size: seconds of processor time, and how many references came of it."""

    step: str
    references: int
    seconds: float
    found: int


def measure(sizes: Sequence[int] = SIZES, rounds: int = 3) -> list[Figures]:
    """The median figures of each step on each size."""
    figures = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
            folder = Path(temporary)
            (folder / "dossiers").mkdir()
            (folder / "references").mkdir()
            (folder / "references" / "grand.bib").write_text(material(size), encoding="utf-8")
            shutil.copy(ROOT / "references" / "themes.yaml", folder / "references")
            (folder / "dossiers" / "banc.yaml").write_text(SPEC, encoding="utf-8")
            _run(folder)
            runs = [_run(folder) for _ in range(rounds)]
        for step in STEPS:
            seconds = median(run[step][0] for run in runs)
            figures.append(Figures(step, size, seconds, runs[0][step][1]))
    return figures


def _run(folder: Path) -> dict[str, tuple[float, int]]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "bench.selection", str(folder)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    rows = (line.split() for line in done.stdout.splitlines())
    return {step: (float(seconds), int(found)) for step, seconds, found in rows}


def _child(folder: Path) -> None:
    """What is measured; importing is not."""
    from biblio.collection.bulk import collector_paused
    from biblio.dossier.select import select
    from biblio.dossier.sort import Sorting
    from biblio.dossier.why import why
    from biblio.project.project import Project

    project = Project(folder)
    library = _timed("open", lambda: project.library.value, len)
    opening = _LAST["open"]
    spec, themes = project.dossier("banc").value, project.themes.value
    assert spec is not None, "the spec above has no fault"
    selected = _timed("select", lambda: select(library, spec, themes).value, lambda each: len(each.references))
    printed = {reference.citekey for reference in selected.references}
    refused = next(citekey for citekey in reversed(library.citekeys) if citekey not in printed)
    _timed("why", lambda: why(library, [spec], themes, refused).value, lambda verdicts: len(verdicts[0].absences))
    with collector_paused():  # as ``select`` does it
        references = _timed("read", lambda: tuple(library), len, opening)
        _timed("sort", lambda: Sorting().order(references, spec.sections[0].sort), len)


_LAST: dict[str, float] = {}


def _timed(step: str, do: Callable[[], T], count: Callable[[T], int], before: float = 0) -> T:
    """Does a step and prints the seconds of processor time that it took, those ``before`` it with them."""
    start = time.process_time()
    done = do()
    seconds = _LAST[step] = before + time.process_time() - start
    print(step, seconds, count(done))
    return done


def table(figures: Sequence[Figures]) -> list[str]:
    """The figures in print, with the ratios that count."""
    seconds = {(each.references, each.step): each.seconds for each in figures}
    lines = [f"references  step    processor      found   / read (target ≤ {TARGET})   / open"]
    for each in figures:
        line = f"{each.references:>10,}  {each.step:<8}{each.seconds:>7.3f} s  {each.found:>9,}"
        if each.step not in ("open", "read"):
            read, opened = (each.seconds / seconds[each.references, step] for step in ("read", "open"))
            line += f"   {read:.3f} {'ok' if read <= TARGET else 'over':<18}   {opened:.2f}"
        lines.append(line)
    return lines


if __name__ == "__main__":
    if len(sys.argv) == 2:
        _child(Path(sys.argv[1]))
    else:
        print("\n".join(table(measure())))
