"""The text of a style sheet as parsers of CSS can take it, everything in its place."""

from __future__ import annotations

import re

# Python makes no number of more figures (``sys.int_info.default_max_str_digits``), nor does any length need them.
_ENDLESS = re.compile(r"\d{4000,}")


def parsable(css: str) -> str:
    """The sheet with blanks for numbers of thousands of figures: the parser then tells their declaration as invalid."""
    return _ENDLESS.sub(lambda found: " " * len(found[0]), css)
