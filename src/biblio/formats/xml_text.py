"""Writes XML: a tree of named elements as text that every parser reads, whatever its words hold.

Source: XML 1.0, § 2.2 (the characters that a document may hold) and § 2.4 (what is written in code).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_CODED = re.compile('[&<>"\t\r\n]')
_CODES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\r": "&#13;", "\n": "&#10;"}


@dataclass(frozen=True, slots=True)
class Tag:
    """An element: its name, its attributes in their order, and what is inside it, elements or a text."""

    name: str
    inside: tuple[Tag, ...] | str = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, at any depth."""
        return not self.inside.strip() if isinstance(self.inside, str) else all(tag.is_empty for tag in self.inside)


def document(root: Tag) -> str:
    """A whole document, an element a line and two spaces a level; elements with nothing inside are left out."""
    return DECLARATION + "".join(_lines(root, ""))


def _lines(tag: Tag, indent: str) -> Iterator[str]:
    attributes = "".join(f' {name}="{coded(value, attribute=True)}"' for name, value in tag.attributes.items())
    if isinstance(tag.inside, str):
        yield f"{indent}<{tag.name}{attributes}>{coded(tag.inside)}</{tag.name}>\n"
        return
    yield f"{indent}<{tag.name}{attributes}>\n"
    for inner in tag.inside:
        if not inner.is_empty:
            yield from _lines(inner, indent + "  ")
    yield f"{indent}</{tag.name}>\n"


def coded(value: str, *, attribute: bool = False) -> str:
    """A text as it stands in a document: what no document may hold is left out, what would be markup is in code."""
    clean = _FORBIDDEN.sub("", value)
    if attribute:
        return _CODED.sub(lambda found: _CODES[found[0]], clean)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
