"""A library: references by their citekeys, each of them made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from biblio.collection.bulk import collector_paused
from biblio.collection.glance import Glance
from biblio.reference.reference import Reference
from biblio.reference.types import HELPERS
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose
from biblio.words.tables import Severity


class Library:
    """References in the order of the files; a key is looked up whatever its case.

    ``build`` makes the reference of that number, counted from 0, with the faults of its values; it is called once for
    each, when the reference is asked for. ``aliases`` are other keys of a reference, folded, with its number.
    ``glance`` gives glances at all the references of a library, or ``None`` when it knows none.
    """

    __slots__ = ("_build", "_built", "_citekeys", "_glance", "_glances", "_numbers")

    def __init__(
        self,
        citekeys: Sequence[str] = (),
        build: Callable[[int], Parsed[Reference]] | None = None,
        aliases: Mapping[str, int] | None = None,
        glance: Callable[[Library], Sequence[Glance] | None] | None = None,
    ) -> None:
        self._citekeys = tuple(citekeys)
        self._build = build
        self._numbers = {**(aliases or {}), **{fold_key(key): number for number, key in enumerate(self._citekeys)}}
        self._built: dict[int, Parsed[Reference]] = {}
        self._glance = glance
        self._glances: Sequence[Glance | Reference] | None = None

    def __len__(self) -> int:
        return len(self._citekeys)

    def __iter__(self) -> Iterator[Reference]:
        return (self._at(number).value for number in range(len(self._citekeys)))

    def __contains__(self, citekey: str) -> bool:
        """Whether a key leads to a reference."""
        return fold_key(citekey) in self._numbers

    def get(self, citekey: str) -> Reference | None:
        """The reference of that key, if there is one."""
        number = self._numbers.get(fold_key(citekey))
        return None if number is None else self._at(number).value

    @property
    def citekeys(self) -> tuple[str, ...]:
        """The keys as typed, in order."""
        return self._citekeys

    @property
    def former_keys(self) -> Mapping[str, tuple[str, ...]]:
        """The other keys, folded, of each reference that has some, by its citekey."""
        former: dict[str, tuple[str, ...]] = {}
        for key, number in self._numbers.items():
            citekey = self._citekeys[number]
            if key != fold_key(citekey):
                former[citekey] = (*former.get(citekey, ()), key)
        return former

    @property
    def glances(self) -> Sequence[Glance | Reference]:
        """What a query looks through, in the order of the library: the documents, or glances at them."""
        if self._glances is None:
            known = self._glance(self) if self._glance and len(self._built) < len(self) else None
            everything: Iterable[Glance | Reference] = self if known is None else known
            self._glances = tuple(each for each in everything if each.entry_type.lower() not in HELPERS)
        return self._glances

    def faults_of(self, citekey: str) -> tuple[Diagnostic, ...]:
        """The faults in the values of one reference; none for an unknown key."""
        number = self._numbers.get(fold_key(citekey))
        return () if number is None else self._at(number).diagnostics

    def faults(self) -> tuple[Diagnostic, ...]:
        """The faults in the values of all the references, which are all made for it."""
        with collector_paused():
            return tuple(fault for number in range(len(self._citekeys)) for fault in self._at(number).diagnostics)

    def _at(self, number: int) -> Parsed[Reference]:
        built = self._built.get(number)
        if built is None:
            if self._build is None:
                raise IndexError(number)
            built = self._built[number] = self._build(number)
        return built


def duplicate(citekey: str, place: Span, first: Span) -> Diagnostic:
    """What is said of a reference whose key is that of an earlier one."""
    return diagnose("P202", place, citekey, key=citekey[:200], first=first.where)


def of_references(library: Parsed[Library], citekeys: Iterable[str]) -> tuple[Diagnostic, ...]:
    """The faults of some references: those of reading their entries, then those of their values."""
    now = ((citekey, library.value.get(citekey)) for citekey in citekeys)
    keys = {fold_key(reference.citekey if reference else citekey) for citekey, reference in now}
    of_reading = (each for each in library.diagnostics if each.citekey and fold_key(each.citekey) in keys)
    return (*of_reading, *(fault for key in sorted(keys) for fault in library.value.faults_of(key)))


def concerning(library: Parsed[Library], citekeys: Iterable[str]) -> tuple[Diagnostic, ...]:
    """The faults of a library that count for a dossier that prints these references.

    Theirs; those of no reference, of a file say; and errors of syntax, for an entry that could not be read whole may be
    the one that the dossier asks for under another key. All of them are among those of ``biblio check``.
    """
    at_large = (each for each in library.diagnostics if each.citekey is None or _is_broken(each))
    return (*at_large, *of_references(library, citekeys))


def _is_broken(diagnostic: Diagnostic) -> bool:
    return diagnostic.code.startswith("P1") and diagnostic.severity is Severity.ERROR
