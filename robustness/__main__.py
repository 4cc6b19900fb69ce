"""Prints the nine figures: number, what it is, the bar, what was measured, and whether that is enough."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from robustness import bombs, desk, determinism, faults, isolation, reading
from robustness.figure import Figure


def main() -> int:
    """Runs the measures asked for; the exit code is 1 when one is short of its bar."""
    parser = argparse.ArgumentParser(prog="python -m robustness", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 mutants and 3 repeats, not 200,000 and 20")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other mutants")
    parser.add_argument("--corpus", type=Path, help="a folder whose .bib files are read as well")
    parser.add_argument("--only", type=int, action="append", choices=range(1, 10), help="this figure alone")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many at a time")
    options = parser.parse_args()
    mutants, repeats = (20_000, 3) if options.quick else (200_000, 20)
    seed, corpus, workers = options.seed, options.corpus, options.workers
    measures: dict[int, Callable[[], Figure]] = {
        1: lambda: reading.totality(mutants, seed, corpus),
        2: lambda: reading.nothing_lost(mutants // 10, seed, corpus),
        3: lambda: reading.damage_radius(mutants // 2, seed),
        4: lambda: reading.location(200, seed),
        5: lambda: bombs.measure(workers),
        6: lambda: isolation.measure(workers),
        7: lambda: faults.measure(repeats, workers, seed),
        8: lambda: determinism.measure(workers),
        9: lambda: desk.measure(workers),
    }
    enough = True
    print("| | figure | bar | measured | | seconds |\n| --- | --- | --- | --- | --- | --- |")
    for number in options.only or measures:
        started = time.monotonic()
        figure = measures[number]()
        enough = enough and figure.ok
        verdict = "ok" if figure.ok else "short"
        seconds = time.monotonic() - started
        print(
            f"| {number} | {figure.name} | {figure.bar} | {figure.measured} | {verdict} | {seconds:.0f} |", flush=True
        )
        for line in figure.short[:20]:
            print(f"    {line}", file=sys.stderr, flush=True)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
