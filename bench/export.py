"""How long exports and twins take: 20,000 references in every format, and the reference dossier in every twin.

``python -m bench.export`` prints the figures. An export is compared with biblio's own reading of the same references
in BibTeX, a twin with the PDF of the same dossier; the programs of a round run one after the other in one process, each
once before the rounds. The time of pandoc is in that of its twin.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench.library import material
from biblio.build.pipeline import compose_dossier
from biblio.build.stamp import stamp_of
from biblio.formats import FORMATS
from biblio.formats.bibtex.reader import read_bibtex
from biblio.outputs.exports import EXPORTS
from biblio.outputs.setting import Setting
from biblio.outputs.table import DEFAULT_OUTPUT, OUTPUTS
from biblio.project.project import discover

ROOT = Path(__file__).resolve().parents[1]
SIZE = 20_000
SLUG = "demarches-territoriales-de-sante"
# How many times as long as the reading an export may take, that of XML and of a workbook longer.
MOST, MOST_OF_TREES = 1.5, 3.0
TREES = frozenset({"marcxml", "endnote-xml", "mods", "dublin-core", "xlsx"})
TWINS = ("docx", "odt", "epub", "md", "txt", "tex")


def exports(size: int = SIZE, rounds: int = 3) -> dict[str, float]:
    """Of each format of references and the workbook, the time of writing over that of reading, the median of rounds."""
    source = material(size).encode()
    references = read_bibtex(source, "bench.bib").value
    reading = [_seconds(lambda: read_bibtex(source, "bench.bib")) for _ in range(rounds)]
    found = {}
    for name in (*(row.name for row in FORMATS.own.values() if row.write), "xlsx"):
        writing = [_seconds(lambda row=EXPORTS[name]: row.write(references, _nothing)) for _ in range(rounds)]  # type: ignore[misc]  # bound at once
        found[name] = median(wrote / read for wrote, read in zip(writing, reading, strict=True))
    return found


def twins(rounds: int = 3) -> dict[str, float]:
    """Of each twin of the reference dossier, its time over that of the PDF, the median of rounds."""
    project = discover(ROOT)
    spec = project.dossier(SLUG).value
    assert spec is not None
    composed = compose_dossier(project, spec, spec.style).value
    assert composed is not None
    stamp = stamp_of(composed.document.metadata.date)
    times: dict[str, list[float]] = {name: [] for name in (DEFAULT_OUTPUT, *TWINS)}
    for number in range(rounds + 1):
        for name, taken in times.items():
            seconds = _seconds(lambda row=OUTPUTS[name]: row.render(composed, stamp))  # type: ignore[misc]  # bound at once
            if number:
                taken.append(seconds)
    pdf = times.pop(DEFAULT_OUTPUT)
    return {name: median(one / other for one, other in zip(taken, pdf, strict=True)) for name, taken in times.items()}


def _nothing() -> Setting:
    raise AssertionError("an export of references asks for no style")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def lines(written: dict[str, float], rendered: dict[str, float]) -> Sequence[str]:
    """The figures for people."""
    shown = [f"{SIZE} references, written / read as BibTeX"]
    for name, figure in written.items():
        most = MOST_OF_TREES if name in TREES else MOST
        shown.append(f"  {name:<16}{figure:>7.2f}   target ≤ {most:.1f}: {'met' if figure <= most else 'missed'}")
    shown += ["", f"{SLUG}, twin / PDF"]
    shown += [
        f"  {name:<16}{figure:>7.2f}   target ≤ 1.0: {'met' if figure <= 1 else 'missed'}"
        for name, figure in rendered.items()
    ]
    return shown


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(exports(), twins())) + "\n")
