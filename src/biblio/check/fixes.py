"""Mends a file: applies the changes of its problems, again and again until there are none, and checks each step.

A step is kept only when the file, read again, has the same entries with the same fields as before, but for the fields
that the changes were about. A change that fails this is dropped, and the others are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from biblio.check.run import Problem
from biblio.check.source import SourceText, rewrite
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

PASSES = 12  # a change may uncover another one, a few times over

Read = Callable[[bytes, str], Parsed[tuple[Reference, ...]]]
Decode = Callable[[bytes, str], Parsed[str]]
Problems = Callable[[Sequence[Reference], SourceText], Iterable[Problem]]
_Key = tuple[str, str | None, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after its fixes, and how many of each code were made."""

    content: bytes
    applied: Counter[str]


def fix_file(path: str, content: bytes, read: Read, decode: Decode, problems_of: Problems) -> Fixed:
    """Makes every change that ``problems_of`` proposes for a file, as long as the file stays sound.

    ``read`` and ``decode`` are those of the file's format. The bytes that no change is about stay as they are.
    """
    applied: Counter[str] = Counter()
    dropped: set[_Key] = set()
    for _ in range(PASSES):
        before = read(content, path)
        source = SourceText(path, decode(content, path).value)
        proposed = [
            problem for problem in problems_of(before.value, source) if problem.changes and _key(problem) not in dropped
        ]
        batch = _without_overlaps(proposed)
        if not batch:
            break
        while batch:
            after = rewrite(content, source.text, [change for problem in batch for change in problem.changes])
            faulty = batch if after is None else _faulty(before, read(after, path), batch)
            if after is not None and not faulty:
                content = after
                applied.update(problem.diagnostic.code for problem in batch)
                break
            if len(faulty) == len(batch) > 1:
                faulty = [problem for problem in batch if not _stands_alone(problem, content, source, before, read)]
                faulty = faulty or batch
            dropped.update(map(_key, faulty))
            batch = [problem for problem in batch if _key(problem) not in dropped]
    return Fixed(content, applied)


def _stands_alone(
    problem: Problem,
    content: bytes,
    source: SourceText,
    before: Parsed[tuple[Reference, ...]],
    read: Read,
) -> bool:
    """Whether a problem's changes, made alone, leave the file sound."""
    after = rewrite(content, source.text, problem.changes)
    return after is not None and not _faulty(before, read(after, source.path), [problem])


def _key(problem: Problem) -> _Key:
    """What a dropped change is known by in the next passes."""
    texts = tuple(change.text for change in problem.changes)
    return (problem.diagnostic.code, problem.diagnostic.citekey, problem.field, texts)


def _without_overlaps(problems: Iterable[Problem]) -> list[Problem]:
    """The problems whose changes, from the first to the last, stand apart; the others wait for the next pass."""
    kept: list[Problem] = []
    reached = -1
    for problem in sorted(problems, key=lambda problem: (_extent(problem), problem.diagnostic.code)):
        start, end = _extent(problem)
        if start > reached:
            kept.append(problem)
            reached = end
    return kept


def _extent(problem: Problem) -> tuple[int, int]:
    """Where the changes of a problem begin and end."""
    return min(change.start for change in problem.changes), max(change.end for change in problem.changes)


def _faulty(
    before: Parsed[tuple[Reference, ...]],
    after: Parsed[tuple[Reference, ...]],
    batch: Sequence[Problem],
) -> Sequence[Problem]:
    """The problems whose changes did more than they were meant to; all of them when that cannot be told."""
    if len(before.value) != len(after.value) or _syntax_faults(after) > _syntax_faults(before):
        return batch
    by_reference: dict[int, list[Problem]] = {}
    for problem in batch:
        by_reference.setdefault(id(problem.reference), []).append(problem)
    faulty: list[Problem] = []
    for old, new in zip(before.value, after.value, strict=True):
        problems = by_reference.get(id(old), [])
        if not _is_sound(old, new, problems):
            if not problems:
                return batch
            faulty += problems
    return faulty


def _is_sound(old: Reference, new: Reference, problems: Sequence[Problem]) -> bool:
    """Whether an entry, read again, says the same but in the fields that the problems are about."""
    touched = {problem.field for problem in problems}
    renamed = {problem.field: problem.fix.rename for problem in problems if problem.fix and problem.fix.rename}
    added = {name for problem in problems if problem.fix for name, _ in problem.fix.adds}
    emptied = {
        problem.field for problem in problems if problem.fix and problem.fix.empties(old.raw.get(problem.field, ""))
    }
    expected = {renamed.get(name, name) for name in old.raw if name not in emptied} | added
    return (
        (old.citekey, old.entry_type) == (new.citekey, new.entry_type)
        and set(new.raw) == expected
        and all(new.raw[name] == value for name, value in old.raw.items() if name not in touched)
    )


def _syntax_faults(parsed: Parsed[tuple[Reference, ...]]) -> int:
    return sum(diagnostic.code.startswith("P") for diagnostic in parsed.diagnostics)
