"""Where the entries of a file stand, and the hash of all that each of them is read from."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from biblio.formats.bibtex.file import BibFile
from biblio.formats.bibtex.inherit import keys_of
from biblio.formats.bibtex.syntax import Definition
from biblio.project.index.facts import dumps


class Place(NamedTuple):
    """Where an entry stands, its key, perhaps made up, and the hash of all that it is read from."""

    digest: bytes
    start: int
    stop: int
    line: int
    column: int
    height: int
    key: str
    base: str | None
    aliases: tuple[str, ...]


def places_of(file: BibFile, content: bytes | None, before: Sequence[Definition] = ()) -> Iterator[Place]:
    """Where the entries of a file stand: in its ``content``, or else in its text.

    ``before`` are the macros before a text that is a part of a file.
    """
    aliases: dict[int, list[str]] = defaultdict(list)
    for number, entry in enumerate(file.entries):
        for each in entry.fields:
            if each.name == "ids":
                aliases[number] += keys_of(each)
    bounds = [offset for entry in file.entries for offset in (entry.offset, entry.end)]
    at = bounds if content is None else in_bytes_of(file.text, bounds)
    definitions = [*(each._replace(offset=-1) for each in before), *file.definitions]
    contexts = contexts_of(file.shared, definitions, composed=file.composed)
    _, context = next(contexts)
    following = next(contexts, None)
    for number, entry in enumerate(file.entries):
        while following is not None and following[0] < entry.offset:
            context, following = following[1], next(contexts, None)
        start, stop = at[2 * number], at[2 * number + 1]
        line, column = file.positions.place(entry.offset)
        part = file.text[start:stop].encode("utf-8", "surrogatepass") if content is None else content[start:stop]
        digest = digest_of(part, context, column)
        key = file.keys[number]
        yield Place(
            digest, start, stop, line, column, part.count(b"\n"), key, key if entry.keyless else None,
            tuple(dict.fromkeys(aliases.get(number, ()))),
        )  # fmt: skip


def digest_of(part: bytes, context: bytes = b"", column: int = 1) -> bytes:
    """The hash of an entry: its bytes, the macros that it may use, and the column that it begins in."""
    hashed = hashlib.blake2b(part, digest_size=16, key=context)
    if column != 1:
        hashed.update(str(column).encode())
    return hashed.digest()


def contexts_of(
    shared: Mapping[str, str], definitions: Iterable[Definition], *, composed: bool
) -> Iterator[tuple[int, bytes]]:
    """What stands for the macros that entries may use: for those behind no definition (-1), and behind each one."""
    context = _context(b"", dumps([sorted(shared.items()), composed])) if shared else b""
    yield -1, context
    for each in definitions:
        context = _context(context, dumps([each.name, each.value]))
        yield each.offset, context


def _context(before: bytes, said: str) -> bytes:
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16, key=before).digest()


def in_bytes_of(text: str, offsets: Sequence[int]) -> Sequence[int]:
    """What offsets in a text, in their order, are in its bytes."""
    if text.isascii():
        return offsets
    found = []
    before = at = 0
    for offset in offsets:
        at += len(text[before:offset].encode("utf-8", "replace"))
        found.append(at)
        before = offset
    return found
