"""Takes text through a processor of BibTeX unharmed: what LaTeX would read as markup is hidden, and found again.

A style of BibTeX's changes letters and joins strings; it does not know our inline tree. Each branch of the tree becomes
two characters of private use around its text, each leaf that nothing may change one, and each character that LaTeX
reads otherwise another. Such characters have no case and are no letters, so that every style hands them on.
"""

from __future__ import annotations

import re

from biblio.text.inline import Inline, Link, Rich, Text, Verbatim, merge, plain, text, with_children

# Characters of private use (Unicode § 23.5): in the first plane for characters, in the last two for nodes.
_CHARACTERS = 0xE100
_OPENING, _CLOSING, _MOST = 0xF0000, 0x100000, 0xFFFD

# What TeX reserves, and the ligatures of its fonts: dashes and quotation marks from several characters.
_SPECIAL = re.compile(r"[\\{}$&#^_~%`]|-(?=-)|(?<=-)-|'(?=')|(?<=')'")
_HIDDEN = re.compile(f"[{chr(_CHARACTERS)}-{chr(_CHARACTERS + 0x7F)}]")
_MARK = re.compile(f"([{chr(_OPENING)}-{chr(_OPENING + _MOST)}{chr(_CLOSING)}-{chr(_CLOSING + _MOST)}])")


class Hiding:
    """What was hidden of one notice."""

    def __init__(self) -> None:
        self._nodes: list[Inline] = []

    def hide(self, rich: Rich) -> str:
        """One string for a tree."""
        return "".join(map(self._hidden, rich))

    def _hidden(self, node: Inline) -> str:
        if isinstance(node, Text):
            return hide_characters(node.text)
        number = len(self._nodes)
        if number > _MOST:
            return hide_characters(plain((node,)))
        self._nodes.append(node)
        if isinstance(node, Verbatim):
            return chr(_OPENING + number)
        return f"{chr(_OPENING + number)}{self.hide(node.children)}{chr(_CLOSING + number)}"

    def reveal(self, rich: Rich) -> Rich:
        """The tree of a notice, with everything in it that was hidden.

        A branch whose two ends the style parted is given up; its text stays.
        """
        found: list[Inline] = []
        opened: list[tuple[int, int]] = []
        for node in rich:
            if isinstance(node, Text):
                for piece in _MARK.split(node.text):
                    if _MARK.fullmatch(piece):
                        self._mark(ord(piece), found, opened)
                    else:
                        found.extend(text(show_characters(piece)))
            elif isinstance(node, Verbatim):
                found.append(Verbatim(show_characters(node.text)))
            elif isinstance(node, Link):
                found.append(Link(show_characters(node.href), self.reveal(node.children)))
            else:
                found.append(with_children(node, self.reveal(node.children)))
        return merge(tuple(found))

    def _mark(self, character: int, found: list[Inline], opened: list[tuple[int, int]]) -> None:
        """Opens or closes a branch, or puts a leaf in its place; a mark that is none of ours says nothing."""
        opens = character < _CLOSING
        number = character - (_OPENING if opens else _CLOSING)
        if number >= len(self._nodes):
            return
        node = self._nodes[number]
        if isinstance(node, Text | Verbatim):
            found.append(node)
        elif opens:
            opened.append((number, len(found)))
        elif any(number == each for each, _ in opened):
            while True:
                last, start = opened.pop()
                if last == number:
                    break
            children = merge(tuple(found[start:]))
            found[start:] = [with_children(node, children)] if children else []


def hide_characters(value: str) -> str:
    """A plain text whose characters LaTeX prints as they are."""
    return _SPECIAL.sub(lambda match: chr(_CHARACTERS + ord(match.group())), value)


def show_characters(value: str) -> str:
    """The text of which ``hide_characters`` made this one."""
    return _HIDDEN.sub(lambda match: chr(ord(match.group()) - _CHARACTERS), value)


def hide_commas(value: str) -> str:
    """The same text without commas that would part a name."""
    return value.replace(",", chr(_CHARACTERS + ord(",")))
