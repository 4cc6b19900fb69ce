"""The sentences of the desk, in the language of the reader."""

from __future__ import annotations

import re

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


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?=[\s,;]|$)")


def spoken(text: str, *, begins: bool = True) -> str:
    """The words of a fault as a sentence: with a capital, unless it ``begins`` behind something, and a full stop.

    What begins with a key or ends with an address or a piece of a file has neither.
    """
    text = text.strip()
    if begins and _WORD.match(text):
        text = text[:1].upper() + text[1:]
    last = text.split()[-1] if text else ""
    if last.endswith((")", "»", "”")):
        return f"{text}."
    return text if not last or last[-1] in ".!?…" or re.search(r"[/=@{}\\%<>]|\w[.:_]\w", last) else f"{text}."


def _filling(value: object, lang: str) -> object:
    if isinstance(value, str):
        return printable(value, "�")
    return grouped(value, lang) if isinstance(value, int) else value
