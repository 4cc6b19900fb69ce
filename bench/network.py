"""What the night of a network of centres costs on this machine: ``python -m bench.network``.

A project of many dossiers, each of some references of a collection that is shared among all of them. *All* builds every
dossier, *nothing* is the same command again, *edited* comes after one reference has been edited that one dossier
prints. Composing is what stays on one machine when a cluster renders; it is measured apart, in a process that renders
nothing. Processor time is that of all processes together, memory the greatest of any of them.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.library import material
from bench.measure import Run, run
from biblio.build.distant import order
from biblio.build.pipeline import compose_dossier
from biblio.build.stamp import stamp_of
from biblio.project.project import DOSSIERS, REFERENCES, discover
from biblio.project.style_folder import STYLES, bundled_styles

FILES = 10  # of references
COMPOSED = "composed.txt"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m bench.network", description="The night of a network of centres.")
    parser.add_argument("--dossiers", type=int, default=200)
    parser.add_argument("--notices", type=int, default=20, help="references that each dossier prints")
    parser.add_argument("--references", type=int, default=20_000)
    parser.add_argument("--executor", default="", help="dask:HOST:PORT, as of biblio build")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.child:
        compose(wanted.child)
        return
    with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
        folder = Path(temporary) / "projet"
        edited = make(folder, wanted.dossiers, wanted.notices, wanted.references)
        command = [sys.executable, "-m", "biblio", "build", "-C", str(folder), "--quiet"]
        command += ["--executor", wanted.executor] if wanted.executor else []
        tell("compose", run([sys.executable, "-m", "bench.network", "--child", str(folder)]), wanted.dossiers)
        print(f"{'':>8}  {(folder.parent / COMPOSED).read_text(encoding='utf-8')}")
        tell("all", run(command), wanted.dossiers)
        tell("nothing", run(command), wanted.dossiers)
        text = edited.read_text(encoding="utf-8")
        edited.write_text(re.sub(r"(\btitle += \{)0 ", r"\1Zéro ", text, count=1), encoding="utf-8")
        tell("edited", run(command), wanted.dossiers)


def make(folder: Path, dossiers: int, notices: int, references: int) -> Path:
    """Writes a project, and gives the file of the first reference, which the first dossier prints."""
    (folder / DOSSIERS).mkdir(parents=True)
    (folder / REFERENCES).mkdir()
    shutil.copytree(bundled_styles(), folder / STYLES)
    entries = re.split(r"\n(?=@)", material(references))
    share = -(-len(entries) // FILES)
    for number in range(FILES):
        text = "\n".join(entries[number * share : (number + 1) * share])
        (folder / REFERENCES / f"centre-{number}.bib").write_text(text, encoding="utf-8")
    keys = [found[1] for entry in entries if (found := re.match(r"@\w+\{([^,]+),", entry))]
    for number in range(dossiers):
        printed = [keys[(number * notices + place) % len(keys)] for place in range(notices)]
        head = [f"title: Dossier {number}", "date: 2025-12-01", "publisher: Réseau", "style: sobre"]
        body = ["sections:", "  - title: Références", "    references:"]
        spec = "\n".join([*head, *body, *(f"      - {key}" for key in printed)]) + "\n"
        (folder / DOSSIERS / f"dossier-{number:04}.yaml").write_text(spec, encoding="utf-8")
    return folder / REFERENCES / "centre-0.bib"


def compose(folder: Path) -> None:
    """Composes every dossier and packs it for a worker, as is done where a cluster renders; prints its weight."""
    project = discover(folder)
    weights, start = [], time.process_time()
    for slug in project.slugs:
        spec = project.dossier(slug).value
        composed = spec and compose_dossier(project, spec, spec.style).value
        if not composed:
            raise SystemExit(f"{slug} cannot be composed")
        weights.append(len(order(composed, ("pdf",), stamp_of(composed.document.metadata.date)).body))
    spent = time.process_time() - start
    text = f"{spent / len(weights) * 1000:.0f} ms and {sum(weights) / len(weights) / 1000:.0f} kB a dossier"
    (folder.parent / COMPOSED).write_text(text, encoding="utf-8")


def tell(name: str, measured: Run, dossiers: int) -> None:
    """Prints one line."""
    each = measured.processor / dossiers * 1000
    print(
        f"{name:>8}: {measured.processor:7.1f} s of processor, {each:6.0f} ms a dossier, "
        f"{measured.elapsed:7.1f} s elapsed, {measured.peak / 1e6:5.0f} MB at most",
        flush=True,
    )


if __name__ == "__main__":
    main()
