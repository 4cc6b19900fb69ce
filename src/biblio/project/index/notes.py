"""What is noted of the references of an index by who looks at each of them: kept until one of them changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from biblio.collection.catalogue import Note, Unreliable
from biblio.project.index.facts import seal_of
from biblio.project.index.store import Store, believing


def notes_in(store: Store, about: str) -> Sequence[Note]:
    """The notes on all the references about something, in the order of the library."""
    rows = store.rows(
        "SELECT id, key, path, line, height, note.said, note.seal FROM"
        " (SELECT id, key, file AS of, start, line, height FROM entry WHERE kept = 1)"
        " JOIN (SELECT id AS of, path, rank FROM file) USING (of) LEFT JOIN note ON note.entry = id AND about = ?"
        " ORDER BY rank, start",
        [about],
    )
    with believing():
        for _, key, *_, said, seal in rows:
            if said is not None and seal != seal_of(key, said):
                raise Unreliable
    return [Note(*row[:-1]) for row in rows]


def keep(store: Store, about: str, notes: Iterable[Note]) -> None:
    """Keeps notes; where that cannot be, nothing is lost but the time to make them again."""
    said = ((each, each.said) for each in notes if each.said is not None)
    rows = ((each.number, about, words, seal_of(each.citekey, words)) for each, words in said)
    with suppress(Unreliable), store.writing():
        store.change_each("INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?)", rows)
