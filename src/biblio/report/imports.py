"""The fate of each record of an import: a line for people, and one document for programs."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from biblio.importing.plan import Fate, Outcome
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic, Span
from biblio.words.tables import say

# Records that a reader refused: the faults that say so, each with the record's number.
REFUSING = frozenset({"P301", "P302", "P303"})
# Files that gave nothing at all.
REFUSING_FILES = frozenset(
    {
        "E124",
        "E125",
        "E172",
        "E174",
        "E175",
        "E176",
        "E191",
        "E192",
        "E193",
        "E194",
        "E195",
        "E196",
        "E216",
        "E217",
        "E249",
    }
)


def with_refused(outcomes: Iterable[Outcome], diagnostics: Iterable[Diagnostic]) -> tuple[Outcome, ...]:
    """The fates of the records that were read, and of those that the faults say were not, by file and number."""
    refused = (
        Outcome(Fate.REFUSED, each.span or Span(""), int(each.arguments.get("number", 0)), code=each.code)
        for each in diagnostics
        if each.code in REFUSING | REFUSING_FILES
    )
    everything = [*outcomes, *refused]
    files = {path: rank for rank, path in enumerate(dict.fromkeys(each.place.path for each in everything))}
    return tuple(sorted(everything, key=lambda each: (files[each.place.path], each.number)))


def counts(outcomes: Iterable[Outcome]) -> Mapping[str, int]:
    """How many records have each fate."""
    found = Counter(each.fate for each in outcomes)
    return {str(fate): found[fate] for fate in Fate}


def as_lines(outcomes: Iterable[Outcome], lang: str) -> Iterator[str]:
    """A line for each record, with its place."""
    for each in outcomes:
        place = f"{each.place.path}:{each.place.line}"
        if each.number:
            place = say("import_place", lang, place=place, number=each.number)
        fields = ", ".join(each.merge.values) if each.merge else ""
        match each.fate:
            case Fate.ADDED:
                name = "import_added_beside" if each.other else "import_added"
            case Fate.MERGED:
                name = "import_merged" if fields else "import_merged_nothing"
            case _:
                name = f"import_{each.fate}"
        yield say(name, lang, place=place, key=each.key, other=each.other, by=each.by, fields=fields, code=each.code)


def as_records(outcomes: Sequence[Outcome], diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """The records for programs: file, number, line, fate, keys, what it is already, what a merge did, its faults."""
    told = faults_of_records(outcomes, diagnostics)
    return [_record(outcome, faults) for outcome, faults in zip(outcomes, told, strict=True)]


def faults_of_records(outcomes: Sequence[Outcome], diagnostics: Iterable[Diagnostic]) -> Sequence[Sequence[Diagnostic]]:
    """The faults of each record, but for that by which it was refused."""
    by_key: dict[tuple[str, str], list[tuple[int, int]]] = {}
    by_line: dict[tuple[str, int], int] = {}
    for number, outcome in enumerate(outcomes):
        path, line = outcome.place.path, outcome.place.line
        by_key.setdefault((path, outcome.own or outcome.key), []).append((line, number))
        # In a format without lines every record stands on the first: its faults are known by their key alone.
        if line > 1 or outcome.number < 2:
            by_line.setdefault((path, line), number)
    for rows in by_key.values():
        rows.sort()
    found: list[list[Diagnostic]] = [[] for _ in outcomes]
    found_by_line: list[list[Diagnostic]] = [[] for _ in outcomes]
    for fault in diagnostics:
        if fault.span is None:
            continue
        rows = by_key.get((fault.span.path, fault.citekey), []) if fault.citekey else []
        if rows:  # of several records with one key, the one that begins last before the fault
            place = bisect_right(rows, (fault.span.line, len(outcomes))) - 1
            found[rows[max(place, 0)][1]].append(fault)
        elif (of_line := by_line.get((fault.span.path, fault.span.line))) is not None:
            found_by_line[of_line].append(fault)
    return [[*by_its_key, *others] for by_its_key, others in zip(found, found_by_line, strict=True)]


def _record(outcome: Outcome, faults: Iterable[Diagnostic]) -> dict[str, Any]:
    merge = outcome.merge
    differences = merge.differences if merge else ()
    return {
        "file": outcome.place.path,
        "number": outcome.number,
        "line": outcome.place.line,
        "fate": str(outcome.fate),
        "key": outcome.key or None,
        "own_key": outcome.own or None,
        "same_as": outcome.other or None,
        "known_by": outcome.by or None,
        "title": plain(outcome.reference.title) if outcome.reference else None,
        "added": dict(merge.added) if merge else {},
        "changed": dict(merge.changed) if merge else {},
        "differences": [{"field": each.field, "kept": each.kept, "other": each.other} for each in differences],
        "faults": list(dict.fromkeys([*([outcome.code] if outcome.code else []), *(each.code for each in faults)])),
    }
