"""Inline trees as the inlines of pandoc's tree.

Source: the types of pandoc's document tree (pandoc-types 1.23).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from biblio.formats.text import without_controls
from biblio.reference.languages import is_right_to_left
from biblio.reference.link import is_safe
from biblio.text.inline import (
    Abbr,
    Break,
    Emph,
    Inline,
    Lang,
    Link,
    Quoted,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Text,
    Verbatim,
    plain,
)

Node = dict[str, Any]
Inlines = list[Node]

_BRANCHES: Mapping[type, str] = {Emph: "Emph", Strong: "Strong", Sup: "Superscript", Sub: "Subscript"}
_BLANKS = re.compile(r"([ \t\n]+)")


def node(kind: str, content: Any = None) -> Node:
    """A node of the tree; some kinds have no content."""
    return {"t": kind} if content is None else {"t": kind, "c": content}


def attributes(anchor: str = "", *classes: str, **pairs: str) -> list[Any]:
    """An identifier, classes, and keys with values; an underscore in a key stands for a hyphen."""
    return [anchor, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def words(value: str) -> Inlines:
    """A plain text: its ordinary blanks are where lines may end, no-break ones are characters like any."""
    return [
        node("Space") if _BLANKS.fullmatch(piece) else node("Str", piece)
        for piece in _BLANKS.split(without_controls(value))
        if piece
    ]


def inlines(rich: Rich, *, unmarked: bool = False) -> Inlines:
    """The nodes of an inline tree; ``unmarked`` ones show no markup: the address of a link stands behind its words."""
    return [made for each in rich for made in _inline(each, unmarked)]


def _inline(each: Inline, unmarked: bool) -> Inlines:
    match each:
        case Text(value) | Verbatim(value):
            return words(value)
        case Quoted(children):
            # Of languages whose typography is not ours: their marks are pandoc's to choose.
            return [node("Quoted", [node("DoubleQuote"), inlines(children, unmarked=unmarked)])]
        case Lang(lang, children):
            direction = {"dir": "rtl"} if is_right_to_left(lang) else {}
            return [node("Span", [attributes(lang=lang, **direction), inlines(children, unmarked=unmarked)])]
        case Break():
            return [node("LineBreak")]
        case Link(href, children) if unmarked and is_safe(href) and plain(children) != href:
            return words(f"{plain(children)} <{href}>")
        case Link(href, children):
            return [link(href, words(plain(children)))] if is_safe(href) else inlines(children, unmarked=unmarked)
        case Sup(children) | Sub(children) if unmarked:
            return inlines(children, unmarked=True)
        case Abbr(_, children):
            return inlines(children, unmarked=unmarked)
        case SmallCaps(children):
            return [node("SmallCaps", inlines(children, unmarked=unmarked))]
        case _:
            return [node(_BRANCHES[type(each)], inlines(each.children, unmarked=unmarked))]


def link(target: str, content: Inlines) -> Node:
    """A link to an address, or to an anchor behind ``#``."""
    return node("Link", [attributes(), content, [target, ""]])
