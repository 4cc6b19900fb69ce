"""MARC-in-JSON, in which pymarc, marc4j, Catmandu and the interfaces of catalogues give records.

Fields by their tags, or MARCXML turned into JSON, with its ``controlfield``, ``datafield`` and ``subfield``.
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
# MARCXML as JSON: its attributes are keys, perhaps with a sign before them, and its texts have one of these.
_OF_XML = re.compile(r'"(?:\w+:)?datafield"\s*:\s*[\[{]')
_TEXTS = ("content", "#text", "_text", "$", "_", "value", "data", "__text")
_BETWEEN = re.compile(r"[\s,\[\]]*")


class Broken(NamedTuple):
    """Where a text is no JSON any more, and why."""

    problem: str
    offset: int


def looks_like_marc_json(content: bytes) -> bool:
    """Whether a file is JSON whose objects have a leader and fields by their tags."""
    start = start_of(content).lstrip()
    if not start.startswith(("[", "{")):
        return False
    return _OF_XML.search(start) is not None or bool(_FIELDS.search(start) and _LEADER.search(start))


def marc_json_records(text: str) -> Iterator[MarcRecord | Broken]:
    """The records of a text, one object, a list of them or one a line; last the place where it breaks off, if it does.

    An object without fields is a record without any.
    """
    # Catalogues leave controls in their texts.
    decoder = json.JSONDecoder(strict=False)
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
    """An object, or those under its only key that has a list: the « records » or « docs » of an answer.

    The records of MARCXML turned into JSON, however they are wrapped.
    """
    if not isinstance(value, dict):
        return []
    if of_xml := list(_of_xml(value)):
        return of_xml
    lists = [each for each in value.values() if isinstance(each, list)]
    if "fields" in value or len(lists) != 1:
        return [value]
    return [each for each in lists[0] if isinstance(each, dict)]


def _of_xml(value: Any) -> Iterator[dict[str, Any]]:
    """The objects below a value that have fields as MARCXML has them."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            bare = {name.rpartition(":")[2]: inside for name, inside in each.items()}
            if "datafield" in bare:
                yield bare
            else:
                waiting += reversed(list(bare.values()))


def _record(value: dict[str, Any], number: int, line: int) -> MarcRecord:
    if "datafield" in value:
        fields = [
            *map(_control_field, _listed(value.get("controlfield"))),
            *map(_data_field, _listed(value["datafield"])),
        ]
        return MarcRecord(_text(value.get("leader")), fields, number, line)
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


def _listed(value: Any) -> list[dict[str, Any]]:
    """One object, or several in a list."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _text(value: Any) -> str:
    """The text of an element of XML that was turned into JSON."""
    if isinstance(value, dict):
        value = next((value[name] for name in _TEXTS if isinstance(value.get(name), str | int | float)), "")
    return str(value) if isinstance(value, str | int | float) else ""


def _attribute(element: dict[str, Any], name: str) -> str:
    found = next((element[key] for key in (name, f"@{name}", f"_{name}", f"-{name}") if key in element), None)
    if found is None and isinstance(element.get("$"), dict):
        found = element["$"].get(name)
    return str(found) if isinstance(found, str | int) else ""


def _control_field(element: dict[str, Any]) -> Field:
    return Field(_attribute(element, "tag").zfill(3), text=_text(element).rstrip())


def _data_field(element: dict[str, Any]) -> Field:
    parts = _listed(element.get("subfield") or element.get("marc:subfield"))
    indicators = f"{_attribute(element, 'ind1') or ' ':.1}{_attribute(element, 'ind2') or ' ':.1}"
    pairs = [(_attribute(part, "code")[:1], _text(part).rstrip()) for part in parts]
    return Field(_attribute(element, "tag").zfill(3), indicators, subfields_of(pairs))
