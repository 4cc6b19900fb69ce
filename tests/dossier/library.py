"""Small libraries and specs for the tests, written as a documentalist would write them."""

from __future__ import annotations

from collections.abc import Sequence

from biblio.collection.library import Library
from biblio.dossier.loader import load_dossier
from biblio.dossier.sort import Sorting
from biblio.dossier.spec import DossierSpec
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span
from biblio.yaml_model.keys import Placed


def library_of(source: str) -> Library:
    """The library of one file, which has no fault."""
    opened = open_library(open_files([(source.encode(), "references/cas.bib")]))
    assert (*opened.diagnostics, *opened.value.faults()) == ()
    return opened.value


def library_from(references: Sequence[Reference]) -> Library:
    """The library of references that were made without a file, each with a key of its own."""
    return Library([each.citekey for each in references], lambda number: Parsed(references[number]))


def sorted_by(references: Sequence[Reference], keys: Sequence[Placed], language: str = "fr") -> tuple[Reference, ...]:
    """The references in the order of the keys, which ``Sorting`` tells as places."""
    return tuple(references[place] for place in Sorting(language).order(references, keys))


def references_of(source: str) -> tuple[Reference, ...]:
    return tuple(library_of(source))


HEAD = "title: Titre\ndate: 2023\npublisher: CRES\n"


def spec_of(body: str) -> DossierSpec:
    """The spec whose first three lines do not matter."""
    loaded = load_dossier(HEAD + body, "dossiers/cas.yaml", "cas")
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    return loaded.value


def words(*values: str) -> tuple[Placed, ...]:
    """Sort keys, as a spec would hold them."""
    return tuple(Placed(value, Span("dossiers/cas.yaml")) for value in values)
