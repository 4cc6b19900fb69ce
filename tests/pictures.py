"""Images for tests, made byte by byte from what their formats say."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int, colour: tuple[int, ...] = (11, 85, 99)) -> bytes:
    """A PNG of one colour, three bytes a pixel, or four with how opaque it is."""
    return _png(width, height, colour, height)


def bomb() -> bytes:
    """A PNG that says that it is immense."""
    return _png(65_536, 65_536, (0, 0, 0), 0)


def _png(width: int, height: int, colour: tuple[int, ...], drawn: int) -> bytes:
    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(drawn))
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if len(colour) == 3 else 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def jpeg(width: int, height: int, components: int = 3) -> bytes:
    """What tells the size and the colours of a JPEG, behind a comment, and its end; there is nothing to see in it."""
    frame = struct.pack(">BHHB", 8, height, width, components) + b"\1\x11\0" * components
    segments = ((0xE0, b"JFIF\0"), (0xFE, b"un commentaire"), (0xC0, frame))
    return (
        b"\xff\xd8"
        + b"".join(
            bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content for marker, content in segments
        )
        + b"\xff\xd9"
    )
