"""Puts a style sheet onto the elements themselves, where every mail reader finds it: many drop ``<style>``.

The sheet is of the simplest sort: comments, and rules for elements or classes (``a { … }``, ``.title, .label { … }``),
without quotation marks but for single ones. A later rule has the last word. The markup is that of our own templates, in
which ``<``, ``>`` and ``"`` are escaped wherever they are text.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_START_TAG = re.compile(r"<([a-z][a-z0-9]*)((?: [^<>]*)?)>")
_CLASS = re.compile(r' class="([^"]*)"')


def inlined(html: str, css: str) -> str:
    """The page with what the rules say of each element and of its classes in its ``style``; no class is left."""
    rules: list[tuple[str, str]] = []
    for selectors, body in _RULE.findall(_COMMENT.sub("", css)):
        declarations = "; ".join(piece for line in body.split(";") if (piece := " ".join(line.split())))
        rules += ((selector.strip(), declarations) for selector in selectors.split(","))

    def styled(match: re.Match[str]) -> str:
        element, attributes = match[1], match[2]
        classes = _CLASS.search(attributes)
        names = {element, *(f".{name}" for name in (classes[1].split() if classes else ()))}
        found = "; ".join(declarations for selector, declarations in rules if selector in names and declarations)
        style = f' style="{found}"' if found else ""
        return f"<{element}{_CLASS.sub('', attributes)}{style}>"

    return _START_TAG.sub(styled, html)
