"""What is known of the entries of large projects from the last time they were read: an SQLite database for each.

Nothing here is ever needed. A database that is missing or cannot be written, is damaged, foreign or of another version,
means that the files are read anew; it may be deleted at any time. See docs/decisions/0035-an-index-of-entries.md.
"""

from __future__ import annotations

import os
from typing import NamedTuple

SMALL = 256 * 1024  # bytes of files that are read faster than an index is worth


class Listed(NamedTuple):
    """A file of references on the disk: its name in messages, where it stands, and how."""

    path: str
    place: str
    status: os.stat_result
