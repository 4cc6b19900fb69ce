"""What a notice prints at most: hostile lengths are cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from biblio.document.tree import Line, Role
from biblio.text.inline import Inline, Rich, Text, Verbatim, with_children

# What one role (the annotation, the links …) prints in one notice: some seven pages, far beyond any real one.
MOST_CHARACTERS = 20_000
MOST_LINES = 200
# A run without a place to break costs a time that grows with its square.
LONGEST_WORD = 1_000

# Scripts below U+0E00 part words by blanks; the lines of those above may break anywhere.
_LONG_WORD = re.compile(f"([!-\u0dff]{{{LONGEST_WORD}}})[!-\u0dff]+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines to print, and the roles of which something was cut."""

    lines: tuple[Line, ...]
    cut: frozenset[Role]


def fit(lines: Sequence[Line]) -> Fitted:
    """Cuts what is beyond all measure, with « … » in its place. Links stay whole."""
    room = dict.fromkeys(Role, MOST_CHARACTERS)
    left = dict.fromkeys(Role, MOST_LINES)
    kept: list[Line] = []
    cut: set[Role] = set()

    def shorten(value: str) -> str:
        short = _LONG_WORD.sub("\\1…", value)
        if len(short) > room[line.role]:
            short = short[: room[line.role]].rstrip() + "…"
        if short != value:
            cut.add(line.role)
        room[line.role] -= len(short)
        return short

    for line in lines:
        if room[line.role] <= 0 or left[line.role] <= 0:
            cut.add(line.role)
            continue
        left[line.role] -= 1
        content = _mapped(line.content, shorten, lambda role=line.role: room[role] > 0)  # type: ignore[misc]
        kept.append(Line(line.role, content, line.gap, line.printed if content == line.content else ()))
    return Fitted(tuple(kept), frozenset(cut))


def _mapped(rich: Rich, change: Callable[[str], str], goes_on: Callable[[], bool]) -> Rich:
    """A tree whose leaves, verbatim ones too, went through ``change``, up to where there is no more room."""
    mapped: list[Inline] = []
    for node in rich:
        if not goes_on():
            break
        match node:
            case Text(value):
                mapped.append(Text(change(value)))
            case Verbatim(value):
                mapped.append(Verbatim(change(value)))
            case _:
                mapped.append(with_children(node, _mapped(node.children, change, goes_on)))
    return tuple(mapped)
