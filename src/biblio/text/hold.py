"""The last words of a title held together on paper, so that its last line never is one short word.

A browser balances the lines of a heading by itself (``text-wrap``, CSS Text Module Level 4 § 6.4); the engine of the
PDF does not. There the spaces of the last words are no-break ones.
"""

from __future__ import annotations

from biblio.text.inline import Inline, Rich, Text, Verbatim, plain, with_children

NO_BREAK = "\u00a0"
# A last line is no shorter than LEAST characters; what is held is no longer than MOST, which fits any column.
LEAST, MOST = 12, 26


def held(rich: Rich) -> Rich:
    """The same title with no-break spaces in its last words, those that make LEAST characters or more."""
    length = _tail(plain(rich))
    return _held(rich, length)[0] if length else rich


def _tail(words: str) -> int:
    """How many characters at the end are to stay together; none in a title of one word, or of endless ones."""
    trimmed = words.rstrip()
    blank = len(words) - len(trimmed)
    space = trimmed.rfind(" ")
    while 0 <= len(trimmed) - space - 1 < LEAST and space > 0:
        space = trimmed.rfind(" ", 0, space)
    length = len(trimmed) - space - 1
    if length > MOST:  # a line may end at a hyphen of the first of these words: « Provence-Alpes-Côte d'Azur »
        length = len(trimmed) - trimmed.rfind("-", space + 1, len(trimmed) - LEAST) - 1
    return length + blank if space > 0 and length <= MOST else 0


def _held(rich: Rich, length: int) -> tuple[Rich, int]:
    """The tree with its last ``length`` characters held, and how many of them are still to come before it."""
    done: list[Inline] = []
    for node in reversed(rich):
        if length <= 0:
            done.append(node)
        elif isinstance(node, Text):
            start = max(0, len(node.text) - length)
            done.append(Text(node.text[:start] + node.text[start:].replace(" ", NO_BREAK)))
            length -= len(node.text)
        elif isinstance(node, Verbatim):
            done.append(node)
            length -= len(node.text)
        else:
            children, length = _held(node.children, length)
            done.append(with_children(node, children))
    return tuple(reversed(done)), length
