"""What ``check`` finds in a project, by rule, as screens show it: counted, and the first of each with their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from biblio.check.about import about, matter_of
from biblio.check.baseline import known_at, path_of, unknown
from biblio.check.check import check, of_project
from biblio.check.config import configuration
from biblio.project.project import Project
from biblio.reference.reference import Origin
from biblio.server.laid_out import sent
from biblio.words.faults import Diagnostic
from biblio.words.tables import Severity

# How many faults of one rule are shown: who has more of them mends them together.
MOST_SHOWN = 100
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Found:
    """A fault, and the field in which it is, empty where it is in none."""

    fault: Diagnostic
    field: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The faults of one rule: how many, and the first of them."""

    code: str
    severity: Severity
    count: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found, the gravest and the most frequent first, and how many faults there are of each severity."""

    groups: tuple[Group, ...]
    counts: Mapping[Severity, int]

    @property
    def total(self) -> int:
        """How many faults there are."""
        return sum(self.counts.values())


class Inspector:
    """Inspects a project; what was found in all of it is kept for who asks about one dossier after another."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last: tuple[int, Project, tuple[Diagnostic, ...]] | None = None

    def inspect(self, version: int, slug: str) -> Inspected:
        """What is found in the project, of this ``version``, or in what one of its dossiers prints.

        Raises ``BiblioError`` as ``check`` does, and for a slug that no dossier has (E102).
        """
        if self._last is None or self._last[0] != version:
            project, settings = Project(self._root), configuration(self._root)
            known = known_at(path_of(self._root, settings))
            self._last = version, project, unknown(check(of_project(project), settings), known)
        _, project, found = self._last
        if slug:
            found = about(matter_of(project, [slug]), found)
        return inspected(found, project)


def inspected(faults: Iterable[Diagnostic], project: Project) -> Inspected:
    """Faults in groups, one a rule."""
    by_code: dict[str, list[Diagnostic]] = {}
    for fault in faults:
        by_code.setdefault(fault.code, []).append(fault)
    groups = [
        Group(code, found[0].severity, len(found), _found(found[:MOST_SHOWN], project))
        for code, found in by_code.items()
    ]
    groups.sort(key=lambda group: (_ORDER.index(group.severity), -group.count, group.code))
    counts: Counter[Severity] = Counter()
    for group in groups:
        counts[group.severity] += group.count
    return Inspected(tuple(groups), counts)


def _found(faults: Sequence[Diagnostic], project: Project) -> tuple[Found, ...]:
    library = project.opened.value
    found = []
    for fault in faults:
        reference = library.get(fault.citekey) if fault.citekey else None
        found.append(Found(sent(fault), field_at(fault, reference.origin) if reference else ""))
    return tuple(found)


def field_at(fault: Diagnostic, origin: Origin) -> str:
    """The field whose value a fault is in: the last that begins before it."""
    span = fault.span
    if span is None or span.path != origin.entry.path:
        return ""
    before = [
        (each.line, each.column, name)
        for name, each in origin.fields.items()
        if (each.line, each.column) <= (span.line, span.column)
    ]
    return max(before)[2] if before else ""
