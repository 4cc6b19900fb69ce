"""A query is compiled once into tests, the cheap ones first, that every reference goes through.

What a single condition means is for ``conditions``; here they are joined, and asked which one a reference fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from biblio.collection.library import Library
from biblio.collection.wanted import EVERYTHING, NOTHING, Wanted, both, either
from biblio.dossier.conditions import CONDITIONS, Setting, Test, wanted_by
from biblio.dossier.query import Query
from biblio.reference.reference import Reference
from biblio.words.faults import Span


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a query: its key in the spec, its value as typed and where that stands, and its test.

    ``inner`` are the queries of ``any``, ``all`` and ``none``. ``wanted`` is what it is sure to want.
    """

    name: str
    typed: str
    span: Span
    holds: Test
    inner: tuple[Matcher, ...] = ()
    wanted: Wanted = EVERYTHING


@dataclass(frozen=True, slots=True)
class Matcher:
    """A compiled query: its conditions as typed, its tests with the cheap ones first, and what it is sure to want."""

    query: Query
    conditions: tuple[Condition, ...]
    tests: tuple[Test, ...]
    wanted: Wanted

    def matches(self, reference: Reference) -> bool:
        """Whether the reference meets every condition."""
        return all(test(reference) for test in self.tests)

    def among(self, references: Iterable[Reference]) -> list[Reference]:
        """Those that meet every condition, in their order."""
        found = list(references)
        for test in self.tests:
            found = [reference for reference in found if test(reference)]
        return found

    def found_in(self, library: Library) -> list[Reference]:
        """The documents of a library that meet every condition; what an index has found is asked all the same."""
        return self.among(library.wanted(self.wanted))

    def refusal(self, reference: Reference) -> Condition | None:
        """The first condition as typed that the reference does not meet; of an ``all``, the one inside it."""
        for condition in self.conditions:
            if not condition.holds(reference):
                within = (matcher.refusal(reference) for matcher in condition.inner) if condition.name == "all" else ()
                return next(filter(None, within), condition)
        return None


def compile_query(query: Query, setting: Setting) -> Matcher:
    """The tests of a query. A condition whose value could not be read is met by no reference."""
    conditions = [_condition(name, query, setting) for name in query.spans]
    costs = [*CONDITIONS, *_COMBINED]
    tests = (condition.holds for condition in sorted(conditions, key=lambda each: costs.index(each.name)))
    return Matcher(query, tuple(conditions), tuple(tests), both([each.wanted for each in conditions]))


def _condition(name: str, query: Query, setting: Setting) -> Condition:
    value = getattr(query, name)
    if name in _COMBINED:
        inner = tuple(compile_query(each, setting) for each in value)
        typed = " | ".join(", ".join(f"{each.name}: {each.typed}" for each in matcher.conditions) for matcher in inner)
        return Condition(name, typed, query.spans[name], _COMBINED[name](inner), inner, _wanted(name, inner))
    if value in ((), "", None):
        return Condition(name, _typed(value), query.spans[name], _never, wanted=NOTHING)
    test, wanted = CONDITIONS[name](value, setting), wanted_by(name, value, setting)
    return Condition(name, _typed(value), query.spans[name], test, wanted=wanted)


def _wanted(name: str, inner: Sequence[Matcher]) -> Wanted:
    """What queries joined by ``any``, ``all`` or ``none`` are sure to want."""
    wanted = [each.wanted for each in inner]
    if name == "none":  # of the others, any reference
        return EVERYTHING
    return either(wanted) if name == "any" else both(wanted) if wanted else NOTHING


def _never(reference: Reference) -> bool:  # a test
    return False


def _typed(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(each.value for each in value)
        case _:
            return str(value or "")


def _any(inner: Sequence[Matcher]) -> Test:
    return lambda reference: any(matcher.matches(reference) for matcher in inner)


def _all(inner: Sequence[Matcher]) -> Test:
    return lambda reference: bool(inner) and all(matcher.matches(reference) for matcher in inner)


def _none(inner: Sequence[Matcher]) -> Test:
    return lambda reference: not any(matcher.matches(reference) for matcher in inner)


_COMBINED: Mapping[str, Callable[[Sequence[Matcher]], Test]] = {"any": _any, "all": _all, "none": _none}
