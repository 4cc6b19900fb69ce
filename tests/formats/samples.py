"""References for the tests of the codecs: the house's own, and one written on the spot."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.reference import Reference

HOUSE_FILES = sorted((Path(__file__).parents[2] / "references").glob("*.bib"))


@cache
def house() -> tuple[Reference, ...]:
    """The references of the project's own files."""
    found = [read_bibtex(path.read_bytes(), path.name).value for path in HOUSE_FILES]
    return tuple(reference for references in found for reference in references)


def one(source: str) -> Reference:
    """The only reference of a biblatex source."""
    (reference,) = read_bibtex(source.encode(), "essai.bib").value
    return reference


def values(reference: Reference) -> dict[str, object]:
    """Everything that a reference says, without where and how it was typed."""
    names = {field.name for field in fields(reference)} - {"origin", "raw"}
    return {name: getattr(reference, name) for name in names}
