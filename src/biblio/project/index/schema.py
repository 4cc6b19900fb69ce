"""The tables of an index, and whether those of a database are these and nothing else."""

from __future__ import annotations

import sqlite3
from functools import cache

APPLICATION = 0x6269_626C  # « bibl »
VERSION = 1

_STATEMENTS = (
    # ``program`` is what wrote the index, ``generation`` changes with its entries.
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    # A file of references: as it stood when it was read, in the order of the library, and what reading it told.
    """CREATE TABLE file (
        id INTEGER PRIMARY KEY, path TEXT UNIQUE, rank INTEGER, stood TEXT, sha256 TEXT, in_bytes INTEGER,
        composed INTEGER, tied INTEGER, controls INTEGER, local INTEGER, shared TEXT, bare TEXT, definitions TEXT,
        undefined TEXT, faults TEXT, blocks TEXT, entries INTEGER)""",
    # An entry of a file: where it stands (in bytes where the file is in UTF-8, else in characters), its key, and the
    # hash of all that it is read from. What is read has a ``shape``; an entry without one has not been read yet.
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER, start INTEGER, stop INTEGER, line INTEGER, column INTEGER,
        height INTEGER, key TEXT, folded TEXT, base TEXT, digest BLOB, kept INTEGER, helper INTEGER, shape INTEGER,
        issued_first INTEGER, issued_last INTEGER, added_first INTEGER, added_last INTEGER, keywords TEXT,
        faults TEXT, loose INTEGER, seal BLOB)""",
    "CREATE INDEX entry_folded ON entry (folded, kept)",
    "CREATE INDEX entry_key ON entry (key)",
    "CREATE INDEX entry_file ON entry (file)",
    "CREATE INDEX entry_shape ON entry (shape)",
    "CREATE INDEX entry_left ON entry (id) WHERE kept = 0",
    "CREATE INDEX entry_made_up ON entry (id) WHERE base IS NOT NULL",
    "CREATE INDEX entry_loose ON entry (id) WHERE loose = 1",
    # Other keys of an entry, in its order; the keys that it looked up while it was read.
    "CREATE TABLE alias (id INTEGER PRIMARY KEY, typed TEXT, folded TEXT, entry INTEGER)",
    "CREATE INDEX alias_folded ON alias (folded)",
    "CREATE INDEX alias_entry ON alias (entry)",
    "CREATE TABLE lean (folded TEXT, entry INTEGER, PRIMARY KEY (folded, entry)) WITHOUT ROWID",
    "CREATE INDEX lean_entry ON lean (entry)",
    # What was noted of an entry by who asked for notes about something: a text, and its seal.
    "CREATE TABLE note (entry INTEGER, about TEXT, said TEXT, seal BLOB, PRIMARY KEY (entry, about))",
    # What very many entries share, as a JSON value.
    "CREATE TABLE shape (id INTEGER PRIMARY KEY, said TEXT UNIQUE)",
    # The words of each entry, by the number of its row; those of rows that are gone lead nowhere.
    """CREATE VIRTUAL TABLE search USING fts5(
        facets, titles, people, publisher, journals, rest,
        content='', detail=column, columnsize=0, tokenize='ascii')""",
)


def create(connection: sqlite3.Connection, program: str) -> None:
    """Makes the tables in an empty database, inside a transaction that its caller began."""
    for statement in _STATEMENTS:
        connection.execute(statement)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("program", program), ("generation", 0)])
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a database has nothing in it yet."""
    return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,))


def is_ours(connection: sqlite3.Connection, program: str) -> bool:
    """Whether a database has these tables and no other, no trigger and no view, and this program has written it."""
    numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if numbers != [APPLICATION, VERSION] or _tables(connection) != _expected():
        return False
    return bool(connection.execute("SELECT value FROM meta WHERE name = 'program'").fetchone() == (program,))


def _tables(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    most = 200  # of ours there are fewer
    return connection.execute(f"SELECT type, name, sql FROM sqlite_schema ORDER BY name LIMIT {most}").fetchall()


@cache
def _expected() -> list[tuple[str, ...]]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        create(connection, "")
        return _tables(connection)
    finally:
        connection.close()
