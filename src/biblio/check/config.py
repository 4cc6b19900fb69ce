"""The settings of ``biblio check``, from the file of settings of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from biblio.check.settings import Settings
from biblio.project.settings import TABLES, SettingsFile, settings_file
from biblio.words.faults import BiblioError, Span, diagnose
from biblio.words.tables import faults

BASELINE = "biblio-baseline.json"


def configuration(folder: Path) -> Settings:
    """The settings for a folder (see ``project.settings``). Raises ``BiblioError`` (C101 to C103, E104)."""
    return settings_of(settings_file(folder))


def settings_of(file: SettingsFile) -> Settings:
    """The settings of a check in a file.

    Raises ``BiblioError`` at the first thing that is not understood: a check with half of its settings would be
    another check than the one asked for.
    """
    values = {}
    for key, value in file.values.items():
        if key in TABLES:
            continue
        if key not in _SETTINGS:
            raise file.unknown(key, (*_SETTINGS, *TABLES))
        attribute, convert = _SETTINGS[key]
        values[attribute] = convert(value)
        if values[attribute] is None:
            raise file.unknown(key, (*_SETTINGS, *TABLES))
    settings = Settings(**values)
    for code in (*settings.select, *settings.ignore, *(code for codes in settings.per_file.values() for code in codes)):
        require_known(code, file.line_of(f'"{code}"'))
    return settings


def require_known(code: str, span: Span | None = None) -> None:
    """Raises ``BiblioError`` (C103) unless some code begins with ``code``."""
    if not code or not any(known.startswith(code) for known in faults()):
        raise BiblioError(diagnose("C103", span, code=code))


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
