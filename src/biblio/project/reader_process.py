"""The process in which a reader of pybtex's takes a file apart: fresh, so that nothing of it stays in the program.

Its job has the name of the ``reader`` and the ``content`` of the file, in Base64. No file is opened, and nothing looked
for on the disk (pybtex would ask TeX's ``kpsewhich``). Source: pybtex's ``database`` and ``database.input``.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

from biblio.project.confined import answer, reason_of
from biblio.yaml_model.mistakes import repeated


def _answers(job: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A line for each entry; before them, what the reader had to say (``told``), or why it ``failed`` and where."""
    from pybtex import errors
    from pybtex.plugin import find_plugin

    content = b64decode(job["content"])
    try:
        parser = find_plugin("pybtex.database.input", job["reader"])(encoding="utf-8")
        entries = _kept(parser.data)
        with errors.capture() as told:
            parser.parse_string(job["text"]) if parser.unicode_io else parser.parse_bytes(content)
        said = [*(str(each) for each in told), *(repeated(job["text"]) if job["reader"] == "yaml" else ())]
        yield {"told": [" ".join(each.split()) for each in said]}
        for key, entry in entries:
            yield _entry(key, entry)
    except Exception as error:  # noqa: BLE001  # a reader is a program of others: whatever it raises is told
        line, column = _place(error)
        yield {"failed": reason_of(error), "line": line, "column": column}


def _kept(data: Any) -> list[tuple[Any, Any]]:
    """Where each entry will be that a parser adds to its data, which drop one whose key is there, or missing."""
    entries: list[tuple[Any, Any]] = []
    add = data.add_entry

    def keep(key: Any, entry: Any) -> None:
        entries.append((key, entry))
        if key:
            add(key, entry)

    data.add_entry = keep
    return entries


def _entry(key: Any, entry: Any) -> dict[str, Any]:
    return {
        "key": "" if key is None else str(key),
        "type": str(entry.type),
        "fields": {str(name): str(value) for name, value in entry.fields.items()},
        "people": {str(role): [_person(person) for person in people] for role, people in entry.persons.items()},
    }


def _person(person: Any) -> dict[str, str]:
    parts = {
        "given": [*person.first_names, *person.middle_names],
        "particle": person.prelast_names,
        "family": person.last_names,
        "suffix": person.lineage_names,
    }
    return {part: " ".join(map(str, words)) for part, words in parts.items()}


def _place(error: Exception) -> tuple[int, int]:
    """Where a reader says that it failed: XML's ``position``, YAML's ``problem_mark``, pybtex's own ``lineno``."""
    position = getattr(error, "position", None)
    if isinstance(position, tuple) and len(position) == 2:
        return int(position[0]), int(position[1]) + 1
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1, int(mark.column) + 1
    line = getattr(error, "lineno", None)
    return (line, 1) if isinstance(line, int) and line > 0 else (1, 1)


if __name__ == "__main__":
    answer(_answers)
