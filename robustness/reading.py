"""Figures 1 to 4: what the reader makes of broken files."""

from __future__ import annotations

import os
import random
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from biblio.check.check import check, of_files
from biblio.compose import compose_notice
from biblio.formats import FORMATS, Format
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import decode_bytes
from biblio.project.source import SourceFile
from biblio.project.style_folder import bundled_styles
from biblio.reference.reference import Reference
from biblio.report.text import as_text
from biblio.style.style import Style, StyleFiles, load_style
from biblio.words.faults import Diagnostic, Parsed
from robustness.corpus import all_files, entries_of, own_files, small_file
from robustness.figure import OWN_FAULT, Figure
from robustness.headers import headers
from robustness.mutants import mutant, single_edit

PATH = "references/essai.bib"
READERS = tuple(row for row in FORMATS.values() if row.read is not None)
OWN_READER = FORMATS["biblatex"]
WRITERS = tuple(row for row in FORMATS.values() if row.write is not None)
WORKERS = os.cpu_count() or 1
SHARE = 500  # mutants that one worker is given at a time


@dataclass(slots=True)
class Tally:
    """What some mutants gave: how many, how many were bad, and the first of those."""

    tried: int = 0
    bad: int = 0
    short: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        """Counts a bad one."""
        self.bad += 1
        if len(self.short) < 5:
            self.short.append(words)

    def add(self, other: Tally) -> None:
        """Takes in what another worker found."""
        self.tried += other.tried
        self.bad += other.bad
        self.short = (self.short + other.short)[:5]


def shared_out(work: Callable[[int, int], Tally], count: int) -> Tally:
    """Runs ``work(first, last)`` over the numbers below ``count`` on every processor; a number is a seed."""
    total = Tally()
    ranges = [(first, min(first + SHARE, count)) for first in range(0, count, SHARE)]
    with ProcessPoolExecutor(WORKERS) as pool:
        for tally in pool.map(work, *zip(*ranges, strict=True)):
            total.add(tally)
    return total


# --- 1 totality ------------------------------------------------------------------------------------------------------


def style() -> Style:
    """A style without sheets or fonts: enough to compose notices."""
    text = (bundled_styles() / "sobre" / "style.yaml").read_text("utf-8")
    loaded = load_style([StyleFiles("sobre", "styles/sobre/style.yaml", text)]).value
    assert loaded is not None
    return loaded


def go_through(content: bytes, dressed: Style | None, readers: Sequence[Format] = READERS) -> None:
    """Reads a file by some readers, reports its faults and, with a style, prints and writes what was read."""
    for row in readers:
        assert row.read is not None
        parsed = row.read(content, PATH)
        said = as_text(parsed.diagnostics, {PATH: decode_bytes(content, PATH).value}, "fr")
        assert not OWN_FAULT.search(said), said
        if dressed is not None:
            said = as_text(check(of_files([SourceFile(PATH, content)])), {}, "fr")
            assert not OWN_FAULT.search(said), said
            for reference in parsed.value:
                compose_notice(reference, dressed, "fr")
            for writer in WRITERS:
                writer.written(parsed.value)


def _totality(more: Path | None, seed: int, first: int, last: int) -> Tally:
    tally = Tally()
    files = list(all_files(more).values())
    entries = entries_of(own_files())
    dressed = style()
    for number in range(first, last):
        chance = random.Random(f"{seed} totality {number}")
        base = (
            "\n".join(small_file(entries, chance)).encode() if chance.random() < 0.6 else chance.choice(files)[:6_000]
        )
        content = mutant(base, files, chance)
        tally.tried += 1
        try:
            if number % 10 == 0:
                go_through(content, dressed)
            else:  # a stranger's reader among the twenty costs as much as our own
                go_through(content, None, (OWN_READER, chance.choice(READERS)))
        except Exception as error:  # noqa: BLE001  # whatever escapes is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            tally.note(f"mutant {number}: {type(error).__name__} in {Path(place.filename).name}:{place.lineno}")
    return tally


def totality(count: int, seed: int, more: Path | None) -> Figure:
    """No file makes the reader raise."""
    tally = Tally()
    files = all_files(more)
    dressed = style()
    for name, content in files.items():
        tally.tried += 1
        try:
            go_through(content, dressed)
        except Exception as error:  # noqa: BLE001  # as above
            tally.note(f"{name}: {type(error).__name__}: {error}"[:200])
    tally.add(shared_out(partial(_totality, more, seed), count))
    return Figure(
        "totality",
        "0 tracebacks",
        f"{tally.bad} tracebacks over {len(files)} files and {count} mutants",
        tally.bad == 0,
        tuple(tally.short),
    )


# --- 2 nothing lost --------------------------------------------------------------------------------------------------


def lost(content: bytes, parsed: Parsed[tuple[Reference, ...]]) -> list[int]:
    """The lines of entry headers of which neither a reference nor a diagnostic says anything."""
    seen = headers(decode_bytes(content, PATH).value)
    # A key may stand on the line below its header.
    kept = {reference.origin.entry.line - after for reference in parsed.value for after in (0, 1)}
    reported = [diagnostic.span.line for diagnostic in parsed.diagnostics if diagnostic.span]
    ends = [*seen[1:], 10**9][: len(seen)]
    return [
        line
        for line, end in zip(seen, ends, strict=True)
        if line not in kept and not any(line <= told < end for told in reported)
    ]


def _nothing_lost(more: Path | None, seed: int, first: int, last: int) -> Tally:
    tally = Tally()
    entries = entries_of(own_files())
    others = list(all_files(more).values())
    for number in range(first, last):
        chance = random.Random(f"{seed} lost {number}")
        content = mutant("\n".join(small_file(entries, chance)).encode(), others, chance)
        tally.tried += 1
        lines = lost(content, read_bibtex(content, PATH))
        if lines:
            tally.note(f"mutant {number}: line {lines[0]}")
    return tally


def nothing_lost(count: int, seed: int, more: Path | None) -> Figure:
    """Every entry that a scanner of its own sees is kept, or reported."""
    tally = Tally()
    seen = 0
    files = all_files(more)
    for name, content in files.items():
        tally.tried += 1
        seen += len(headers(decode_bytes(content, name).value))
        lines = lost(content, read_bibtex(content, name))
        if lines:
            tally.note(f"{name}: line {lines[0]}")
    in_files = tally.bad
    tally.add(shared_out(partial(_nothing_lost, more, seed), count))
    return Figure(
        "nothing lost",
        "seen = kept + reported, on every file",
        f"{in_files} of {len(files)} files ({seen} entries) and {tally.bad - in_files} of {count} mutants lose one",
        tally.bad == 0,
        tuple(tally.short),
    )


# --- 3 damage radius -------------------------------------------------------------------------------------------------

Content = tuple[str, str, tuple[tuple[str, str], ...]]


def contents(references: Iterable[Reference]) -> Counter[Content]:
    """What references say, whatever the place where they stand."""
    return Counter((each.citekey, each.entry_type, tuple(sorted(each.raw.items()))) for each in references)


def _damage(seed: int, first: int, last: int) -> Tally:
    tally = Tally()
    entries = entries_of(own_files())
    for number in range(first, last):
        chance = random.Random(f"{seed} damage {number}")
        chosen = small_file(entries, chance)
        at = chance.randrange(len(chosen))
        start = len("\n".join(chosen[:at])) + (1 if at else 0)
        text = single_edit("\n".join(chosen), start, start + len(chosen[at]) - 1, chance)
        expected = contents(read_bibtex("\n".join(chosen[:at] + chosen[at + 1 :]).encode(), PATH).value)
        tally.tried += 1
        if expected - contents(read_bibtex(text.encode(), PATH).value):
            tally.note(f"mutant {number}: the edit in entry {at + 1} of {len(chosen)} costs another one")
    return tally


def damage_radius(count: int, seed: int) -> Figure:
    """One wrong sign in an entry costs that entry alone."""
    tally = shared_out(partial(_damage, seed), count)
    share = 100 * (1 - tally.bad / tally.tried)
    return Figure(
        "damage radius",
        "99.9 % of single edits cost their entry alone",
        f"{share:.2f} % of {tally.tried}",
        share >= 99.9,
        tuple(tally.short),
    )


# --- 4 location ------------------------------------------------------------------------------------------------------


def _without_last_brace(entry: str, chance: random.Random) -> str:
    return entry[: entry.rindex("}")].rstrip() + "\n"


def _field_line(entry: str, chance: random.Random) -> int:
    """One of the lines that hold a whole field of several words, and are not the last of their entry."""
    lines = entry.split("\n")
    return chance.choice(
        [
            index
            for index, line in enumerate(lines[:-3])
            if line.startswith("  ") and " = {" in line and line.endswith("},") and " " in line.partition("{")[2]
        ]
    )


def _on_a_field(change: Callable[[str], str], entry: str, chance: random.Random) -> str:
    lines = entry.split("\n")
    index = _field_line(entry, chance)
    lines[index] = change(lines[index])
    return "\n".join(lines)


def _before_a_field(line: str, entry: str, chance: random.Random) -> str:
    lines = entry.split("\n")
    lines.insert(_field_line(entry, chance), line)
    return "\n".join(lines)


def _no_key(entry: str, chance: random.Random) -> str:
    head, _, rest = entry.partition("\n")
    return head.partition("{")[0] + "{\n" + rest


def _unknown_type(entry: str, chance: random.Random) -> str:
    return "@artcle" + entry[entry.index("{") :]


# The faults of every day, put into an entry that had none.
FAULTS: Mapping[str, Callable[[str, random.Random], str]] = {
    "entry not closed": _without_last_brace,
    "value not closed": partial(_on_a_field, lambda line: line.removesuffix("},") + ","),
    "brace too many": partial(_on_a_field, lambda line: line.removesuffix("},") + "}},"),
    "brace inside": partial(_on_a_field, lambda line: line.replace("= {", "= {{", 1)),
    "no equals sign": partial(_on_a_field, lambda line: line.replace(" = ", " ", 1)),
    "no comma": partial(_on_a_field, lambda line: line.removesuffix(",")),
    "no delimiters": partial(_on_a_field, lambda line: line.replace("{", "").replace("}", "")),
    "quote not closed": partial(_on_a_field, lambda line: line.replace("= {", '= "', 1)),
    "unknown macro": partial(_before_a_field, "  series = macroinconnue,"),
    "bad date": partial(_before_a_field, "  urldate = {2020-13-45},"),
    "bad address": partial(_before_a_field, "  url = {www exemple org},"),
    "unknown field": partial(_before_a_field, "  titel = {Un titre},"),
    "unknown command": partial(_before_a_field, r"  note = {Un \inconnu texte},"),
    "same field": partial(_on_a_field, lambda line: f"{line}\n{line}"),
    "unknown type": _unknown_type,
    "no key": _no_key,
}


def _new(before: Sequence[Diagnostic], after: Sequence[Diagnostic], shift: Callable[[int], int]) -> list[Diagnostic]:
    """The diagnostics that were not there before, whatever the line they have moved to."""
    known = Counter((each.code, shift(each.span.line) if each.span else 0) for each in before)
    new = []
    for each in after:
        place = (each.code, each.span.line if each.span else 0)
        if known[place]:
            known[place] -= 1
        else:
            new.append(each)
    return new


def _checked(text: str) -> Sequence[Diagnostic]:
    """What ``biblio check`` says of a file."""
    return check(of_files([SourceFile(PATH, text.encode())]))


def location(count: int, seed: int) -> Figure:
    """A fault is reported in its file, in the lines of the entry where it was made, and nowhere else."""
    tally = Tally()
    entries = entries_of(own_files())
    for number in range(count):
        chance = random.Random(f"{seed} location {number}")
        chosen = small_file(entries, chance)
        at = chance.randrange(len(chosen))
        name = list(FAULTS)[number % len(FAULTS)]
        bad = FAULTS[name](chosen[at], chance)
        first = sum(each.count("\n") + 1 for each in chosen[:at]) + 1
        last = first + bad.count("\n")
        moved = bad.count("\n") - chosen[at].count("\n")
        before = _checked("\n".join(chosen))
        after = _checked("\n".join([*chosen[:at], bad, *chosen[at + 1 :]]))
        end = last - moved
        new = _new(before, after, lambda line, end=end, moved=moved: line + moved if line > end else line)  # type: ignore[misc]
        tally.tried += 1
        wrong = [each for each in new if not each.span or each.span.path != PATH or not first <= each.span.line <= last]
        if not new:
            tally.note(f"{number} {name}: nothing is reported")
        elif wrong:
            line = wrong[0].span.line if wrong[0].span else 0
            tally.note(f"{number} {name}: {wrong[0].code} at line {line}, not in {first} to {last}")
    share = 100 * (1 - tally.bad / tally.tried)
    return Figure(
        "location",
        "95 % of 200 faults are reported inside their entry",
        f"{share:.1f} % of {tally.tried}",
        share >= 95,
        tuple(tally.short),
    )
