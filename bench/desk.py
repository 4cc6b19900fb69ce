"""How long the table of the desk takes to answer, over 50,000 references: ``biblio serve`` asked as a browser asks it.

``python -m bench.desk`` prints the figures with their target; ``measure`` gives them. The desk is open already and
nothing else asks it, each step is asked several times, and the middle time counts.

- *opened, first ever*: from the start of the program to the first rows, with nothing kept in the cache;
- *opened again*: the same, with the index that the first time kept;
- *first page*, *search*, *facet*, *sort*, *page 300*: an answer each;
- *after an edit*: the first rows once a file has changed outside.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from bench.library import ROOT, material

REFERENCES = 50_000
ROUNDS = 5
TARGET = 0.1  # seconds of an answer
STEPS = {
    "first page": "/collection",
    "search": "/collection?q=contrat+local",
    "search, one letter": "/collection?q=s",
    "facet": "/collection?type=Article&theme=coordination",
    "sort": "/collection?sort=-year",
    "page 300": "/collection?page=300",
    "search, facet and sort": "/collection?q=sante&type=Rapport&sort=title&page=2",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """One step: the middle of the seconds that it took, and what it should take, if that is said."""

    step: str
    seconds: float
    target: float | None = None


@contextmanager
def desk(folder: Path) -> Iterator[tuple[httpx.Client, float]]:
    """A desk on a project, asked by one client, and when it was started."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "biblio", "serve", "-C", str(folder), "--no-browser"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stdout is not None, "its address is read there"
        address = process.stdout.readline().strip()
        with httpx.Client(timeout=600, follow_redirects=True, headers={"accept-language": "fr"}) as client:
            client.get(address.replace("/?", "/missing?"))  # the token becomes a cookie
            client.base_url = httpx.URL(address.partition("/?")[0])
            yield client, start
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def measure(count: int = REFERENCES, rounds: int = ROUNDS) -> list[Figures]:
    """The figures of each step."""
    with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
        folder = Path(temporary)
        (folder / "dossiers").mkdir()
        (folder / "references").mkdir()
        shutil.copy(ROOT / "references" / "themes.yaml", folder / "references")
        bib = folder / "references" / "grand.bib"
        bib.write_text(material(count), encoding="utf-8")
        figures = []
        for step in ("opened, first ever", "opened again"):
            with desk(folder) as (client, start):
                client.get("/collection/keys?q=zzz").raise_for_status()  # waits for the rows
                figures.append(Figures(step, time.perf_counter() - start))
        with desk(folder) as (client, _):
            client.get("/collection/keys?q=zzz")
            for step, address in STEPS.items():
                times = [_asked(client, address) for _ in range(rounds)]
                figures.append(Figures(step, median(times), TARGET))
            bib.write_text(bib.read_text("utf-8").replace("title = {0 ", "title = {zéro ", 1), encoding="utf-8")
            time.sleep(1)  # the desk looks for changes
            figures.append(Figures("after an edit", _asked(client, "/collection")))
    return figures


def _asked(client: httpx.Client, address: str) -> float:
    start = time.perf_counter()
    client.get(address).raise_for_status()
    return time.perf_counter() - start


def table(figures: list[Figures]) -> list[str]:
    """The figures in print."""
    lines = [f"{'the table of the desk':<24}  seconds  target"]
    for each in figures:
        target = "" if each.target is None else f"{each.target:6.2f}{'' if each.seconds <= each.target else '  missed'}"
        lines.append(f"{each.step:<24}  {each.seconds:7.3f}  {target}".rstrip())
    return lines


if __name__ == "__main__":
    print("\n".join(table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else REFERENCES))))
