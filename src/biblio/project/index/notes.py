"""What is noted of the references of an index by who looks at each of them: kept until one of them changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from biblio.collection.catalogue import Note, Unreliable
from biblio.project.index.facts import seal_of
from biblio.project.index.store import Store, believing


def notes_in(store: Store) -> Sequence[Note]:
    """The notes on all the references, in the order of the library."""
    rows = store.rows(
        "SELECT id, key, path, line, height, note.said, note.seal FROM"
        " (SELECT id, key, file AS of, start, line, height FROM entry WHERE kept = 1)"
        " JOIN (SELECT id AS of, path, rank FROM file) USING (of) LEFT JOIN note ON note.entry = id"
        " ORDER BY rank, start"
    )
    with believing():
        for _, key, *_, said, seal in rows:
            if said is not None and seal != seal_of(key, said):
                raise Unreliable
    return [Note(*row[:-1]) for row in rows]


def keep(store: Store, notes: Iterable[Note]) -> None:
    """Keeps notes; where that cannot be, nothing is lost but the time to make them again."""
    rows = ((each.number, each.said, seal_of(each.citekey, each.said)) for each in notes if each.said is not None)
    with suppress(Unreliable), store.writing():
        store.change_each("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", rows)
