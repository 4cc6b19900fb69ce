"""Brings an index up to the files as they are now: by the files that have changed, then by their entries that have."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from biblio.collection.bulk import collector_paused
from biblio.collection.catalogue import Unreliable
from biblio.formats.bibtex.file import BibFile, open_bibtex
from biblio.formats.bibtex.reader import lent
from biblio.formats.bibtex.syntax import Definition
from biblio.project.index import Listed
from biblio.project.index.blocks import Block, blocks_of
from biblio.project.index.facts import dumps, file_faults, file_faults_from
from biblio.project.index.part import Known, part_of, window_in
from biblio.project.index.places import Place, in_bytes_of, places_of
from biblio.project.index.store import Store
from biblio.text.collation import fold_key

GRAIN = 2_000_000_000  # nanoseconds within which a file may change twice and tell one time: those of FAT


class _Known(NamedTuple):
    """What the index has of a file."""

    id: int
    path: str
    rank: int
    stood: str
    sha256: str
    shared: str


def refresh(store: Store, files: Sequence[Listed], read: Callable[[Path, str], bytes]) -> None:
    """Brings the index up to these files, which ``read`` gives the bytes of, in their order in the library.

    Raises ``Unreliable``, and what ``read`` raises.
    """
    if not _differs(store, files):
        return
    with store.writing(renewing=True), collector_paused():
        if _differs(store, files):  # another process may have been faster
            _Refresh(store, files, read).run()


def stood(status: os.stat_result, now: int) -> str:
    """How a file stood when it was read, at that time in nanoseconds; empty for one that may change without a trace.

    Its size, its times and its number on the disk. The time of the last change of these (``st_ctime``) is the system's
    alone to set, where it has that meaning. A file that has just changed may change again within the grain of its time.
    """
    if os.name == "nt" or max(status.st_mtime_ns, status.st_ctime_ns) > now - GRAIN:
        return ""
    return f"{status.st_size},{status.st_mtime_ns},{status.st_ctime_ns},{status.st_ino},{status.st_dev}"


def _differs(store: Store, files: Sequence[Listed]) -> bool:
    known = store.rows("SELECT path, rank, stood FROM file ORDER BY rank")
    now = time.time_ns()
    found = [(each.path, rank, stood(each.status, now)) for rank, each in enumerate(files)]
    return known != found or not all(each[2] for each in found)


# What the row of a file has of reading it, and what the row of an entry has before it is read.
_OF_READING = (
    *("in_bytes", "composed", "tied", "controls", "local", "shared", "bare", "definitions", "undefined"),
    *("faults", "blocks"),
)
_OF_PLACE = ("file", "start", "stop", "line", "column", "height", "key", "folded", "base", "digest", "kept")
# What is asked of the entries that a file had.
_HAD = "SELECT id, digest, start, stop, line, base FROM entry"


def _place(row: Sequence[Any]) -> Place:
    """What is known of where an entry stood."""
    _, digest, start, stop, line, base = row
    return Place(digest, start, stop, line, 1, 0, "", base, ())


class _Refresh:
    """One pass over the files."""

    def __init__(self, store: Store, files: Sequence[Listed], read: Callable[[Path, str], bytes]) -> None:
        self.store = store
        self.files = files
        self.read = read
        self.changed: set[str] = set()  # the keys, folded, that may lead elsewhere now
        self.leaning = bool(store.rows("SELECT 1 FROM lean LIMIT 1"))
        self.moved = self.taken = False
        self.next = store.rows("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence")[0][0]

    def run(self) -> None:
        known = {each.path: each for each in map(_Known._make, self.store.rows(
            "SELECT id, path, rank, stood, sha256, shared FROM file"))}  # fmt: skip
        for gone in known.keys() - {each.path for each in self.files}:
            self.forget(self.ids_of(known[gone].id))
            self.store.change("DELETE FROM file WHERE id = ?", [known[gone].id])
            self.taken = True
        for rank, file in enumerate(self.files):
            before = known.get(file.path)
            now = stood(file.status, time.time_ns())
            if before and now and before.stood == now:
                if before.rank != rank:
                    self.store.change("UPDATE file SET rank = ? WHERE id = ?", [rank, before.id])
                continue
            content, now = self.content(file)
            sha256 = hashlib.sha256(content).hexdigest()
            if before is not None and before.sha256 == sha256:
                pass
            elif before is None or not self.take_part(file, content, before):
                self.take(file, content, json.loads(before.shared) if before else {}, before)
            self.store.change(
                "UPDATE file SET rank = ?, stood = ?, sha256 = ? WHERE path = ?", [rank, now, sha256, file.path]
            )
        self.lend()
        if self.taken:
            self.make_up_keys()
            self.keep_first()
            self.read_again()
            self.store.change("UPDATE file SET entries = (SELECT count(*) FROM entry WHERE entry.file = file.id)")
            self.store.change("UPDATE meta SET value = value + 1 WHERE name = 'generation'")

    def content(self, file: Listed) -> tuple[bytes, str]:
        """The bytes of a file, and how it stood while they were read."""
        now = time.time_ns()
        place = Path(file.place)
        before = place.stat()
        content = self.read(place, file.path)
        after = place.stat()
        same = stood(before, now) == stood(after, now)
        return content, stood(after, now) if same else ""

    # --- a file ---

    def take(self, file: Listed, content: bytes, shared: Mapping[str, str], before: _Known | None) -> None:
        """Reads a file, and puts its entries in the place of those that it had."""
        self.taken = True
        bare = open_bibtex(content, file.path)
        full = open_bibtex(content, file.path, shared) if shared else bare
        if full.spent:  # one by one, its entries would say more than is read of a file
            raise Unreliable
        in_bytes = full.text.encode("utf-8", "replace") == content
        row = [
            in_bytes, full.composed, full.tied, full.controls, full.local, dumps(shared),
            dumps(_definitions(bare)), dumps(_definitions(full, content if in_bytes else None)),
            dumps(bare.undefined), file_faults(full.diagnostics), "[]",
        ]  # fmt: skip
        places = list(places_of(full, content if in_bytes else None))
        if in_bytes and full.local and full.composed and not shared and not full.undefined:
            row[-1] = dumps(blocks_of(content, (each.stop for each in places)))
        if before is None:
            self.store.change("INSERT INTO file (path) VALUES (?)", [file.path])
        columns = ",".join(_OF_READING)
        self.store.change(
            f"UPDATE file SET ({columns}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE path = ?", [*row, file.path]
        )
        number = self.store.rows("SELECT id FROM file WHERE path = ?", [file.path])[0][0]
        self.put(number, places, self.had(number))

    def take_part(self, file: Listed, content: bytes, known: _Known) -> bool:
        """Reads the part of a file that has changed; says whether that was enough."""
        [(blocks, definitions, faults)] = self.store.rows(
            "SELECT blocks, definitions, faults FROM file WHERE id = ?", [known.id]
        )
        before = Known(
            file.path,
            [Block(*each) for each in json.loads(blocks)],
            [Definition(*each) for each in json.loads(definitions)],
            file_faults_from(faults, file.path),
        )
        window = window_in(before, content)
        if window is None:
            return False
        had = self.had(known.id, window.start, window.before)
        behind = self.store.rows(
            f"{_HAD} WHERE file = ? AND start >= ? ORDER BY start LIMIT 1", [known.id, window.before]
        )
        part = part_of(
            before, content, window, [_place(row) for row in reversed(had)], _place(behind[0]) if behind else None
        )
        if part is None:
            return False
        self.taken = self.moved = True
        self.store.change(
            "UPDATE file SET definitions = ?, bare = ?, faults = ?, blocks = ?,"
            " tied = tied OR ?, controls = controls OR ? WHERE id = ?",
            [
                *(dumps([list(each) for each in part.definitions]), dumps([list(each) for each in part.definitions])),
                *(file_faults(part.faults), dumps(part.blocks), part.tied, part.controls, known.id),
            ],
        )
        self.store.change(
            "UPDATE entry SET start = start + ?, stop = stop + ?, line = line + ? WHERE file = ? AND start >= ?",
            [part.grown, part.grown, part.lines, known.id, window.before],
        )
        self.put(known.id, part.places, had)
        return True

    def had(self, file: int, start: int = 0, end: int = 2**60) -> list[Any]:
        """The rows of the entries of a file that stand between two offsets, the last one first."""
        return self.store.rows(
            f"{_HAD} WHERE file = ? AND start >= ? AND start < ? ORDER BY start DESC", [file, start, end]
        )

    def put(self, file: int, places: Sequence[Place], had: Iterable[Any]) -> None:
        """Makes these entries of a file of those that it ``had``: what is the same as before keeps its row."""
        same: dict[bytes, list[Any]] = defaultdict(list)
        for row in had:
            same[row[1]].append(row)
        moved, new = [], []
        for place in places:
            if same[place.digest]:
                number, _, *where = same[place.digest].pop()
                if where != [place.start, place.stop, place.line, place.base]:
                    moved.append((place.start, place.stop, place.line, place.base, number))
            else:
                new.append(place)
        self.store.change_each("UPDATE entry SET start = ?, stop = ?, line = ?, base = ? WHERE id = ?", moved)
        self.forget([row[0] for rows in same.values() for row in rows])
        self.add(file, new)
        self.moved = self.moved or bool(moved or new)

    def add(self, file: int, places: Sequence[Place]) -> None:
        first = self.next
        self.next += len(places)
        rows = (
            (number, file, each.start, each.stop, each.line, each.column, each.height, each.key, fold_key(each.key),
             each.base, each.digest)
            for number, each in enumerate(places, first)
        )  # fmt: skip
        self.store.change_each(
            "INSERT INTO entry (id, file, start, stop, line, column, height, key, folded, base, digest, kept)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            rows,
        )
        aliases = [(key, fold_key(key), number) for number, each in enumerate(places, first) for key in each.aliases]
        self.store.change_each("INSERT INTO alias (typed, folded, entry) VALUES (?, ?, ?)", aliases)
        if self.leaning:
            self.changed.update(fold_key(each.key) for each in places)
            self.changed.update(folded for _, folded, _ in aliases)

    def ids_of(self, file: int) -> list[int]:
        return [row[0] for row in self.store.rows("SELECT id FROM entry WHERE file = ?", [file])]

    def forget(self, entries: Iterable[int]) -> None:
        """Takes entries out."""
        entries = list(entries)
        for some in _in_lots(entries):
            among = f"({','.join('?' * len(some))})"
            if self.leaning:
                for question in (f"SELECT folded FROM entry WHERE id IN {among}",
                                 f"SELECT folded FROM alias WHERE entry IN {among}"):  # fmt: skip
                    self.changed.update(row[0] for row in self.store.rows(question, some))
            for table, column in (("entry", "id"), ("alias", "entry"), ("lean", "entry"), ("note", "entry")):
                self.store.change(f"DELETE FROM {table} WHERE {column} IN {among}", some)
        self.moved = self.moved or bool(entries)

    # --- the library ---

    def lend(self) -> None:
        """Reads the files again that use macros of others which are not those of the last time."""
        rows = self.store.rows("SELECT id, shared, bare, definitions, undefined FROM file ORDER BY rank")
        if all(row[4] == "[]" and row[1] == "{}" for row in rows):
            return
        bare = [[Definition(*each) for each in json.loads(row[2])] for row in rows]
        known = self.known()
        for rank, (number, had, _, _, undefined) in enumerate(rows):
            others = (definitions for other, definitions in enumerate(bare) if other != rank)
            shared = lent(json.loads(undefined), others)
            if dumps(shared) != had:
                content, _ = self.content(self.files[rank])
                self.take(self.files[rank], content, shared, known[number])
            # Those behind it are lent its macros as they are with those that it was lent.
            [(definitions,)] = self.store.rows("SELECT definitions FROM file WHERE id = ?", [number])
            bare[rank] = [Definition(*each) for each in json.loads(definitions)]

    def known(self) -> Mapping[int, _Known]:
        rows = self.store.rows("SELECT id, path, rank, stood, sha256, shared FROM file")
        return {row[0]: _Known._make(row) for row in rows}

    def make_up_keys(self) -> None:
        """Gives the entries without a key one that no entry before them has."""
        rows = self.store.rows(
            "SELECT entry.id, base, key, rank, start FROM entry JOIN file ON file.id = file"
            " WHERE base IS NOT NULL ORDER BY rank, start"
        )
        counted: dict[str, int] = {}  # how often a key was made up already
        for number, base, had, rank, start in rows:
            key, tried = base, counted.get(base, 1)
            while self.is_taken(key, rank, start):
                tried += 1
                key = f"{base}-{tried}"
            counted[base] = tried
            if key != had:
                self.changed |= {fold_key(key), fold_key(had)}
                self.store.change("UPDATE entry SET key = ?, folded = ? WHERE id = ?", [key, fold_key(key), number])
                self.renew([number])

    def is_taken(self, key: str, rank: int, start: int) -> bool:
        """Whether an entry before that place has a key."""
        return bool(
            self.store.rows(
                "SELECT 1 FROM entry JOIN file ON file.id = file WHERE folded = ? AND (rank, start) < (?, ?) LIMIT 1",
                [fold_key(key), rank, start],
            )
        )

    def keep_first(self) -> None:
        """Keeps the first of the entries with one key."""
        several = {row[0] for row in self.store.rows("SELECT folded FROM entry GROUP BY folded HAVING count(*) > 1")}
        several.update(row[0] for row in self.store.rows("SELECT folded FROM entry WHERE kept = 0"))
        for folded in several:
            rows = self.store.rows(
                "SELECT entry.id, kept FROM entry JOIN file ON file.id = file WHERE folded = ? ORDER BY rank, start",
                [folded],
            )
            for place, (number, kept) in enumerate(rows):
                if kept != (place == 0):
                    self.changed.add(folded)
                    self.store.change("UPDATE entry SET kept = ? WHERE id = ?", [place == 0, number])

    def read_again(self) -> None:
        """Marks as unread the entries that lean on others which have changed, and those whose faults are elsewhere."""
        found: set[int] = set()
        if self.leaning:
            for some in _in_lots(sorted(self.changed)):
                among = ",".join("?" * len(some))
                found.update(
                    row[0] for row in self.store.rows(f"SELECT entry FROM lean WHERE folded IN ({among})", some)
                )
        if self.moved:
            found.update(row[0] for row in self.store.rows("SELECT id FROM entry WHERE loose = 1"))
        self.renew(found)

    def renew(self, entries: Iterable[int]) -> None:
        """Gives entries a row of which nothing is known but its place; the words of the old one lead nowhere."""
        kept = ",".join(_OF_PLACE)
        for number in entries:
            if not self.store.rows("SELECT 1 FROM entry WHERE id = ? AND shape IS NOT NULL", [number]):
                continue
            self.store.change(
                f"INSERT INTO entry (id, {kept}) SELECT ?, {kept} FROM entry WHERE id = ?", [self.next, number]
            )
            self.store.change("DELETE FROM entry WHERE id = ?", [number])
            self.store.change("UPDATE alias SET entry = ? WHERE entry = ?", [self.next, number])
            for table in ("lean", "note"):
                self.store.change(f"DELETE FROM {table} WHERE entry = ?", [number])
            self.next += 1


def _definitions(file: BibFile, content: bytes | None = None) -> list[list[Any]]:
    """The macros of a file; with its ``content``, at their places in the bytes."""
    offsets = [each.offset for each in file.definitions]
    at = in_bytes_of(file.text, offsets) if content is not None else offsets
    return [[each.name, each.value, offset] for each, offset in zip(file.definitions, at, strict=True)]


def _in_lots(values: Sequence[Any], size: int = 500) -> Iterator[Sequence[Any]]:
    """Some values at a time: no statement takes any number of them."""
    return (values[start : start + size] for start in range(0, len(values), size))
