"""Asks pandoc's citation processor for notices, and reads the document tree of its answer.

The one module that knows of this tree. A style and items go in, inline trees come out; the program is run by a function
that is handed down, and the style travels to it as a ``data:`` address.

Source: the types of pandoc's document tree (pandoc-types 1.23).
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from biblio.citation.processed import linked
from biblio.text.inline import (
    Emph,
    Inline,
    Quoted,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Text,
    Verbatim,
    merge,
    plain,
)

LEAST = 3  # the first pandoc that reads and writes the tree below, and has all of what runs there
_API = [1, 23]  # the version of the tree that pandoc 3 reads and writes

# Runs the processor: a document in pandoc's JSON goes in, whose metadata are « csl », « items » and « lang »; one
# with a block for each item comes out. Raises the three errors below.
Run = Callable[[str], str]


class ProcessorMissingError(Exception):
    """Neither pypandoc nor a pandoc for it to run is installed."""


class ProcessorTooOldError(Exception):
    """The processor of this machine is older than ``LEAST``; its arguments are its path and its version."""


class ProcessorError(Exception):
    """The processor cannot use the style; its one argument is what it says of it."""


def no_processor(source: str) -> str:
    """The ``Run`` of those who have none."""
    raise ProcessorMissingError


def render(csl: bytes, items: Sequence[Mapping[str, Any]], lang: str, run: Run) -> list[Rich]:
    """Each CSL-JSON item alone, in the style ``csl``, in the order given; ``lang`` is a BCP 47 tag.

    Raises what ``run`` raises.
    """
    source = json.dumps(
        {
            "pandoc-api-version": _API,
            "meta": {
                "csl": _meta("data:application/xml;base64," + b64encode(csl).decode()),
                "items": _meta(json.dumps(items)),
                "lang": _meta(lang),
            },
            "blocks": [],
        }
    )
    return [merge(_blocks([block])) for block in json.loads(run(source))["blocks"]]


def _meta(value: str) -> dict[str, str]:
    return {"t": "MetaString", "c": value}


def _blocks(blocks: list[Any]) -> Rich:
    """The inlines of paragraphs and divisions, a space between one block and the next."""
    found: list[Inline] = []
    for block in blocks:
        match block:
            case {"t": "Div", "c": [_, list(inner)]}:
                inside = _blocks(inner)
            case {"t": "Para" | "Plain", "c": list(inner)}:
                inside = _inlines(inner)
            case _:
                inside = ()
        if found and inside:
            found.append(Text(" "))
        found.extend(inside)
    return tuple(found)


def _inlines(nodes: list[Any]) -> Rich:
    return merge(tuple(found for node in nodes for found in _inline(node)))


_BRANCHES: Mapping[str, Callable[[Rich], Inline]] = {
    "Emph": Emph,
    "Strong": Strong,
    "Superscript": Sup,
    "Subscript": Sub,
    "SmallCaps": SmallCaps,
}


def _inline(node: Any) -> Rich:
    """One node; of a kind that no bibliography has, its characters alone. Markup of a format (raw HTML) is dropped."""
    match node:
        case {"t": "Str", "c": str(value)}:
            return (Text(value),)
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            return (Text(" "),)
        case {"t": "Link", "c": [_, list(inner), [str(url), _]]}:
            return linked(url, _inlines(inner))
        case {"t": "Quoted", "c": [_, list(inner)]}:
            return (Quoted(_inlines(inner)),)
        case {"t": "Span", "c": [[_, classes, _], list(inner)]}:
            return _span(classes, _inlines(inner))
        case {"t": "Code" | "Math", "c": [_, str(value)]}:
            return (Verbatim(value),)
        case {"t": "Underline" | "Strikeout", "c": list(inner)} | {"t": "Cite", "c": [_, list(inner)]}:
            return _inlines(inner)
        case {"t": str(kind), "c": list(inner)} if kind in _BRANCHES:
            children = _inlines(inner)
            return (_BRANCHES[kind](children),) if children else ()
        case _:
            return ()


def _span(classes: list[str], children: Rich) -> Rich:
    """What a style aligns in a margin of its own is parted from the rest by a space; a mere number there is left out.

    Each item is set alone, so that its number would be 1.
    """
    if "csl-left-margin" in classes:
        label = plain(children).strip()
        return (*children, Text(" ")) if any(character.isalpha() for character in label) else ()
    if "csl-block" in classes or "csl-indent" in classes:
        return (Text(" "), *children)
    return children
