"""What knows the entries of a library: a list of them in memory, or an index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from biblio.collection.wanted import Wanted
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.text.nearest import alike
from biblio.words.faults import Diagnostic, Parsed


class Unreliable(Exception):  # noqa: N818  # not an error of its own: what was kept is left, and the files are read
    """What was kept of the files of a library cannot be believed, or can no longer be had."""


class Note(NamedTuple):
    """What was noted of the reference of that number, if anything was: a text that nobody else has changed.

    Its entry begins on that line of the file at ``path``, and has so many lines more.
    """

    number: int
    citekey: str
    path: str
    line: int
    height: int
    said: str | None


class Catalogue(Protocol):
    """What knows the entries of a library, each by a number. Any method may raise ``Unreliable``."""

    def __len__(self) -> int: ...

    def numbers(self) -> Sequence[int]:
        """The numbers of the references, in the order of the files."""

    def number_of(self, folded: str) -> int | None:
        """The number of the reference with that key, folded."""

    def build(self, number: int) -> Parsed[Reference]:
        """The reference of a number, with the faults of its values."""

    def keys(self) -> Sequence[str]:
        """The citekeys as typed, in order."""

    def keys_begun(self, beginning: str) -> Sequence[str]:
        """Those that begin so, as typed, in order."""

    def keys_alike(self, key: str) -> Collection[str]:
        """Those that one may have meant by an unknown key (see ``nearest``)."""

    def former(self, number: int) -> Sequence[str]:
        """The other keys of a reference, folded."""

    def wanted(self, wanted: Wanted) -> Sequence[int] | None:
        """The numbers of all that ``wanted`` may want, in order; ``None`` when every reference has to be asked."""

    def has_keyword(self, folded: str) -> bool | None:
        """Whether a document has that keyword, folded; ``None`` when every reference has to be asked."""

    def keywords(self) -> Iterable[Sequence[str]] | None:
        """The keywords that references have together; ``None`` when every reference has to be asked."""

    def kinds(self) -> Iterable[tuple[str, str]] | None:
        """The types and labels that references have; ``None`` as well."""

    def faults(self) -> Sequence[Diagnostic] | None:
        """The faults in the values of all the references; ``None`` as well."""

    def notes(self, about: str) -> Sequence[Note] | None:
        """What was noted of each reference ``about`` something, in order; ``None`` where nothing is kept.

        A note is gone as soon as something changes that its reference is made of.
        """

    def note(self, about: str, notes: Iterable[Note]) -> None:
        """Keeps what these notes say now; where that cannot be, it is not kept."""


class Listed:
    """The catalogue of a library that is in memory: its keys in order, numbered from 0, and other keys of some."""

    def __init__(
        self, citekeys: Sequence[str], build: Callable[[int], Parsed[Reference]], aliases: Mapping[str, int]
    ) -> None:
        self._citekeys = tuple(citekeys)
        self.build = build
        self._numbers = {**aliases, **{fold_key(key): number for number, key in enumerate(self._citekeys)}}
        self._former: dict[int, list[str]] = {}
        for key, number in aliases.items():
            if self._numbers[key] == number and key != fold_key(self._citekeys[number]):
                self._former.setdefault(number, []).append(key)

    def __len__(self) -> int:
        return len(self._citekeys)

    def numbers(self) -> Sequence[int]:
        """The numbers of the references, in the order of the files."""
        return range(len(self._citekeys))

    def number_of(self, folded: str) -> int | None:
        """The number of the reference with that key, folded."""
        return self._numbers.get(folded)

    def keys(self) -> Sequence[str]:
        """The citekeys as typed, in order."""
        return self._citekeys

    def keys_begun(self, beginning: str) -> Sequence[str]:
        """Those that begin so, as typed, in order."""
        return [key for key in self._citekeys if key.startswith(beginning)]

    def keys_alike(self, key: str) -> Collection[str]:
        """Those that one may have meant by an unknown key (see ``nearest``)."""
        return alike(key, self._citekeys)

    def former(self, number: int) -> Sequence[str]:
        """The other keys of a reference, folded."""
        return self._former.get(number, ())

    def wanted(self, wanted: Wanted) -> None:  # noqa: ARG002
        """The numbers of all that ``wanted`` may want, in order; ``None`` when every reference has to be asked."""
        return

    def has_keyword(self, folded: str) -> None:  # noqa: ARG002
        """Whether a document has that keyword, folded; ``None`` when every reference has to be asked."""
        return

    def keywords(self) -> None:
        """The keywords that references have together; ``None`` when every reference has to be asked."""
        return

    def kinds(self) -> None:
        """The types and labels that references have; ``None`` as well."""
        return

    def faults(self) -> None:
        """The faults in the values of all the references; ``None`` as well."""
        return

    def notes(self, about: str) -> None:  # noqa: ARG002
        """What was noted of each reference ``about`` something, in order; ``None`` where nothing is kept."""
        return

    def note(self, about: str, notes: Iterable[Note]) -> None:
        """Keeps what these notes say now; where that cannot be, it is not kept."""
