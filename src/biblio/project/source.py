"""A file of a project: its name in messages, where it stands, and its bytes, read when they are asked for."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from biblio.project.read import MAX_FILE, read_bytes
from biblio.words.faults import BiblioError, Span, diagnose


class SourceFile:
    """A file that was read: its name relative to the project, with ``/``, and its bytes.

    ``place`` is where it stands on the disk, for whoever writes it back: a name that is shown may not be the very one.
    A file whose hash is ``known`` is read when its bytes are asked for.
    """

    __slots__ = ("_content", "_known", "_place", "path")

    def __init__(self, path: str, content: bytes | None = None, place: Path | str = "", known: str = "") -> None:
        self.path = path
        self._place = place
        self._content = content
        self._known = known

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SourceFile) and (self.path, self.sha256) == (other.path, other.sha256)

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def place(self) -> Path:
        """Where it stands on the disk."""
        return Path(self._place)

    @property
    def content(self) -> bytes:
        """The bytes.

        Raises ``BiblioError`` when they cannot be read (E104), or are others than when their hash was taken (E199):
        what is made of a file and the hash that stands for it are of the same bytes.
        """
        if self._content is None:
            content = read_bytes(self.place, self.path, MAX_FILE)
            if hashlib.sha256(content).hexdigest() != self._known:
                raise BiblioError(diagnose("E199", Span(self.path)))
            self._content = content
        return self._content

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        if not self._known:
            self._known = hashlib.sha256(self.content).hexdigest()
        return self._known


def shown_as(path: Path) -> str:
    r"""A name as messages and manifests write it: with ``/``, and ``\xe9`` for a byte that is no character.

    Two names never meet: a backslash of the name itself is doubled.
    """
    return said_as(path.as_posix())


def said_as(name: str) -> str:
    """The same of a name that has its ``/`` already."""
    return os.fsencode(name).replace(b"\\", b"\\\\").decode(errors="backslashreplace")
