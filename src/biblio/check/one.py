"""The faults of one reference alone, by the fields that they are about, and the values that would mend them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from biblio.check.finding import Fix
from biblio.check.run import Problem, check_references, without_replaced
from biblio.check.settings import Settings
from biblio.check.source import SourceText
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, in_order


@dataclass(frozen=True, slots=True)
class Told:
    """A fault, the ``field`` that it is about (empty: the whole), and what mends it, if something does.

    ``mended`` has the new values of fields by their names as typed, ``None`` for one that goes away.
    """

    diagnostic: Diagnostic
    field: str = ""
    mended: Mapping[str, str | None] | None = None


def faults_of_one(
    reference: Reference, text: str, faults: Iterable[Diagnostic], settings: Settings
) -> tuple[Told, ...]:
    """The faults of a reference, in its order: those of reading it from its own ``text``, and those of the rules."""
    source = SourceText(reference.origin.entry.path, text)
    problems = list(check_references([reference], {source.path: source}, settings))
    mended = {each.diagnostic.sort_key: _mended(reference.raw, each) for each in problems if each.fix}
    found = in_order(without_replaced([*faults, *(each.diagnostic for each in problems)]))
    wanted = (each for each in found if settings.wants(each.code))
    return tuple(Told(each, _field_of(reference, each), mended.get(each.sort_key)) for each in wanted)


def _field_of(reference: Reference, diagnostic: Diagnostic) -> str:
    """The field whose value stands where a fault is."""
    line = diagnostic.span.line if diagnostic.span else 0
    spans = reference.origin.fields
    before = [(spans[name].line, name) for name in reference.raw if name in spans and spans[name].line <= line]
    return max(before)[1] if before else ""


def _mended(raw: Mapping[str, str], problem: Problem) -> Mapping[str, str | None]:
    """The fields that a fix changes, as it leaves them."""
    fix = problem.fix or Fix()
    value = raw[problem.field]
    if fix.empties(value):
        return {problem.field: None}
    for change in sorted(fix.changes, key=lambda change: change.start, reverse=True):
        value = value[: change.start] + change.text + value[change.end :]
    renamed = {problem.field: None, fix.rename: value} if fix.rename else {problem.field: value}
    return {**renamed, **dict(fix.adds)}
