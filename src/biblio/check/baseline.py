"""The faults that an old collection is known to have, so that only new ones are reported.

A fault is known by its file, its code, its notice and its words, not by its line: the file may be edited above it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from biblio.check.settings import Settings
from biblio.formats.text import decode_bytes
from biblio.project.read import MAX_RECORD, read_bytes
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose

VERSION = 1
# Arguments that say where something else stands, which editing moves.
_PLACES = frozenset({"place", "line", "first"})

Fingerprint = tuple[str, str, str, str]


def fingerprint(diagnostic: Diagnostic) -> Fingerprint:
    """What a fault is known by: path, code, citekey, words."""
    words = " | ".join(value for name, value in sorted(diagnostic.arguments.items()) if name not in _PLACES)
    return (diagnostic.span.path if diagnostic.span else "", diagnostic.code, diagnostic.citekey or "", words)


def dumps(diagnostics: Iterable[Diagnostic]) -> str:
    """The text of a baseline file that knows these faults: JSON, sorted, one fault a line."""
    counts = Counter(map(fingerprint, diagnostics))
    rows = [json.dumps([*key, count], ensure_ascii=False) for key, count in sorted(counts.items())]
    body = ",\n    ".join(rows)
    return (
        f'{{\n  "version": {VERSION},\n  "faults": [\n    {body}\n  ]\n}}\n'
        if rows
        else (f'{{\n  "version": {VERSION},\n  "faults": []\n}}\n')
    )


def loads(text: str) -> Counter[Fingerprint]:
    """The faults that a baseline file knows. Raises ``ValueError`` when it is none."""
    try:
        value = json.loads(text)
    except RecursionError as error:  # endless brackets
        raise ValueError(error) from error
    if not isinstance(value, dict) or value.get("version") != VERSION or not isinstance(value.get("faults"), list):
        raise ValueError("version")
    counts: Counter[Fingerprint] = Counter()
    for row in value["faults"]:
        match row:
            case [str(path), str(code), str(citekey), str(words), int(count)]:
                counts[path, code, citekey, words] += count
            case _:
                raise ValueError(json.dumps(row, ensure_ascii=False)[:80])
    return counts


def unknown(diagnostics: Iterable[Diagnostic], known: Counter[Fingerprint]) -> tuple[Diagnostic, ...]:
    """The faults that a baseline does not know; of several alike, as many are known as it counts."""
    left = Counter(known)
    new: list[Diagnostic] = []
    for diagnostic in diagnostics:
        key = fingerprint(diagnostic)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(diagnostic)
    return tuple(new)


def path_of(root: Path, settings: Settings) -> Path | None:
    """The file of known faults that the settings of a project name, if they do.

    Raises ``BiblioError`` (E133) for one outside the project: the settings may be a stranger's.
    """
    if not settings.baseline:
        return None
    path = root / settings.baseline
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise BiblioError(diagnose("E133", Span(Path(settings.baseline).as_posix())))
    return path


def known_at(path: Path | None) -> Counter[Fingerprint]:
    """The faults that a file knows; none without a file. Raises ``BiblioError`` (E104, C104)."""
    if path is None:
        return Counter()
    try:
        return loads(decode_bytes(read_bytes(path, most=MAX_RECORD), path.name).value)
    except ValueError as error:
        raise BiblioError(diagnose("C104", Span(path.name), problem=error)) from error
