"""How long the table of the desk takes to answer, over 50,000 references.

``python -m bench.desk`` prints the figures with their target; ``measure`` gives them. A number behind it is another
count of references. The desk is asked in this process, as by a browser; the middle of several answers counts:

- *rows, first ever*: until the table can answer, with nothing kept in the cache; *rows again*: from what was kept;
- *faults and dossiers*: what comes beside the rows later, while the table answers already;
- *first page*, *search*, *facet*, *sort*, *page 300*: an answer each, made whole;
- *rows after an edit*: until the table can answer once a file has changed.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import httpx

from bench.library import ROOT, material
from biblio.server.app import application
from biblio.server.desk import Desk
from biblio.server.guard import Door
from biblio.server.shelves import beside_of, shelf_of

REFERENCES = 50_000
ROUNDS = 5
TARGET = 0.1  # seconds of an answer
HOST = "127.0.0.1:8017"
STEPS = {
    "first page": "",
    "search": "?q=contrat+local",
    "search, one letter": "?q=s",
    "facet": "?type=Article&theme=coordination",
    "sort": "?sort=-year",
    "page 300": "?page=300",
    "all of them": "?q=sante&type=Rapport&sort=title&page=2",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """One step: its seconds by the clock and of processor time, and what it should take, if that is said."""

    step: str
    elapsed: float
    processor: float
    target: float | None = None


def measure(count: int = REFERENCES) -> list[Figures]:
    """The figures of each step."""
    with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
        folder = Path(temporary)
        for name in ("dossiers", "references"):
            (folder / name).mkdir()
        shutil.copy(ROOT / "references" / "themes.yaml", folder / "references")
        (folder / "references" / "grand.bib").write_text(material(count), encoding="utf-8")
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        return asyncio.run(_measured(folder))


async def _measured(folder: Path) -> list[Figures]:
    first = Desk(folder, "fr")
    figures = [await _timed("rows, first ever", lambda: first.known(shelf_of))]
    first.close()
    desk = Desk(folder, "fr")
    figures.append(await _timed("rows again", lambda: desk.known(shelf_of)))
    figures.append(await _timed("faults and dossiers", lambda: desk.known(beside_of, slow=True)))
    door = Door("token", (HOST,), 8017, "fr")
    transport = httpx.ASGITransport(application(desk, door))
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{HOST}", cookies={door.cookie: "token"}
    ) as client:
        figures += [await _middle(step, partial(_asked, client, query)) for step, query in STEPS.items()]
    bib = folder / "references" / "grand.bib"
    bib.write_text(bib.read_text("utf-8").replace("title = {0 ", "title = {zéro ", 1), encoding="utf-8")
    desk.changed()
    figures.append(await _timed("rows after an edit", lambda: desk.known(shelf_of)))
    desk.close()
    return figures


async def _asked(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/collection{query}")
    assert 'id="references"' in answer.text, answer.text


async def _middle(step: str, ask: Callable[[], Awaitable[object]]) -> Figures:
    runs = [await _timed(step, ask) for _ in range(ROUNDS)]
    return Figures(step, median(run.elapsed for run in runs), median(run.processor for run in runs), TARGET)


async def _timed(step: str, ask: Callable[[], Awaitable[object]]) -> Figures:
    start, busy = time.perf_counter(), time.process_time()
    await ask()
    return Figures(step, time.perf_counter() - start, time.process_time() - busy)


def table(figures: list[Figures]) -> list[str]:
    """The figures in print; the target is for processor time, which other programs disturb less."""
    lines = ["step                  elapsed  processor  target"]
    for each in figures:
        target = (
            ""
            if each.target is None
            else f"{each.target:.2f} s: " + ("ok" if each.processor <= each.target else "missed")
        )
        lines.append(f"{each.step:<20} {each.elapsed:6.3f} s   {each.processor:6.3f} s  {target}".rstrip())
    return lines


if __name__ == "__main__":
    print("\n".join(table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else REFERENCES))))
