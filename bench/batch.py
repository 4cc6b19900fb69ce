"""What three dossiers cost in one command, beside one of them: ``python -m bench.batch``, on two processors.

The project has the reference dossier three times, under three names. *One* builds one of them and *three* all of them,
each a process of its own, in turn; the ratio is that of the elapsed times inside a round.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.material import SLUG, Material
from bench.measure import ratio, rounds, spread

TARGET = 2.2
SLUGS = (SLUG, "deuxieme", "troisieme")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description="Three dossiers beside one.")
    parser.add_argument("--rounds", type=int, default=5)
    count = parser.parse_args(arguments).rounds
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
        folder = Path(temporary) / "projet"
        Material.make(folder, 1)
        for slug in SLUGS[1:]:
            shutil.copy(folder / "dossiers" / f"{SLUG}.yaml", folder / "dossiers" / f"{slug}.yaml")
        runs = rounds(
            {
                "one": lambda number: command(folder, SLUGS[:1], number),
                "three": lambda number: command(folder, SLUGS, number),
            },
            count,
            warm_up=1,
        )
    for name, measured in runs.items():
        found = spread([run.elapsed for run in measured])
        print(f"{name:>5}: {found.least:.2f} {found.middle:.2f} {found.greatest:.2f} s elapsed (min, median, max)")
    compared = ratio(
        "three / one", [run.elapsed for run in runs["three"]], [run.elapsed for run in runs["one"]], TARGET
    )
    print(f"{compared.name}: {compared.spread.middle:.2f} (target: at most {TARGET}: {compared.verdict})")


def command(folder: Path, slugs: Sequence[str], number: int) -> Sequence[str]:
    """The command that builds these dossiers into a folder of their own."""
    output = folder / f"build-{len(slugs)}-{number}"
    return (sys.executable, "-m", "biblio", "build", *slugs, "-C", str(folder), "-o", str(output), "--force")


if __name__ == "__main__":
    main()
