"""Slugs: names that are safe as file names everywhere and as parts of addresses."""

from __future__ import annotations

import re

from biblio.text.collation import slugify

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Names that Windows keeps for its devices; a slug becomes a file name on every reader's machine.
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


def is_slug(value: str) -> bool:
    """Whether a name is safe as a file name everywhere and as part of an address."""
    return SLUG.fullmatch(value) is not None and value not in RESERVED


def slug_like(value: str) -> str:
    """A name that is safe as a file name and most like ``value``: « santé » gives « sante »."""
    made = slugify(value)
    return f"{made}-1" if made in RESERVED else made or "mon-dossier"
