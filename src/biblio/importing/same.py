"""Which reference of a collection a record is: by what it is called, by its content, or by title, year and author.

The measures are those of ``biblio check`` (``check/rules/duplicates.py``). What says that two documents are not one has
the last word: another DOI, other ISBNs, another volume.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from biblio.check.rules.addresses import comparable
from biblio.check.rules.duplicates import are_alike, candidates, is_related, similarity
from biblio.check.rules.sketch import isbns_of, sketches_of
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.collation import fold_key, fold_title
from biblio.text.inline import plain

# Parts of one book often bear its DOI: their titles must be at least so alike.
_SIMILAR_PART = 0.5
_ASIDE = frozenset({"importedfrom", "ids"})


@dataclass(frozen=True, slots=True)
class Same:
    """The document that another one is: its number among all of them, and by what they are one.

    ``by`` is the name of a field that both have, ``title``, ``key`` or ``content``.
    """

    number: int
    by: str


def sames(
    known: Sequence[Reference], records: Sequence[Reference], accepted: Collection[frozenset[str]] = frozenset()
) -> tuple[Same | None, ...]:
    """What each of the records is among the known references and the records before it, counted through.

    ``accepted`` are the pairs of keys that look alike and are two documents. A record that is the same as another
    record, which is the same as a reference, is that reference.
    """
    everything = [*known, *records]
    near = _near(everything, len(known))
    first: dict[tuple[str, ...], int] = {}
    found: list[Same | None] = []
    for number, reference in enumerate(everything):
        marks = list(_marks(reference))
        if number >= len(known):
            same = _same(number, everything, marks, first, near.get(number, ()), accepted)
            if same is not None and same.number >= len(known):
                earlier = found[same.number - len(known)]
                same = Same(earlier.number, same.by) if earlier else same
            found.append(same)
        for mark in marks:
            first.setdefault(mark, number)
    return tuple(found)


def _same(
    number: int,
    everything: Sequence[Reference],
    marks: Sequence[tuple[str, ...]],
    first: Mapping[tuple[str, ...], int],
    near: Sequence[int],
    accepted: Collection[frozenset[str]],
) -> Same | None:
    reference = everything[number]
    by_mark = ((first[mark], mark[0]) for mark in marks if mark in first)
    for other, by in (*by_mark, *((each, "title") for each in near)):
        pair = frozenset({fold_key(reference.citekey), fold_key(everything[other].citekey)})
        if pair not in accepted and not _differ(reference, everything[other], by):
            return Same(other, by)
    return None


def _near(everything: Sequence[Reference], known: int) -> dict[int, list[int]]:
    """For each record, those before it with nearly the same title, year and author."""
    near: dict[int, list[int]] = {}
    for one, other in candidates(sketches_of(everything)):
        if other.rank >= known and are_alike(one, other) and not is_related(one, other):
            near.setdefault(other.rank, []).append(one.rank)
    return {number: sorted(others) for number, others in near.items()}


def _marks(reference: Reference) -> Iterator[tuple[str, ...]]:
    """What tells a document, the surest mark first."""
    if not reference.is_document:
        yield ("content", reference.entry_type.lower(), fold_key(reference.citekey), *_content(reference))
        return
    for name, value in (("doi", reference.doi), ("pmid", reference.pmid), ("pmcid", reference.pmcid)):
        if value:
            yield (name, value.casefold())
    if reference.eprint:
        yield ("eprint", reference.eprint_type.casefold(), reference.eprint.casefold())
    for isbn in isbns_of(reference):
        yield ("isbn", isbn)
    yield ("content", reference.entry_type.lower(), *_content(reference))
    title = fold_title(_title(reference))
    if reference.citekey:
        yield ("key", fold_key(reference.citekey), title)
    if reference.url:
        yield ("url", comparable(reference.url), title)


def _content(reference: Reference) -> tuple[str, ...]:
    fields = ((name, " ".join(value.split())) for name, value in reference.raw.items() if name not in _ASIDE)
    return tuple(f"{name}={value}" for name, value in sorted(fields))


def _title(reference: Reference) -> str:
    return " ".join(plain(part) for part in (reference.main_title, reference.title, reference.subtitle) if part)


def _differ(one: Reference, other: Reference, by: str) -> bool:
    """Whether something says that two documents which look like one are two."""
    if by == "content":
        return False
    for mine, its in ((one.doi, other.doi), (one.pmid, other.pmid), (one.pmcid, other.pmcid)):
        if mine and its and mine.casefold() != its.casefold():
            return True
    if one.volume and other.volume and one.volume.value != other.volume.value:
        return True
    if by == "title":
        if one.number and other.number and one.number.value != other.number.value:
            return True
        isbns = set(isbns_of(one)), set(isbns_of(other))
        return all(isbns) and not isbns[0] & isbns[1]
    if by in ("doi", "eprint") and Pattern.PART in (one.type.pattern, other.type.pattern):
        titles = fold_title(_title(one)), fold_title(_title(other))
        return all(titles) and similarity(*titles) < _SIMILAR_PART
    return False
