"""A whole project as one file, and back: what a backup may hold, what it would change.

A backup comes from anywhere, and its names are believed in nothing: see ``read_backup``.
"""

from __future__ import annotations

import io
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from biblio.editing.works import Work
from biblio.outputs.package import packed
from biblio.project.own import FOLDERS, belongs, own_files
from biblio.project.read import read_bytes
from biblio.words.faults import BiblioError, Span, diagnose

# Files of a backup, and bytes of all of them: a project is held in memory while it is written or looked at.
MOST_FILES, MOST_BYTES = 20_000, 400_000_000
ENDING = ".zip"
_STAMP = datetime(1980, 1, 1, tzinfo=UTC)  # the first that a ZIP file can say: two backups of one project are one file
_NO_PACKAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_ENCRYPTED = 0x1
# Controls, bytes that are no text, and what Windows takes for a folder, a disk or a part of a file.
_ODD = re.compile(r"[\x00-\x1f\x7f\\:\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Backup:
    """The bytes of a ZIP file, how many files are in it, and those ``left`` out, whose names no other system takes."""

    content: bytes
    count: int
    left: tuple[str, ...]


def backup_of(root: Path) -> Backup:
    """The files of a project as one ZIP file, the same bytes for the same files.

    Raises ``BiblioError``: E104 for a file that cannot be read, E236 for more than a backup may hold.
    """
    content: dict[str, bytes] = {}
    left: list[str] = []
    size = 0
    for name, path in own_files(root):
        if not _is_plain(name):
            left.append(os.fsencode(name).decode(errors="backslashreplace"))
            continue
        content[name] = read_bytes(path, name)
        size += len(content[name])
        _require_few(len(content), size, name)
    return Backup(packed(content, _STAMP), len(content), tuple(left))


def _is_plain(name: str) -> bool:
    """Whether a name is one of a file in a folder below, on whatever system."""
    parts = name.split("/")
    return all(part.strip(". ") for part in parts) and not _ODD.search(name)


def _require_few(files: int, size: int, name: str) -> None:
    if files > MOST_FILES or size > MOST_BYTES:
        raise BiblioError(diagnose("E236", Span(name), files=MOST_FILES, limit=MOST_BYTES // 1_000_000))


def read_backup(content: bytes, name: str) -> Mapping[str, bytes]:
    """The files of a project in a backup, by their names; what else is in it does not count.

    Raises ``BiblioError`` for a file that is no backup (E235), or has more than one may have (E236), and for one with a
    name that leads elsewhere, a link, or a file under lock and key (E237): nothing of it is taken then.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            found = _named(package.infolist(), name)
            _require_few(len(package.infolist()), sum(each.file_size for each in found.values()), name)
            files = dict(_read(package, found, name))
    except _NO_PACKAGE as error:
        raise BiblioError(diagnose("E235", Span(name))) from error
    if not files:
        raise BiblioError(diagnose("E235", Span(name)))
    return files


def _named(entries: Iterable[zipfile.ZipInfo], name: str) -> Mapping[str, zipfile.ZipInfo]:
    """The entries that are files of a project, by their names in it."""
    entries = [each for each in entries if not each.is_dir()]
    _require_few(len(entries), 0, name)
    folded: set[str] = set()
    for entry in entries:
        alike = unicodedata.normalize("NFC", entry.filename).casefold()
        if not _is_plain(entry.filename) or not _is_file(entry) or alike in folded:
            raise BiblioError(diagnose("E237", Span(name), file=entry.filename[:200]))
        folded.add(alike)
    above = _folder_around([each.filename for each in entries])
    within = {each.filename.removeprefix(above): each for each in entries if each.filename.startswith(above)}
    return {each: within[each] for each in sorted(within) if belongs(each)}


def _is_file(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file, no link or device, in the clear."""
    return stat.S_IFMT(entry.external_attr >> 16) in (0, stat.S_IFREG) and not entry.flag_bits & _ENCRYPTED


def _folder_around(names: Iterable[str]) -> str:
    """The folder that everything stands in, as when a person packs the folder of a project; else nothing."""
    tops = {name.partition("/")[0] + "/" for name in names if not name.startswith("__MACOSX/")}
    top = tops.pop() if len(tops) == 1 else ""
    return "" if top.rstrip("/") in FOLDERS else top


def _read(package: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], name: str) -> Iterator[tuple[str, bytes]]:
    """The contents, of which not one byte more is unpacked than a backup may hold, whatever it says of itself."""
    left = MOST_BYTES
    for path, entry in entries.items():
        with package.open(entry) as file:
            content = file.read(left + 1)
        left -= len(content)
        _require_few(0, MOST_BYTES - left, name)
        yield path, content


@dataclass(frozen=True, slots=True)
class Restoration:
    """What putting a backup back would do to a project: the files to write, and those that are as they are to be.

    ``beside`` are files of the project that the backup does not have: they stay.
    """

    works: tuple[Work, ...]
    unchanged: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """The files that are not there yet."""
        return tuple(work.path for work in self.works if work.before is None)

    @property
    def replaced(self) -> tuple[str, ...]:
        """The files that say something else."""
        return tuple(work.path for work in self.works if work.before is not None)


def restoration(root: Path, files: Mapping[str, bytes]) -> Restoration:
    """What a backup would do to the project of a folder, which may have none yet. Raises ``BiblioError`` (E104, E133).

    A file stands where its name says: no folder on the way is a link that leads out of the project (E133).
    """
    works: list[Work] = []
    unchanged: list[str] = []
    inside = os.path.realpath(root)
    for name, content in files.items():
        place = root / name
        if not Path(os.path.realpath(place)).is_relative_to(inside):
            raise BiblioError(diagnose("E133", Span(name)))
        before = read_bytes(place, name) if os.path.lexists(place) else None
        if before == content:
            unchanged.append(name)
        else:
            works.append(Work(name, place, before, content))
    beside = [name for name, _ in own_files(root) if name not in files]
    return Restoration(tuple(works), tuple(unchanged), tuple(beside))
