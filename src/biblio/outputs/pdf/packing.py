"""Objects of a PDF as the bytes that are written: each made, and each stream compressed, once.

The engine's writer asks for an object's bytes when it writes it, and again for the identifier of the file; a stream is
compressed each time, at the highest level. Of the levels, 7 takes a third of the time of 9 for one part in seventy more
bytes (the reference dossier, zlib 1.2.13).
"""

from __future__ import annotations

import zlib
from functools import cached_property, lru_cache
from typing import Any

import pydyf

LEVEL = 7
# Bytes that the stream of a page stays under: what is longer, attachments and fonts, is not kept in memory.
PAGE = 50_000


class _Written(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """An object as it is written, in the place of the one that it was made of."""

    def __init__(self, made: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = made.number, made.generation, made.free
        self._made = made

    @cached_property
    def data(self) -> bytes:
        return bytes(self._made.data)

    @property
    def compressible(self) -> bool:
        return bool(self._made.compressible)


def pack(pdf: Any) -> None:
    """Packs all objects of a PDF that is complete: nothing that is changed in them afterwards would be written."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.compress:
            _compress(each)
    pdf.objects[:] = [each if each.free == "f" else _Written(each) for each in pdf.objects]


def _compress(stream: Any) -> None:
    stream.compress = False
    # Its dictionary, the word « stream », what it holds, the word « endstream » (ISO 32000-1 § 7.3.8).
    _, _, content = stream.data.partition(b"\nstream\n")
    content = content.removesuffix(b"\nendstream")
    stream.stream = [_compressed(content) if len(content) < PAGE else zlib.compress(content, LEVEL)]
    stream.extra = {**stream.extra, "Filter": "/FlateDecode"}


# Of the pages of a dossier that is made again and again, most have what they had.
@lru_cache(maxsize=500)
def _compressed(content: bytes) -> bytes:
    return zlib.compress(content, LEVEL)
