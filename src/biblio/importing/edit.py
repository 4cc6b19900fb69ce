"""Writes what merges bring into the text of a ``.bib`` file: every other byte of it stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from biblio.editing.entries import EntryChange, changed
from biblio.formats.bibtex.writer import written

Values = Mapping[str, Mapping[str, str | None]]
# The key of an entry, a field, and its value as it stands in a file; ``None`` for none.
_Wish = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after its changes; ``left`` are the fields that could not be written, each with the key of its entry."""

    content: bytes
    left: tuple[tuple[str, str], ...] = ()


def edited(content: bytes, path: str, values: Values) -> Edited:
    """A file with some fields added or changed, ``values`` giving them by the key of the entry and by their names.

    ``None`` takes a field away.
    """
    wishes = [
        (key, name, None if value is None else written(name, value))
        for key, fields in values.items()
        for name, value in fields.items()
    ]
    return _granted(content, path, wishes)


def _granted(content: bytes, path: str, wishes: Sequence[_Wish]) -> Edited:
    """All of the wishes, or, where that cannot be, as many as can: those of either half, and so on."""
    changes: dict[str, dict[str, str | None]] = {}
    for key, name, value in wishes:
        changes.setdefault(key, {})[name] = value
    made = changed(content, path, {key: EntryChange(fields) for key, fields in changes.items()})
    if not made.diagnostics:
        return Edited(made.content)
    if len(wishes) < 2:
        return Edited(content, tuple((key, name) for key, name, _ in wishes))
    half = len(wishes) // 2
    first = _granted(content, path, wishes[:half])
    second = _granted(first.content, path, wishes[half:])
    return Edited(second.content, (*first.left, *second.left))
