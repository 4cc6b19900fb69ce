"""Writes records into a folder that may be deleted, each whole or not at all, and reads those of JSON.

``project/kept.py`` reads what any of them says, and imports nothing for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from itertools import accumulate
from pathlib import Path
from typing import Any

from biblio.project.kept import ENDING, body_of


def load(place: Path | str, key: str, largest: int) -> Any:
    """A record of JSON; ``None`` when there is none of at most ``largest`` bytes that can be trusted to be as saved."""
    body = body_of(place, key, largest)
    try:
        return None if body is None else json.loads(body)
    except (ValueError, RecursionError):
        return None


def save(place: Path, key: str, record: Any, most: int, room: int) -> None:
    """Writes a value as a record of JSON; see ``save_body``."""
    save_body(place, key, json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode(), most, room)


def save_body(place: Path, key: str, body: bytes, most: int, room: int) -> None:
    """Writes a record whole or not at all; says nothing when it cannot.

    The folder then keeps at most ``most`` records, which take at most ``room`` bytes: the oldest go, never the newest.
    """
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix="new-", suffix=".tmp", dir=place)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(temporary).replace(place / f"{key}{ENDING}")
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sweep(place, most, room)
    except OSError:
        return


def _sweep(place: Path, most: int, room: int) -> None:
    """Removes the oldest records beyond what may be kept, and what interrupted writes left behind."""
    found = [(path.stat(), path) for path in place.glob(f"*{ENDING}")]
    aged = sorted(found, key=lambda each: each[0].st_mtime_ns, reverse=True)
    newest = aged[0][0].st_mtime if aged else 0
    sizes = accumulate(status.st_size for status, _ in aged)
    ranked = enumerate(zip(aged, sizes, strict=True))
    old = [path for rank, ((_, path), size) in ranked if rank and (rank >= most or size > room)]
    left = [path for path in place.glob("new-*.tmp") if path.stat().st_mtime < newest - 3600]
    for path in (*old, *left):
        path.unlink(missing_ok=True)
