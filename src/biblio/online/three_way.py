"""What a source says now of a record, against what it said last and what the collection has: field by field.

What the source has changed comes in; what somebody has changed here stays; where both have, it is told, and what is
here stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import ALIASES, write_bibtex
from biblio.online.said import Said
from biblio.reference.reference import Reference

# What says where a record came from, and is never the source's to change.
_OURS = frozenset(
    {"importedfrom", "ids", "internalnote", "annotation", "annote", "annotationsource", "annotationlanguage"}
)


@dataclass(frozen=True, slots=True)
class Both:
    """A field that the source and somebody here have changed: what it was, what each says; empty for nothing."""

    field: str
    before: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes into the reference, the fields that both sides have changed, and those that the source has dropped."""

    values: Mapping[str, str]
    both: tuple[Both, ...] = ()
    dropped: tuple[str, ...] = ()


def said(reference: Reference, key: str) -> Said:
    """What a source says of a record, in the form in which it would stand in a file."""
    text = write_bibtex([Reference.of({**reference.__dict__, "citekey": "x"})])
    (read,) = read_bibtex(text.encode("utf-8", "replace"), "").value
    fields = {name: value for name, value in read.raw.items() if name not in _OURS}
    return Said(key, read.entry_type, fields)


def compared(here: Reference, before: Said, now: Said) -> Outcome:
    """What becomes of a reference of the collection."""
    mine = {ALIASES.get(name, name): (name, value) for name, value in here.raw.items()}
    values: dict[str, str] = {}
    both: list[Both] = []
    dropped: list[str] = []
    if now.entry_type != before.entry_type and here.entry_type.lower() != now.entry_type:
        both.append(Both("entrytype", before.entry_type, here.entry_type, now.entry_type))
    for name in _names(before, now):
        old, new = before.fields.get(name, ""), now.fields.get(name, "")
        typed, current = mine.get(name, (name, ""))
        if _alike(old, new) or _alike(current, new):
            continue
        if not _alike(current, old):
            both.append(Both(typed, old, current, new))
        elif new:
            values[typed] = new
        else:
            dropped.append(typed)
    return Outcome(values, tuple(both), tuple(dropped))


def _names(before: Said, now: Said) -> Iterator[str]:
    yield from now.fields
    yield from (name for name in before.fields if name not in now.fields)


def _alike(one: str, other: str) -> bool:
    """Whether two values say the same: a line may have been laid out anew."""
    return " ".join(one.split()) == " ".join(other.split())
