"""The figures of a benchmark as tables for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from bench.measure import Ratio, Run, Spread, ratio, spread
from bench.result import Result, Sized

PROGRAMS = {
    "bare": "WeasyPrint alone",
    "cold": "biblio build, cold",
    "idle": "biblio build, nothing to do",
    "again": "biblio build, nothing to do again",
    "python": "python -c pass",
}
MEGABYTE = 1_000_000


def table(result: Result) -> Iterator[str]:
    """The lines of the tables."""
    where = result.environment
    yield f"{where.date}, {where.system}, {where.processors} processors, load {where.load:.1f} before the start"
    yield f"Python {where.python}, WeasyPrint {where.weasyprint}"
    rounds = len(result.runs["cold"])
    yield ""
    yield f"The reference dossier, {result.reference_pages} pages; rounds: {rounds}"
    yield f"  {'seconds':<62}{'min':>7}{'median':>8}{'max':>7}"
    for name, shown in PROGRAMS.items():
        yield _row(f"{shown}, elapsed", spread([run.elapsed for run in result.runs[name]]))
        yield _row(f"{shown}, processor", spread([run.processor for run in result.runs[name]]))
    if result.sizes:
        yield ""
        yield from _sizes(result.sizes)
    yield ""
    yield f"  {'ratios of the same round':<62}{'min':>7}{'median':>8}{'max':>7}"
    for each in result.ratios:
        target = "" if each.target is None else f"   target ≤ {each.target:.2f}: {each.verdict}"
        yield _row(each.name, each.spread) + target


def beside_target(each: Ratio) -> str:
    """A line for a ratio that stands beside its target."""
    values = each.spread
    figures = f"{values.least:>7.3f}{values.middle:>8.3f}{values.greatest:>7.3f}"
    return f"  {each.name:<62}{figures}   target ≤ {each.target:.2f}: {each.verdict}"


def _row(name: str, values: Spread) -> str:
    return f"  {name:<62}{values.least:>7.2f}{values.middle:>8.2f}{values.greatest:>7.2f}"


def _sizes(sizes: list[Sized]) -> Iterator[str]:
    """One row a size. The milliseconds a page are of processor time, beyond those of the dossier of one notice."""
    start, *others = sizes
    yield f"The same notices repeated; rounds: {len(start.cold)}; medians; biblio | WeasyPrint alone"
    yield f"  {'pages':>5}{'seconds elapsed':>20}{'processor ratio':>18}{'ms a page':>14}{'peak memory, MB':>19}"
    for size in sizes:
        elapsed = _pair(size, lambda run: run.elapsed, ".1f")
        memory = _pair(size, lambda run: run.peak / MEGABYTE, ".0f")
        compared = ratio("", [run.processor for run in size.cold], [run.processor for run in size.bare])
        page = (
            f"{1000 * median(size.per_page(start)):.0f} | {1000 * median(size.bare_per_page(start)):.0f}"
            if size in others
            else "–"
        )
        yield f"  {size.pages:>5}{elapsed:>20}{compared.spread.middle:>18.2f}{page:>14}{memory:>19}"


def _pair(size: Sized, value: Callable[[Run], float], shown: str) -> str:
    return f"{median(map(value, size.cold)):{shown}} | {median(map(value, size.bare)):{shown}}"
