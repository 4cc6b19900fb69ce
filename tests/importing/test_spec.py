"""The spec of a dossier made of the plan of a printed list."""

from __future__ import annotations

from biblio.dossier.loader import load_dossier
from biblio.importing.imported import Heading, Outline
from biblio.importing.spec import headings_of, spec_of_outlines

OUTLINE = Outline(
    title="Soins : « de proximité » ?",
    subtitle="Sélection",
    date="2023-04-25",
    publisher="CRES",
    sitography=Heading("Sitographie", references=(0,)),
    headings=(
        Heading(
            "Territoire", headings=(Heading("Données d'observation", references=(1, 2)), Heading("Outils", "Un mot."))
        ),
        Heading("Dispositifs", references=(2, 3, 3)),
    ),
    event="Journée d'échanges",
    closing="Pour en savoir plus : https://www.example.org/",
)


def test_the_spec_says_what_the_list_said() -> None:
    loaded = load_dossier(spec_of_outlines([(OUTLINE, "abcd")], (), "fr", with_schema=False), "soins.yaml", "soins")
    spec = loaded.value
    assert loaded.diagnostics == ()
    assert spec is not None
    assert spec.sitography is not None
    assert (spec.title, spec.subtitle, spec.event, spec.date, spec.publisher, spec.closing, spec.lang) == (
        *("Soins : « de proximité » ?", "Sélection", "Journée d'échanges", "2023-04-25", "CRES"),
        *("Pour en savoir plus : https://www.example.org/", "fr"),
    )
    territory, devices = spec.sections
    assert [section.title for section in territory.sections] == ["Données d'observation", "Outils"]
    assert [[placed.value for placed in section.references] for section in (*territory.sections, devices)] == [
        ["b", "c"],
        [],
        ["c", "d"],
    ]
    assert [placed.value for placed in spec.sitography.references] == ["a"]


def test_what_the_list_does_not_say_is_to_be_filled_in() -> None:
    text = spec_of_outlines([(Outline(headings=(Heading("", references=(0,)),)), "a")], (), "fr", with_schema=True)
    loaded = load_dossier(text, "soins.yaml", "soins")
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    assert (loaded.value.title, loaded.value.publisher) == ("À préciser", "À préciser")
    assert loaded.value.sections[0].title == "À préciser"


def test_headings_are_counted_those_of_the_sitography_too() -> None:
    assert headings_of(OUTLINE) == 5
