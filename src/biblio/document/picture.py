"""An image as the outputs take it: its bytes, of a kind that all of them know, and its size.

Sources: Portable Network Graphics (W3C, third edition) § 5.2 and § 11.2.1; JPEG, ITU-T T.81 § B.1 and § B.2.2.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

PNG, JPEG = "image/png", "image/jpeg"
ENDINGS = {PNG: ".png", JPEG: ".jpg"}

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG_START = b"\xff\xd8"
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
    """The image that some bytes are; ``None`` for one that is no PNG, and no JPEG in grey or in colours for screens."""
    if content.startswith(_PNG_SIGNATURE) and content[12:16] == b"IHDR" and len(content) > 24:
        width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
        return Picture(PNG, width, height, content) if width and height else None
    return _jpeg(content) if content.startswith(_JPEG_START) else None


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = (int.from_bytes(content[each : each + 2]) for each in (at + 5, at + 7))
            return Picture(JPEG, width, height, content) if width and height and content[at + 9] in _INKS else None
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
