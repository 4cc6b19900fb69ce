"""What installed packages add to the tables: the entry points of each group, as rows.

A package that is installed is part of the program, as our own modules are: to look at its rows is to import them. The
packages are looked through only when a name is not one of ours, or when all the rows are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

RowT = TypeVar("RowT")

# The groups of entry points, each that of the table that it adds to.
GROUPS = tuple(f"biblio.{table}" for table in ("formats", "kinds", "outputs", "presets", "rules", "types"))


class Unusable(NamedTuple):
    """An entry point that brings no row: its name, group and package, and what it gave or raised instead."""

    name: str
    group: str
    package: str
    problem: str


class Table(Mapping[str, RowT], Generic[RowT]):
    """Our own rows by name, in their order, then those that installed packages add to ``group``.

    Ours come first in every sense: a name of ours is never another's, and is found without a look at the packages.
    ``row`` gives the name and the row of what an entry point gives, or ``None`` when that is not one.
    """

    def __init__(self, group: str, own: Mapping[str, RowT], row: Callable[[object], tuple[str, RowT] | None]) -> None:
        self.group, self.own, self._row = group, own, row

    @cached_property
    def added(self) -> Mapping[str, RowT]:
        """The rows of others, by name."""
        rows = (self._row(given) for _, given in _given(self.group)[0])
        return {named[0]: named[1] for named in rows if named and named[0] not in self.own}

    @property
    def unusable(self) -> tuple[Unusable, ...]:
        """The entry points of the group that cannot be imported, or give something else than a row."""
        given, failed = _given(self.group)
        wrong = (
            Unusable(point.name, self.group, _package(point), type(each).__qualname__)
            for point, each in given
            if not self._row(each)
        )
        return (*failed, *wrong)

    def __getitem__(self, name: str) -> RowT:
        return self.own[name] if name in self.own else self.added[name]

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        yield from self.added

    def __len__(self) -> int:
        return len(self.own) + len(self.added)


def row_of(kind: type[RowT], key: str = "name") -> Callable[[object], tuple[str, RowT] | None]:
    """Takes values of one type for rows, named by their attribute ``key``."""
    return lambda given: (str(getattr(given, key)), given) if isinstance(given, kind) else None


@cache
def _given(group: str) -> tuple[tuple[tuple[EntryPoint, object], ...], tuple[Unusable, ...]]:
    """The entry points of a group with what they give, by name in order, and those that cannot be imported."""
    # Takes as long as a small command: not before it is due.
    from importlib.metadata import entry_points

    given: list[tuple[EntryPoint, object]] = []
    failed: list[Unusable] = []
    for point in sorted(entry_points(group=group), key=lambda each: each.name):
        try:
            given.append((point, point.load()))
        except Exception as error:  # noqa: BLE001  # whatever somebody else's package raises while it is imported
            failed.append(Unusable(point.name, group, _package(point), f"{type(error).__name__}: {error}"))
    return tuple(given), tuple(failed)


def _package(point: EntryPoint) -> str:
    """The name of the installed package that declares an entry point."""
    return point.dist.name if point.dist is not None else ""


@cache
def distributions() -> Mapping[str, str]:
    """The installed packages that add rows, with their versions: outputs depend on them."""
    from importlib.metadata import entry_points

    found = (point.dist for group in GROUPS for point in entry_points(group=group))
    return {dist.name: dist.version for dist in found if dist is not None}
