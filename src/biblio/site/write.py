"""Writes a site to the disk: each file whole, only those that changed, and takes away what is no longer part of it.

What a site has is listed in a file of its own, by which the next run knows which files are its own to remove. It is
written before any other change, with the old names and the new ones: a run that is killed leaves nothing that the next
one would not know.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from biblio.project.lock import held
from biblio.project.read import read_plainly
from biblio.project.temporary import beside, require_regular, sweep_outputs
from biblio.words.faults import BiblioError, Span, diagnose

LIST, NOTES = ".biblio-site.json", ".biblio-site.new"
_LOCK = "site"
_MOST_LIST = 200_000_000
_LEFT = frozenset({f".biblio-{_LOCK}.lock"})


@dataclass(slots=True)
class Written:
    """What became of the files: how many there are, how many of them are new or changed, how many are gone."""

    files: int = 0
    changed: int = 0
    removed: int = 0
    size: int = 0


def require_ours(folder: Path) -> None:
    """Raises ``BiblioError`` (E200) for a folder that has something in it and is no site of ours."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if any(each.name not in _LEFT for each in folder.iterdir()) and not (folder / LIST).is_file():
            raise BiblioError(diagnose("E200", Span(folder.name), folder=folder.name))


@dataclass(frozen=True, slots=True)
class Kept(Mapping[str, bytes]):
    """The files of the last site in ``folder`` that took long to make, by the hashes of what they were made of.

    One that somebody has changed is gone: each is read with the hash of its own that it was written with.
    """

    folder: Path
    places: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, folder: Path) -> Kept:
        """Those that the list of a folder names; none where there is none."""
        places = {}
        with suppress(OSError, ValueError, AttributeError):
            for key, row in json.loads(read_plainly(folder / LIST, _MOST_LIST)).get("made", {}).items():
                path, digest = map(str, row)
                if _is_safe(path):
                    places[str(key)] = (path, digest)
        return cls(folder, places)

    def __getitem__(self, key: str) -> bytes:
        path, digest = self.places[key]
        with suppress(OSError):
            content = read_plainly(self.folder / path)
            if sha256(content).hexdigest() == digest:
                return content
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def write_site(
    folder: Path, files: Iterable[tuple[str, bytes]], made: Mapping[str, str] = MappingProxyType({})
) -> Written:
    """Writes all the ``files`` (paths with ``/``, each once) and removes those of the last run that are not among them.

    ``made`` says which of them took long, by the hashes of what they were made of (see ``Kept``).

    Raises ``BiblioError``: E200 for a folder of somebody else's, E105 with the system's reason when it cannot be
    written.
    """
    require_ours(folder)
    path = ""
    written = Written()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder, _LOCK):
            sweep_outputs(folder, _LOCK)
            before = set(_listed(folder))
            now: set[str] = set()
            if not (folder / LIST).is_file():
                _put(folder / LIST, b"{}\n", folder)
            with (folder / NOTES).open("a", encoding="utf-8") as notes:
                for path, content in files:
                    _require_new(path, now)
                    now.add(path)
                    written.files += 1
                    written.size += len(content)
                    if path not in before:
                        # Known before it is there: what a killed run leaves is found by the next one.
                        notes.write(path + "\n")
                        notes.flush()
                    written.changed += _write(folder, path, content)
            for path in sorted(before - now):
                written.removed += _remove(folder, path)
            path = LIST
            record = {
                "files": sorted(now),
                "made": {key: [path, sha256((folder / path).read_bytes()).hexdigest()] for key, path in made.items()},
            }
            _put(folder / LIST, (json.dumps(record, ensure_ascii=False, indent=0) + "\n").encode(), folder)
            (folder / NOTES).unlink(missing_ok=True)
    except OSError as error:
        raise BiblioError(diagnose("E105", Span(path or folder.name), reason=error.strerror or str(error))) from error
    return written


def _listed(folder: Path) -> Iterator[str]:
    """The files of the last run, with those of one that was killed."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        paths = json.loads(read_plainly(folder / LIST, _MOST_LIST))["files"]
        yield from (path for path in paths if isinstance(path, str) and _is_safe(path))
    with suppress(OSError, ValueError):
        yield from filter(_is_safe, read_plainly(folder / NOTES, _MOST_LIST).decode().split("\n"))


def _is_safe(path: str) -> bool:
    parts = path.split("/")
    return all(part and part not in (".", "..") and "\\" not in part and "\0" not in part for part in parts)


def _require_new(path: str, known: Container[str]) -> None:
    if not _is_safe(path) or path in known:  # a bug of ours: no user can cause it
        raise ValueError(f"path {path!r}")


def _write(folder: Path, path: str, content: bytes) -> bool:
    """Writes a file, unless it is there as it would be."""
    place = folder / path
    with suppress(OSError):
        if place.lstat().st_size == len(content) and not place.is_symlink() and read_plainly(place) == content:
            return False
    _put(place, content, folder)
    return True


def _put(place: Path, content: bytes, folder: Path) -> None:
    for parent in (*place.relative_to(folder).parents,)[-2::-1]:
        # A link in the place of a folder would lead out of the site.
        if (folder / parent).is_symlink():
            (folder / parent).unlink()
        (folder / parent).mkdir(exist_ok=True)
    require_regular(place)
    temporary = beside(folder, _LOCK)
    try:
        temporary.write_bytes(content)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def _remove(folder: Path, path: str) -> int:
    """Removes a file, and the folders that it leaves empty; 1 if it was there."""
    place = folder / path
    with suppress(OSError):
        place.unlink()
        parent = place.parent
        with suppress(OSError):
            while parent != folder:
                parent.rmdir()
                parent = parent.parent
        return 1
    return 0
