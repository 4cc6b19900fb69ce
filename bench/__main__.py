"""``python -m bench``: measures, then prints a table or JSON. Exits with 0 whatever the ratios."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bench.material import Material
from bench.measure import Ratio, Run, ratio, rounds
from bench.result import Environment, Plan, Result, Sized, record
from bench.table import table

COLD_TARGET = 1.15
IDLE_TARGET = 0.2
AGAIN_TARGET = 3
TYPST_TARGET = 0.25
FLAT_TARGET = 1.15

FULL = Plan(10, (25, 50, 100, 200, 400), 3)
QUICK = Plan(3, (25, 100, 400), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures biblio beside WeasyPrint alone.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and sizes, for a first idea")
    parser.add_argument("--pages", metavar="N,N", type=page_counts, help="the sizes in pages, each about; 0 for none")
    parser.add_argument("--json", action="store_true", help="print every run and ratio as JSON")
    wanted = parser.parse_args(arguments)
    plan = QUICK if wanted.quick else FULL
    if wanted.pages is not None:
        plan = replace(plan, pages=wanted.pages)
    result = measure(plan)
    print(json.dumps(record(result), indent=2) if wanted.json else "\n".join(table(result)))


def page_counts(value: str) -> tuple[int, ...]:
    """Sizes as typed, ``25,400``, in order."""
    return tuple(sorted({int(word) for word in value.split(",")} - {0}))


def measure(plan: Plan) -> Result:
    """Runs the whole plan, telling each step on the error stream."""
    environment = _environment()
    with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
        folder = Path(temporary)
        whole = Material.make(folder / "reference", 1)
        _tell(f"the reference dossier, {whole.pages} pages; rounds: {plan.rounds}")
        programs = {
            "bare": whole.bare,
            "cold": whole.cold,
            "idle": whole.idle,
            "again": whole.idle,
            "python": whole.python,
        }
        if find_spec("typst"):
            programs["typst"] = whole.typst
        else:
            _tell("Typst is not installed (make bench installs it): its lines are left out")
        runs = rounds(programs, plan.rounds, warm_up=1)
        sizes = _sizes(folder, plan, whole) if plan.pages else []
    ratios = [
        *_compared("cold build / WeasyPrint alone", runs["cold"], runs["bare"], COLD_TARGET),
        *_compared("nothing to do / cold build", runs["idle"], runs["cold"], IDLE_TARGET),
        *_compared("nothing to do again / python -c pass", runs["again"], runs["python"], AGAIN_TARGET),
        *(_beside_typst(runs) if "typst" in runs else ()),
        *_flatness(sizes),
    ]
    return Result(environment, whole.pages, runs, sizes, ratios)


def _sizes(folder: Path, plan: Plan, whole: Material) -> list[Sized]:
    """The runs at each size, that of a single notice before the others; sizes alternate within a round."""
    smaller = Material.make(folder / "smallest", 0)
    # The cover and its like do not repeat; they are the pages of the smallest dossier but one.
    front = smaller.pages - 1
    times = sorted({max(1, round((pages - front) / (whole.pages - front))) for pages in plan.pages})
    materials = [smaller, *(Material.make(folder / f"repeated-{each}", each) for each in times)]
    _tell(f"dossiers of {', '.join(str(material.pages) for material in materials)} pages; rounds: {plan.size_rounds}")
    programs = {
        (index, name): program
        for index, material in enumerate(materials)
        for name, program in (("bare", material.bare), ("cold", material.cold))
    }
    runs = rounds(programs, plan.size_rounds)
    return [Sized(material.pages, runs[index, "cold"], runs[index, "bare"]) for index, material in enumerate(materials)]


def _compared(name: str, above: list[Run], below: list[Run], target: float | None = None) -> Iterator[Ratio]:
    """The ratio by the clock, which people feel, and by processor time, which other programs disturb less."""
    yield ratio(f"{name}, elapsed", [run.elapsed for run in above], [run.elapsed for run in below], target)
    yield ratio(f"{name}, processor", [run.processor for run in above], [run.processor for run in below], target)


def _beside_typst(runs: Mapping[str, list[Run]]) -> Iterator[Ratio]:
    """What biblio costs beside another engine: the whole of it, and nothing to do."""
    yield from _compared("cold build / Typst", runs["cold"], runs["typst"])
    yield from _compared("nothing to do again / Typst", runs["again"], runs["typst"], TYPST_TARGET)


def _flatness(sizes: list[Sized]) -> Iterator[Ratio]:
    """The time per page of the greatest size over that of the least, of biblio and, for comparison, of WeasyPrint."""
    if len(sizes) > 2:
        start, least, *_, greatest = sizes
        name = f"time per page, {greatest.pages} / {least.pages} pages"
        yield ratio(f"{name}, biblio", greatest.per_page(start), least.per_page(start), FLAT_TARGET)
        yield ratio(f"{name}, WeasyPrint alone", greatest.bare_per_page(start), least.bare_per_page(start))


def _environment() -> Environment:
    return Environment(
        datetime.now(UTC).strftime("%Y-%m-%d"),
        f"{platform.system()} {platform.machine()}",
        os.cpu_count() or 0,
        os.getloadavg()[0],
        platform.python_version(),
        version("weasyprint"),
    )


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
