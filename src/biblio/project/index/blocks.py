"""Finds the part of a file that has changed, by the hashes of its blocks: what stands around it is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SIZE = 32_768  # bytes of a block, which ends with the first entry that ends behind them


class Block(NamedTuple):
    """Where a block of a file ends, in bytes, and its hash; it begins where the one before it ends."""

    stop: int
    hash: str


class Window(NamedTuple):
    """A part of a file whose first and last blocks, but for those of the file itself, are as they were.

    From ``start`` to ``before`` in the file as it was and to ``now`` as it is. What has changed is between ``left`` and
    ``right``, the latter in the file as it is; the blocks up to ``kept`` are as they were, and those from ``behind``.
    """

    start: int
    before: int
    now: int
    left: int
    right: int
    kept: int
    behind: int


def blocks_of(content: bytes, stops: Iterable[int], start: int = 0, end: int = -1) -> list[Block]:
    """The blocks of a file, or of what stands between two offsets of it, whose entries end at ``stops``."""
    end = len(content) if end < 0 else end
    found: list[Block] = []
    for stop in stops:
        if stop - start >= SIZE and stop < end:
            found.append(Block(stop, _hash(content[start:stop])))
            start = stop
    if end > start or not found:
        found.append(Block(end, _hash(content[start:end])))
    return found


def window_of(blocks: Sequence[Block], content: bytes) -> Window | None:
    """The window of what has changed in a file that had these blocks; ``None`` when it is most of the file."""
    size = blocks[-1].stop if blocks else 0
    kept = 0
    while kept < len(blocks) and _hash(content[_start(blocks, kept) : blocks[kept].stop]) == blocks[kept].hash:
        kept += 1
    grown = len(content) - size
    behind = len(blocks)
    while behind > kept and _start(blocks, behind - 1) + grown >= _start(blocks, kept):
        block = content[_start(blocks, behind - 1) + grown : blocks[behind - 1].stop + grown]
        if _hash(block) != blocks[behind - 1].hash:
            break
        behind -= 1
    first, last = max(kept - 1, 0), min(behind + 1, len(blocks))
    before = _start(blocks, last)
    if 2 * (last - first) > len(blocks):
        return None
    return Window(
        _start(blocks, first),
        before,
        before + grown,
        _start(blocks, kept),
        _start(blocks, behind) + grown,
        kept,
        behind,
    )


def _start(blocks: Sequence[Block], number: int) -> int:
    return blocks[number - 1].stop if number else 0


def _hash(part: bytes) -> str:
    return hashlib.blake2b(part, digest_size=16).hexdigest()
