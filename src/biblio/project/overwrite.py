"""Writes a file of the user's back in its place, so that it is the whole old one or the whole new one."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from biblio.words.faults import BiblioError, Span, diagnose


def overwrite(path: Path, content: bytes) -> None:
    """Puts ``content`` in place of a file, which keeps its rights; a symbolic link stays one.

    Raises ``BiblioError`` (E105) with the system's reason; the file is then what it was.
    """
    target = path.resolve()
    temporary = target.with_name(f".biblio-{target.name}.tmp")
    try:
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, temporary)
            temporary.replace(target)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise BiblioError(diagnose("E105", Span(path.name), reason=error.strerror or str(error))) from error
