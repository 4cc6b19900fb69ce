"""Reads the part of a file that has changed, where what stands around it is sure to be read as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from biblio.formats.bibtex.faults import MOST_FAULTS
from biblio.formats.bibtex.file import BibFile, open_text
from biblio.formats.bibtex.syntax import Definition, Positions
from biblio.formats.text import decode_bytes
from biblio.project.index.blocks import Block, Window, blocks_of, window_of
from biblio.project.index.places import Place, places_of
from biblio.words.faults import Diagnostic


class Known(NamedTuple):
    """What the index has of a file that was read without a doubt about where an entry ends or which key it has."""

    path: str
    blocks: Sequence[Block]
    definitions: Sequence[Definition]
    faults: Sequence[Diagnostic]


class Part(NamedTuple):
    """A part of a file, read again.

    ``places`` are those of its entries. Those of the file behind it, and its macros there, have moved by ``grown``
    bytes and ``lines``; ``definitions``, ``faults`` and ``blocks`` are those of the whole file as it is now.
    """

    window: Window
    grown: int
    lines: int
    places: Sequence[Place]
    definitions: Sequence[Definition]
    faults: Sequence[Diagnostic]
    blocks: Sequence[Block]
    tied: bool
    controls: bool


def window_in(known: Known, content: bytes) -> Window | None:
    """The part of a file to read again; ``None`` when all of it has to be."""
    return window_of(known.blocks, content) if len(known.blocks) > 1 else None


def part_of(known: Known, content: bytes, window: Window, had: Sequence[Place], behind: Place | None) -> Part | None:
    """Reads a part of a file again; ``None`` when it cannot be told that what stands around it is read as it was.

    ``had`` are the places of the entries that it had, ``behind`` is that of the first entry behind it. The first
    entries of the part have to be those that it had, and the last ones as well; between them, no macro is defined, no
    key made up and no end of an entry looked for far behind it.
    """
    before = [each for each in known.definitions if each.offset < window.start]
    if any(window.start <= each.offset < window.before for each in known.definitions):
        return None
    read = _read(known.path, content, window, before)
    if read is None:
        return None
    grown = window.now - window.before
    places = [_moved(each, window.start) for each in places_of(read, content[window.start : window.now], before)]
    left, right = window.left, window.right
    if not _same(places, had, left, right, grown):
        return None
    if behind is None and window.now < len(content):
        return None
    lines = 0 if behind is None else _line(content, behind.start + grown) - behind.line
    # Faults are told again from the line of the left side on to the first entry on the right one.
    following = next((each for each in places if each.start >= right), None)
    if (following is None and window.now < len(content)) or (
        window.start and _line(content, window.start) == _line(content, left)
    ):
        return None
    first = _line(content, left) if window.start else 1
    last = following.line if following else _line(content, len(content)) + 1
    kept = _kept(known.faults, first, last - lines, lines)
    told = [each for each in read.diagnostics if each.span and first <= each.span.line < last]
    if kept is None or len(kept) + len(told) > MOST_FAULTS or any(each.code == "P123" for each in (*kept, *told)):
        return None
    unmoved = sum(1 for each in kept if each.span and each.span.line < first)
    moved = [each._replace(offset=each.offset + grown) for each in known.definitions if each.offset >= window.before]
    between = blocks_of(content, (each.stop for each in places), window.left, window.right)
    blocks = [
        *known.blocks[: window.kept],
        *(between if window.right > window.left else ()),
        *(each._replace(stop=each.stop + grown) for each in known.blocks[window.behind :]),
    ]
    return Part(
        window,
        grown,
        lines,
        places,
        [*before, *moved],
        [*kept[:unmoved], *told, *kept[unmoved:]],
        blocks,
        read.tied,
        read.controls,
    )


def _read(path: str, content: bytes, window: Window, before: Sequence[Definition]) -> BibFile | None:
    """The part, taken apart; ``None`` when it is not in UTF-8 and in NFC alone, or not to be told from the whole."""
    part = content[window.start : window.now]
    decoded = decode_bytes(part, path)
    text = decoded.value
    if decoded.diagnostics or text.encode("utf-8", "replace") != part:
        return None
    start = content.rfind(b"\n", 0, window.start) + 1
    column = len(content[start : window.start].decode("utf-8", "replace")) + 1
    positions = Positions(text, path, _line(content, window.start), column)
    read = open_text(text, positions, {each.name: each.value for each in before})
    read.shared = {}
    return read if read.local and read.composed and not (read.definitions or read.undefined) else None


def _same(places: Sequence[Place], had: Sequence[Place], left: int, right: int, grown: int) -> bool:
    """Whether the entries on both sides of what has changed are those that were there, and end with it."""
    on_left = [(each.digest, each.start, each.stop) for each in places if each.start < left]
    if on_left != [(each.digest, each.start, each.stop) for each in had if each.start < left]:
        return False
    on_right = [(each.digest, each.start, each.stop) for each in places if each.stop > right]
    if on_right != [(each.digest, each.start + grown, each.stop + grown) for each in had if each.stop + grown > right]:
        return False
    if not on_right or right == left:
        return True
    return any(each.stop == right for each in places)


def _kept(faults: Sequence[Diagnostic], first: int, last: int, lines: int) -> list[Diagnostic] | None:
    """The faults before a line, and those from another one on, where they are now; ``None`` for one without a line."""
    kept = []
    for each in faults:
        if each.span is None:
            return None
        if each.span.line < first:
            kept.append(each)
        elif each.span.line >= last:
            kept.append(replace(each, span=replace(each.span, line=each.span.line + lines)))
    return kept


def _moved(place: Place, by: int) -> Place:
    return place._replace(start=place.start + by, stop=place.stop + by)


def _line(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1
