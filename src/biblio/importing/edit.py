"""Writes what merges bring into the text of a ``.bib`` file: every other byte of it stays.

The editor is that of ``biblio check --fix`` (``check/fixes.py``): a change is kept when the file, read again, says the
same but for the fields that the change is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from biblio.check.finding import Change, Fix
from biblio.check.fixes import fix_file
from biblio.check.run import Problem
from biblio.check.source import SourceText
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import written
from biblio.formats.text import decode_bytes
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, Parsed, diagnose

Values = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after its changes; ``left`` are the fields that could not be written, each with the key of its entry."""

    content: bytes
    left: tuple[tuple[str, str], ...] = ()


def edited(content: bytes, path: str, values: Values) -> Edited:
    """A file with some fields added or changed, ``values`` giving them by the key of the entry and by their names."""
    wanted = {fold_key(key): fields for key, fields in values.items()}
    read = _Read()

    def problems(references: Sequence[Reference], source: SourceText) -> Iterator[Problem]:
        for reference in _wanted(references, wanted):
            yield from _problems(reference, source, wanted[fold_key(reference.citekey)])

    made = fix_file(path, content, read, decode_bytes, problems).content
    left = [
        (reference.citekey, name)
        for reference in _wanted(read(made, path).value, wanted)
        for name in _missing(reference, wanted[fold_key(reference.citekey)])
    ]
    return Edited(made, tuple(left))


class _Read:
    """Reads a file, and remembers the last two: the editor reads again what it has just made."""

    def __init__(self) -> None:
        self._known: dict[bytes, Parsed[tuple[Reference, ...]]] = {}

    def __call__(self, content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
        if content not in self._known:
            while len(self._known) > 1:
                del self._known[next(iter(self._known))]
            self._known[content] = read_bibtex(content, path)
        return self._known[content]


def _wanted(references: Sequence[Reference], wanted: Mapping[str, object]) -> Iterator[Reference]:
    """The references of some keys; of two with one key the first."""
    seen: set[str] = set()
    for reference in references:
        key = fold_key(reference.citekey)
        if key in wanted and key not in seen:
            seen.add(key)
            yield reference


def _missing(reference: Reference, values: Mapping[str, str]) -> dict[str, str]:
    """The fields that are not yet what they are to be."""
    texts = ((name, written(name, value)) for name, value in values.items())
    return {name: text for name, text in texts if _bare(reference.raw.get(name)) != _bare(text)}


def _bare(value: str | None) -> str | None:
    return None if value is None else " ".join(value.split())


def _problems(reference: Reference, source: SourceText, values: Mapping[str, str]) -> Iterator[Problem]:
    """The changes that one entry needs: one for each field that is there, one for all those to add."""
    missing = _missing(reference, values)
    for name in missing.keys() & reference.raw.keys():
        start = _start(reference, source, name)
        if start is not None:
            change = Change(start, start + len(reference.raw[name]), missing[name])
            yield Problem(_told(reference, name, missing[name]), (change,), True, reference, name, Fix((change,)))
    new = {name: text for name, text in missing.items() if name not in reference.raw}
    anchor, start = _last(reference, source)
    if new and start is not None:
        end = start + len(reference.raw[anchor])
        added = (source.adding(start, end, name, text) for name, text in new.items())
        told = _told(reference, ", ".join(new), ", ".join(new.values()))
        changes = tuple(change for change in added if change is not None)
        yield Problem(told, changes, True, reference, anchor, Fix(adds=tuple(new.items())))


def _told(reference: Reference, field: str, value: str) -> Diagnostic:
    """What is said when a field is not written."""
    return diagnose("E129", reference.origin.entry, reference.citekey, key=reference.citekey, field=field, value=value)


def _start(reference: Reference, source: SourceText, name: str) -> int | None:
    """Where the value of a field begins, when it stands in the text letter for letter."""
    return source.value_offset(reference.origin.of(name), reference.raw[name])


def _last(reference: Reference, source: SourceText) -> tuple[str, int | None]:
    """The last field whose value stands there so."""
    for name in reversed(list(reference.raw)):
        start = _start(reference, source, name)
        if start is not None:
            return name, start
    return "", None
