"""What of a folder is a project's own: what a version of it and a backup of it hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from biblio.collection.link_history import FILE as LINKS
from biblio.project.project import DOSSIERS, FONTS, IMAGES, REFERENCES
from biblio.project.read import read_bytes
from biblio.project.settings import SHARED_FILE, parse_settings
from biblio.project.style_folder import STYLES
from biblio.words.faults import BiblioError, Span, diagnose

# What online sources said last (``online/said.py``), and the pages of the site (``site/page_spec.py``).
SOURCES, SITE = "sources", "site"
# These folders with all that is in them, and these files. Outputs are made again, and what begins with a point is a
# program's: the history of git, say.
FOLDERS = (REFERENCES, DOSSIERS, STYLES, IMAGES, FONTS, SOURCES, SITE)
_FILES = re.compile(rf"biblio(?:-[\w-]+)?\.(?:toml|json)|pyproject\.toml|{re.escape(LINKS)}|README\.md", re.IGNORECASE)


def belongs(name: str) -> bool:
    """Whether a file of that name, relative to the project and with ``/``, is one of a project's own."""
    first, *others = name.split("/")
    if any(part.startswith(".") for part in others):
        return False
    return first in FOLDERS if others else _FILES.fullmatch(first) is not None


def has_settings(content: bytes) -> bool:
    """Whether biblio's settings stand in the content of a ``pyproject.toml``. Raises ``BiblioError`` (C101, C102)."""
    return parse_settings(content.decode("utf-8", "replace"), SHARED_FILE) is not None


def own_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files of a project with their names, in order; a link that leads out of the project is none of its files.

    A ``pyproject.toml`` is the project's when biblio's settings stand in it. Raises ``BiblioError`` (E104, C101).
    """
    inside = os.path.realpath(root)
    for top in sorted((*FOLDERS, *_top_files(root))):
        for path in sorted(_walked(root / top), key=lambda each: each.relative_to(root).parts):
            name = path.relative_to(root).as_posix()
            if belongs(name) and path.is_file() and Path(os.path.realpath(path)).is_relative_to(inside):
                yield name, path


def _top_files(root: Path) -> Iterable[str]:
    with suppress(FileNotFoundError), os.scandir(root) as entries:
        names = [each.name for each in entries if _FILES.fullmatch(each.name)]
        return [name for name in names if name != SHARED_FILE or _is_ours(root / name)]
    return ()


def _is_ours(path: Path) -> bool:
    return path.is_file() and has_settings(read_bytes(path))


def _walked(top: Path) -> Iterator[Path]:
    if not top.is_dir():
        yield top
        return

    def stop(error: OSError) -> None:
        raise BiblioError(diagnose("E104", Span(top.name), reason=error.strerror or str(error))) from error

    for folder, folders, files in os.walk(top, onerror=stop):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (Path(folder) / each for each in files)
