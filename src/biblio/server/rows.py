"""What a dossier lists beside its references (links, events, texts, logos) as rows of fields, and back.

On a page the rows of a key are one field, whose value is JSON: a list of what each row has, empty fields left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from biblio.dossier.spec import MODELS
from biblio.editing.yaml_tree import Data
from biblio.server.spec_values import typed, value_of
from biblio.words.faults import BiblioError, diagnose
from biblio.words.tables import desk, worded
from biblio.yaml_model.keys import Key, keys_of

# What rows are of: things of a few fields each.
_OF = frozenset({"ImageSpec", "TextSpec", "EmailSpec", "LinkSpec", "ItemSpec", "EventSpec"})

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of each row: ``word`` is the sentence that names it, ``control`` how it is asked for."""

    name: str
    word: str
    control: str
    about: str
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a key, and their value as a page sends it; ``many``: there may be more than one."""

    name: str
    value: str
    about: str
    many: bool
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]


def is_rows(key: Key) -> bool:
    """Whether a key is one whose value is rows."""
    return key.of in _OF


def table_of(name: str, value: Data, key: Key, lang: str) -> Table | None:
    """The rows of a key; ``None`` for a value that is no rows, which is for who edits the file."""
    if not _can_be(value, key):
        return None
    rows = tuple(_row(each, key) for each in _items(value))
    columns = tuple(_column(inner, each, key.of, lang) for inner, each in keys_of(MODELS[key.of]).items())
    return Table(name, _json(rows), worded(key.about, lang).replace("`", ""), _is_many(key), rows, columns)


def rows_said(value: Data, key: Key) -> str:
    """The value of a key as its field has it, which tells whether it is still what it was."""
    return _json([_row(each, key) for each in _items(value)]) if _can_be(value, key) else json.dumps(value)


def rows_data(text: str, old: Data, key: Key) -> Data:
    """What a page sends of rows, as a value where ``old`` stood; ``None`` for none.

    What a row has that no field shows stays, as does each value that the row says as it did. Raises ``BiblioError``
    (E231) for what no page of ours sends.
    """
    rows = [row for row in _sent(text) if row]
    before = _items(old)
    made: list[Data] = [_data(row, each, key) for row, each in zip(rows, _beside(rows, before, key), strict=True)]
    if not made:
        return None
    return made if _is_many(key) else made[0]


def _beside(rows: Sequence[Row], before: Sequence[Data], key: Key) -> list[Data]:
    """What each row was: those that say the same at both ends, and one after the other between them."""
    old = [_row(each, key) for each in before]
    most = min(len(rows), len(old))
    head = next((number for number in range(most) if rows[number] != old[number]), most)
    tail = next((number for number in range(most - head) if rows[-1 - number] != old[-1 - number]), most - head)
    between = list(before[head : len(old) - tail])
    wanted = len(rows) - head - tail
    between = [*between[:wanted], *([None] * (wanted - len(between)))]
    return [*before[:head], *between, *before[len(old) - tail :]]


def _data(row: Row, old: Data, key: Key) -> dict[str, Data]:
    columns = keys_of(MODELS[key.of])
    made = dict(old) if isinstance(old, dict) else {}
    for name, column in columns.items():
        if name not in row:
            made.pop(name, None)
        elif typed(made.get(name)) != row[name]:
            made[name] = _lined(value_of(row[name], column))
    return made


def _lined(value: Data) -> Data:
    """A text of several lines with its last ended, as it is typed."""
    return value.rstrip("\n") + "\n" if isinstance(value, str) and "\n" in value else value


def _row(value: Data, key: Key) -> Row:
    held = value if isinstance(value, dict) else {}
    said = {name: typed(held.get(name)) for name in keys_of(MODELS[key.of])}
    return {name: each for name, each in said.items() if each.strip()}


def _column(name: str, key: Key, of: str, lang: str) -> Column:
    own = f"dossier_cell_{of.lower()}_{name}"
    control = "long" if key.shape.value.lined else "image" if (of, name) == ("ImageSpec", "file") else ""
    return Column(
        name,
        own if own in desk() else f"dossier_cell_{name}",
        control or key.shape.value.control,
        worded(key.about, lang).replace("`", ""),
        tuple(key.choices),
        key.required,
    )


def _items(value: Data) -> Sequence[Data]:
    return value if isinstance(value, list) else () if value is None else [value]


def _is_many(key: Key) -> bool:
    return key.shape.value.control != "object"


def _can_be(value: Data, key: Key) -> bool:
    """Whether a value is rows of texts: a list of mappings, or one mapping where there is one alone."""
    if value is not None and isinstance(value, list) != _is_many(key):
        return False
    names = keys_of(MODELS[key.of])
    return all(
        isinstance(each, dict) and not any(isinstance(each.get(name), list | dict) for name in names)
        for each in _items(value)
    )


def _sent(text: str) -> Sequence[Row]:
    try:
        rows = json.loads(text or "[]")
    except (ValueError, RecursionError):
        rows = None
    is_sound = isinstance(rows, list) and all(
        isinstance(row, dict) and all(isinstance(each, str) for each in row.values()) for row in rows
    )
    if not is_sound:
        raise BiblioError(diagnose("E231", place=text[:100]))
    assert isinstance(rows, list)
    return [{name: each.rstrip("\n") for name, each in row.items() if each.strip()} for row in rows]


def _json(rows: Sequence[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
