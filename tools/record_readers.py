"""Reads exports back with programs that are not ours: the records of a text, each a mapping from places to their words.

A place is what the format calls it: a column, a tag of MARC, an element, a property. Several values of a place are
parted by a bar, so that none is found across two.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree  # our own text

import pymarc

Record = Mapping[str, str]


def with_csv(text: str) -> list[Record]:
    """The rows of a table, by the headings of its columns."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def with_pymarc(text: str) -> list[Record]:
    """The fields of records in ISO 2709, by their tags."""
    reader = pymarc.MARCReader(text.encode(), to_unicode=True, force_utf8=True)
    return [_fields(record) for record in reader if record is not None]


def _fields(record: Any) -> Record:
    found: dict[str, list[str]] = {}
    for field in record.fields:
        words = field.data if field.is_control_field() else " ".join(each.value for each in field.subfields)
        found.setdefault(field.tag, []).append(words or "")
    return {tag: " | ".join(values) for tag, values in found.items()}


def with_elements(name: str) -> Callable[[str], list[Record]]:
    """The records of a document, each an element of that name, by the names of the elements right inside it."""

    def read(text: str) -> list[Record]:
        root = ElementTree.fromstring(text.encode())
        return [_elements(each) for each in root.iter() if each.tag.rpartition("}")[2] == name]

    return read


def _elements(record: ElementTree.Element) -> Record:
    found: dict[str, list[str]] = {}
    for child in record:
        words = " ".join(text for text in child.itertext() if text.strip())
        found.setdefault(child.tag.rpartition("}")[2], []).append(words)
    return {tag: " | ".join(values) for tag, values in found.items()}


def with_json_graph(text: str) -> list[Record]:
    """The works of a graph of JSON-LD, by their properties."""
    return [{name: _words(value) for name, value in work.items()} for work in json.loads(text)["@graph"]]


def _words(value: Any) -> str:
    if isinstance(value, dict):
        # A person's name stands there whole and in parts: the parts are what is compared.
        parts = {name: inner for name, inner in value.items() if name != "name" or "familyName" not in value}
        return " ".join(_words(parts[name]) for name in sorted(parts, key=lambda name: name != "familyName"))
    return " | ".join(map(_words, value)) if isinstance(value, list) else str(value)
