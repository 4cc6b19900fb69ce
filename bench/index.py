"""``python -m bench.index``: what an index saves on large collections, each figure beside the same on a small one.

Whole commands, each a process of its own, the ratios of processor time inside a round: commands on one file of many
references, and on ten, beside the same on 150; the first reading of ten files beside that of a tenth of them, and its
memory; a reading behind an edit beside the first; a file for each reference beside one file; ``check`` behind an edit
beside the first. The sizes may be those of the targets: ``--references 200000 --many 1000000 --edited 50000``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.library import material
from bench.measure import Program, Ratio, Run, ratio, rounds, run
from bench.rules import entries
from bench.table import beside_target

LITTLE = 150
LARGE_TARGET, MANY_TARGET, EDIT_TARGET, FILES_TARGET, CHECK_TARGET = 2, 3, 0.1, 1.2, 0.25
LINEAR_TARGET, MEMORY_TARGET = 1.2, 2 * 2**30  # bytes
SPEC = """title: Banc
date: 2024
publisher: CRES
sections:
  - title: Partie
    select: {text: santé, issued: 2015..2023, type: article, key: "*-1?"}
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints. Exits with 0 whatever the ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.index", description="Measures what an index saves.")
    parser.add_argument("--references", type=int, default=20_000, help="in one file; 0 for none")
    parser.add_argument("--many", type=int, default=50_000, help="in ten files; 0 for none")
    parser.add_argument("--edited", type=int, default=10_000, help="one of which is edited; 0 for none")
    parser.add_argument("--files", type=int, default=5_000, help="of one reference each; 0 for none")
    parser.add_argument("--checked", type=int, default=5_000, help="checked, and checked again; 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args(arguments)
    print(f"  {'ratios of processor time':<62}{'min':>7}{'median':>8}{'max':>7}")
    for size, measured in (
        (wanted.references, _large),
        (wanted.many, _many),
        (wanted.edited, _edited),
        (wanted.files, _files),
        (wanted.checked, _checked),
    ):
        if size:
            with tempfile.TemporaryDirectory(prefix="biblio-bench-") as temporary:
                for each in measured(Path(temporary), size, wanted.rounds):
                    print(beside_target(each), flush=True)


class Kept:
    """A project whose references are in so many files, with a cache of its own."""

    def __init__(self, folder: Path, references: int, files: int = 1, kind: str = "library") -> None:
        self.folder, self.cache = folder, 0
        run((sys.executable, "-m", "bench.index", "make", str(folder), str(references), str(files), kind))
        self.key = (folder / "key.txt").read_text(encoding="utf-8")

    def command(self, *words: str) -> Sequence[str]:
        """A command of biblio in this project."""
        cache = f"XDG_CACHE_HOME={self.folder / f'cache-{self.cache}'}"
        return ("env", cache, sys.executable, "-m", "biblio", *words, "-C", str(self.folder))

    def first(self, *words: str) -> Run:
        """The run of a command that finds no index."""
        self.cache += 1
        return run(self.command(*words))

    def edit(self, number: int) -> None:
        """Types a word into the title of an entry in the middle of the first file."""
        path = min((self.folder / "references").iterdir())
        text = path.read_text(encoding="utf-8")
        at = text.index("title", len(text) // 2)
        at = text.index("{", at) + 1
        path.write_text(f"{text[:at]}Ajout{number} {text[at:]}", encoding="utf-8")


def make(folder: Path, references: int, files: int, kind: str) -> None:
    """Writes the project: in a process of its own, as what one has held in memory shows in the peaks it measures."""
    for name in ("dossiers", "references"):
        (folder / name).mkdir(parents=True)
    (folder / "dossiers" / "banc.yaml").write_text(SPEC, encoding="utf-8")
    each = references // files
    for number in range(files):
        text = "\n".join(entries(each)) if kind == "rules" else material(each, number * each)
        (folder / "references" / f"{number:06}.bib").write_text(text, encoding="utf-8")
    first = (folder / "references" / "000000.bib").read_text(encoding="utf-8")
    (folder / "key.txt").write_text(first[first.index("{") + 1 : first.index(",")], encoding="utf-8")


def _large(folder: Path, size: int, count: int) -> Iterator[Ratio]:
    yield from _beside_little(
        Kept(folder / "large", size), folder, f"{size} references in one file", count, LARGE_TARGET
    )


def _many(folder: Path, size: int, count: int) -> Iterator[Ratio]:
    tenth, many = Kept(folder / "tenth", size // 10, 10), Kept(folder / "many", size, 10)
    firsts = [(tenth.first("outline", "banc"), many.first("outline", "banc")) for _ in range(max(1, count // 3))]
    below = [10 * each.processor for each, _ in firsts]
    name = f"{size} references in ten files, read first / ten times a tenth"
    yield ratio(name, [each.processor for _, each in firsts], below, LINEAR_TARGET)
    peak = max(each.peak for _, each in firsts)
    yield ratio(f"{size} references in ten files, read first: memory / 2 GiB", [peak], [MEMORY_TARGET], 1)
    yield from _beside_little(many, folder, f"{size} references in ten files", count, MANY_TARGET)


def _beside_little(large: Kept, folder: Path, name: str, count: int, target: float) -> Iterator[Ratio]:
    """What commands cost on a large project, beside the same on a little one."""
    little = Kept(folder / "little", LITTLE)
    yield from _compared(large, little, f"{name} / {LITTLE}", count, target)


def _compared(one: Kept, other: Kept, name: str, count: int, target: float) -> Iterator[Ratio]:
    words = {"list": (), "outline": ("banc",), "show": (one.key,), "why": (one.key,)}
    programs: dict[tuple[str, int], Program] = {
        (word, number): _always(kept.command(word, *more))
        for word, more in words.items()
        for number, kept in enumerate((one, other))
    }
    runs = rounds(programs, count, warm_up=1)
    for word in words:
        above, below = ([each.processor for each in runs[word, number]] for number in (0, 1))
        yield ratio(f"{name}: {word}", above, below, target)


def _always(command: Sequence[str]) -> Program:
    return lambda _: command


def _edited(folder: Path, size: int, count: int) -> Iterator[Ratio]:
    yield _behind_an_edit(
        Kept(folder, size), f"{size} references, one edited: outline / the first", count, EDIT_TARGET, "outline", "banc"
    )


def _checked(folder: Path, size: int, count: int) -> Iterator[Ratio]:
    kept = Kept(folder, size, kind="rules")
    yield _behind_an_edit(kept, f"{size} references, one edited: check / the first", count, CHECK_TARGET, "check")


def _behind_an_edit(kept: Kept, name: str, count: int, target: float, *words: str) -> Ratio:
    firsts, edited = list[Run](), list[Run]()
    for number in range(count):
        firsts.append(kept.first(*words))
        kept.edit(number)
        edited.append(run(kept.command(*words)))
    return ratio(name, [each.processor for each in edited], [each.processor for each in firsts], target)


def _files(folder: Path, size: int, count: int) -> Iterator[Ratio]:
    many, one = Kept(folder / "many", size, size), Kept(folder / "one", size)
    firsts = [
        (many.first("outline", "banc").processor, one.first("outline", "banc").processor)
        for _ in range(max(1, count // 3))
    ]
    name = f"{size} files of one reference / one file"
    yield ratio(
        f"{name}: outline, the first time", [each for each, _ in firsts], [each for _, each in firsts], FILES_TARGET
    )
    yield from _compared(many, one, name, count, FILES_TARGET)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        main()
