"""Records under their keys in a folder that may be deleted: each is read as it was written, or not at all."""

from __future__ import annotations

import hashlib
import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".json"  # of the name of a record
# Without waiting, should the name be that of a pipe, and through no link.
_AS_IT_IS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def user_cache() -> str | None:
    """``$XDG_CACHE_HOME/biblio``, or ``~/.cache/biblio``; ``None`` for a user without a home.

    Source: XDG Base Directory Specification 0.8, which wants relative paths ignored.
    """
    cache = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(cache):
        cache = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(cache, "biblio") if os.path.isabs(cache) else None


def body_of(place: Path | str, key: str, largest: int) -> bytes | None:
    """What a record says; ``None`` when there is none of at most ``largest`` bytes that is surely as it was saved."""
    try:
        descriptor = os.open(f"{place}/{key}{ENDING}", _AS_IT_IS)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            foreign = hasattr(os, "geteuid") and status.st_uid != os.geteuid()
            if not stat.S_ISREG(status.st_mode) or status.st_size > largest or foreign:
                return None
            seal, _, body = file.read().partition(b"\n")
        return body if hashlib.sha256(body).hexdigest().encode() == seal else None
    except (OSError, ValueError):
        return None
