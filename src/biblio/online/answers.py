"""What servers answered, kept for a while in the user's cache folder, each answer with its date.

Nothing here is ever needed, and the folder may be deleted at any time. An answer to a request with a key of access is
not kept.
"""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from biblio.project.keep import load, save

FRESH = 7 * 24 * 3600.0  # seconds
KEPT = 500  # answers; the oldest others go
ROOM = 64_000_000  # bytes that they may take together
LARGEST = 8_000_000  # bytes of one that is worth it


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer: where it came from at last, its type, and when it was given, in seconds since 1970."""

    address: str
    media_type: str
    body: bytes
    when: float


def is_fresh(when: float, now: float) -> bool:
    """Whether an answer need not be asked for again; one of the future was dated by another clock."""
    return 0 <= now - when < FRESH


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers kept in a folder."""

    folder: Path

    def get(self, address: str, accept: str) -> KeptAnswer | None:
        """What was answered to such a request, whenever that was."""
        record = load(self.folder, _key(address, accept), 2 * LARGEST)
        try:
            body = base64.b64decode(record["body"], validate=True)
            return KeptAnswer(str(record["address"]), str(record["type"]), body, float(record["when"]))
        except (TypeError, ValueError, KeyError):
            return None

    def put(self, address: str, accept: str, at: str, media_type: str, body: bytes, when: float) -> None:
        """Keeps an answer, if it can be and is not too long."""
        if len(body) > LARGEST:
            return
        record = {
            "asked": address,
            "address": at,
            "type": media_type,
            "when": when,
            "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when)),
            "body": base64.b64encode(body).decode("ascii"),
        }
        save(self.folder, _key(address, accept), record, KEPT, ROOM)


def _key(address: str, accept: str) -> str:
    return hashlib.sha256(f"{address}\0{accept}".encode()).hexdigest()
