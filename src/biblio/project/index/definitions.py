"""The macros of a file as its entries may use them, each entry those that are defined before it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from biblio.formats.bibtex.syntax import Definition
from biblio.project.index.places import contexts_of


class Definitions:
    """The ``@string`` of a file, in their order, on top of the macros that other files lend it.

    Very many entries may ask, each for few of very many macros: nothing is gathered for one of them.
    """

    def __init__(self, shared: Mapping[str, str], own: Sequence[Definition], *, composed: bool) -> None:
        self.shared = shared
        self._offsets = [each.offset for each in own]
        self._contexts = [context for _, context in contexts_of(shared, own, composed=composed)]
        self.own: dict[str, list[Definition]] = defaultdict(list)
        for each in own:
            self.own[each.name].append(each)

    def context(self, offset: int) -> bytes:
        """What stands for the macros of an entry at that offset in its hash."""
        return self._contexts[bisect_left(self._offsets, offset)]

    def before(self, offset: int) -> Mapping[str, str]:
        """The macros that an entry at that offset may use."""
        return _Before(self, offset) if self._offsets else self.shared


class _Before(Mapping[str, str]):
    """The macros that are defined before an offset; of two of one name, the last one counts."""

    def __init__(self, definitions: Definitions, offset: int) -> None:
        self._definitions = definitions
        self._offset = offset

    def __getitem__(self, name: str) -> str:
        own = self._definitions.own.get(name, ())
        number = bisect_left(own, self._offset, key=lambda each: each.offset)
        return own[number - 1].value if number else self._definitions.shared[name]

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in {**self._definitions.shared, **self._definitions.own} if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
