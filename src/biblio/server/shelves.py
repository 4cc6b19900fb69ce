"""What the table of references is made of, from a project: its rows, then their faults and the dossiers they are in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from biblio.check.check import check_alone
from biblio.check.config import configuration
from biblio.collection.bulk import collector_paused, in_steps
from biblio.collection.catalogue import Catalogue, Note, Unreliable
from biblio.collection.record import WRONG
from biblio.project.index.facts import dumps
from biblio.project.project import Project
from biblio.project.selection import selection_of
from biblio.reference.types import ENTRY_TYPES
from biblio.server.shelf import OTHERS, Beside, Row, Shelf, Wanted, row_from, row_of
from biblio.server.sieve import mask_of
from biblio.words.faults import Diagnostic

ABOUT = "desk"  # what its notes in an index are about
HELPER = dumps(None)  # the note of what is no document
MOST_OFFERED = 1000  # words of a field
LOT = 1000  # rows that are made before they are noted


def shelf_of(project: Project, before: Shelf | None) -> Shelf:
    """The shelf of a project; rows of the one before are taken again. Raises ``BiblioError`` (E104)."""
    rows = _Rows(before.kept[ABOUT] if before else {})
    library = project.opened.value
    with collector_paused():
        noted = None if ENTRY_TYPES.added else library.noted(ABOUT, rows.of_notes)  # a package changes without a trace
        if noted is None:
            noted = [row_of(each) for each in in_steps(tuple(library)) if each.is_document]
    shelf = Shelf(tuple(noted), project.themes.value, kept={ABOUT: rows.known})
    shelf.find(Wanted(), mask_of(shelf, ""))  # what every page asks is known from then on
    return shelf.with_beside(before.beside) if before else shelf


class _Rows:
    """Makes rows of the notes of an index; ``known`` are those of the last time, each with the hash of its note."""

    def __init__(self, before: Mapping[str, tuple[int, Row]]) -> None:
        self._before = before
        self.known: dict[str, tuple[int, Row]] = {}

    def of_notes(self, catalogue: Catalogue, notes: Sequence[Note]) -> list[Row]:
        """The rows of all the documents. Raises ``Unreliable`` for a note that tells no row."""
        self.known = {}
        lot: list[Note] = []
        found: list[Row] = []
        for note in in_steps(notes):
            said = note.said
            if said is None:
                reference = catalogue.build(note.number).value
                said = dumps(row_of(reference).said if reference.is_document else None)
                lot.append(note._replace(said=said))
                if len(lot) == LOT:
                    catalogue.note(ABOUT, lot)
                    lot = []
            if said != HELPER:
                found.append(self._row(note, said))
        catalogue.note(ABOUT, lot)
        return found

    def _row(self, note: Note, said: str) -> Row:
        mark, row = self._before.get(note.citekey, (0, None))
        if row is None or (mark, row.path) != (hash(said), note.path):
            try:
                row = row_from(note.citekey, note.path, json.loads(said))
            except (*WRONG, RecursionError) as error:
                raise Unreliable from error
        self.known[note.citekey] = hash(said), row
        return row


def offered(shelf: Shelf) -> Mapping[str, Sequence[str]]:
    """What a query may ask for of its rows: names, audiences and territories, the commonest first, and the last years.

    Of the names of a reference those are known that its row shows.
    """
    rows = shelf.rows
    people = Counter(name for row in rows for name in row.people.removesuffix(OTHERS).split(", ") if name)
    beside = {
        name: Counter(chain.from_iterable(getattr(row, name) for row in rows)) for name in ("audience", "territory")
    }
    years = [str(year) for year in sorted({row.year for row in rows if row.year is not None}, reverse=True)]
    counted = {"author": people, **beside}
    words = {name: tuple(word for word, _ in counts.most_common(MOST_OFFERED)) for name, counts in counted.items()}
    return words | dict.fromkeys(("issued", "since", "until"), years[:MOST_OFFERED])


def beside_of(project: Project, before: Beside | None) -> Beside:
    """The faults of each reference, and the dossiers that print it. Raises ``BiblioError`` (E104, C101 to C103)."""
    del before
    faults: dict[str, list[Diagnostic]] = {}
    for fault in check_alone(project, configuration(project.root)):
        faults.setdefault(fault.citekey or "", []).append(fault)
    return Beside({key: tuple(each) for key, each in faults.items()}, dossiers_of(project))


def dossiers_of(project: Project) -> Mapping[str, tuple[str, ...]]:
    """The slugs of the dossiers that print each reference. Raises ``BiblioError`` (E104)."""
    found: dict[str, tuple[str, ...]] = {}
    for slug in project.slugs:
        for citekey in _printed(project, slug):
            found[citekey] = (*found.get(citekey, ()), slug)
    return found


def _printed(project: Project, slug: str) -> Sequence[str]:
    """The keys of what a dossier prints; of one that cannot be read, none."""
    spec = project.dossier(slug).value
    if spec is None:
        return ()
    selected = selection_of(project, spec).value
    return [each.citekey for each in selected.references]
