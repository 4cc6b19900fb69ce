"""A library: references by their citekeys, each of them made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from biblio.collection.bulk import collector_paused
from biblio.collection.catalogue import Catalogue, Listed, Note, Unreliable
from biblio.collection.wanted import EVERYTHING, NOTHING, Wanted
from biblio.reference.reference import Reference
from biblio.reference.types import HELPERS
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose
from biblio.words.tables import Severity

AnswerT = TypeVar("AnswerT")


def _no_reference(number: int) -> Parsed[Reference]:
    raise IndexError(number)


class Library:
    """References in the order of the files; a key is looked up whatever its case.

    ``build`` makes the reference of that number, counted from 0, with the faults of its values; it is called once for
    each, when the reference is asked for. ``aliases`` are other keys of a reference, folded, with its number.
    """

    __slots__ = ("_anew", "_built", "_catalogue")

    def __init__(
        self,
        citekeys: Sequence[str] = (),
        build: Callable[[int], Parsed[Reference]] = _no_reference,
        aliases: Mapping[str, int] | None = None,
    ) -> None:
        self._catalogue: Catalogue = Listed(citekeys, build, aliases or {})
        self._anew: Callable[[], Catalogue] | None = None
        self._built: dict[int, Parsed[Reference]] = {}

    @classmethod
    def of(cls, catalogue: Catalogue, anew: Callable[[], Catalogue] | None = None) -> Library:
        """The library of a catalogue, and of the one that ``anew`` gives as soon as the first is unreliable."""
        library = cls()
        library._catalogue, library._anew = catalogue, anew
        return library

    @property
    def catalogue(self) -> Catalogue:
        """What knows the entries, as long as it is reliable."""
        return self._catalogue

    def __len__(self) -> int:
        return self._ask(lambda catalogue: len(catalogue))

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._ask(lambda catalogue: [self._at(number).value for number in catalogue.numbers()]))

    def __contains__(self, citekey: str) -> bool:
        """Whether a key leads to a reference."""
        return self._ask(lambda catalogue: catalogue.number_of(fold_key(citekey))) is not None

    def get(self, citekey: str) -> Reference | None:
        """The reference of that key, if there is one."""
        found = self._of_key(citekey)
        return None if found is None else found.value

    @property
    def citekeys(self) -> Sequence[str]:
        """The keys as typed, in order."""
        return self._ask(lambda catalogue: catalogue.keys())

    def citekeys_begun(self, beginning: str) -> Sequence[str]:
        """The keys that begin so, as typed, in order."""
        return self._ask(lambda catalogue: catalogue.keys_begun(beginning))

    def citekeys_alike(self, key: str) -> Collection[str]:
        """The keys that one may have meant by an unknown one; of very many, those that begin or end like it."""
        return self._ask(lambda catalogue: catalogue.keys_alike(key))

    def former_keys(self, citekey: str) -> Sequence[str]:
        """The other keys, folded, of the reference of that key."""

        def former(catalogue: Catalogue) -> Sequence[str]:
            number = catalogue.number_of(fold_key(citekey))
            return () if number is None else catalogue.former(number)

        return self._ask(former)

    def wanted(self, wanted: Wanted = EVERYTHING) -> Sequence[Reference]:
        """The documents that a query has to be asked of: all that it wants are among them, in order."""
        if wanted == NOTHING:
            return ()

        def documents(catalogue: Catalogue) -> Sequence[Reference]:
            numbers = catalogue.wanted(wanted)
            found = (self._at(number).value for number in (catalogue.numbers() if numbers is None else numbers))
            return tuple(each for each in found if each.entry_type.lower() not in HELPERS)

        with collector_paused():
            return self._ask(documents)

    def has_keyword(self, folded: str) -> bool | None:
        """Whether a document has that keyword, folded; ``None`` when only ``keywords`` tells."""
        return self._ask(lambda catalogue: catalogue.has_keyword(folded))

    def keywords(self) -> Iterable[Sequence[str]]:
        """The keywords of the documents, those of each together; the same may come again."""
        known = self._ask(lambda catalogue: catalogue.keywords())
        return {reference.keyword for reference in self.wanted()} if known is None else known

    def kinds(self) -> Iterable[tuple[str, str]]:
        """The types of the documents with the labels of their own."""
        known = self._ask(lambda catalogue: catalogue.kinds())
        return {(each.entry_type, each.label) for each in self.wanted()} if known is None else known

    def faults_of(self, citekey: str) -> tuple[Diagnostic, ...]:
        """The faults in the values of one reference; none for an unknown key."""
        found = self._of_key(citekey)
        return () if found is None else found.diagnostics

    def faults(self) -> tuple[Diagnostic, ...]:
        """The faults in the values of all the references, which are all made for it where nothing knows them."""

        def faults(catalogue: Catalogue) -> tuple[Diagnostic, ...]:
            known = catalogue.faults()
            if known is not None:
                return tuple(known)
            return tuple(fault for number in catalogue.numbers() for fault in self._at(number).diagnostics)

        with collector_paused():
            return self._ask(faults)

    def noted(self, about: str, understood: Callable[[Catalogue, Sequence[Note]], AnswerT]) -> AnswerT | None:
        """What is ``understood`` of the notes on all the references ``about`` something, in order.

        ``None`` where nothing is kept.

        A note that says what nobody wrote is for ``understood`` to raise ``Unreliable``.
        """

        def answer(catalogue: Catalogue) -> AnswerT | None:
            notes = catalogue.notes(about)
            return None if notes is None else understood(catalogue, notes)

        with collector_paused():
            return self._ask(answer)

    def _of_key(self, citekey: str) -> Parsed[Reference] | None:
        def found(catalogue: Catalogue) -> Parsed[Reference] | None:
            number = catalogue.number_of(fold_key(citekey))
            return None if number is None else self._at(number)

        return self._ask(found)

    def _ask(self, question: Callable[[Catalogue], AnswerT]) -> AnswerT:
        """The answer to a question; asked again, where the catalogue is not to be relied on, of one made anew."""
        try:
            return question(self._catalogue)
        except Unreliable:
            if self._anew is None:
                raise
            self._catalogue, self._anew = self._anew(), None
            # What was made stays: whoever holds a reference finds the same one again.
            made = {self._catalogue.number_of(fold_key(each.value.citekey)): each for each in self._built.values()}
            self._built = {number: each for number, each in made.items() if number is not None}
            return question(self._catalogue)

    def _at(self, number: int) -> Parsed[Reference]:
        built = self._built.get(number)
        if built is None:
            built = self._built[number] = self._catalogue.build(number)
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
