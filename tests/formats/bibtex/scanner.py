"""Counts the entries of a file by its lines alone. It shares nothing with the reader: that is what it is for."""

from __future__ import annotations

from dataclasses import dataclass

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
NO_ENTRIES = frozenset({"comment", "preamble", "string"})


@dataclass(frozen=True)
class Head:
    """``@type{key`` at the start of a line, counted from 1."""

    line: int
    type: str
    key: str


def heads(text: str) -> list[Head]:
    """Every line that begins with ``@``, letters and a brace or bracket; the key is what follows up to a comma."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        typed = line.strip(" \t")
        if not typed.startswith("@"):
            continue
        rest = typed[1:].lstrip(" \t")
        length = next((at for at, character in enumerate(rest) if character not in LETTERS), len(rest))
        kind, behind = rest[:length].lower(), rest[length:].lstrip(" \t")
        if kind and kind not in NO_ENTRIES and behind[:1] in ("{", "("):
            key = behind[1:].split(",")[0].strip(" \t})")
            found.append(Head(number, kind, key))
    return found
