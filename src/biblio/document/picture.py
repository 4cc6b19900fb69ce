"""An image as the outputs take it: its bytes, of a kind that all of them know, and its size.

Sources: Portable Network Graphics (W3C, third edition) § 5 and § 11.2.1; JPEG, ITU-T T.81 § B.1 and § B.2.2.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from zlib import crc32

PNG, JPEG = "image/png", "image/jpeg"
ENDINGS = {PNG: ".png", JPEG: ".jpg"}

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG_START, _JPEG_END = b"\xff\xd8", b"\xff\xd9"
# The segments that open a frame, with its size: SOF0 to SOF15 without DHT, JPG and DAC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_INKS = (1, 3)  # the components of grey and of colours for screens; four are those of a printer


@dataclass(frozen=True, slots=True)
class Picture:
    """An image; ``width`` and ``height`` are in pixels."""

    media_type: str
    width: int
    height: int
    content: bytes

    @property
    def name(self) -> str:
        """A name that no other image has, whatever its file is called."""
        return sha256(self.content).hexdigest()[:16] + ENDINGS[self.media_type]

    @property
    def inline(self) -> str:
        """The image as an address that holds it (RFC 2397)."""
        return f"data:{self.media_type};base64,{b64encode(self.content).decode()}"


def picture_of(content: bytes) -> Picture | None:
    """The image that some bytes are; ``None`` for what is no whole PNG, and no whole JPEG in the colours of screens.

    The outputs take an image as it is, and would not say that it is damaged.
    """
    if content.startswith(_PNG_SIGNATURE):
        return _png(content)
    return _jpeg(content) if content.startswith(_JPEG_START) else None


def _png(content: bytes) -> Picture | None:
    """A PNG each chunk of which is what its check sum says, from its header to its end (§ 5.3, § 5.6)."""
    at, kind, width, height = len(_PNG_SIGNATURE), b"", 0, 0
    while at + 12 <= len(content) and kind != b"IEND":
        length = int.from_bytes(content[at : at + 4])
        first, kind, end = not width, content[at + 4 : at + 8], at + 8 + length
        if crc32(content[at + 4 : end]) != int.from_bytes(content[end : end + 4]) or first != (kind == b"IHDR"):
            return None
        if first:
            width, height = (int.from_bytes(content[each : each + 4]) for each in (at + 8, at + 12))
            if not width or not height:
                return None
        at = end + 4
    return Picture(PNG, width, height, content) if kind == b"IEND" else None


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = (int.from_bytes(content[each : each + 2]) for each in (at + 5, at + 7))
            is_whole = width and height and content[at + 9] in _INKS and _JPEG_END in content[at:]
            return Picture(JPEG, width, height, content) if is_whole else None
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
