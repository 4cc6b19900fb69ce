"""Elements as sentences: each closed by one full stop, and only where it brings no mark of its own."""

from __future__ import annotations

import re

from biblio.text.inline import Leaf, Link, Rich, Text, Verbatim, join, merge, plain, with_children

# What may stand behind the mark that closes a phrase.
_CLOSING = ' »"”’)\u00a0\u202f'

# A stop behind a whole word, a figure or a bracket, which closes a phrase; behind a few letters it cuts a word short.
_FINAL_STOP = re.compile(r"(?:[^\W\d_]{5}|\d{2}|[)\]»”])\.\s*+\Z")


def without_stop(rich: Rich) -> Rich:
    """A phrase without the full stop that closes it, for where a mark follows; abbreviations and points keep theirs."""
    if not _FINAL_STOP.search(plain(rich)):
        return rich
    *before, last = rich
    if isinstance(last, Text):
        return (*before, Text(last.text.rstrip()[:-1]))
    return rich if isinstance(last, Leaf) else (*before, with_children(last, without_stop(last.children)))


def sentences(elements: list[Rich]) -> Rich:
    """The elements, each closed by a full stop; an address stays open, as a stop would be copied with it."""
    closed = [(*element, Text(".")) if _wants_stop(element) else element for element in elements if element]
    return merge(join(closed, " "))


def _wants_stop(element: Rich) -> bool:
    return not ends_phrase(element) and not isinstance(element[-1], Link | Verbatim)


def ends_phrase(rich: Rich) -> bool:
    """Whether a text brings its own closing mark (« … soin ? »), so that no full stop follows it."""
    return plain(rich).rstrip(_CLOSING).endswith(("?", "!", ".", "…"))
