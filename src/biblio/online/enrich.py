"""What a DOI, an ISBN or a PMID would add to a reference, and where it says otherwise: shown field by field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from biblio.check.rules.sketch import isbns_of
from biblio.editing.merge import Difference, merge
from biblio.online.client import Client
from biblio.online.identifiers import Identifier, Scheme, identifiers_in
from biblio.online.lookups import look_up
from biblio.reference.fields import BY_BIBLATEX
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic

# What a catalogue says in its own words, or of itself, and what a value of another form cannot stand for.
_NOT_TAKEN = frozenset({"ids", "importedfrom", "bibsource", "urldate"})
_NOT_REPLACED = frozenset({"entrytype", "year", "month", "day"})


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What one identifier leads to: the fields that the reference lacks, and those in which the two differ."""

    reference: Reference
    identifier: Identifier
    source: str = ""
    added: Mapping[str, str] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def values(self, replaced: Collection[str]) -> Mapping[str, str]:
        """The fields to write: those that are lacking, and of those that differ the ones that are named."""
        changed = {
            each.field: each.other
            for each in self.differences
            if each.field in replaced and each.field not in _NOT_REPLACED
        }
        return {**self.added, **changed}


def identifier_of(reference: Reference) -> Identifier | None:
    """By what a reference can be looked up: its DOI, its PMID, or an ISBN whose check digit matches."""
    named = identifiers_in(reference.doi).identifiers if reference.doi else ()
    doi = next((each for each in named if each.scheme is Scheme.DOI), None)
    if doi is not None:
        return doi
    if reference.pmid.isdecimal():
        return Identifier(Scheme.PMID, reference.pmid)
    isbns = isbns_of(reference)
    return Identifier(Scheme.ISBN, isbns[0]) if isbns else None


def enrichment(reference: Reference, identifier: Identifier, client: Client) -> Enrichment:
    """What is found by an identifier, against the reference; without an answer, what is to be said of that."""
    found = look_up(identifier, client)
    if found.reference is None:
        return Enrichment(reference, identifier, diagnostics=found.diagnostics)
    made = merge(reference, found.reference)
    added = {name: value for name, value in made.added.items() if name in BY_BIBLATEX and name not in _NOT_TAKEN}
    if reference.doi:
        # The DOI is an address already.
        added.pop("url", None)
    return Enrichment(reference, identifier, found.source, added, made.differences)
