"""The settings of ``biblio check``, from ``biblio.toml`` or from ``[tool.biblio]`` in ``pyproject.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from biblio.check.settings import Settings
from biblio.formats.text import decode_bytes
from biblio.project.read import MAX_SETTINGS, read_bytes
from biblio.text.positions import Positions
from biblio.words.faults import BiblioError, Span, diagnose
from biblio.words.tables import faults

FILE, SHARED_FILE, TABLE = "biblio.toml", "pyproject.toml", "biblio"
BASELINE = "biblio-baseline.json"

_LINE = re.compile(r"line (\d+)")


def configuration(folder: Path) -> Settings:
    """The settings for a folder: those of the nearest file of settings, upwards from there.

    A ``pyproject.toml`` counts when it has a table of ours. Without any the settings are the default ones. Raises
    ``BiblioError`` (C101 to C103, E104).
    """
    for place in (folder, *folder.parents):
        for name in (FILE, SHARED_FILE):
            path = place / name
            if os.path.lexists(path) and not path.is_dir():
                settings = parse_configuration(_read(path), name)
                if settings is not None:
                    return settings
    return Settings()


def _read(path: Path) -> str:
    return decode_bytes(read_bytes(path, most=MAX_SETTINGS), path.name).value


def parse_configuration(text: str, name: str) -> Settings | None:
    """The settings of a file's text; ``None`` for a ``pyproject.toml`` without ``[tool.biblio]``.

    Raises ``BiblioError`` at the first thing that is not understood: a check with half of its settings would be
    another check than the one asked for.
    """
    try:
        table: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # what is no TOML, an endless number, endless brackets
        line = _LINE.search(str(error))
        raise BiblioError(diagnose("C101", Span(name, int(line[1]) if line else 1), problem=error)) from error
    if name == SHARED_FILE:
        tools = table.get("tool")
        table = tools.get(TABLE) if isinstance(tools, dict) else None
        if table is None:
            return None
    if not isinstance(table, dict):
        raise _unknown(name, text, TABLE)
    values = {}
    for key, value in table.items():
        if key not in _SETTINGS:
            raise _unknown(name, text, key)
        attribute, convert = _SETTINGS[key]
        values[attribute] = convert(value)
        if values[attribute] is None:
            raise _unknown(name, text, key)
    settings = Settings(**values)
    for code in (*settings.select, *settings.ignore, *(code for codes in settings.per_file.values() for code in codes)):
        require_known(code, _line_of(name, text, f'"{code}"'))
    return settings


def require_known(code: str, span: Span | None = None) -> None:
    """Raises ``BiblioError`` (C103) unless some code begins with ``code``."""
    if not code or not any(known.startswith(code) for known in faults()):
        raise BiblioError(diagnose("C103", span, code=code))


def _unknown(name: str, text: str, key: str) -> BiblioError:
    return BiblioError(diagnose("C102", _line_of(name, text, key), key=key, known=", ".join(_SETTINGS)))


def _line_of(name: str, text: str, word: str) -> Span:
    """The line where a word first stands; the first line when it stands nowhere as it is."""
    line, _ = Positions(text, name).place(max(0, text.find(word)))
    return Span(name, line)


def split_codes(words: Iterable[str]) -> tuple[str, ...]:
    """Codes as they are typed on the command line, several to a word, parted by commas."""
    return tuple(code.strip().upper() for word in words for code in word.split(",") if code.strip())


def _codes(value: object) -> tuple[str, ...] | None:
    return split_codes(value) if _are_texts(value) else None


def _codes_by_file(value: object) -> Mapping[str, tuple[str, ...]] | None:
    if not isinstance(value, dict) or not all(map(_are_texts, value.values())):
        return None
    return MappingProxyType({pattern: split_codes(codes) for pattern, codes in value.items()})


def _pairs(value: object) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(value, list) or not all(_are_texts(pair) and len(pair) == 2 for pair in value):
        return None
    return tuple((first, second) for first, second in value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_SETTINGS: Mapping[str, tuple[str, Callable[[object], Any]]] = {
    "select": ("select", _codes),
    "ignore": ("ignore", _codes),
    "per-file-ignores": ("per_file", _codes_by_file),
    "accepted-duplicates": ("accepted", _pairs),
    "baseline": ("baseline", _text),
}
