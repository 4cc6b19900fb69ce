"""The program's own digest: what is remembered from one run to the next is believed by the same program alone."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import biblio


@cache
def code_digest() -> str:
    """Sixteen hexadecimal digits that change with any file of the program: a new version rebuilds what it changes."""
    package = Path(biblio.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml", ".j2", ".lua", ".css"):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
