"""How long a library takes to read, cold and warm, beside bare pybtex, and how much memory: 5,000 to 50,000 references.

``python -m bench.library`` prints the figures, each program a process of its own; ``measure`` gives them. Every entry
is different: the names, titles and annotations of the project's own files with the number of the entry in them.

- *bare*: pybtex parses the text, and nothing else: no LaTeX, no names, no dates;
- *cold*: biblio reads the file, converts every value and collects every fault, with an empty cache that it fills;
- *warm*: the same again, from the cache;
- *dossier*: from the cache, and makes the 150 references of one dossier.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SIZES = (5_000, 10_000, 20_000, 50_000)
DOSSIER = 150
PROGRAMS = ("bare", "cold", "warm", "dossier")
# The unit of ru_maxrss: kibibytes on Linux, bytes on macOS (getrusage(2) of each).
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Figures:
    """One program on one size: seconds elapsed and of processor time for the reading alone, peak memory in bytes."""

    program: str
    references: int
    elapsed: float
    processor: float
    peak: int


def material(count: int, first: int = 0) -> str:
    """A file of ``count`` different entries, the number of the first of which is this."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "references").glob("*.bib"))]
    entries = [each for text in texts for each in re.split(r"\n(?=@)", text) if each.startswith("@")]
    return "\n".join(_numbered(entries[number % len(entries)], number) for number in range(first, first + count))


def _numbered(entry: str, number: int) -> str:
    entry = re.sub(r"^(@\w+\{)([^,]+),", rf"\g<1>\g<2>-{number},", entry, count=1)
    entry = re.sub(r"(\b(?:author|editor) += \{)([^{,]+),", rf"\g<1>\g<2>{number},", entry)
    return re.sub(r"(\b(?:title|annotation) += \{)", rf"\g<1>{number} ", entry).strip() + "\n"


def measure(sizes: Sequence[int] = SIZES, rounds: int = 3) -> list[Figures]:
    """The median figures of each program on each size, the programs of a round one after the other."""
    found: list[Figures] = []
    for size in sizes:
        runs: dict[str, list[Figures]] = {program: [] for program in PROGRAMS}
        with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
            folder = Path(temporary)
            (folder / "dossiers").mkdir()
            (folder / "references").mkdir()
            (folder / "references" / "grand.bib").write_text(material(size), encoding="utf-8")
            for number in range(rounds):
                for program in PROGRAMS:
                    runs[program].append(_run(program, folder, folder / f"cache-{number}"))
        found += [_middle(each) for each in runs.values()]
    return found


def _middle(runs: Sequence[Figures]) -> Figures:
    first = runs[0]
    return Figures(
        first.program,
        first.references,
        median(run.elapsed for run in runs),
        median(run.processor for run in runs),
        max(run.peak for run in runs),
    )


def _run(program: str, folder: Path, cache: Path) -> Figures:
    """Runs one program in a process of its own. Raises ``SystemExit`` with what it said when it fails."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": os.pathsep.join(sys.path)}
    with tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, __file__, program, str(folder)]
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL, env=environment)
        # wait4 gives the usage of this very process, where getrusage would give the greatest of all.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().split()
    if process.returncode or len(words) != 3:
        raise SystemExit(f"{program}: {process.returncode} {words}")
    count, elapsed, processor = words
    return Figures(program, int(count), float(elapsed), float(processor), usage.ru_maxrss * _RSS_UNIT)


def _child(program: str, folder: Path) -> None:
    """What is measured; the imports before and the interpreter's end behind are not."""
    if program == "bare":
        import pybtex.errors
        from pybtex.database.input.bibtex import Parser

        pybtex.errors.set_strict_mode(enable=False)
    else:
        from biblio.project.project import Project
    start, busy = time.perf_counter(), time.process_time()
    if program == "bare":
        parser = Parser()
        parser.parse_string((folder / "references" / "grand.bib").read_text(encoding="utf-8"))
        count = len(parser.data.entries)
    elif program == "dossier":
        library = Project(folder).opened.value
        count = len(library)
        for citekey in library.citekeys[:: max(1, count // DOSSIER)][:DOSSIER]:
            library.get(citekey)
            library.faults_of(citekey)
    else:
        count = len(Project(folder).library.value)
    print(count, time.perf_counter() - start, time.process_time() - busy)


def table(figures: Sequence[Figures]) -> list[str]:
    """The figures in print, with the ratios that count."""
    lines = ["references  program   elapsed  processor      peak   processor time"]
    busy = {(each.references, each.program): each.processor for each in figures}
    for each in figures:
        beside = {"cold": "bare", "warm": "cold", "dossier": "cold"}.get(each.program)
        ratio = f"{each.processor / busy[each.references, beside]:.3f} × {beside}" if beside else ""
        lines.append(
            f"{each.references:>10,}  {each.program:<8}{each.elapsed:>7.2f} s  {each.processor:>7.2f} s"
            f"  {each.peak / 2**20:>5,.0f} MiB   {ratio}",
        )
    return lines


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _child(sys.argv[1], Path(sys.argv[2]))
    else:
        print("\n".join(table(measure())))
