"""The sentences of the desk, in the language of the reader."""

from __future__ import annotations

from biblio.text.harmless import printable
from biblio.words.tables import desk, worded


def said(name: str, lang: str, /, **arguments: object) -> str:
    """A sentence of ``words/desk.toml`` with its placeholders filled. An unknown name is a bug: ``KeyError``."""
    filled = {key: printable(value, "�") if isinstance(value, str) else value for key, value in arguments.items()}
    return worded(desk()[name], lang).format(**filled)
