"""What may be shown on a terminal: a notice as text, and any text made harmless."""

from __future__ import annotations

from biblio.document.tree import Line, Notice, Role
from biblio.text.harmless import printable
from biblio.text.inline import Emph, Inline, Link, Rich, Strong, Text, Verbatim

WIDTH = 88
_BOLD, _ITALIC, _DIM = "1", "3", "2"


def notice_text(notice: Notice, *, colour: bool) -> str:
    """The lines of a notice as they will print; with ``colour``, bold and italic are those of the terminal."""
    lines = [_paint(notice.label, _DIM, colour)] if notice.label else []
    lines += [_line(line, colour) for line in notice.lines]
    return "\n".join(lines) + "\n"


def _line(line: Line, colour: bool) -> str:
    printed = _rich(line.content, colour)
    # An address is never folded, so that it can be clicked or copied.
    return printed if line.role is Role.LINK else wrapped(printed, WIDTH)


def wrapped(value: str, width: int) -> str:
    """A text in lines, broken at ordinary spaces, leaving no-break ones alone and not counting escape sequences."""
    lines: list[str] = [""]
    for word in value.split(" "):
        if lines[-1] and _shown(lines[-1]) + 1 + _shown(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n".join(lines)


def _shown(value: str) -> int:
    length, inside = 0, False
    for character in value:
        if character == "\x1b":
            inside = True
        elif inside:
            inside = character != "m"
        else:
            length += 1
    return length


def _rich(rich: Rich, colour: bool) -> str:
    return "".join(_inline(node, colour) for node in rich)


def _inline(node: Inline, colour: bool) -> str:
    match node:
        case Text(value) | Verbatim(value):
            return printable(value)
        case Strong(children):
            return _paint(_rich(children, colour), _BOLD, colour)
        case Emph(children):
            return _paint(_rich(children, colour), _ITALIC, colour)
        case Link(href, children):
            words = _rich(children, colour)
            return words if words == href else f"{words} <{href}>"
        case _:
            return _rich(node.children, colour)


def _paint(value: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{value}\x1b[0m" if colour and value else value
