"""What a running head says of a title: its short form, else the title cut at a word, so that two heads share a line."""

from __future__ import annotations

# Of two heads in the small size, on the narrowest page that has both.
LONGEST = 44
_LEFT_OPEN = " ,;:.–—-(«\u00a0\u202f"


def running(title: str, short: str = "") -> str:
    """The short title, else the title; cut at a word and marked with an ellipsis where it is longer than LONGEST."""
    words = " ".join((short or title).split(" "))
    if len(words) <= LONGEST:
        return words
    cut = words[: LONGEST - 1]
    at_word = cut[: max(cut.rfind(" "), cut.rfind("\u00a0"))] if " " in cut or "\u00a0" in cut else cut
    return at_word.rstrip(_LEFT_OPEN) + "…"
