"""A paragraph as one line of characters, so that a rule sees across the nodes of the tree.

A rule reads a *view*: the whole line as a string, in which what it may not touch (``Verbatim``, addresses, another
language) is masked, so that no pattern matches there. It answers with *edits*, which are carried to the pieces of text
that hold the characters; the branches around them stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from biblio.text.inline import (
    Branch,
    Inline,
    Lang,
    Link,
    Quoted,
    Rich,
    Sub,
    Sup,
    Text,
    Verbatim,
    merge,
    plain,
    with_children,
)
from biblio.text.typography.protected import is_address, split

# How a view shows a masked character: a space must stay known as a space, but one that no rule may change.
MASK = "\ufffc"
MASKED_SPACE = "\n"

# How a view shows the two ends of a Quoted node: noncharacters, which Unicode keeps for a program's own use.
QUOTATION_OPENS = "\ufdd0"
QUOTATION_CLOSES = "\ufdd1"


class Edit(NamedTuple):
    """Characters ``start`` to ``end`` of a view become ``text``, raised to an exponent when ``raised``.

    An edit of nothing is an insertion: between two pieces it goes to the second, or to the first when ``after``.
    """

    start: int
    end: int
    text: str
    after: bool = False
    raised: bool = False


@dataclass(slots=True)
class Piece:
    """A run of text, and the language whose rules may change it.

    Where ``lang`` is empty no rule may: ``text`` is masked, and ``node`` is put back. ``level`` is true where nothing
    may be raised: in a superscript or subscript, and in a link, which in an accessible PDF holds no element.
    """

    text: str
    lang: str
    level: bool
    node: Inline | None = None


@dataclass(slots=True)
class Line:
    """The pieces in order, between them the branches of the tree: one opens where it stands, ``None`` closes it.

    ``known`` are the languages that have rules; ``spoken``, those of them that the line is written in.
    """

    known: Collection[str]
    spoken: set[str] = field(default_factory=set)
    items: list[Piece | Branch | None] = field(default_factory=list)
    changed: bool = False

    def add(self, rich: Rich, lang: str, level: bool = False) -> None:
        """Appends a tree, whose text is in ``lang`` (BCP 47)."""
        rules = rules_for(lang, self.known)
        if rules and rich:
            self.spoken.add(rules)
        for node in merge(rich):
            match node:
                case Text(value) if rules:
                    for run, is_protected in split(value):
                        self.items.append(_closed(Text(run)) if is_protected else Piece(run, rules, level))
                case Text() | Verbatim():
                    self.items.append(_closed(node))
                case Link(_, children) if is_address(plain(children)):
                    self.items.append(_closed(node))
                case Quoted(children) if rules:
                    self.items.append(Piece(QUOTATION_OPENS, rules, level))
                    self.add(children, lang, level)
                    self.items.append(Piece(QUOTATION_CLOSES, rules, level))
                case _:
                    self.items.append(node)
                    inner = _inside(node.lang, lang) if isinstance(node, Lang) else lang
                    self.add(node.children, inner, level or isinstance(node, Sup | Sub | Link))
                    self.items.append(None)

    def view(self, lang: str) -> str:
        """The line as the rules of ``lang`` see it."""
        return "".join(
            _masked(item.text) if item.lang not in ("", lang) else item.text
            for item in self.items
            if isinstance(item, Piece)
        )

    def apply(self, edits: Iterable[Edit]) -> None:
        """Carries out edits of one view, given in order and apart from each other."""
        pieces = [item for item in self.items if isinstance(item, Piece)]
        starts = list(accumulate((len(piece.text) for piece in pieces), initial=0))[:-1]
        changes: dict[int, list[Edit]] = defaultdict(list)
        for edit in edits:
            for index, change in _shares(edit, starts):
                changes[id(pieces[index])].append(change)
        items: list[Piece | Branch | None] = []
        for item in self.items:
            if isinstance(item, Piece) and id(item) in changes:
                items.extend(_changed(item, changes[id(item)]))
            else:
                items.append(item)
        self.items = items
        self.changed = True

    def tree(self) -> Rich:
        """The line as a tree again."""
        levels: list[list[Inline]] = [[]]
        branches: list[Branch] = []
        for item in self.items:
            if item is None:
                children = merge(tuple(levels.pop()))
                levels[-1].append(with_children(branches.pop(), children))
            elif not isinstance(item, Piece):
                branches.append(item)
                levels.append([])
            elif item.node is not None:
                levels[-1].append(item.node)
            elif item.text:
                levels[-1].append(Text(item.text))
        return merge(tuple(levels[0]))


def rules_for(lang: str, known: Collection[str]) -> str:
    """The rules of a language (BCP 47): those of its country, else its own (``fr`` of ``fr-LU``), else none."""
    primary, _, rest = lang.partition("-")
    country = f"{primary.lower()}-{rest.partition('-')[0].upper()}"
    return next((name for name in (country, primary.lower()) if name in known), "")


def _inside(lang: str, around: str) -> str:
    """The language of a passage: a French title in a dossier of Québec is set as the dossier is."""
    return around if lang.lower() == around.partition("-")[0].lower() else lang


def _closed(node: Inline) -> Piece:
    return Piece(_masked(plain((node,))), "", True, node)


def _masked(text: str) -> str:
    return "".join(MASKED_SPACE if character.isspace() else MASK for character in text)


def _shares(edit: Edit, starts: list[int]) -> Iterable[tuple[int, Edit]]:
    """The part of an edit that falls to each piece: its index, and offsets in it. The first has the new text."""
    before = edit.after and edit.start == edit.end
    first = bisect_right(starts, edit.start - before) - 1
    yield first, edit._replace(start=edit.start - starts[first], end=edit.end - starts[first])
    for index in range(first + 1, bisect_left(starts, edit.end)):
        yield index, Edit(0, edit.end - starts[index], "")


def _changed(piece: Piece, edits: Iterable[Edit]) -> Iterable[Piece | Branch | None]:
    """A piece after its edits: one piece, or several when an ending is raised out of it."""
    done: list[str] = []
    position = 0
    for edit in edits:
        done.append(piece.text[position : edit.start])
        if edit.raised and not piece.level:
            yield Piece("".join(done), piece.lang, piece.level)
            yield from (Sup(()), Piece(edit.text, piece.lang, True), None)
            done = []
        else:
            done.append(edit.text)
        position = edit.end
    done.append(piece.text[position:])
    yield Piece("".join(done), piece.lang, piece.level)
