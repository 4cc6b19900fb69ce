"""Particles: which fall and which stay, by language, and the one form that three ways of typing a name have."""

from __future__ import annotations

import pytest

from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.name import Name
from biblio.reference.particles import filed
from biblio.text.inline import plain


@pytest.mark.parametrize(
    ("particle", "family", "language", "fallen", "entry"),
    [
        ("de", "Maupassant", "", "de", "Maupassant"),
        ("de la", "Fontaine", "", "de", "la Fontaine"),
        ("du", "Bellay", "", "", "du Bellay"),
        ("des", "Essarts", "fr", "", "des Essarts"),
        ("", "d'Ormesson", "", "d'", "Ormesson"),
        ("d’", "Ormesson", "", "d’", "Ormesson"),
        ("von", "Goethe", "fr", "von", "Goethe"),
        ("von und zu", "Stein", "", "von und zu", "Stein"),
        ("zum", "Busch", "de", "", "zum Busch"),
        ("van", "Gogh", "", "van", "Gogh"),
        ("van den", "Berghe", "nl-BE", "", "van den Berghe"),
        ("van der", "Waals", "nl", "van der", "Waals"),
        ("de las", "Casas", "es", "de las", "Casas"),
        ("da", "Silva", "pt", "da", "Silva"),
        ("della", "Robbia", "it", "", "della Robbia"),
        ("de", "Gaulle", "en", "de", "Gaulle"),
        ("", "L'Hermite", "", "", "L'Hermite"),
    ],
)
def test_what_falls_and_what_stays(particle: str, family: str, language: str, fallen: str, entry: str) -> None:
    parts = filed(Name(family, "X", particle), language)
    assert (parts.fallen, parts.entry) == (fallen, entry)


@pytest.mark.parametrize("typed", ["Guy de Maupassant", "de Maupassant, Guy", "Maupassant, Guy de"])
def test_three_ways_to_type_a_name_print_alike(typed: str) -> None:
    (reference,) = read_bibtex(f"@book{{a, author = {{{typed}}}, title = {{T}}}}".encode(), "a.bib").value
    assert reference.author.people == (Name("Maupassant", "Guy", "de"),)
    (authors, *_) = PRESETS["cres"].cite(reference, Options())
    assert plain(authors.content) == "DE MAUPASSANT Guy"


def test_a_particle_with_an_apostrophe_stands_close_to_its_name() -> None:
    assert Name("Ormesson", "Jean", "d'").full_family == "d'Ormesson"
