"""What is known of large files from the last time they were read, in the user's cache folder.

Nothing here is ever needed: a folder that is missing or cannot be written, a file that is damaged, foreign or of
another version, all mean that the files are read anew. The folder may be deleted at any time. See
docs/decisions/0012-library-cache.md.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from biblio import __version__
from biblio.collection.bulk import collector_paused
from biblio.collection.glance import Glance
from biblio.collection.glances import from_record as glances_from_record
from biblio.collection.glances import to_record as glances_to_record
from biblio.collection.library import Library
from biblio.collection.record import WRONG
from biblio.formats.bibtex.file import BibFile, open_bibtex
from biblio.formats.bibtex.record import faults_from_record, faults_to_record, from_record, to_record
from biblio.project.keep import load, save
from biblio.project.kept import user_cache
from biblio.project.program import code_digest
from biblio.words.faults import Diagnostic
from biblio.words.tables import faults

SMALL = 256 * 1024  # bytes of files that are read faster than a cache is worth
KEPT = 32  # records in the folder; the oldest others go
ROOM = 256 * 1024 * 1024  # bytes that they may take together, but for the newest
LARGEST = 512 * 1024 * 1024  # bytes of a record


def folder() -> Path | None:
    """The folder of biblio in the user's cache; ``None`` for a user without a home."""
    found = user_cache()
    return Path(found) if found else None


def open_cached(content: bytes, path: str, shared: Mapping[str, str] | None = None) -> BibFile:
    """The same as ``open_bibtex``, from the cache when the same bytes were read before by the same program."""
    if len(content) < SMALL:
        return open_bibtex(content, path, shared)
    key = _key("index", hashlib.sha256(content).hexdigest(), json.dumps(shared or {}, sort_keys=True))
    file = from_record(_load(key), content, path, shared or {})
    if file is None or not _can_be_told(file.index.diagnostics):
        file = open_bibtex(content, path, shared)
        _save(key, to_record(file, content))
    return file


def faults_cached(library: Library, contents: Sequence[tuple[bytes, str]]) -> tuple[Diagnostic, ...]:
    """``library.faults()``, from the cache when these files, with these names, were converted before."""
    if sum(len(content) for content, _ in contents) < SMALL:
        return library.faults()
    paths = [path for _, path in contents]
    key = _key("faults", *paths, *(hashlib.sha256(content).hexdigest() for content, _ in contents))
    record = _load(key)
    if isinstance(record, list):
        with contextlib.suppress(*WRONG):
            found = faults_from_record(record, paths)
            if _can_be_told(found):
                return tuple(found)
    told = library.faults()
    _save(key, faults_to_record(told, paths))
    return told


def glances_cached(contents: Sequence[tuple[bytes, str]], library: Library) -> Sequence[Glance] | None:
    """Glances at the references of a library, from the cache; ``None`` the first time, which fills it."""
    if sum(len(content) for content, _ in contents) < SMALL:
        return None
    key = _key("glances", *(hashlib.sha256(content).hexdigest() for content, _ in contents))
    glances = glances_from_record(_load(key), library)
    if glances is None:
        with collector_paused():
            _save(key, glances_to_record(tuple(library)))
    return glances


def _can_be_told(diagnostics: Sequence[Diagnostic]) -> bool:
    """Whether faults are in the table, with the arguments that their messages want."""
    forms = {(diagnostic.code, frozenset(diagnostic.arguments)) for diagnostic in diagnostics}
    table = faults()
    for code, names in forms:
        if code not in table:
            return False
        arguments = dict.fromkeys(names, "")
        try:
            for texts in (table[code].message, table[code].hint):
                for text in texts.values():
                    text.format(**arguments)
        except (KeyError, IndexError):
            return False
    return True


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join((_program(), *parts)).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _program() -> str:
    """The program that reads files, with what it relies on."""
    return "\0".join((__version__, code_digest(), version("pylatexenc"), sys.version, unicodedata.unidata_version))


def _load(key: str) -> Any:
    place = folder()
    return None if place is None else load(place, key, LARGEST)


def _save(key: str, record: Any) -> None:
    place = folder()
    if place is not None:
        save(place, key, record, KEPT, ROOM)
