"""MARC-in-JSON, in which pymarc, marc4j, Catmandu and the interfaces of catalogues give records.

Source: Ross Singer, *A proposal to serialize MARC in JSON*, 2010.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from biblio.formats.marc.record import Field, MarcRecord, subfields_of
from biblio.formats.text import start_of

_LEADER = re.compile(r'"leader"\s*:\s*"')
_FIELDS = re.compile(r'"fields"\s*:\s*\[\s*\{\s*"\w{3}"\s*:')
_BETWEEN = re.compile(r"[\s,\[\]]*")


class Broken(NamedTuple):
    """Where a text is no JSON any more, and why."""

    problem: str
    offset: int


def looks_like_marc_json(content: bytes) -> bool:
    """Whether a file is JSON whose objects have a leader and fields by their tags."""
    start = start_of(content).lstrip()
    return start.startswith(("[", "{")) and bool(_FIELDS.search(start)) and bool(_LEADER.search(start))


def marc_json_records(text: str) -> Iterator[MarcRecord | Broken]:
    """The records of a text, one object, a list of them or one a line; last the place where it breaks off, if it does.

    An object without fields is a record without any.
    """
    decoder = json.JSONDecoder()
    position, number, line = 0, 0, 1
    while True:
        between = _BETWEEN.match(text, position)
        start = between.end() if between else position
        line += text.count("\n", position, start)
        if start >= len(text):
            return
        try:
            value, position = decoder.raw_decode(text, start)
        except (RecursionError, ValueError) as error:
            yield Broken(getattr(error, "msg", type(error).__name__), getattr(error, "pos", start))
            return
        for each in _objects(value):
            number += 1
            yield _record(each, number, line)
        line += text.count("\n", start, position)


def _objects(value: Any) -> list[dict[str, Any]]:
    """An object, or those under its only key that has a list: the « records » or « docs » of an answer."""
    if not isinstance(value, dict):
        return []
    lists = [each for each in value.values() if isinstance(each, list)]
    if "fields" in value or len(lists) != 1:
        return [value]
    return [each for each in lists[0] if isinstance(each, dict)]


def _record(value: dict[str, Any], number: int, line: int) -> MarcRecord:
    rows = value.get("fields")
    fields = [
        _field(str(tag).zfill(3), content)
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
        for tag, content in row.items()
    ]
    return MarcRecord(str(value.get("leader") or ""), fields, number, line)


def _field(tag: str, content: Any) -> Field:
    if not isinstance(content, dict):
        return Field(tag, text=str(content).rstrip())
    parts = content.get("subfields")
    pairs = [
        (str(code)[:1], str(value).rstrip())
        for part in (parts if isinstance(parts, list) else [])
        if isinstance(part, dict)
        for code, value in part.items()
        if value is not None
    ]
    indicators = f"{content.get('ind1') or ' '!s:.1}{content.get('ind2') or ' '!s:.1}"
    return Field(tag, indicators, subfields_of(pairs))
