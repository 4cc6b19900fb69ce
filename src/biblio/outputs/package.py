"""ZIP packages, of office documents and of files to take away: read, and written the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

# What must come first in its package, stored as it is (OpenDocument 1.3 part 2 § 3.3, EPUB OCF 3.3 § 4.3).
_FIRST = "mimetype"


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package by their names, in their order. The package is one of our own program."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def packed(content: Mapping[str, bytes], stamp: datetime) -> bytes:
    """A package of these parts, each dated ``stamp``."""
    moment = max(stamp.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name in sorted(content, key=lambda each: (each != _FIRST, each != "[Content_Types].xml")):
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == _FIRST else zipfile.ZIP_DEFLATED
            package.writestr(entry, content[name], compresslevel=6)
    return written.getvalue()
