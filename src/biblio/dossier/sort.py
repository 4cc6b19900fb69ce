"""The order of references inside a section: the sort keys, and pins.

Every value is worked out once a reference, and once for all those that share it; what is then compared are ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from biblio.citation import label_of
from biblio.citation.names import filing_parts, first_names
from biblio.collection.facets import characters
from biblio.dossier.conditions import type_names
from biblio.dossier.section import Pin
from biblio.reference.date import Date, date_order
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.collation import CollationKey, collate, fold, fold_key, merged, without_article
from biblio.words.faults import Diagnostic, Parsed, diagnose
from biblio.yaml_model.keys import Placed


@dataclass(frozen=True, slots=True)
class Sorting:
    """What sorting needs to know: the dossier's language and the order of types.

    The labels of types are in that language, and its articles are skipped in what has no language of its own.
    ``type_order`` are names of types as a query takes them; the others follow, by their labels. Names are filed by
    what they begin with in print, where a style may have put particles behind (``demoted``).
    """

    language: str = "fr"
    type_order: tuple[str, ...] = ()
    demoted: bool = False

    def order(self, references: Sequence[Reference], keys: Sequence[Placed]) -> list[int]:
        """The places of the references in their new order: by the first key, then the next one.

        Equal ones keep their order, and those without a value stand last, whatever the direction.
        """
        ranks = [0] * len(references)
        for key in keys:
            own, count = self._ranks(references, key.value)
            # All the keys in one number, the digits of which are the ranks.
            ranks = [rank * count + own_rank for rank, own_rank in zip(ranks, own, strict=True)]
        return sorted(range(len(references)), key=ranks.__getitem__)

    def _ranks(self, references: Sequence[Reference], key: str) -> tuple[list[int], int]:
        """The rank of each reference by one key, and how many ranks there are; without a value it is the last one."""
        sort_key = _KEYS[key.removeprefix("-")]
        marks = list(map(sort_key.mark_of, references))
        values = {
            mark: sort_key.value_of(self, each) for mark, each in dict(zip(marks, references, strict=True)).items()
        }
        distinct: list[Any] = sorted(set(values.values()) - {None}, reverse=key.startswith("-"))
        rank_of: dict[Hashable, int] = {value: rank for rank, value in enumerate(distinct)}
        rank_of[None] = len(distinct)
        rank_by_mark = {mark: rank_of[value] for mark, value in values.items()}
        return [rank_by_mark[mark] for mark in marks], len(rank_of)

    def type_rank(self, reference: Reference) -> tuple[int, CollationKey | None]:
        """The place of a reference's type in ``type_order``, then its label."""
        names = type_names(reference.entry_type, reference.label) if self.type_order else frozenset()
        ranks = (rank for rank, name in enumerate(self.type_order) if fold(name) in names)
        return next(ranks, len(self.type_order)), _collated(label_of(reference, self.language))


# --- what each key sorts by -------------------------------------------------------------------------------------------


class _SortKey(NamedTuple):
    """References with the same mark, which is cheap, have the same value, which is what is compared."""

    mark_of: Callable[[Reference], Hashable]
    value_of: Callable[[Sorting, Reference], Any]


def _collated(value: str, language: str = "") -> CollationKey | None:
    """The key of a text without its leading article in a language; ``None`` for the empty one."""
    return collate(without_article(value, language) if language else value) if value else None


def _text_key(text_of: Callable[[Reference], str]) -> _SortKey:
    """A key by a text in the reference's language."""

    def value_of(sorting: Sorting, reference: Reference) -> CollationKey | None:
        return _collated(text_of(reference), reference.language or sorting.language)

    return _SortKey(lambda reference: (text_of(reference), reference.language), value_of)


def _date_key(date_of: Callable[[Reference], Date | None]) -> _SortKey:
    def value_of(sorting: Sorting, reference: Reference) -> tuple[int, int, int] | None:  # as any key
        date = date_of(reference)
        return date_order(date) if date and date.first else None

    return _SortKey(lambda reference: id(date_of(reference)), value_of)


def source_of(reference: Reference) -> str:
    """What a notice is sorted by after its type: the journal or book that holds it, else its publisher."""
    return characters(reference.journal_title or reference.book_title) or ", ".join(reference.publisher)


def _people(reference: Reference) -> tuple[Name, ...]:
    """The people at whom a reference is filed: those that its file says, else those that its notice begins with."""
    return (reference.sort_name or first_names(reference)[0]).people


def _author_mark(reference: Reference) -> Hashable:
    people = _people(reference)
    return (reference.sort_key, people, "" if people else _title(reference), reference.language)


def _author(sorting: Sorting, reference: Reference) -> CollationKey | None:
    """What the notice begins with: its people, family before given name; for want of them, its title."""
    if reference.sort_key:
        return collate(reference.sort_key)
    people = _people(reference)
    if not people:
        return _collated(_title(reference), reference.language or sorting.language)
    parts = [part for name in people for part in filing_parts(name, reference.language, demoted=sorting.demoted)]
    return merged(parts)


def _title(reference: Reference) -> str:
    return reference.sort_title or characters(reference.title)


def _presorted(key: _SortKey) -> _SortKey:
    """A key that ``presort`` comes before; biblatex's value for want of one is « mm » (manual § 3.6)."""

    def value_of(sorting: Sorting, reference: Reference) -> tuple[str, Any] | None:
        value = key.value_of(sorting, reference)
        return None if value is None else (reference.presort.lower() or "mm", value)

    return _SortKey(lambda reference: (reference.presort, key.mark_of(reference)), value_of)


def _year(sorting: Sorting, reference: Reference) -> int | None:
    date = reference.issued
    return date.first.year if date and date.first else None


_KEYS: Mapping[str, _SortKey] = {
    "type": _SortKey(attrgetter("entry_type", "label"), Sorting.type_rank),
    "source": _text_key(source_of),
    "date": _date_key(attrgetter("issued")),
    "author": _presorted(_SortKey(_author_mark, _author)),
    "title": _presorted(_text_key(_title)),
    "added": _date_key(attrgetter("added")),
    "journal": _text_key(lambda reference: characters(reference.journal_title)),
    "publisher": _text_key(lambda reference: ", ".join(reference.publisher)),
    "year": _SortKey(lambda reference: id(reference.issued), _year),
    "citekey": _SortKey(attrgetter("citekey"), lambda sorting, reference: fold_key(reference.citekey)),  # noqa: ARG005
}


# --- pins -------------------------------------------------------------------------------------------------------------


def apply_pins(references: Sequence[Reference], pins: Sequence[Pin]) -> Parsed[tuple[Reference, ...]]:
    """Moves the pinned references to their places, in the order of the pins.

    Reported, and of no effect: a pin on an absent key (D204), one without one place (D205), and one that closes a
    circle of pins each after the next (D217).
    """
    ordered = list(references)
    diagnostics: list[Diagnostic] = []
    behind: dict[str, str] = {}

    def index_of(citekey: str) -> int | None:
        folded = fold_key(citekey)
        return next((index for index, held in enumerate(ordered) if folded in map(fold_key, held.keys)), None)

    firsts = 0
    for pin in pins:
        index = index_of(pin.key.value)
        if index is None:
            diagnostics.append(diagnose("D204", pin.key.span, key=pin.key.value))
            continue
        if bool(pin.at) == bool(pin.after):
            diagnostics.append(diagnose("D205", pin.span, key=pin.key.value))
            continue
        if pin.after is not None:
            circle = _circle(pin.key.value, pin.after.value, behind)
            if circle:
                diagnostics.append(diagnose("D217", pin.after.span, circle=" → ".join(circle)))
                continue
            behind[fold_key(pin.key.value)] = pin.after.value
        pinned = ordered.pop(index)
        target = index_of(pin.after.value) if pin.after else None
        if pin.after and target is None:
            diagnostics.append(diagnose("D204", pin.after.span, key=pin.after.value))
            ordered.insert(index, pinned)
        elif target is not None:
            ordered.insert(target + 1, pinned)
        elif pin.at == "first":
            ordered.insert(firsts, pinned)
            firsts += 1
        else:
            ordered.append(pinned)
    return Parsed(tuple(ordered), tuple(diagnostics))


def _circle(citekey: str, after: str, behind: Mapping[str, str]) -> list[str]:
    """The keys from one back to itself, each pinned after the next, if it stood after another; else none."""
    chain = [citekey, after]
    while fold_key(chain[-1]) != fold_key(citekey):
        following = behind.get(fold_key(chain[-1]))
        if following is None:
            return []
        chain.append(following)
    return chain
