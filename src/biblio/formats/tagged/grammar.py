"""The grammar of tagged lines: a text as records of tags and values, and what stands outside of them."""

from __future__ import annotations

import re
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
    tokens = _tokens(text, grammar)
    tags = {tag for tag, _ in tokens}
    opener = next((tag for tag in grammar.opens if tag in tags), "")
    closes = grammar.closes
    taken, current = Taken(), list[Line]()
    gap = False
    for number, (tag, value) in enumerate(tokens, 1):
        if tag is None:
            value = value.strip()
            if not value:
                gap = True
            elif current:
                last = current[-1]
                current[-1] = Line(last.tag, f"{last.value}\n{chr(10) if gap else ''}{value}", last.number)
                gap = False
            else:
                _put_outside(taken, number, tokens[number - 1][1])
            continue
        closing = tag == "" or tag in closes
        # The same said twice at the start of a record is one record.
        if closing or (tag == opener and (gap or {line.tag for line in current} > {opener})) or (not opener and gap):
            if current:
                taken.records.append(current)
            current = []
        if not closing:
            current.append(Line(tag, value.strip(), number))
        gap = False
    if current:
        taken.records.append(current)
    return taken


def _tokens(text: str, grammar: Grammar) -> list[tuple[str | None, str]]:
    """Each line with its tag: ``None`` for one without, empty for one that parts records."""
    groups = ("tag", "value", "doubtful") if "doubtful" in grammar.line.groupindex else ("tag", "value", "tag")
    doubts = groups[2] != "tag"
    parts, tagged, known = grammar.parts, grammar.line.match, grammar.known
    found: list[tuple[str | None, str]] = []
    for line in text.split("\n"):
        match = tagged(line) if line else None
        if parts is not None and parts.match(line):
            found.append(("", line))
        elif match is None:
            found.append((None, line))
        else:
            tag, value, doubtful = match.group(*groups)
            found.append((None, line) if doubts and doubtful and tag not in known else (tag, value or ""))
    return found


def _put_outside(taken: Taken, number: int, text: str) -> None:
    last = taken.outside[-1] if taken.outside else None
    if last and last.number + last.text.count("\n") + 1 == number:
        taken.outside[-1] = Run(last.number, f"{last.text}\n{text}")
    else:
        taken.outside.append(Run(number, text))
