"""The files that travel inside a PDF of biblio, read back from its bytes.

A stream always stands by itself in a PDF, whatever the file does with its other objects (ISO 32000-1 § 7.5.7), and an
embedded file says what it is in its own dictionary (§ 7.11.4): there is no need to follow the file's structure.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

SIGNATURE = b"%PDF-"
MOST = 16_000_000  # bytes of all the attachments together: some twenty thousand references
MOST_FILES = 64
LONGEST = 4096  # bytes of the dictionary before a stream
PIECE = 65_536

_MARK = re.compile(rb"/EmbeddedFile(?=[\s/<>\[\]()])")
_TYPE = re.compile(rb"/Subtype\s*/(?P<name>[^\s/<>\[\]()]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class TooMuchError(Exception):
    """A file holds more than any of ours: small as it is, it may be made to unpack without end."""


def attachments(pdf: bytes) -> Mapping[str, bytes]:
    """The files inside a PDF by their media types; of one that is damaged or encrypted, those that can be read.

    Raises ``TooMuchError`` when there are over ``MOST_FILES``, or they have over ``MOST`` bytes.
    """
    found: dict[str, bytes] = {}
    left = MOST
    for count, mark in enumerate(_MARK.finditer(pdf)):
        if count >= MOST_FILES:
            raise TooMuchError
        start = max(pdf.rfind(b" obj", max(0, mark.start() - LONGEST), mark.start()), 0)
        header, keyword, _ = pdf[start : start + LONGEST].partition(b"stream")
        media_type = _TYPE.search(header)
        if not keyword or media_type is None or b"endobj" in header:
            continue
        name = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), media_type["name"]).decode("ascii", "replace")
        begins = start + len(header) + len(keyword)
        begins += 2 if pdf[begins : begins + 2] == b"\r\n" else 1
        content = _content(pdf, begins, left, packed=b"/FlateDecode" in header)
        left -= len(content or b"")
        if content is not None:
            found.setdefault(name, content)
    return found


def _content(pdf: bytes, begins: int, most: int, *, packed: bool) -> bytes | None:
    if not packed:
        ends = pdf.find(b"endstream", begins)
        if ends - begins > most:
            raise TooMuchError
        return pdf[begins:ends].removesuffix(b"\n").removesuffix(b"\r") if ends >= 0 else None
    unpacking = zlib.decompressobj()
    content = bytearray()
    try:
        # In pieces: what stands behind a stream is not copied for each of them.
        for position in range(begins, len(pdf), PIECE):
            content += unpacking.decompress(pdf[position : position + PIECE], most + 1 - len(content))
            if len(content) > most:
                raise TooMuchError
            if unpacking.eof:
                return bytes(content)
    except zlib.error:
        return None
    return None
