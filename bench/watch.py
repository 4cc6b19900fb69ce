"""``python -m bench.watch``: what an edit costs in a process that stays, beside a build from nothing.

Seeded edits of an annotation, on the first, the middle and the last page and at random between, each to fresh images of
the pages that changed, and on to a fresh PDF; the same on a dossier of some four hundred pages, no notice of which is
printed twice; and what memory a thousand edits leave taken.
"""

from __future__ import annotations

import argparse
import copy
import gc
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2

from bench.material import SLUG, build
from bench.measure import Ratio, ratio, run
from bench.prepare import make_project, repeated
from bench.table import MEGABYTE, beside_target
from biblio.build.pipeline import Request, compose_dossier
from biblio.build.resident import Resident
from biblio.project.project import REFERENCES, Project

PDF_TARGET, IMAGES_TARGET, LONG_TARGET = 0.35, 0.25, 0.08
MEMORY_TARGET = 1.1
LONG = 400  # pages, about
IMAGE_SCALE = 1.5  # of 72 points an inch, as a page on a screen
_ANNOTATION = re.compile(r"annotation\s*=\s*\{")


class Edited:
    """A project whose annotations are edited, one at a time, and the dossier of it that is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.resident = Resident(folder, SLUG, Request(folder / "watched"))
        self.pages = self.resident.refresh().pages
        project = Project(folder)
        spec = project.dossier(SLUG).value
        composed = spec and compose_dossier(project, spec, spec.style).value
        if not composed:
            raise SystemExit("the dossier cannot be composed")
        self._files = {file.path: (folder / file.path).read_text("utf-8") for file in project.reference_files}
        notices = [notice.citekey for notice in composed.document.notices]
        self.keys = [key for key in dict.fromkeys(notices) if self._place(key)]

    def _place(self, key: str) -> tuple[str, int] | None:
        for path, text in self._files.items():
            start = text.find(f"{{{key},")
            found = _ANNOTATION.search(text, start) if start >= 0 else None
            if found and "\n@" not in text[start : found.start()]:
                return path, found.end()
        return None

    def edit(self, key: str, words: str) -> None:
        """Types words at the beginning of the annotation of a reference, in the place of those typed before."""
        place = self._place(key)
        assert place is not None
        path, at = place
        text = self._files[path]
        (self.folder / path).write_text(f"{text[:at]}{words} {text[at:]}", encoding="utf-8")

    def refresh(self) -> tuple[float, float, int]:
        """Seconds of processor time to images of the pages that changed, then to a fresh PDF; and how many pages."""
        start = time.process_time()
        look = self.resident.look().value
        if look is None:
            raise SystemExit("an edit cannot be laid out")
        with pypdfium2.PdfDocument(look.content) as document:
            for page in document:
                page.render(scale=IMAGE_SCALE)
        shown = time.process_time() - start
        start = time.process_time()
        refreshed = self.resident.refresh()
        if refreshed.result.state != "built":
            raise SystemExit(f"an edit gave: {refreshed.result}")
        return shown, time.process_time() - start, len(look.pages)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints. Exits with 0 whatever the ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.watch", description="Measures what an edit costs.")
    parser.add_argument("--edits", type=int, default=20, help="edits of the reference dossier")
    parser.add_argument("--long", type=int, default=LONG, help="pages of the long dossier, about; 0 for none")
    parser.add_argument("--kept", type=int, default=1000, help="edits after which memory is looked at; 0 for none")
    wanted = parser.parse_args(arguments)
    print(f"  {'ratios of processor time to a cold build':<62}{'min':>7}{'median':>8}{'worst':>7}")
    with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
        folder = Path(temporary)
        make_project(folder / "reference", repeated(1))
        edited = Edited(folder / "reference")
        print(f"  {edited.pages} pages, {wanted.edits} edits")
        for each in _edits(edited, wanted.edits, wanted.edits, (PDF_TARGET, IMAGES_TARGET)):
            print(beside_target(each))
        if wanted.kept:
            print(beside_target(_memory(edited, wanted.kept)))
        if wanted.long:
            times = max(1, round(wanted.long / edited.pages))
            make_long(folder / "long", times)
            long = Edited(folder / "long")
            print(f"  {long.pages} pages, 6 edits")
            for each in _edits(long, 6, 2, (LONG_TARGET, LONG_TARGET)):
                print(beside_target(each))


def _edits(edited: Edited, count: int, colds: int, targets: tuple[float, float]) -> Iterator[Ratio]:
    """The ratios of edits to cold builds: as many of these as asked for, in turn with the edits."""
    chance = random.Random(count)
    keys = [edited.keys[0], edited.keys[len(edited.keys) // 2], edited.keys[-1]]
    keys += chance.choices(edited.keys, k=max(0, count - len(keys)))
    pdf, images, cold = list[float](), list[float](), list[float]()
    for number, key in enumerate(keys[:count]):
        if number * colds // count == len(cold):
            cold.append(run((*build(edited.folder, f"cold-{number}"), "--force")).processor)
        edited.edit(key, f"Ajout {number}.")
        shown, made, pages = edited.refresh()
        images.append(shown / cold[-1])
        pdf.append((shown + made) / cold[-1])
        print(f"    {key}: {pages} pages laid out, {shown:.2f} s, {made:.2f} s, {cold[-1]:.2f} s", file=sys.stderr)
    ones = [1.0] * len(pdf)
    yield ratio("one annotation edited / cold: a fresh PDF", pdf, ones, targets[0])
    yield ratio("one annotation edited / cold: images of the pages that changed", images, ones, targets[1])


def _memory(edited: Edited, count: int) -> Ratio:
    """The memory of this process after so many edits, over that after a tenth of them."""
    chance, after = random.Random(count), list[float]()
    for number in range(count):
        edited.edit(chance.choice(edited.keys), f"Encore {number}.")
        edited.refresh()
        if number + 1 in (count // 10, count):
            gc.collect()  # as the command does, while nobody waits
            after.append(_resident_memory())
    print(f"  {after[0] / MEGABYTE:.0f} MB after {count // 10} edits, {after[1] / MEGABYTE:.0f} MB after {count}")
    return ratio(f"memory after {count} edits / after {count // 10}", after[1:], after[:1], MEMORY_TARGET)


def _resident_memory() -> float:
    """Bytes of memory that this process has taken (proc(5), Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


def make_long(folder: Path, times: int) -> None:
    """The project of a dossier with the sections of the reference dossier so many times over, each of other keys."""
    spec = repeated(1)
    for part in (spec["sitography"], *spec["sections"]):
        sections = part["sections"]
        part["sections"] = [section for number in range(times) for section in _renamed(sections, number)]
    make_project(folder, spec)
    for path in sorted((folder / REFERENCES).glob("*.bib")):
        text = path.read_text(encoding="utf-8")
        for number in range(1, times):
            renamed = re.sub(r"(?m)^(@(?!string|comment|preamble)\w+\{)([^,\s]+),", rf"\1\2-r{number},", text)
            renamed = re.sub(r"(?m)^(\s*(?:crossref|xdata|ids)\s*=\s*\{)([^}]+)\}", rf"\1\2-r{number}}}", renamed)
            renamed = re.sub(r"(?mi)^@string.*$", "", renamed)
            path.with_name(f"{path.stem}-r{number}.bib").write_text(renamed, encoding="utf-8")


def _renamed(value: Any, number: int) -> Any:
    """A part of a spec whose references have other keys, but for the first time."""
    if number == 0:
        return copy.deepcopy(value)
    text = json.dumps(value, ensure_ascii=False)
    return _with_keys(json.loads(text), number)


def _with_keys(value: Any, number: int) -> Any:
    if isinstance(value, list):
        return [_with_keys(each, number) for each in value]
    if isinstance(value, dict):
        return {
            name: _keys(each, number)
            if name in ("references", "include", "exclude", "key")
            else _with_keys(each, number)
            for name, each in value.items()
        }
    return value


def _keys(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return f"{value}-r{number}"
    if isinstance(value, dict):
        return {name: _keys(each, number) if name == "key" else each for name, each in value.items()}
    return [_keys(each, number) for each in value]


if __name__ == "__main__":
    main()
