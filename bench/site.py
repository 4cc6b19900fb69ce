"""How the site grows: its time and size a notice, at one and at five thousand notices.

``python -m bench.site`` prints the figures; ``python -m bench.site 1000 50000`` those of other sizes. Each size is made
in this process, after one of a hundred notices that loads what all need; the time of a notice is processor time.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from biblio.project.project import discover
from biblio.site.gather import gathered
from biblio.site.settings import SiteSettings
from biblio.site.table import site_files

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 5_000)
FLAT, MOST_SIZE = 1.25, 20_000  # the time of a notice at the largest size over that at the first; bytes of a notice
_TYPES = ("article", "article", "article", "report", "book", "video", "thesis")
_AUDIENCES = ("élus", "professionnels", "coordonnateurs")


@dataclass(frozen=True, slots=True)
class Grown:
    """A site of so many notices: its seconds, its files, its bytes, and those of the heaviest file of the index."""

    notices: int
    seconds: float
    files: int
    size: int
    heaviest: int


def measured(notices: int) -> Grown:
    """The site of a project of so many notices, made and thrown away."""
    with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
        root = Path(temporary)
        for name in ("references", "dossiers"):
            (root / name).mkdir()
        (root / "references" / "a.bib").write_text("\n".join(entries(notices)), encoding="utf-8")
        themes = (ROOT / "references" / "themes.yaml").read_text(encoding="utf-8")
        (root / "references" / "themes.yaml").write_text(themes, encoding="utf-8")
        start = time.process_time()
        site = gathered(discover(root), SiteSettings(), "2026-01-01", root / "build", {}).value
        files = size = heaviest = 0
        for path, content in site_files(site):
            files, size = files + 1, size + len(content)
            if path.startswith("data/terms-"):
                heaviest = max(heaviest, len(content))
        return Grown(notices, time.process_time() - start, files, size, heaviest)


def entries(count: int) -> Iterator[str]:
    """So many entries, always the same, with the words, themes and lengths of those of the repository."""
    chance = random.Random(3)
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "references").glob("*.bib")))
    words = sorted(set(re.findall(r"[a-zéèàêûôîçœ]{3,}", text.lower())))
    listed = (ROOT / "references" / "themes.yaml").read_text(encoding="utf-8")
    themes = sorted(set(re.findall(r"^\s*([a-z0-9-]+):", listed, re.MULTILINE)) - {"fr", "en", "children", "also"})

    def some(number: int) -> str:
        return " ".join(words[min(int(chance.expovariate(1 / 900)), len(words) - 1)] for _ in range(number))

    for number in range(count):
        fields = {
            "author": " and ".join(f"{some(1).capitalize()}, {some(1).capitalize()}" for _ in range(2)),
            "title": some(10).capitalize(),
            "journaltitle": f"Revue {words[chance.randrange(300)]}",
            "date": f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02d}",
            "keywords": ", ".join(chance.sample(themes, 2)),
            "audience": chance.choice(_AUDIENCES),
            "territory": words[chance.randrange(80)].capitalize(),
            "annotation": f"{some(60).capitalize()}.",
            "annotationsource": "documentaliste",
        }
        if number % 10 == 0:
            fields["added"] = f"2025-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        written = "".join(f"  {field} = {{{value}}},\n" for field, value in fields.items())
        yield f"@{chance.choice(_TYPES)}{{k{number:06d},\n{written}}}\n"


def lines(found: Sequence[Grown]) -> Sequence[str]:
    """The figures for people."""
    shown = [
        f"{each.notices:>7} notices: {each.seconds:>7.1f} s, {1000 * each.seconds / each.notices:>5.1f} ms and"
        f" {each.size / each.notices / 1000:>5.1f} kB a notice, {each.files} files,"
        f" terms ≤ {each.heaviest / 1000:.0f} kB"
        for each in found
    ]
    first, last = found[0], found[-1]
    ratio = (last.seconds / last.notices) / (first.seconds / first.notices)
    shown.append(f"a notice, largest / smallest{ratio:>7.2f}   target ≤ {FLAT}: {'met' if ratio <= FLAT else 'missed'}")
    weight = last.size / last.notices
    shown.append(
        f"bytes of a notice{weight:>12.0f}   target ≤ {MOST_SIZE}: {'met' if weight <= MOST_SIZE else 'missed'}"
    )
    return shown


if __name__ == "__main__":
    measured(100)
    print("\n".join(lines([measured(size) for size in map(int, sys.argv[1:] or SIZES)])))
