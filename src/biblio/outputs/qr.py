"""The address of a notice as a QR code, for who holds the page in hand: the squares, and how large they are drawn.

Source: ISO/IEC 18004, by segno.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

MODULE, SMALLEST, LARGEST = 0.42, 16, 24  # millimetres: of one square, and of all of them
LONGEST = 500  # characters: beyond, the squares would be too small to read
# With more than that the code is made without what mends a stain.
MENDED = 120


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code of as many ``squares`` across and down as it says, ``size`` millimetres wide.

    ``path`` is an SVG path of the dark ones, each a unit wide.
    """

    squares: int
    size: float
    path: str


def qr_code(address: str) -> QrCode | None:
    """The code of an address; none for one that is too long."""
    if len(address) > LONGEST:
        return None
    from segno import make  # only where codes are asked for

    rows = make(address, error="M" if len(address) <= MENDED else "L", boost_error=False, micro=False).matrix
    size = round(min(max(SMALLEST, len(rows) * MODULE), LARGEST), 2)
    return QrCode(len(rows), size, "".join(map(_row, range(len(rows)), rows)))


def _row(number: int, row: bytearray) -> str:
    """The dark squares of a row, those side by side in one piece."""
    drawn, left = "", 0
    for dark, squares in groupby(row):
        width = sum(1 for _ in squares)
        drawn += f"M{left} {number}h{width}v1h-{width}z" if dark else ""
        left += width
    return drawn
