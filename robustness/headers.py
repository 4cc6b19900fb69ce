"""Counts the entries that a file seems to hold, without reading it: it shares nothing with the reader."""

from __future__ import annotations

NOT_ENTRIES = ("comment", "string", "preamble")


def headers(text: str) -> list[int]:
    """The lines, from 1, that begin with ``@word{`` or ``@word(`` and are not inside a ``@comment{…}``."""
    found: list[int] = []
    hidden = 0
    for number, line in enumerate(text.split("\n"), 1):
        if hidden > 0:
            hidden += line.count("{") - line.count("}")
            continue
        stripped = line.strip(" \t")
        if not stripped.startswith("@"):
            continue
        word = stripped[1:].lstrip(" \t")
        name = word.partition("{")[0] if "{" in word else ""
        name = word.partition("(")[0] if "(" in word and ("(" in name or not name) else name
        name = name.strip(" \t")
        if (
            not name
            or not name[0].isascii()
            or not name[0].isalpha()
            or not all(c.isalnum() or c in "_*+.-" for c in name)
        ):
            continue
        if name.lower() == "comment" and "{" in line:
            hidden = max(0, line.count("{") - line.count("}"))
        if name.lower() not in NOT_ENTRIES:
            found.append(number)
    return found
