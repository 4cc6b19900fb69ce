"""Writes XML: a tree of named elements as text that every parser reads, whatever its words hold.

Source: XML 1.0, § 2.2 (the characters that a document may hold) and § 2.4 (what is written in code).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_CODED = re.compile('[&<>"\t\r\n]')
_CODES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\r": "&#13;", "\n": "&#10;"}


_NONE: Mapping[str, str] = MappingProxyType({})


class Tag(NamedTuple):
    """An element: its name, what is inside it, elements or a text, and its attributes in their order."""

    name: str
    inside: tuple[Tag, ...] | str = ()
    attributes: Mapping[str, str] = _NONE


def document(root: Tag) -> str:
    """A whole document, an element a line and two spaces a level; elements with nothing inside are left out."""
    lines = [DECLARATION]
    if not _put(root, "", lines):
        lines += (f"<{root.name}{_attributes(root)}>\n", f"</{root.name}>\n")
    return "".join(lines)


def _put(tag: Tag, indent: str, lines: list[str]) -> bool:
    """Adds the lines of an element, if there is anything in it, at any depth; says whether there is."""
    inside = tag.inside
    if isinstance(inside, str):
        if not inside or inside.isspace():
            return False
        lines.append(f"{indent}<{tag.name}{_attributes(tag)}>{coded(inside)}</{tag.name}>\n")
        return True
    before = len(lines)
    lines.append("")
    within = f"{indent}  "
    for inner in inside:
        _put(inner, within, lines)
    if len(lines) == before + 1:
        lines.pop()
        return False
    lines[before] = f"{indent}<{tag.name}{_attributes(tag)}>\n"
    lines.append(f"{indent}</{tag.name}>\n")
    return True


def _attributes(tag: Tag) -> str:
    if not tag.attributes:
        return ""
    return "".join([f' {name}="{coded(value, attribute=True)}"' for name, value in tag.attributes.items()])


def coded(value: str, *, attribute: bool = False) -> str:
    """A text as it stands in a document: what no document may hold is left out, what would be markup is in code."""
    # Whatever can be printed a document may hold.
    clean = value if value.isprintable() else _FORBIDDEN.sub("", value)
    if attribute:
        return _CODED.sub(lambda found: _CODES[found[0]], clean) if _CODED.search(clean) else clean
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
