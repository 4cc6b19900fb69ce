"""Where in a user's style sheet the layout engine finds fault, or fails: the file and the line that were typed.

The engine says the line for most of what it ignores, and the words of the rest. Of what it fails on it says nothing
that a user could find: the sheets are then tried rule by rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import tinycss2

from biblio.style.style import Sheet
from biblio.words.faults import Diagnostic, Span, diagnose

# What WeasyPrint quotes of a sheet, and the place that it knows of it.
_PLACE = re.compile(r" at (\d+):(\d+)")
_QUOTED = re.compile(r"`(?P<declaration>.+?)`|'(?P<words>.+?)'", re.DOTALL)
_OWN_ADDRESS = re.compile(r"https://style\.invalid/")
# Positions of CSS count these as ends of lines, as well as a line feed.
_LINE_END = re.compile(r"\r\n?|\f")


def said(message: str, sheets: Sequence[Sheet]) -> Diagnostic:
    """What the engine says of one of these sheets, or of what stands in one (W103), at its place where it is known."""
    place = _PLACE.search(message)
    words = _OWN_ADDRESS.sub("", _PLACE.sub("", message))
    if place is not None and len(sheets) == 1:
        span = Span(sheets[0].path, int(place[1]), int(place[2])) if sheets[0].path else None
    else:
        span = _found(words, sheets)
    return diagnose("W103", span, message=words)


def _found(words: str, sheets: Sequence[Sheet]) -> Span | None:
    """Where the words that a message quotes stand; in the last sheet that has them, which is the user's own."""
    for quoted in _QUOTED.finditer(words):
        for sheet in reversed(sheets):
            offset = _offset(quoted["declaration"], quoted["words"], sheet.css)
            if offset >= 0 and sheet.path:
                before = _LINE_END.sub("\n", sheet.css[:offset])
                return Span(sheet.path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return None


def _offset(declaration: str | None, words: str | None, css: str) -> int:
    """Where what is quoted stands in a sheet, at its last place; -1 where it does not.

    A declaration whose value has variables is quoted with what they stand for, and is known by its property.
    """
    offset = css.rfind((declaration or words or "").strip())
    if declaration and (offset < 0 or not declaration.partition(":")[2].strip()):
        name = re.escape(declaration.partition(":")[0].strip())
        return max((found.start() for found in re.finditer(rf"\b{name}\s*:[^;}}]*var\(", css)), default=-1)
    return offset


def failing_rule(sheets: Sequence[Sheet], fails: Callable[[tuple[Sheet, ...]], bool]) -> Span | None:
    """The place of the first rule with which a layout ``fails``; none when it does without any.

    Halves what is left at each try, so that a sheet of a thousand rules takes ten.
    """
    rules = [(number, start) for number, sheet in enumerate(sheets) for start in _starts(sheet.css)]
    if fails(()):
        return None
    sound, broken = 0, len(rules)
    while broken - sound > 1:
        half = (sound + broken) // 2
        if fails(_first(sheets, rules, half)):
            broken = half
        else:
            sound = half
    if not rules:
        return None
    number, (line, column, _) = rules[broken - 1]
    return Span(sheets[number].path, line, column) if sheets[number].path else None


def _first(
    sheets: Sequence[Sheet],
    rules: Sequence[tuple[int, tuple[int, int, int]]],
    count: int,
) -> tuple[Sheet, ...]:
    """The sheets with their first ``count`` rules."""
    number, (_, _, end) = rules[count]  # the first that is left out
    last = Sheet(sheets[number].path, _LINE_END.sub("\n", sheets[number].css)[:end])
    return (*sheets[:number], last)


def _starts(css: str) -> Iterator[tuple[int, int, int]]:
    """Line, column and offset at which each rule of a sheet begins."""
    css = _LINE_END.sub("\n", css)
    lines = [0, *(index + 1 for index, character in enumerate(css) if character == "\n"), len(css) + 1]
    begins = [start for start, _ in pairwise(lines)]
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        yield rule.source_line, rule.source_column, begins[rule.source_line - 1] + rule.source_column - 1
