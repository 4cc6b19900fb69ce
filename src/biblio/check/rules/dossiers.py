"""D3: dossiers, seen beside the references that they list. What a spec may hold at all is for its loader to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from biblio.check.finding import Finding, at, found, of_reference
from biblio.collection.library import Library
from biblio.reference.date import date_order, edtf, parse_date
from biblio.reference.reference import Reference
from biblio.text.collation import fold, fold_key
from biblio.words.faults import Span


class Word(Protocol):
    """A citekey of a spec, and where it stands."""

    @property
    def value(self) -> str:
        """The citekey."""

    @property
    def span(self) -> Span:
        """Its place."""


class Section(Protocol):
    """A section of a spec."""

    @property
    def title(self) -> str:
        """The heading."""

    @property
    def references(self) -> Sequence[Word]:
        """The citekeys under it."""

    @property
    def sections(self) -> Sequence[Section]:
        """The sections inside it."""

    def span_of(self, name: str) -> Span:
        """The place of a key."""


class Spec(Protocol):
    """A dossier's spec, as far as these rules look at it."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def date(self) -> str:
        """Its date, in EDTF."""

    @property
    def parts(self) -> Sequence[Section]:
        """Its sections."""

    def span_of(self, name: str) -> Span:
        """The place of a key."""


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Every dossier of a project, by name, and the library that they draw on.

    ``printed`` are the references of each dossier, with the place of what put them there: a citekey or a query.
    """

    specs: Sequence[Spec]
    library: Library
    printed: Sequence[Sequence[tuple[Reference, Span]]]


def walk(sections: Sequence[Section]) -> Iterator[Section]:
    """Sections and those inside them, in the order of print."""
    for section in sections:
        yield section
        yield from walk(section.sections)


def repeated_heading(dossiers: Dossiers) -> Iterator[Finding]:
    """Two neighbouring sections have the same heading."""
    for spec in dossiers.specs:
        for level in (spec.parts, *(section.sections for section in walk(spec.parts))):
            seen: dict[str, Section] = {}
            for section in level:
                first = seen.setdefault(fold(section.title), section)
                if first is not section:
                    yield at(section.span_of("title"), title=section.title, line=first.span_of("title").line)


def reference_placed_twice(dossiers: Dossiers) -> Iterator[Finding]:
    """A reference stands in two sections of one dossier."""
    for spec in dossiers.specs:
        seen: dict[str, tuple[str, int]] = {}
        for section in walk(spec.parts):
            for word in section.references:
                reference = dossiers.library.get(word.value)
                key = fold_key(reference.citekey if reference else word.value)
                here = (section.title, word.span.line)
                title, line = seen.setdefault(key, here)
                if (title, line) != here and title != section.title:
                    yield at(word.span, key=word.value, section=title, line=line)


def reference_after_dossier(dossiers: Dossiers) -> Iterator[Finding]:
    """A reference is dated after the dossier that prints it."""
    for spec, printed in zip(dossiers.specs, dossiers.printed, strict=True):
        date = parse_date(spec.date)
        for reference, span in printed if date and date.start else ():
            issued = reference.issued
            if issued and issued.first and _is_after(edtf(issued).split("/")[0], spec.date):
                yield at(span, key=reference.citekey, issued=edtf(issued), date=spec.date)


def _is_after(issued: str, date: str) -> bool:
    """Whether a date comes after another, as far as both are precise."""
    first, second = parse_date(issued), parse_date(date[: max(4, len(issued))])
    shortened = parse_date(issued[: max(4, len(date))])
    if not (first and second and shortened):
        return False
    point = shortened.first
    # Seasons (21 to 24) are no months: only their year is compared.
    if point and point.month > 12:
        return date_order(first)[0] > date_order(second)[0]
    return date_order(shortened) > date_order(second)


def unprinted_reference(dossiers: Dossiers) -> Iterator[Finding]:
    """A reference stands in no dossier."""
    printed = {fold_key(reference.citekey) for each in dossiers.printed for reference, _ in each}
    unprinted: list[Reference] = [r for r in dossiers.library if fold_key(r.citekey) not in printed]
    for reference in unprinted:
        yield of_reference(reference, found())
