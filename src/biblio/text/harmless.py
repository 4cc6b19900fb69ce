"""Text made harmless: what a terminal, a log or a name in a message may show."""

from __future__ import annotations

import unicodedata


def printable(value: str, replacement: str = "") -> str:
    """A text without the characters that would move the cursor, hide or turn the words around (Unicode category C)."""
    return "".join(character if unicodedata.category(character)[0] != "C" else replacement for character in value)
