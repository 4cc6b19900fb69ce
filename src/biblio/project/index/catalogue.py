"""A library that is known from its index: what is asked of it is looked up there, and read from its place in the files.

An index says where an entry stands and what a query may find; what an entry says is read from the file itself, whose
bytes there have to be those that were indexed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from biblio.collection.bulk import collector_paused, in_steps
from biblio.collection.catalogue import Note, Unreliable
from biblio.collection.library import duplicate
from biblio.collection.wanted import OneOf, Shape, Wanted
from biblio.formats.bibtex.at_hand import AtHand
from biblio.formats.bibtex.convert import convert
from biblio.formats.bibtex.file import entry_of
from biblio.formats.bibtex.inherit import Source
from biblio.formats.bibtex.syntax import Definition, Positions
from biblio.formats.text import decode_bytes
from biblio.project.index.definitions import Definitions
from biblio.project.index.facts import (
    Facts,
    facts_of,
    faults_from,
    file_faults_from,
    keywords_from,
    seal_of,
    shape_from,
)
from biblio.project.index.narrow import condition_of
from biblio.project.index.notes import keep, notes_in
from biblio.project.index.places import digest_of
from biblio.project.index.store import Store, believing
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.text.nearest import MOST_CANDIDATES, PART
from biblio.words.faults import Diagnostic, Parsed, Span

LOT = 1000  # references that are read before their rows are written
_SOURCE = "SELECT id, file, start, stop, line, column, height, key, base, digest FROM entry"


class _Row(NamedTuple):
    """Where an entry stands, its key, and the hash of all that it is read from."""

    id: int
    file: int
    start: int
    stop: int
    line: int
    column: int
    height: int
    key: str
    base: str | None
    digest: bytes


class _File(NamedTuple):
    """A file of the library, and what reading its entries takes."""

    id: int
    path: str
    sha256: str
    in_bytes: bool
    composed: bool
    tied: bool
    controls: bool
    definitions: Definitions


class IndexedCatalogue:
    """The catalogue of an index. ``hashes`` are those of its files, by their names.

    ``part`` gives bytes of a file by its name and where they are, ``whole`` all of them.
    ``whole`` gives those of the hash that the index has for the file, or raises ``Unreliable``.
    """

    def __init__(
        self,
        store: Store,
        hashes: Mapping[str, str],
        part: Callable[[str, int, int], bytes],
        whole: Callable[[str, str], bytes],
    ) -> None:
        self.store = store
        self.hashes = hashes
        self.part = part
        self.whole = whole
        self._files: dict[int, _File] = {}
        self._texts: dict[int, str] = {}
        self._asked = AtHand()
        self._others: dict[str, int | None] = {}

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many entries each file has, and how many of them the library keeps."""
        rows = self.store.rows(
            "SELECT path, count(entry.id), coalesce(sum(kept), 0) FROM file LEFT JOIN entry ON file.id = file"
            " GROUP BY file.id ORDER BY rank"
        )
        return {path: {"entries": entries, "kept": kept} for path, entries, kept in rows}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The faults of reading the files: theirs, then those of entries whose key is that of an earlier one."""
        found: list[Diagnostic] = []
        with believing():
            for path, faults in self.store.rows("SELECT path, faults FROM file WHERE faults != '[]' ORDER BY rank"):
                found += file_faults_from(faults, path)
        return (*found, *self._duplicates())

    def _duplicates(self) -> Iterator[Diagnostic]:
        """The faults of entries whose key is that of an earlier one; of very many, the first is read once."""
        doubles = self.store.rows(
            f"{_SOURCE.replace(' id,', ' entry.id,')} JOIN file ON file.id = file WHERE kept = 0 ORDER BY rank, start"
        )
        place_of = cache(lambda number: self._place(self._source(self._row(number))))
        with believing():
            for row in map(_Row._make, doubles):
                [(first,)] = self.store.rows("SELECT id FROM entry WHERE folded = ? AND kept = 1", [fold_key(row.key)])
                yield duplicate(row.key, self._place(self._source(row)), place_of(first))

    # --- what a library asks ---

    def __len__(self) -> int:
        count: int = self.store.rows("SELECT count(*) FROM entry WHERE kept = 1")[0][0]
        return count

    def numbers(self) -> Sequence[int]:
        """The numbers of the references, in the order of the files."""
        return self._listed("id", "kept = 1")

    def number_of(self, folded: str) -> int | None:
        """The number of the reference with that key, folded."""
        number = self._first(folded)
        if number is None:
            return None
        return number if self.store.rows("SELECT 1 FROM entry WHERE id = ? AND kept = 1", [number]) else None

    def build(self, number: int) -> Parsed[Reference]:
        """The reference of a number, with the faults of its values."""
        with believing():
            row = self._row(number)
            file = self._file(row.file)
            source = self._source(row)
        return convert(source.entry, source.positions, self.find, ties=file.tied, controls=file.controls)

    def keys(self) -> Sequence[str]:
        """The citekeys as typed, in order."""
        return self._listed("key", "kept = 1")

    def keys_begun(self, beginning: str) -> Sequence[str]:
        """Those that begin so, as typed, in order."""
        if not beginning:
            return self.keys()
        return self._listed("key", "kept = 1 AND key >= ? AND key < ?", [beginning, beginning + chr(0x10FFFF)])

    def keys_alike(self, key: str) -> Collection[str]:
        """Those that one may have meant by an unknown key (see ``nearest``)."""
        if len(self) <= MOST_CANDIDATES:
            return self.keys()
        begin, end = key[:PART], key[-PART:]
        return self._listed(
            "key",
            f"kept = 1 AND (key >= ? AND key < ? OR substr(key, ?) = ?) LIMIT {MOST_CANDIDATES}",
            [begin, begin + chr(0x10FFFF), -len(end), end],
            ordered=False,
        )

    def former(self, number: int) -> Sequence[str]:
        """The other keys of a reference, folded."""
        rows = self.store.rows("SELECT folded FROM alias WHERE entry = ? ORDER BY id", [number])
        return [folded for (folded,) in dict.fromkeys(rows) if self.number_of(folded) == number != self._own(folded)]

    def wanted(self, wanted: Wanted) -> Sequence[int]:
        """The numbers of all that ``wanted`` may want, in order; ``None`` when every reference has to be asked."""
        self.read_all()
        condition = condition_of(wanted, self._shapes)
        return self._listed("id", f"kept = 1 AND helper = 0 AND {condition.sql}", condition.values)

    def has_keyword(self, folded: str) -> bool:
        """Whether a document has that keyword, folded; ``None`` when every reference has to be asked."""
        self.read_all()
        condition = condition_of(OneOf("keyword", frozenset({folded})), self._shapes)
        question = f"SELECT 1 FROM entry WHERE kept = 1 AND helper = 0 AND {condition.sql} LIMIT 1"
        return bool(self.store.rows(question, condition.values))

    def keywords(self) -> Iterable[Sequence[str]]:
        """The keywords that references have together; ``None`` when every reference has to be asked."""
        self.read_all()
        rows = self.store.rows("SELECT DISTINCT keywords FROM entry WHERE kept = 1 AND helper = 0 AND keywords != ''")
        with believing():
            return [keywords_from(said) for (said,) in rows]

    def kinds(self) -> Iterable[tuple[str, str]]:
        """The types and labels that references have; ``None`` as well."""
        self.read_all()
        used = {row[0] for row in self.store.rows("SELECT DISTINCT shape FROM entry WHERE kept = 1 AND helper = 0")}
        return {(shape.entry_type, shape.label) for number, shape in self._shapes() if number in used}

    def faults(self) -> Sequence[Diagnostic]:
        """The faults in the values of all the references; ``None`` as well."""
        self.read_all()
        rows = self.store.rows(
            "SELECT entry.id, entry.faults, loose, key, path, line, seal FROM entry JOIN file ON file.id = file"
            " WHERE kept = 1 AND entry.faults != '' ORDER BY rank, start"
        )
        found: list[Diagnostic] = []
        with believing():
            for number, said, loose, key, path, line, seal in rows:
                if seal != seal_of(key, said):
                    raise Unreliable
                found += self.build(number).diagnostics if loose else faults_from(said, key, path, line)
        return found

    def notes(self, about: str) -> Sequence[Note]:
        """What was noted of each reference ``about`` something, in order."""
        self.read_all()  # what an entry leans on is known from then on
        return notes_in(self.store, about)

    def note(self, about: str, notes: Iterable[Note]) -> None:
        """Keeps what these notes say now."""
        keep(self.store, about, notes)

    def _listed(self, column: str, condition: str, values: Sequence[object] = (), *, ordered: bool = True) -> list[Any]:
        """A column of the entries that meet a condition, in the order of the library."""
        question = f"SELECT {column} AS found, file AS of, start AS at FROM entry WHERE {condition}"
        if ordered:
            question = f"SELECT found FROM ({question}) JOIN file ON file.id = of ORDER BY rank, at"
        return [row[0] for row in self.store.rows(question, values)]

    def _shapes(self) -> list[tuple[int, Shape]]:
        with believing():
            return [(number, shape_from(said)) for number, said in self.store.rows("SELECT id, said FROM shape")]

    # --- entries ---

    def find(self, key: str) -> Source | None:
        """The entry of a key, which others may take fields from."""
        number = self._first(fold_key(key))
        if number is None:
            return None
        with believing():
            return self._asked.get(number, lambda: self._source(self._row(number)))

    def _own(self, folded: str) -> int | None:
        rows = self.store.rows("SELECT id FROM entry WHERE folded = ? AND kept = 1", [folded])
        return rows[0][0] if rows else None

    def _first(self, folded: str) -> int | None:
        """The first entry that has a key, or else the one that has it as another key, as the files give them."""
        own = self._own(folded)
        if own is not None:
            return own
        if folded not in self._others:
            self._others[folded] = self._other(folded)
        return self._others[folded]

    def _other(self, folded: str) -> int | None:
        """The entry that has a key as another key. Very many may give themselves one, and very many ask for it."""
        rows = self.store.rows(
            "SELECT typed, entry, file FROM alias JOIN entry ON entry.id = entry JOIN file ON file.id = file"
            " WHERE alias.folded = ? ORDER BY rank, start, alias.id",
            [folded],
        )
        # In a file the last entry has a key that several give themselves; of several files, the first.
        of_file: dict[str, int] = {typed: number for typed, number, file in rows if file == rows[0][2]}
        return next(iter(of_file.values()), None)

    def _row(self, number: int) -> _Row:
        rows = self.store.rows(f"{_SOURCE} WHERE id = ?", [number])
        if not rows:
            raise Unreliable
        return _Row._make(rows[0])

    def _file(self, number: int) -> _File:
        if number not in self._files:
            rows = self.store.rows(
                "SELECT path, sha256, in_bytes, composed, tied, controls, shared, definitions FROM file WHERE id = ?",
                [number],
            )
            with believing():
                [(path, sha256, *flags, shared, definitions)] = rows
                in_bytes, composed, tied, controls = map(bool, flags)
                lent: dict[str, str] = json.loads(shared)
                own = [Definition(*each) for each in json.loads(definitions)]
                macros = Definitions(lent, own, composed=composed)
            self._files[number] = _File(number, path, sha256, in_bytes, composed, tied, controls, macros)
        return self._files[number]

    def _source(self, row: _Row, content: bytes | None = None) -> Source:
        """The entry of a row, read from its file, or from its ``content``. Raises ``Unreliable`` for another one."""
        file = self._file(row.file)
        if file.in_bytes:
            part = self.part(file.path, row.start, row.stop) if content is None else content[row.start : row.stop]
            text = part.decode("utf-8", "replace")
        else:
            text = self._text(file)[row.start : row.stop]
            part = text.encode("utf-8", "surrogatepass")
        if digest_of(part, file.definitions.context(row.start), row.column) != row.digest:
            raise Unreliable
        positions = Positions(text, file.path, row.line, row.column)
        macros = file.definitions.before(row.start)
        entry = entry_of(text, positions, macros, row.key, composed=file.composed)
        if entry is None:
            raise Unreliable
        return Source(entry, positions)

    def _place(self, source: Source) -> Span:
        return source.positions.span(source.entry.key_offset, len(source.entry.key))

    def _text(self, file: _File) -> str:
        """The text of a file that is not in UTF-8 and nothing else."""
        if file.id not in self._texts:
            self._texts = {file.id: decode_bytes(self.whole(file.path, file.sha256), file.path).value}
        return self._texts[file.id]

    # --- what is known of references ---

    def read_all(self) -> None:
        """Reads the entries that have not been read since they were indexed."""
        if not self.store.rows("SELECT 1 FROM entry WHERE shape IS NULL LIMIT 1"):
            return
        with self.store.writing(), collector_paused(), believing():
            shapes = {said: number for number, said in self.store.rows("SELECT id, said FROM shape")}
            for (number,) in self.store.rows("SELECT DISTINCT file FROM entry WHERE shape IS NULL"):
                self._read_file(self._file(number), shapes)

    def _read_file(self, file: _File, shapes: dict[str, int]) -> None:
        rows = [_Row._make(row) for row in self.store.rows(f"{_SOURCE} WHERE shape IS NULL AND file = ?", [file.id])]
        content = self.whole(file.path, file.sha256)
        steps = in_steps(rows)
        while some := list(islice(steps, LOT)):
            leans: list[tuple[str, int]] = []
            lot: list[tuple[int, Facts]] = []
            for row in some:
                source = self._source(row, content)
                asked: set[str] = set()

                def find(key: str, asked: set[str] = asked) -> Source | None:
                    asked.add(fold_key(key))
                    return self.find(key)

                made = convert(source.entry, source.positions, find, ties=file.tied, controls=file.controls)
                lot.append((row.id, facts_of(made, file.path, row.line, row.height)))
                leans += ((folded, row.id) for folded in sorted(asked))
            self._write(lot, leans, shapes)

    def _write(
        self, lot: Sequence[tuple[int, Facts]], leans: Sequence[tuple[str, int]], shapes: dict[str, int]
    ) -> None:
        for _, facts in lot:
            if facts.shape not in shapes:
                shapes[facts.shape] = len(shapes) + 1
                self.store.change("INSERT INTO shape VALUES (?, ?)", [shapes[facts.shape], facts.shape])
        self.store.change_each(
            "UPDATE entry SET"
            " (helper, shape, issued_first, issued_last, added_first, added_last, keywords, faults, loose, seal)"
            " = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
            (
                (f.helper, shapes[f.shape], *f.issued, *f.added, f.keywords, f.faults, f.loose, f.seal, number)
                for number, f in lot
            ),
        )
        self.store.change_each(
            "INSERT INTO search (rowid, facets, titles, people, publisher, journals, rest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((number, *facts.words) for number, facts in lot),
        )
        self.store.change_each("INSERT INTO lean VALUES (?, ?)", leans)
