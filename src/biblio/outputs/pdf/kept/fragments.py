"""One notice of a page of HTML that was edited, found in its text: what is parsed anew is that alone.

A page is text made by our own templates, in which ``<`` stands at tags alone, and all that an edit of a notice changes
is between its tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOTICE = '<li class="notice" id="'
_TAG = re.compile(r"<(/?)li\b")


@dataclass(frozen=True, slots=True)
class Edited:
    """A notice as it was and as it is, and the ``anchor`` that it has in both."""

    anchor: str
    old: str
    new: str


def edited_notice(old: str, new: str) -> Edited | None:
    """The one notice in which two pages differ; ``None`` where they differ elsewhere too, or in nothing."""
    if old == new:
        return None
    before = _common(old, new)
    start = old.rfind(_NOTICE, 0, before + 1)
    if start < 0 or start + len(_NOTICE) > before:
        return None
    anchor = old[start + len(_NOTICE) :].partition('"')[0]
    ends = _end(old, start), _end(new, start)
    if min(ends) < 0 or old[ends[0] :] != new[ends[1] :]:
        return None
    found = Edited(anchor, old[start : ends[0]], new[start : ends[1]])
    return found if found.new.startswith(f'{_NOTICE}{anchor}"') else None


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _end(text: str, start: int) -> int:
    """Where the item that begins at ``start`` ends; -1 where it does not."""
    depth = 0
    for tag in _TAG.finditer(text, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return text.index(">", tag.start()) + 1
    return -1
