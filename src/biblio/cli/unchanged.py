"""Answers a build with nothing to do at once, before anything heavy is imported.

What a build had to say when nothing was to be done is kept in the user's cache, with all that it depends on: the words
of the command and where it was typed, every file of the project and of the outputs by its hash, the names in their
folders, the program as it stands on the disk. The same command says it again if all of that is as it was; on the least
doubt the ordinary way is taken. ``build`` keeps it (``commands/build.py``), as ``docs/decisions/0029`` tells.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence

import biblio
from biblio.project.kept import body_of, user_cache

TYPE_CHECKING = False  # as checkers of types know it: to import ``typing`` takes a tenth of the time of an answer
if TYPE_CHECKING:
    from typing import Any

# What a build looks at in the project, and what its outputs are made with beside it.
FOLDERS = ("dossiers", "references", "styles", "fonts", "images")
LINKS = "links.jsonl"
# What sways the words of an answer, or the outputs.
ENVIRONMENT = ("LANG", "LC_ALL", "LC_MESSAGES", "SOURCE_DATE_EPOCH")
LARGEST = 4_000_000  # bytes of an answer that is kept
_BETWEEN = "\0\0"  # no name of a file has a zero, nor has anything that is printed
MOST = 256_000_000  # bytes to hash: the ordinary way has an index of large collections


class Doubt(Exception):  # noqa: N818  # not an error: the ordinary way is taken
    """Something is not as simple as it would have to be."""


def answer(words: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """What a build with these words would print, were it run here; ``None`` when it has to be run."""
    folder = cache_folder()
    if words[:1] != ["build"] or folder is None or sys.stdout is None or sys.stderr is None:
        return None
    try:
        body = body_of(folder, key_of(words, environment), LARGEST)
        if body is None:
            return None
        was, made, said = body.decode("utf-8", "surrogatepass").split(_BETWEEN)
        place, *names = made.split("\0")
        return said if was == digest_of(snapshot(os.getcwd(), {place: names})) else None
    except (Doubt, OSError, ValueError):
        return None


def record_of(was: Mapping[str, Any], place: str, names: Sequence[str], said: str) -> bytes:
    """What is kept of an answer: one hash of what it depends on; the folder and names of the outputs; its words."""
    return _BETWEEN.join((digest_of(was), "\0".join((place, *names)), said)).encode("utf-8", "surrogatepass")


def digest_of(snapshot: Mapping[str, Any]) -> str:
    """A snapshot as one hash."""
    return _hash(repr(snapshot))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def cache_folder() -> str | None:
    """The folder of answers in the user's cache, if the user has one."""
    cache = user_cache()
    return os.path.join(cache, "unchanged") if cache else None


def key_of(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Under which name the answer to these words is kept, in this folder, environment and Python."""
    place = [os.getcwd(), list(words), [environment.get(name) for name in ENVIRONMENT], sys.version, sys.executable]
    return _hash(repr(place))


def snapshot(root: str, outputs: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """All that an answer depends on, as plain values. Raises ``Doubt`` and ``OSError``.

    ``root`` is the folder of the project; ``outputs`` are names of files by their folder.
    """
    files = [path for folder in FOLDERS for path in _files(os.path.join(root, folder))]
    files += [path for path in (os.path.join(root, LINKS),) if os.path.lexists(path)]
    made = [os.path.join(folder, name) for folder, names in outputs.items() for name in names]
    weight = 0
    hashes: dict[str, str] = {}
    for path in (*files, *made):
        content = _content(path)
        weight += len(content)
        if weight > MOST:
            raise Doubt
        hashes[path] = hashlib.sha256(content).hexdigest()
    listed = {folder: sorted(os.listdir(folder)) for folder in outputs}
    return {"files": hashes, "listed": listed, "program": _program()}


def _files(folder: str) -> Iterator[str]:
    """Every file in a folder and below it, in order; none where it is not there. Raises ``Doubt`` for a link."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    yield from (entry.path for entry in entries if entry.is_file(follow_symlinks=False))
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif not entry.is_file(follow_symlinks=False):
            raise Doubt


def _content(path: str) -> bytes:
    """The bytes of a regular file that is not reached through a link."""
    with open(path, "rb", opener=_as_it_is) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Doubt
        return file.read(MOST + 1)


def _as_it_is(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def _program() -> str:
    """What changes with any file of the program, any style that comes with it, and any package that is installed."""
    package = os.path.dirname(os.path.abspath(biblio.__file__))
    beside = os.path.join(os.path.dirname(os.path.dirname(package)), "styles")
    # ``python -m biblio`` puts the folder where it is typed first, which outputs come into.
    places = [place for place in sys.path if place not in ("", os.getcwd()) and os.path.isdir(place)]
    stood = [(place, os.stat(place).st_mtime_ns) for place in places]
    found = [each for folder in (package, beside) for each in _stood(folder)]
    return _hash(repr((stood, found)))


def _stood(folder: str) -> Iterator[tuple[str, int, int]]:
    """The files of a folder and below it, with size and time of the last change; what Python compiles left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _stood(entry.path)
        else:
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns
