"""The sentences of the desk, in the language of the reader."""

from __future__ import annotations

from biblio.text.harmless import printable
from biblio.words.tables import desk, worded


def said(name: str, lang: str, /, **arguments: object) -> str:
    """A sentence of ``words/desk.toml`` with its placeholders filled, numbers in groups of three figures.

    An unknown name is a bug: ``KeyError``.
    """
    return worded(desk()[name], lang).format(**{key: _filling(value, lang) for key, value in arguments.items()})


def grouped(number: int, lang: str) -> str:
    """A number in groups of three figures: ``50 000`` (with a narrow no-break space), ``50,000`` in English."""
    return f"{number:,}" if lang == "en" else f"{number:,}".replace(",", "\u202f")


def _filling(value: object, lang: str) -> object:
    if isinstance(value, str):
        return printable(value, "�")
    return grouped(value, lang) if isinstance(value, int) else value
