"""Finds the marks that a merge left in a file: lines of ``<<<<<<<``, ``=======`` and ``>>>>>>>``."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Seven signs from the first column, then a blank and a name or the end of the line (git-merge(1), « How conflicts are
# presented »).
_OPENING = re.compile(r"^<{7}(?=[ \t\r\n]|$)", re.MULTILINE)
_CLOSING = re.compile(r"^>{7}(?=[ \t\r\n]|$)", re.MULTILINE)


def merge_markers(text: str) -> Sequence[int]:
    """The offsets at which conflicts begin; where one is only ended, that of its end."""
    opened = [match.start() for match in _OPENING.finditer(text)] if "<<<<<<<" in text else []
    return opened or ([match.start() for match in _CLOSING.finditer(text)] if ">>>>>>>" in text else [])
