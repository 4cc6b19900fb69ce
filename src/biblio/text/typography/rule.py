"""What a rule is, and the three shapes that most rules have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from biblio.text.typography.line import Edit
from biblio.text.typography.options import Typography

# The spaces that typography sets, as the inside of a character class: one typed by hand counts like any other.
SPACES = " \u00a0\u2009\u202f"
GAP = f"[{SPACES}]"
NBSP = "\u00a0"
NNBSP = "\u202f"

Space = Callable[[Typography], str]
Edits = Callable[[str, Typography], Iterable[Edit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of typography.

    ``does`` says it in a line, ``source`` where it comes from, ``example`` a text before and after all the rules of the
    language. ``needs`` holds characters without any of which the rule has nothing to do. ``edits`` gives the changes to
    a view of a line, in order.
    """

    name: str
    does: str
    source: str
    example: tuple[str, str]
    needs: frozenset[str]
    edits: Edits


@cache  # most commands print nothing, and most texts are in one language
def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def swaps(pattern: str, new: str) -> Edits:
    """Replaces what the pattern matches."""

    def edits(view: str, options: Typography) -> Iterator[Edit]:
        return (Edit(*match.span(), new) for match in _compiled(pattern).finditer(view))

    return edits


def spaces(pattern: str, space: Space) -> Edits:
    """Puts the space in the group that matched, which holds the spaces typed there, or nothing."""

    def edits(view: str, options: Typography) -> Iterator[Edit]:
        new = space(options)
        for match in _compiled(pattern, re.VERBOSE).finditer(view):
            start, end = match.span(match.lastindex or 0)
            if view[start:end] != new:
                # The new space stands beside what asked for it, which the pattern has consumed when it comes first.
                yield Edit(start, end, new, after=match.start() < start)

    return edits


def spaces_before(marks: str, space: Space, inserts: Callable[[str, str], bool]) -> Edits:
    """Puts the space before each run of marks.

    Spaces typed there are replaced; where there are none, ``inserts`` decides from the characters before and after the
    run (each empty at the ends of the line).
    """

    def edits(view: str, options: Typography) -> Iterator[Edit]:
        new = space(options)
        for match in _compiled(marks).finditer(view):
            start = match.start()
            while start and view[start - 1] in SPACES:
                start -= 1
            typed = view[start : match.start()]
            if typed != new and (typed or inserts(view[start - 1 : start], view[match.end() : match.end() + 1])):
                yield Edit(start, match.start(), new)

    return edits
