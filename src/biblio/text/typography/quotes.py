"""Quotation marks and apostrophes: which marks open, which close, across a whole line, and the shape they take.

The straight double marks of a line are set together or not at all: when one of them has no partner nobody can tell
which, and a report is better than a guess. The ends of ``Quoted`` nodes are known, and always set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biblio.text.typography.line import QUOTATION_CLOSES, QUOTATION_OPENS, Edit
from biblio.text.typography.options import Typography
from biblio.text.typography.rule import Edits

STRAIGHT = '"'

# A straight mark opens after one of the first (or a space, or nothing), closes before one of the second. A character
# and what a rule may put in its place are judged alike, so that a second typesetting pairs as the first did.
_BEFORE_OPENING = frozenset("([{<«“‘-–—/" + QUOTATION_OPENS)
_AFTER_CLOSING = frozenset(")]}>»”'’-–—/.,;:!?…" + QUOTATION_CLOSES)

# 'santé d'abord': an apostrophe inside stands between letters, and one before a decade, « the '90s », opens nothing.
_SINGLE = re.compile(r"(?<![\w'’‘])'(?!\d\ds?\b)(?=\w)(?:[^']|(?<=\w)'(?=[\w«“]))*'(?!\w)")
# After a letter or before a word; after a figure it is the sign of feet or minutes, unless a letter follows.
_APOSTROPHE = re.compile(r"'(?:(?<=[^\W\d_]')|(?<![\d'’‘]')(?=\w)|(?<=\d')(?=[^\W\d_]))")

_NOT_STRAIGHT = re.compile(f"[^{STRAIGHT}]")


@dataclass(frozen=True, slots=True)
class Marks:
    """A language's quotation marks: those outside, and those inside another quotation."""

    outer: tuple[str, str]
    inner: tuple[str, str]


def quotations(marks: Marks) -> Edits:
    """Sets the straight marks and the ``Quoted`` nodes of a line with a language's marks, by depth.

    Outer marks that were typed stay, and count for the depth.
    """
    opens, closes = marks.outer
    find = re.compile(f"[{STRAIGHT}{QUOTATION_OPENS}{QUOTATION_CLOSES}{opens}{closes}]").finditer

    def edits(view: str, options: Typography) -> Iterator[Edit]:
        partners = _nodes(view) | _straight(view)
        closing: dict[int, str] = {}
        depth = 0
        for match in find(view):
            position, end = match.span()
            if position in partners:
                opening, closing[partners[position]] = marks.inner if depth else marks.outer
                yield Edit(position, end, opening)
                depth += 1
            elif position in closing:
                yield Edit(position, end, closing[position])
                depth = max(depth - 1, 0)
            elif match[0] == opens:
                depth += 1
            elif match[0] == closes:
                depth = max(depth - 1, 0)

    return edits


def single_quotations(view: str, options: Typography) -> Iterator[Edit]:
    """Sets 'words' as ‘words’, but in a line that keeps straight double marks, where pairing is in doubt."""
    if STRAIGHT in view:
        return
    for match in _SINGLE.finditer(view):
        yield Edit(match.start(), match.start() + 1, "‘")
        yield Edit(match.end() - 1, match.end(), "’")


def apostrophes(view: str, options: Typography) -> Iterator[Edit]:
    """Sets ' as ’, but for feet and minutes."""
    return (Edit(*match.span(), "’") for match in _APOSTROPHE.finditer(view))


def _nodes(view: str) -> dict[int, int]:
    """Where each ``Quoted`` node opens, to where it closes."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for match in re.finditer(f"[{QUOTATION_OPENS}{QUOTATION_CLOSES}]", view):
        if match[0] == QUOTATION_OPENS:
            waiting.append(match.start())
        elif waiting:
            partners[waiting.pop()] = match.start()
    return partners


def _straight(view: str) -> dict[int, int]:
    """Where each straight mark that opens stands, to where its partner does; empty when a partner is missing."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for match in re.finditer(STRAIGHT, view):
        position = match.start()
        if _opens(view, position, waiting):
            waiting.append(position)
        elif waiting:
            partners[waiting.pop()] = position
        elif not view[position - 1 : position].isdigit():  # which would make it the sign of inches or seconds
            return {}
    return {} if waiting else partners


def _opens(view: str, position: int, waiting: list[int]) -> bool:
    """Whether a straight mark opens, from its neighbours; if they do not say, it closes what is open."""
    before = view[position - 1] if position else " "
    following = _NOT_STRAIGHT.search(view, position)
    after = following[0] if following else " "
    may_open = before.isspace() or before in _BEFORE_OPENING or (before == STRAIGHT and position - 1 in waiting[-1:])
    may_close = after.isspace() or after in _AFTER_CLOSING
    return not waiting if may_open == may_close else may_open
