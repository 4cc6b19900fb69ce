"""The citation grammar: a reference becomes the lines of a notice, by the preset that the style names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from biblio.catalogue import term
from biblio.citation.cres import cite as cite_cres
from biblio.citation.options import Options
from biblio.document import Line
from biblio.model.reference import Reference


@dataclass(frozen=True, slots=True)
class Preset:
    """One row of the table of presets: its name in ``style.yaml``, what it follows, and its grammar."""

    name: str
    about: str
    cite: Callable[[Reference, Options], tuple[Line, ...]]


PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("cres", "Notices of the CRES Provence-Alpes-Côte d'Azur: type, authors, title, source", cite_cres),
    )
}


def label_of(reference: Reference, lang: str) -> str:
    """The printed type of a reference: what its ``entrysubtype`` says, else the term of its entry type."""
    return reference.label or term(f"type.{reference.type.label}", lang)
