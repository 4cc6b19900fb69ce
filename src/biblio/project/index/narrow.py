"""What a query is sure to want becomes a condition of SQL on the rows of entries, every value of it a parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from biblio.collection.wanted import Both, Column, Either, Keyed, OneOf, Shape, Shaped, Wanted, Within, Worded
from biblio.project.index.facts import FACETS, WORDS, dumps, mark, number_of

_ALL_WORDS = "{" + " ".join((*WORDS, "rest")) + "}"


class Condition(NamedTuple):
    """A condition on a row of ``entry``, and the values of its parameters."""

    sql: str
    values: tuple[Any, ...] = ()


_ALWAYS, _NEVER = Condition("1"), Condition("0")


def condition_of(wanted: Wanted, shapes: Callable[[], Iterable[tuple[int, Shape]]]) -> Condition:
    """The condition that all rows meet which are wanted; ``shapes`` gives those that rows have, by their numbers."""
    match wanted:
        case Shaped(holds):
            return _in_list("shape", [number for number, shape in shapes() if holds(shape)])
        case OneOf(variable, words) if variable in FACETS:
            return _found(" OR ".join(f'facets : "{mark(variable, word)}"' for word in sorted(words)))
        case Within(variable, spans):
            either = [
                Condition(f"({variable}_first <= ? AND {variable}_last >= ?)", (number_of(last), number_of(first)))
                for first, last in spans
            ]
            return _joined(" OR ", either, _NEVER)
        case Worded(column, ways, begun):
            return _found(" OR ".join(f"({_all_words(column, way, begun)})" for way in ways))
        case Keyed(patterns):
            return _joined(" OR ", [_of_pattern(each) for each in patterns], _NEVER)
        case Both(each):
            return _joined(" AND ", [condition_of(inner, shapes) for inner in each], _ALWAYS)
        case Either(each):
            return _joined(" OR ", [condition_of(inner, shapes) for inner in each], _NEVER)
        case _:
            return _ALWAYS


def _all_words(column: Column, words: Sequence[str], begun: bool) -> str:
    columns = _ALL_WORDS if column is Column.TEXT else column.value
    # Words have letters and figures alone; what SQLite cannot be given is in no row either.
    spelt = (word.encode("utf-8", "ignore").decode() for word in words)
    return " AND ".join(f'{columns} : "{word}"{" *" if begun else ""}' for word in spelt if word)


def _found(query: str) -> Condition:
    """The rows that a query of full text finds."""
    return Condition("id IN (SELECT rowid FROM search WHERE search MATCH ?)", (query,)) if query else _NEVER


def _in_list(column: str, numbers: Sequence[int]) -> Condition:
    return Condition(f"{column} IN (SELECT value FROM json_each(?))", (dumps(numbers),)) if numbers else _NEVER


def _of_pattern(pattern: str) -> Condition:
    """The rows one of whose keys fits a pattern of ``fnmatch``: by what it begins with, and by its shape."""
    start = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    glob = "".join(_globbed(pattern))
    # SQLite looks nothing up by a pattern that it is only given when it asks.
    own, values = "folded >= ? AND folded < ? AND folded GLOB ?", (start, start + chr(0x10FFFF), glob)
    return Condition(
        f"(id IN (SELECT id FROM entry WHERE {own}) OR id IN (SELECT entry FROM alias WHERE {own}))", (*values, *values)
    )


def _globbed(pattern: str) -> Iterator[str]:
    """A pattern of ``fnmatch`` as one of SQLite that fits no fewer keys."""
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        close = pattern.find("]", at + 3 if pattern[at + 1 : at + 2] == "!" else at + 2) if sign == "[" else -1
        yield "?" if close > 0 else "[[]" if sign == "[" else sign
        at = close + 1 if close > 0 else at + 1


def _joined(word: str, conditions: Sequence[Condition], none: Condition) -> Condition:
    if not conditions:
        return none
    values = tuple(value for each in conditions for value in each.values)
    return Condition("(" + word.join(each.sql for each in conditions) + ")", values)
