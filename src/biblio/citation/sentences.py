"""Elements as sentences: each closed by one full stop, and only where it brings no mark of its own."""

from __future__ import annotations

from biblio.text.inline import Link, Rich, Text, Verbatim, join, merge, plain

# What may stand behind the mark that closes a phrase.
_CLOSING = ' »"”’)\u00a0\u202f'


def sentences(elements: list[Rich]) -> Rich:
    """The elements, each closed by a full stop; an address stays open, as a stop would be copied with it."""
    closed = [(*element, Text(".")) if _wants_stop(element) else element for element in elements if element]
    return merge(join(closed, " "))


def _wants_stop(element: Rich) -> bool:
    return not ends_phrase(element) and not isinstance(element[-1], Link | Verbatim)


def ends_phrase(rich: Rich) -> bool:
    """Whether a text brings its own closing mark (« … soin ? »), so that no full stop follows it."""
    return plain(rich).rstrip(_CLOSING).endswith(("?", "!", ".", "…"))
