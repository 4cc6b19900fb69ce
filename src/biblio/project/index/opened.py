"""Opens the index of a project, brought up to its files."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from biblio import __version__
from biblio.collection.catalogue import Unreliable
from biblio.project.index import Listed
from biblio.project.index.catalogue import IndexedCatalogue
from biblio.project.index.place import is_passing, open_index, remove_index
from biblio.project.index.refresh import refresh
from biblio.project.index.store import Store, believing
from biblio.project.program import code_digest
from biblio.project.read import MAX_FILE, read_bytes, read_part
from biblio.words.faults import BiblioError

WAIT = 30.0  # seconds that another process may take to write, and one more for each of these bytes
BYTES_A_SECOND = 500_000


def index_of(name: str, files: Sequence[Listed]) -> IndexedCatalogue | None:
    """The catalogue of these files, the library of the project of that name; ``None`` where no index can be had.

    Raises ``BiblioError`` (E104) when a file cannot be read.
    """
    size = sum(each.status.st_size for each in files)
    store = Store(partial(open_index, name, program()), partial(remove_index, name), WAIT + size / BYTES_A_SECOND)
    places = {each.path: each.place for each in files}
    try:
        with believing():
            refresh(store, files, read_bytes)
            hashes = dict(store.rows("SELECT path, sha256 FROM file"))
            _require_all(store)
    except Unreliable as error:
        if error.__cause__ is None or is_passing(error.__cause__):
            store.close()
        else:
            store.discard()
        return None
    return IndexedCatalogue(store, hashes, partial(_part, places), partial(_whole, places))


def _require_all(store: Store) -> None:
    """Raises ``Unreliable`` when entries of a file are missing, or are there without their file."""
    counted = dict(store.rows("SELECT file, count(*) FROM entry GROUP BY file"))
    if counted != dict(store.rows("SELECT id, entries FROM file WHERE entries != 0")):
        raise Unreliable from ValueError("entries")


@cache
def program() -> str:
    """The program that reads files, with what it relies on: an index that another one has written is not believed."""
    return "\0".join(
        (
            __version__,
            code_digest(),
            version("pylatexenc"),
            sys.version,
            unicodedata.unidata_version,
            sqlite3.sqlite_version,
        )
    )


def _part(places: Mapping[str, str], path: str, start: int, stop: int) -> bytes:
    try:
        return read_part(Path(places[path]), start, stop)
    except (OSError, KeyError) as error:
        raise Unreliable from error


def _whole(places: Mapping[str, str], path: str, sha256: str) -> bytes:
    try:
        content = read_bytes(Path(places[path]), path, MAX_FILE)
    except (BiblioError, KeyError) as error:
        raise Unreliable from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Unreliable
    return content
