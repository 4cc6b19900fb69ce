"""The index of a file as a JSON value, and back: a record is taken only when it fits the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from biblio.collection.record import WRONG, numbers, texts
from biblio.formats.bibtex.file import BibFile, Index
from biblio.formats.bibtex.syntax import Definition
from biblio.formats.text import decode_bytes
from biblio.words.faults import Diagnostic, Span, diagnose

_HEAD = re.compile(r"@[ \t]*+([A-Za-z][\w*+.-]*+)\s*+[{(]\s*+")
_HEAD_IN_BYTES = re.compile(_HEAD.pattern.encode())
_COMMANDS = frozenset({"comment", "preamble", "string", b"comment", b"preamble", b"string"})


def to_record(file: BibFile, content: bytes) -> dict[str, Any]:
    """The record of a file that was read from ``content``.

    Its offsets count bytes when the content is the text in UTF-8 and nothing else, so that a part of it can be read
    without the rest; otherwise characters of the text.
    """
    index = file.index
    offsets = sorted({*index.starts, *index.ends, *(each.offset for each in index.definitions)})
    text = file.text
    in_bytes = isinstance(text, str) and text.encode("utf-8", "replace") == content
    at = (
        _byte_offsets(text, offsets) if isinstance(text, str) and in_bytes else dict(zip(offsets, offsets, strict=True))
    )
    return {
        "in_bytes": in_bytes,
        "keys": index.keys,
        "starts": [at[offset] for offset in index.starts],
        "ends": [at[offset] for offset in index.ends],
        "lines": index.lines,
        "columns": index.columns,
        "keyless": index.keyless,
        "aliases": index.aliases,
        "definitions": [[each.name, each.value, at[each.offset]] for each in index.definitions],
        "undefined": index.undefined,
        "diagnostics": faults_to_record(index.diagnostics, [file.path]),
        "composed": index.composed,
        "tied": index.tied,
        "controls": index.controls,
    }


def _byte_offsets(text: str, offsets: Sequence[int]) -> dict[int, int]:
    """What offsets in a text are in its bytes."""
    found: dict[int, int] = {}
    before = at = 0
    for offset in offsets:
        at += len(text[before:offset].encode())
        found[offset], before = at, offset
    return found


def from_record(record: Any, content: bytes, path: str, shared: Mapping[str, str]) -> BibFile | None:
    """The file of a record; ``None`` when the record is not one, or not that of this content."""
    try:
        return _from_record(record, content, path, shared)
    except WRONG:
        return None


def _from_record(record: Any, content: bytes, path: str, shared: Mapping[str, str]) -> BibFile | None:
    text = content if record["in_bytes"] is True else decode_bytes(content, path).value
    aliases = record["aliases"]
    index = Index(
        keys=texts(record["keys"]),
        starts=numbers(record["starts"]),
        ends=numbers(record["ends"]),
        lines=numbers(record["lines"]),
        columns=numbers(record["columns"]),
        keyless=numbers(record["keyless"]),
        aliases=dict(zip(texts([*aliases]), numbers([*aliases.values()]), strict=True)),
        definitions=[_definition(*each) for each in record["definitions"]],
        undefined=texts(record["undefined"]),
        diagnostics=faults_from_record(record["diagnostics"], [path]),
        composed=record["composed"] is True,
        tied=record["tied"] is not False,
        controls=record["controls"] is not False,
    )
    return BibFile(path, text, index, shared) if _fits(index, text) else None


def _definition(name: Any, value: Any, offset: Any) -> Definition:
    texts([name, value]), numbers([offset])
    return Definition(name, value, offset)


def _fits(index: Index, text: str | bytes) -> bool:
    """Whether each entry of an index begins behind the one before, with its head and its key."""
    count, made_up = len(index.keys), set(index.keyless)
    columns = (index.starts, index.ends, index.lines, index.columns)
    if any(len(column) != count for column in columns) or any(n >= count for n in index.aliases.values()):
        return False
    match = _HEAD_IN_BYTES.match if isinstance(text, bytes) else _HEAD.match
    end = 0
    for number, (start, behind) in enumerate(zip(index.starts, index.ends, strict=True)):
        head = match(text, start)  # type: ignore[arg-type]  # either pattern is for its kind of text
        if head is None or not end <= start < behind or head[1].lower() in _COMMANDS:
            return False
        key: Any = index.keys[number].encode() if isinstance(text, bytes) else index.keys[number]
        if index.composed and number not in made_up and not text.startswith(key, head.end()):
            return False
        end = behind
    return end <= len(text)


def faults_to_record(faults: Iterable[Diagnostic], paths: Sequence[str]) -> list[Any]:
    """Faults as JSON values; a file is its number among ``paths``."""
    ranks = {path: rank for rank, path in enumerate(paths)}
    return [
        [
            fault.code,
            fault.span and [ranks[fault.span.path], fault.span.line, fault.span.column, fault.span.length],
            fault.citekey,
            dict(fault.arguments),
        ]
        for fault in faults
    ]


def faults_from_record(record: Any, paths: Sequence[str]) -> list[Diagnostic]:
    """The faults of a record, in files of these names. Raises one of the errors that wrong values raise."""
    found: list[Diagnostic] = []
    for code, place, citekey, arguments in record:
        if place is None:
            span = None
        else:
            number, line, column, length = numbers(place)
            span = Span(paths[number], line, column, length)
        texts([code, *arguments.keys(), *arguments.values(), *([] if citekey is None else [citekey])])
        found.append(diagnose(code, span, citekey, **arguments))
    return found
