"""The file in which the user says what columns are: read when it is there, else written from what was guessed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from biblio.formats.tabular.column_map import ColumnMapSpec, Told, load_column_map, write_column_map
from biblio.formats.text import decode_bytes
from biblio.project.overwrite import overwrite
from biblio.project.read import MAX_SETTINGS, read_bytes
from biblio.words.faults import Parsed


def read_columns(path: Path) -> Parsed[ColumnMapSpec | None]:
    """What a file says of columns; ``None`` when it cannot be read as such. Raises ``BiblioError`` (E104)."""
    name = path.as_posix()
    decoded = decode_bytes(read_bytes(path, name, MAX_SETTINGS), name)
    loaded = load_column_map(decoded.value.removeprefix("\ufeff"), name)
    return Parsed(loaded.value, (*decoded.diagnostics, *loaded.diagnostics))


def write_columns(path: Path, columns: Iterable[Told], head: str) -> bool:
    """Writes what columns were taken for, when there are some, and says whether it did.

    ``head`` is what the file says of itself. Raises ``BiblioError`` as ``overwrite`` does.
    """
    distinct = {(told.heading, told.letter): told for told in columns}
    if distinct:
        overwrite(path, write_column_map(distinct.values(), head).encode())
    return bool(distinct)
