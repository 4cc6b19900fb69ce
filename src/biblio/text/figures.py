"""Texts that are a number: a month, a day, a level, where a file may have anything in its place."""

from __future__ import annotations

_MOST = 9  # figures: months, days, levels and places have fewer


def number_in(text: str) -> int | None:
    """The number that a text is, of a few figures of any script and nothing else; ``None`` for any other text.

    « ² » and « ⓪ » are digits for Unicode and no figures, and Python makes no number of some thousands of them.
    """
    return int(text) if text.isdecimal() and len(text) <= _MOST else None
