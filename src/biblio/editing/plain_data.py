"""The edits of a YAML text as they are on plain data: what the text must say once it is edited.

All raise ``LookupError`` where a path leads to nothing, or to what cannot be edited so.
"""

from __future__ import annotations

from collections.abc import Callable

from biblio.editing.yaml_tree import Data, Path


def as_read(data: Data) -> Data:
    """Data as biblio reads it: every number and every yes or no is the text that is typed for it."""
    if isinstance(data, dict):
        return {key: as_read(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_read(value) for value in data]
    if isinstance(data, bool):
        return "true" if data else "false"
    return str(data) if isinstance(data, int) else data


def at(data: Data, path: Path) -> Data:
    """What is at a path."""
    for key in path:
        data = _inner(data, key)
    return data


def with_value(data: Data, path: Path, value: Data) -> Data:
    """Other data, with a value at a path whose holder is there; a key may be new."""
    if not path:
        return value

    def change(holder: Data) -> Data:
        key = path[-1]
        if isinstance(holder, dict | None) and isinstance(key, str):
            return {**(holder or {}), key: value}
        _inner(holder, key)
        return [value if number == key else each for number, each in enumerate(_list(holder))]

    return _changed(data, path[:-1], change)


def without(data: Data, path: Path) -> Data:
    """Other data, without what is at a path."""
    if not path:
        raise LookupError(path)

    def change(holder: Data) -> Data:
        key = path[-1]
        _inner(holder, key)
        if isinstance(holder, dict):
            return {name: value for name, value in holder.items() if name != key}
        return [each for number, each in enumerate(_list(holder)) if number != key]

    return _changed(data, path[:-1], change)


def with_item(data: Data, path: Path, index: int, value: Data) -> Data:
    """Other data, with one more item in a list; where nothing is written there is a list of nothing."""

    def change(holder: Data) -> Data:
        items = [] if holder is None else _list(holder)
        if not 0 <= index <= len(items):
            raise LookupError(index)
        return [*items[:index], value, *items[index:]]

    return _changed(data, path, change)


def moved(data: Data, source: Path, target: Path, index: int) -> Data:
    """Other data, with an item moved to the list that is at ``target`` before, to be its number ``index`` after."""
    if not source or not isinstance(source[-1], int):
        raise LookupError(source)
    return with_item(without(data, source), behind(source, target), index, at(data, source))


def behind(source: Path, target: Path) -> Path:
    """Where what is at ``target`` is once what is at ``source`` is gone; it may not be inside it."""
    if target[: len(source)] == source:
        raise LookupError(target)
    holder, number = source[:-1], source[-1]
    if target[: len(holder)] != holder or len(target) == len(holder):
        return target
    key = target[len(holder)]
    if isinstance(key, int) and isinstance(number, int) and key > number:
        return (*holder, key - 1, *target[len(source) :])
    return target


def _changed(data: Data, path: Path, change: Callable[[Data], Data]) -> Data:
    if not path:
        return change(data)
    key = path[0]
    made = _changed(_inner(data, key), path[1:], change)
    if isinstance(data, dict):
        return {name: made if name == key else value for name, value in data.items()}
    return [made if number == key else each for number, each in enumerate(_list(data))]


def _inner(data: Data, key: str | int) -> Data:
    if isinstance(data, dict) and isinstance(key, str):
        return data[key]
    if isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data):
        return data[key]
    raise LookupError(key)


def _list(data: Data) -> list[Data]:
    if not isinstance(data, list):
        raise LookupError(data)
    return data
