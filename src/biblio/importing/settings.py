"""The table ``[import]`` of the file of settings: how what is imported is called."""

from __future__ import annotations

from biblio.importing.keys import PARTS, PATTERN, is_pattern
from biblio.project.settings import SettingsFile
from biblio.words.faults import BiblioError, diagnose

TABLE = "import"
_KEYS = ("key",)


def key_pattern(file: SettingsFile) -> str:
    """The pattern of the keys of references that come without one.

    Raises ``BiblioError``: C102 for a setting that is not known, C110 for what is no pattern.
    """
    table = file.values.get(TABLE, {})
    if not isinstance(table, dict):
        raise file.unknown(TABLE, _KEYS)
    for name in table:
        if name not in _KEYS:
            raise file.unknown(name, _KEYS)
    pattern = table.get("key", PATTERN)
    if not isinstance(pattern, str):
        raise file.unknown("key", _KEYS)
    if not is_pattern(pattern):
        known = ", ".join(f"{{{name}}}" for name in PARTS)
        raise BiblioError(diagnose("C110", file.line_of(pattern), pattern=pattern, known=known))
    return pattern
