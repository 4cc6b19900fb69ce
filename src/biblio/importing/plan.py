"""What an import will do: the fate of every record, decided before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from biblio.collection.bulk import Told
from biblio.collection.library import Library
from biblio.editing.merge import Merge, merge, merged
from biblio.importing.imported import Imported
from biblio.importing.keys import PATTERN, Keys
from biblio.importing.same import Same, sames
from biblio.reference.fields import TIES
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, Span, diagnose

# Hears how many records of how many are decided on.
_STEP = 100


class OnDuplicate(StrEnum):
    """What is done with a record of a document that the collection has."""

    SKIP = "skip"
    MERGE = "merge"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for one record: what is done with it, and the fields that go against ``merge``'s default.

    A new record is left out by ``SKIP``. ``turned`` are names of fields as ``Merge.turned`` takes them.
    """

    on_duplicate: OnDuplicate
    turned: frozenset[str] = frozenset()


class Fate(StrEnum):
    """What becomes of a record."""

    ADDED = "added"
    MERGED = "merged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of one record, which stands at ``place`` and is the ``number``-th of its file.

    ``key`` is under what the document is in the collection from now on, ``own`` the key that the record brought.
    ``other`` is the key of the reference that the document is already, known ``by`` a field; a new record that was left
    out has none of these keys. ``reference`` is the one that was read; a record that was refused has none, and the
    ``code`` of the fault.
    """

    fate: Fate
    place: Span
    number: int
    key: str = ""
    own: str = ""
    other: str = ""
    by: str = ""
    merge: Merge | None = None
    reference: Reference | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done: the ``outcomes`` of all records, the references to add, and what known ones get.

    ``changed`` has the new values of fields by the path of a file and the key of an entry; ``None`` takes one away.
    """

    outcomes: tuple[Outcome, ...]
    added: tuple[Reference, ...]
    changed: Mapping[str, Mapping[str, Mapping[str, str | None]]]
    diagnostics: tuple[Diagnostic, ...]

    def keys_of(self, imported: Imported) -> tuple[str, ...]:
        """The key of each reference of a file in the collection: what an outline's numbers lead to; empty for none."""
        found = {id(each.reference): each.key for each in self.outcomes}
        return tuple(found[id(reference)] for reference in imported.references)


def plan(
    library: Library,
    files: Sequence[tuple[str, Imported]],
    on_duplicate: OnDuplicate = OnDuplicate.SKIP,
    pattern: str = PATTERN,
    accepted: Collection[frozenset[str]] = frozenset(),
    told: Told | None = None,
    choices: Mapping[int, Choice] = MappingProxyType({}),
    found: Sequence[Same | None] | None = None,
) -> Plan:
    """What becomes of the references of some files, each with its name; ``accepted`` are pairs that are no duplicates.

    Of a document that comes twice among them the second is a duplicate of the first. ``told`` hears how far it is.
    ``choices`` are those of some records by their numbers among all, counted from 0; ``found`` is what ``compared``
    says of them, for who plans again.
    """
    records = [
        _Record(name, reference, reference.origin.number or number)
        for name, imported in files
        for number, reference in enumerate(imported.references, 1)
    ]
    planner = _Planner(library, list(library), records, on_duplicate, pattern, choices)
    return planner.plan(compared(library, files, accepted) if found is None else found, told or _nobody)


def compared(
    library: Library, files: Iterable[tuple[str, Imported]], accepted: Collection[frozenset[str]] = frozenset()
) -> tuple[Same | None, ...]:
    """What each reference of some files is in a library already, or among those before it (see ``sames``)."""
    return sames(list(library), [reference for _, imported in files for reference in imported.references], accepted)


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its file, what it says, and its number there."""

    file: str
    reference: Reference
    number: int

    def with_source(self, citekey: str) -> Reference:
        """The reference under a key, with where it comes from: the file, and what the record is called there."""
        origin = self.reference.origin
        called = origin.record or self.reference.citekey or str(self.number)
        source = " ".join(f"{self.file.rpartition('/')[2]} {called}".split())
        raw = {**self.reference.raw, "importedfrom": source}
        return Reference.of({**self.reference.__dict__, "citekey": citekey, "raw": raw, "imported_from": source})


def _nobody(done: int, count: int) -> None:
    """For those who do not watch."""


class _Planner:
    def __init__(
        self,
        library: Library,
        known: Sequence[Reference],
        records: Sequence[_Record],
        on_duplicate: OnDuplicate,
        pattern: str,
        choices: Mapping[int, Choice],
    ) -> None:
        self.library = library
        self.count = len(known)
        self.records = records
        self.choices = choices
        self.unchosen = Choice(on_duplicate)
        self.keys = Keys(pattern, library.__contains__)
        # Every document by its number, as it is with all that is merged into it so far.
        self.now: dict[int, Reference] = dict(enumerate(known))
        self.changed: dict[str, dict[str, dict[str, str | None]]] = {}
        self.renamed: dict[tuple[str, str], str] = {}
        self.faults: list[Diagnostic] = []

    def plan(self, found: Sequence[Same | None], told: Told) -> Plan:
        """Decides on all the records, given what each of them is already."""
        left = {n for n, same in enumerate(found) if same is None and self._chosen(n, new=True) is OnDuplicate.SKIP}
        found = self._beside(found, left)
        new = [
            number
            for number, same in enumerate(found)
            if number not in left and self._chosen(number, new=same is None) is OnDuplicate.KEEP
        ]
        # A key that a record brings is not given to another.
        for number in sorted(new, key=lambda number: not self.records[number].reference.citekey):
            self._name(number)
        is_new = set(new)
        outcomes = []
        for number, same in enumerate(found):
            if number % _STEP == 0:
                told(number, len(found))
            if number in is_new:
                outcomes.append(self._added(number, same))
            elif same is None:
                outcomes.append(self._left(number))
            else:
                outcomes.append(self._duplicate(number, same))
        added = tuple(self._tied(number) for number in new)
        return Plan(tuple(outcomes), added, self.changed, tuple(self.faults))

    def _chosen(self, number: int, *, new: bool) -> OnDuplicate:
        """What is done with a record; a new one is kept unless it was chosen to leave it out."""
        chosen = self.choices.get(number)
        if new:
            return OnDuplicate.SKIP if chosen and chosen.on_duplicate is OnDuplicate.SKIP else OnDuplicate.KEEP
        return (chosen or self.unchosen).on_duplicate

    def _beside(self, found: Sequence[Same | None], left: set[int]) -> Sequence[Same | None]:
        """What the records are beside those that are left out: of several like one of these, the first is new."""
        if not left:
            return found
        instead: dict[int, int] = {}
        now: list[Same | None] = []
        for number, same in enumerate(found):
            if same is not None and same.number - self.count in left:
                first = instead.get(same.number)
                if first is None and self._chosen(number, new=True) is OnDuplicate.SKIP:
                    left.add(number)
                elif first is None:
                    instead[same.number] = number
                same = None if first is None else Same(self.count + first, same.by)
            now.append(same)
        return now

    def _name(self, number: int) -> None:
        """Gives a reference that will be added its key."""
        record = self.records[number]
        own, key = record.reference.citekey, self.keys.for_(record.reference)
        if own and key != own:
            self.renamed[record.file, fold_key(own)] = key
            self.faults.append(diagnose("E126", record.reference.origin.entry, key, key=own, new=key))
        self.now[self.count + number] = record.with_source(key)

    def _added(self, number: int, same: Same | None) -> Outcome:
        record = self.records[number]
        other = self.now[same.number].citekey if same else ""
        return Outcome(
            Fate.ADDED,
            record.reference.origin.entry,
            record.number,
            self.now[self.count + number].citekey,
            record.reference.citekey,
            other,
            same.by if same else "",
            None,
            record.reference,
        )

    def _left(self, number: int) -> Outcome:
        record = self.records[number]
        place = record.reference.origin.entry
        return Outcome(Fate.SKIPPED, place, record.number, own=record.reference.citekey, reference=record.reference)

    def _duplicate(self, number: int, same: Same) -> Outcome:
        record = self.records[number]
        key, own, place = self.now[same.number].citekey, record.reference.citekey, record.reference.origin.entry
        if own and fold_key(own) != fold_key(key):
            self.renamed[record.file, fold_key(own)] = key
        brought = None
        choice = self.choices.get(number, self.unchosen)
        if choice.on_duplicate is OnDuplicate.MERGE:
            # A key that leads to another document cannot lead to this one too.
            lost = own if own and own not in self.library and not self.keys.is_given(own) else ""
            known = self.now[same.number]
            brought = merge(known, record.with_source(own), lost).turned(choice.turned)
            self.now[same.number] = merged(known, brought)
            if same.number < self.count and brought.values:
                path = known.origin.entry.path
                values = self.changed.setdefault(path, {}).setdefault(key, {})
                values.update({name: None for name in brought.removed if name in known.raw})
                values.update(brought.values)
            for each in brought.differences:
                self.faults.append(
                    diagnose("E128", place, key, key=key, field=each.field, kept=each.kept, other=each.other)
                )
        else:
            self.faults.append(diagnose("E127", place, key, other=key, by=same.by))
        fate = Fate.MERGED if brought else Fate.SKIPPED
        return Outcome(fate, place, record.number, key, own, key, same.by, brought, record.reference)

    def _tied(self, number: int) -> Reference:
        """A reference that is added, with the keys that those it names have now."""
        name = self.records[number].file
        reference = self.now[self.count + number]
        ties = {tie: reference.raw[tie] for tie in TIES if tie in reference.raw}
        new = {tie: ",".join(self._renamed(name, key) for key in value.split(",")) for tie, value in ties.items()}
        if new == ties:
            return reference
        return Reference.of({**reference.__dict__, "raw": {**reference.raw, **new}})

    def _renamed(self, name: str, key: str) -> str:
        return self.renamed.get((name, fold_key(key.strip())), key)
