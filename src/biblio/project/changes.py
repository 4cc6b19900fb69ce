"""Waits for the files of a project to change, whatever an editor does to them.

The system wakes us (``watchfiles``), but it is not believed: what it tells is lost with a folder that is taken away, or
is told of what is not there yet. What counts is the files themselves, by their names, times, sizes and numbers.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from biblio.collection.link_history import FILE as LINKS
from biblio.project.project import DOSSIERS, FONTS, IMAGES, REFERENCES
from biblio.project.style_folder import STYLES

WATCHED = (REFERENCES, DOSSIERS, STYLES, IMAGES, FONTS)
# Milliseconds: how long it must be quiet before files are read, and how often they are looked at without being told.
QUIET, LOOK = 40, 1000
# Seconds that a file may be away while an editor puts another one in its place.
AWAY = 0.3

# Of each file and folder: when it was changed, its size, its number on the disk.
Seen = Mapping[str, tuple[int, int, int]]


def changes(root: Path, seen: Seen) -> Iterator[bool]:
    """Whether the files of a project are no longer those that were ``seen``: as soon as they are not, or each second.

    Raises ``KeyboardInterrupt`` as soon as it is told to.
    """
    while True:
        if look(root) == seen:
            _wait(root)
        now = _settled(root, seen)
        changed, seen = now != seen, now
        yield changed


def look(root: Path) -> Seen:
    """The files of a project as they are; those that cannot be looked at are left out."""
    found = {each.path: seen for name in WATCHED for each, seen in _walk(root / name)}
    with suppress(OSError):
        links = (root / LINKS).stat()
        found[str(root / LINKS)] = (links.st_mtime_ns, links.st_size, links.st_ino)
    return found


def _walk(folder: Path) -> Iterator[tuple[os.DirEntry[str], tuple[int, int, int]]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                found = entry.stat()
                yield entry, (found.st_mtime_ns, found.st_size, found.st_ino)
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(Path(entry.path))


def _settled(root: Path, seen: Seen) -> Seen:
    """The files when nobody is at work on them any more, as far as can be told."""
    now = look(root)
    ends = time.monotonic() + AWAY
    while seen.keys() - now.keys() and time.monotonic() < ends:
        time.sleep(QUIET / 1000)
        now = look(root)
    while now != seen:
        time.sleep(QUIET / 1000)
        before, now = now, look(root)
        if before == now:
            break
    return now


def _wait(root: Path) -> None:
    """Waits until the system tells of a change, for a second at the most."""
    from watchfiles import watch  # some 30 ms, for this command alone

    folders = [str(root / name) for name in WATCHED if (root / name).is_dir()]
    try:
        for _ in watch(
            *folders,
            watch_filter=None,
            debounce=4 * QUIET,
            step=QUIET,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            return
    except (OSError, RuntimeError):  # a folder that has just gone, no more watches to be had
        time.sleep(LOOK / 1000)
