"""An index that is open: questions and changes, each of them whole, in any process that a fork has made of this one."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from biblio.collection.catalogue import Unreliable
from biblio.collection.record import WRONG

_OPEN: weakref.WeakSet[Store] = weakref.WeakSet()


@contextlib.contextmanager
def believing() -> Iterator[None]:
    """Takes a value of the index that has another shape than it should for what it is: unreliable."""
    try:
        yield
    except (*WRONG, RecursionError) as error:
        raise Unreliable from error


class Store:
    """A connection to an index, with what it holds as it was when it was first asked.

    ``connect`` opens it, ``remove`` removes it; another process may take ``patience`` seconds to write.
    Every method raises ``Unreliable`` when the database cannot be read or written, or is another one since then.
    """

    def __init__(
        self, connect: Callable[[], sqlite3.Connection | None], remove: Callable[[], None], patience: float
    ) -> None:
        self._patience = patience
        self._connect = connect
        self._remove = remove
        self._outdated = False
        self._connection: sqlite3.Connection | None = None
        self._generation: Any = None
        _OPEN.add(self)

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows that answer a question."""
        try:
            return self._reading().execute(question, values).fetchall()
        except (sqlite3.Error, ValueError, OverflowError) as error:
            raise Unreliable from error

    def change(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Changes rows, inside ``writing``."""
        self.change_each(statement, [values])

    def change_each(self, statement: str, each: Iterable[Sequence[Any]]) -> None:
        """Changes rows for each of these values, inside ``writing``."""
        try:
            self._reading().executemany(statement, each)
        except (sqlite3.Error, ValueError, OverflowError) as error:
            raise Unreliable from error

    @contextlib.contextmanager
    def writing(self, *, renewing: bool = False) -> Iterator[None]:
        """Changes that are all made or none, and that no other process makes at the same time.

        With ``renewing`` the entries may be others than when the index was first asked, and become others.
        """
        try:
            connection = self._reading()
            connection.execute("ROLLBACK")
            connection.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            self.close()
            raise Unreliable from error
        try:
            if not renewing:
                self._require_same(connection)
            yield
            connection.execute("COMMIT")
            if renewing:
                self._generation = None
            self._begin(connection)
        except BaseException as error:
            self.close()
            if isinstance(error, sqlite3.Error):
                raise Unreliable from error
            raise

    def close(self) -> None:
        """Lets go of the database until it is asked again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def discard(self) -> None:
        """Removes a database that is not to be relied on, unless another process has only brought it up to date."""
        self.close()
        if not self._outdated:
            self._remove()

    def _reading(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = self._connect()
            if connection is None:
                raise Unreliable
            self._connection = connection
            self._begin(connection)
        return self._connection

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Begins to read: what other processes change from here on is not seen."""
        connection.execute("BEGIN")
        self._require_same(connection)

    def _require_same(self, connection: sqlite3.Connection) -> None:
        now = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
        if self._generation is None:
            self._generation = now
        elif now != self._generation:
            self._outdated = True
            raise Unreliable


def _let_go() -> None:
    for store in list(_OPEN):
        store.close()


# No connection may be used on both sides of a fork: each side opens the database again.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_let_go)
