"""Looks at each reference of a library alone: what the rules find in it is noted where the library keeps notes.

A note has what every rule finds, of which the settings choose, and the sketch of the reference. It is gone as soon as
anything changes that the reference is made of, and is believed by the very program that wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from biblio.build.forked import in_lots
from biblio.check.rules.sketch import Sketch, sketch_of, sketches_of
from biblio.check.run import UNFORESEEN, OfEach, check_reference, check_references
from biblio.check.settings import Settings
from biblio.check.source import SourceText
from biblio.check.table import FRENCH, REFERENCE, RULES, TEXT
from biblio.collection.catalogue import Catalogue, Note, Unreliable
from biblio.collection.library import Library
from biblio.collection.record import WRONG
from biblio.project.index.facts import dumps, faults_from, record_of
from biblio.reference.reference import Reference
from biblio.reference.types import ENTRY_TYPES
from biblio.words.faults import Diagnostic

EVERY = OfEach(REFERENCE, TEXT, FRENCH)
ABOUT = "check"
LOT = 1000  # references that a process looks at, and whose notes are kept together


class Each(NamedTuple):
    """What was found in the references of a library, one by one in their order, and their sketches."""

    faults: Sequence[Diagnostic]
    sketches: Sequence[Sketch]


def look_at_each(library: Library, sources: Mapping[str, SourceText], settings: Settings) -> Each:
    """Looks at each reference; ``sources`` are the texts of their files, by path."""
    noted = None
    if not (RULES.added or ENTRY_TYPES.added):  # a package may change without any trace that a note could bear
        noted = library.noted(ABOUT, partial(_of_notes, library, sources, settings))
    if noted is not None:
        return noted
    references = tuple(library)
    _count_lines(sources, len(references))

    def look(lot: Sequence[Reference]) -> list[Diagnostic]:
        return [problem.diagnostic for problem in check_references(lot, sources, settings)]

    found = dict(in_lots(references, LOT, look))
    return Each([fault for number in sorted(found) for fault in found[number]], sketches_of(references))


def _of_notes(
    library: Library,
    sources: Mapping[str, SourceText],
    settings: Settings,
    catalogue: Catalogue,
    notes: Sequence[Note],
) -> Each:
    rules = OfEach.wanted(settings)
    codes = rules.codes
    if not settings.select:  # who looks for little does not wait for all the rest
        notes = _completed(catalogue, notes, sources)
    faults: list[Diagnostic] = []
    sketches: list[Sketch] = []
    for rank, note in enumerate(notes):
        if note.said is None:
            reference = catalogue.build(note.number).value
            faults += (each.diagnostic for each in check_reference(reference, sources.get(note.path), rules))
            sketches.append(sketch_of(rank, reference))
            continue
        try:
            told, _, sketch = note.said.partition("\n")
            faults += (each for each in faults_from(told, note.citekey, note.path, note.line) if each.code in codes)
            make = partial(_reference, library, note.citekey)
            sketches.append(Sketch.of(rank, make, note.citekey, note.path, note.line, json.loads(sketch)))
        except (*WRONG, RecursionError) as error:
            raise Unreliable from error
    return Each(faults, sketches)


def _completed(catalogue: Catalogue, notes: Sequence[Note], sources: Mapping[str, SourceText]) -> Sequence[Note]:
    """The notes, with those that are missing; they are kept as they are made, should the rest be interrupted."""
    missing = [note for note in notes if note.said is None]
    made: dict[int, Note] = {}
    _count_lines(sources, len(missing))

    def look(lot: Sequence[Note]) -> list[Note]:
        return [_noted(catalogue, note, sources.get(note.path)) for note in lot]

    for _, lot in in_lots(missing, LOT, look):
        catalogue.note(ABOUT, lot)
        made.update((note.number, note) for note in lot)
    return [made.get(note.number, note) for note in notes]


def _count_lines(sources: Mapping[str, SourceText], count: int) -> None:
    """Counts the lines of files once, before processes are forked that would each count them."""
    if count > LOT:
        for source in sources.values():
            _ = source.line_count


def _noted(catalogue: Catalogue, note: Note, source: SourceText | None) -> Note:
    """A note of all that there is to say of its reference; the same where that cannot be kept."""
    reference = catalogue.build(note.number).value
    faults = [each.diagnostic for each in check_reference(reference, source, EVERY)]
    told = [record_of(fault, note.citekey, note.path, note.line, note.height) for fault in faults]
    if None in told or any(fault.code == UNFORESEEN.code for fault in faults):
        return note
    try:
        sketch = sketch_of(0, reference).said(note.line)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # a fault of ours: the rules that ask for it tell
        return note
    return note._replace(said=f"{dumps(told)}\n{dumps(sketch)}")


def _reference(library: Library, citekey: str) -> Reference:
    reference = library.get(citekey)
    assert reference is not None, "a note is on a reference of the library"
    return reference
