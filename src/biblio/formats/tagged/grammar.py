"""The grammar of tagged lines: a text as records of tags and values, and what stands outside of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Line(NamedTuple):
    """A tag with its value, which goes on over the lines that have none, and the number of its line, from 1."""

    tag: str
    value: str
    number: int


class Run(NamedTuple):
    """Lines that belong to no record: the first one's number, and the text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one format writes its records.

    ``line`` matches a line with a tag, in groups ``tag`` and ``value``; a tag of its group ``doubtful`` counts when it
    is one of ``known``, for prose may look like it. ``opens`` are the tags that a record begins with, the first of them
    that a file has; ``closes`` end it. Where a file has no opening tag an empty line parts records. ``parts`` matches a
    line that stands between two records.
    """

    line: re.Pattern[str]
    opens: tuple[str, ...]
    known: frozenset[str]
    closes: frozenset[str] = frozenset()
    parts: re.Pattern[str] | None = None


@dataclass(slots=True)
class Taken:
    """A text taken apart: its records, each not empty, and what is outside of them."""

    records: list[list[Line]] = field(default_factory=list)
    outside: list[Run] = field(default_factory=list)


def take_apart(text: str, grammar: Grammar) -> Taken:
    """The records of a text with line feeds alone for line ends. Never raises; every line is in the result."""
    tokens = list(_tokens(text, grammar))
    tags = {tag for tag, _, _ in tokens}
    opener = next((tag for tag in grammar.opens if tag in tags), "")
    taken, current = Taken(), list[Line]()
    gap = False

    def end() -> None:
        nonlocal current
        if current:
            taken.records.append(current)
        current = []

    for tag, value, number in tokens:
        if tag is None:
            if not value.strip():
                gap = True
            elif current:
                last = current[-1]
                current[-1] = last._replace(value=f"{last.value}\n{chr(10) if gap else ''}{value.strip()}")
                gap = False
            else:
                _put_outside(taken, number, value)
            continue
        if tag == "" or tag in grammar.closes:
            end()
        else:
            # The same said twice at the start of a record is one record.
            if (tag == opener and (gap or {line.tag for line in current} > {opener})) or (not opener and gap):
                end()
            current.append(Line(tag, value.strip(), number))
        gap = False
    end()
    return taken


def _tokens(text: str, grammar: Grammar) -> Iterator[tuple[str | None, str, int]]:
    """Each line with its tag: ``None`` for one without, empty for one that parts records."""
    doubts = "doubtful" in grammar.line.groupindex
    for number, line in enumerate(text.split("\n"), 1):
        if grammar.parts is not None and grammar.parts.match(line):
            yield "", line, number
            continue
        match = grammar.line.match(line)
        if match is None or (doubts and match["doubtful"] and match["tag"] not in grammar.known):
            yield None, line, number
        else:
            yield match["tag"], match["value"] or "", number


def _put_outside(taken: Taken, number: int, text: str) -> None:
    last = taken.outside[-1] if taken.outside else None
    if last and last.number + last.text.count("\n") + 1 == number:
        taken.outside[-1] = Run(last.number, f"{last.text}\n{text}")
    else:
        taken.outside.append(Run(number, text))
