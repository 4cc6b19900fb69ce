"""Small libraries and specs for the tests, written as a documentalist would write them."""

from __future__ import annotations

from biblio.diagnostics import Span
from biblio.dossier.loader import load_dossier
from biblio.dossier.spec import DossierSpec
from biblio.formats.bibtex.reader import read_bibtex
from biblio.model.library import Library, gather
from biblio.model.reference import Reference
from biblio.yaml_model.keys import Placed


def library_of(source: str) -> Library:
    """The library of one file, which has no fault."""
    parsed = read_bibtex(source.encode(), "references/cas.bib")
    gathered = gather(parsed.value)
    assert (*parsed.diagnostics, *gathered.diagnostics) == ()
    return gathered.value


def references_of(source: str) -> tuple[Reference, ...]:
    return tuple(library_of(source))


def spec_of(body: str) -> DossierSpec:
    """The spec whose first three lines do not matter."""
    loaded = load_dossier(f"title: Titre\ndate: 2023\npublisher: CRES\n{body}", "dossiers/cas.yaml", "cas")
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    return loaded.value


def words(*values: str) -> tuple[Placed, ...]:
    """Sort keys, as a spec would hold them."""
    return tuple(Placed(value, Span("dossiers/cas.yaml")) for value in values)
