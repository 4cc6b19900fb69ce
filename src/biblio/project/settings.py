"""The file of settings of a project: ``biblio.toml``, or ``[tool.biblio]`` in ``pyproject.toml``.

What its keys mean is known by those who ask: the settings of a check in ``check/config.py``, the tables of ``TABLES``
each in a room of its own.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from biblio.formats.text import decode_bytes
from biblio.project.read import MAX_SETTINGS, read_bytes
from biblio.text.positions import Positions
from biblio.words.faults import BiblioError, Span, diagnose

FILE, SHARED_FILE, TABLE = "biblio.toml", "pyproject.toml", "biblio"
# Beside the settings of a check, each with who reads it.
TABLES: Mapping[str, str] = {
    "import": "importing/settings.py",
    "contact": "online/sources.py",
    "sources": "online/sources.py",
    "links": "online/links/settings.py",
    "site": "site/settings.py",
}

_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a file of settings holds, under its name, with its text."""

    name: str = FILE
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def line_of(self, word: str) -> Span:
        """The line where a word first stands; the first line when it stands nowhere as it is."""
        line, _ = Positions(self.text, self.name).place(max(0, self.text.find(word)))
        return Span(self.name, line)

    def unknown(self, key: str, known: Iterable[str]) -> BiblioError:
        """The error (C102) of a key that is not known, or whose value is of the wrong kind."""
        return BiblioError(diagnose("C102", self.line_of(key), key=key, known=", ".join(known)))


def settings_file(folder: Path) -> SettingsFile:
    """The settings for a folder: those of the nearest file of settings, upwards from there; none without any.

    A ``pyproject.toml`` counts when it has a table of ours. Raises ``BiblioError`` (C101, C102, E104).
    """
    return located_settings(folder)[1]


def located_settings(folder: Path) -> tuple[Path | None, SettingsFile]:
    """The same with the place of the file; ``None`` where there is none."""
    for place in (folder, *folder.parents):
        for name in (FILE, SHARED_FILE):
            path = place / name
            if os.path.lexists(path) and not path.is_dir():
                settings = parse_settings(decode_bytes(read_bytes(path, most=MAX_SETTINGS), path.name).value, name)
                if settings is not None:
                    return path, settings
    return None, SettingsFile()


def parse_settings(text: str, name: str) -> SettingsFile | None:
    """The settings of a file's text; ``None`` for a ``pyproject.toml`` without ``[tool.biblio]``.

    Raises ``BiblioError``: C101 for what is no TOML, C102 for a table of settings that is none.
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
        raise SettingsFile(name, text).unknown(TABLE, TABLES)
    return SettingsFile(name, text, table)
