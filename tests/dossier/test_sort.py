"""The order inside a section: what each key sorts by, and the order of the house."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dossier.library import references_of, sorted_by, words
from hypothesis import given
from hypothesis import strategies as st

from biblio.citation import label_of
from biblio.dossier.select import SelectedSection, select
from biblio.dossier.sort import Sorting, source_of
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.text.collation import collate

REFERENCES = references_of(
    """
@report{rapport-ars, title = {B}, institution = {ARS}, date = {2019}}
@article{gazette-vieux, title = {L'hôpital}, author = {Dupont, Anne}, journaltitle = {La Gazette}, date = {2018-05}}
@article{gazette-neuf, title = {Le soin}, author = {{Agence}}, journaltitle = {La Gazette}, date = {2018-11}}
@article{gazette-an, title = {Été}, author = {de Vigny, Al}, journaltitle = {Gazette}, date = {2018}}
@article{actualite, title = {Les élus}, author = {Dupont, Al}, journaltitle = {L'Actualité}, date = {2010}}
@article{sans-rien, title = {Zèbre}}
@misc{guide, entrysubtype = {Guide}, title = {The care}, publisher = {Agence and Bureau}, date = {2020}, langid = {en}}
@inbook{chapitre, title = {Un mot}, booktitle = {Dictionnaire}, date = {2018-11-02}}
@book{sans-titre, publisher = {Presses}, date = {../2001}}
""",
)


def order(*keys: str, lang: str = "fr") -> list[str]:
    sorted_ones = sorted_by(REFERENCES, words(*keys), lang)
    return [reference.citekey for reference in sorted_ones]


def test_by_type_the_printed_label_counts() -> None:
    assert order("type") == [
        *["gazette-vieux", "gazette-neuf", "gazette-an", "actualite", "sans-rien"],
        *["guide", "chapitre", "sans-titre", "rapport-ars"],
    ]
    # Article, Book, Guide, Report
    assert order("type", lang="en")[5:] == ["chapitre", "sans-titre", "guide", "rapport-ars"]


def test_by_source_without_its_article_and_the_missing_last() -> None:
    assert order("source") == [
        *["actualite", "guide", "rapport-ars", "chapitre"],
        *["gazette-vieux", "gazette-neuf", "gazette-an", "sans-titre", "sans-rien"],
    ]


def test_by_date_both_ways_and_the_missing_last_in_both() -> None:
    dated = [
        "sans-titre",
        "actualite",
        "gazette-an",
        "gazette-vieux",
        "gazette-neuf",
        "chapitre",
        "rapport-ars",
        "guide",
    ]
    assert order("date") == [*dated, "sans-rien"]
    assert order("-date") == [*reversed(dated), "sans-rien"]


def test_by_author_and_by_title() -> None:
    # Agence, B, The care, de Vigny, Dupont Al, Dupont Anne, mot, Zèbre: what is printed first.
    assert order("author") == [
        *["gazette-neuf", "rapport-ars", "guide", "gazette-an", "actualite", "gazette-vieux", "chapitre", "sans-rien"],
        "sans-titre",
    ]
    assert order("title") == [
        *["rapport-ars", "guide", "actualite", "gazette-an", "gazette-vieux", "chapitre", "gazette-neuf"],
        *["sans-rien", "sans-titre"],
    ]


PEOPLE = references_of(
    """
@book{zoe, title = {A}, author = {Martin, Zoé}}
@book{compose, title = {A}, author = {Martin-Dupont, Anne}}
@book{stroke, title = {A}, author = {Østergaard, Anne}}
@book{before, title = {A}, author = {Offner, Jean}}
@book{behind, title = {A}, author = {Otis, Paul}}
@collection{edited, title = {Z}, editor = {Aubert, Anne}}
@incollection{part, title = {Le mot}, editor = {Aubert, Anne}, booktitle = {B}}
@book{body, title = {A}, author = {{Santé publique France}}}
@book{two, title = {A}, author = {Martin, Zoé and Abel, Luc}}
@book{anonymous, title = {L'Ozone}}
@book{lafontaine, title = {A}, author = {de la Fontaine, Jean}}
@book{suffixed, title = {A}, author = {Poe, Jr, John}}
""",
)


def test_by_author_files_at_what_is_printed_first() -> None:
    assert [each.citekey for each in sorted_by(PEOPLE, words("author"))] == [
        *["edited", "lafontaine", "zoe", "two", "compose", "part", "before", "stroke", "behind", "anonymous"],
        *["suffixed", "body"],
    ]


def test_particles_that_are_printed_behind_are_filed_behind() -> None:
    demoted = Sorting("fr", demoted=True).order(PEOPLE, words("author"))
    assert [PEOPLE[place].citekey for place in demoted][:3] == ["edited", "lafontaine", "zoe"]
    three = references_of(
        "@book{m, title = {A}, author = {Guy de Maupassant}}\n@book{l, title = {A}, author = {Loti, Pierre}}\n"
        "@book{n, title = {A}, author = {Maupassant, Guy de}}\n",
    )
    kept = Sorting("fr").order(three, words("author"))
    assert [three[place].citekey for place in kept] == ["m", "n", "l"]
    demoted = Sorting("fr", demoted=True).order(three, words("author"))
    assert [three[place].citekey for place in demoted] == ["l", "m", "n"]


def test_the_keys_together_as_the_house_sorts() -> None:
    assert order("type", "source", "-date") == [
        *["actualite", "gazette-neuf", "gazette-vieux", "gazette-an", "sans-rien"],
        *["guide", "chapitre", "sans-titre", "rapport-ars"],
    ]


def test_descending_keeps_equal_ones_in_their_order() -> None:
    assert order("-source")[1:4] == ["gazette-vieux", "gazette-neuf", "gazette-an"]
    assert order() == [reference.citekey for reference in REFERENCES]


@given(
    st.permutations(REFERENCES), st.lists(st.sampled_from(["type", "source", "-date", "author", "-title"]), max_size=3)
)
def test_sorting_loses_nothing_and_sorting_again_changes_nothing(references: list[Reference], keys: list[str]) -> None:
    once = sorted_by(references, words(*keys))
    assert sorted(each.citekey for each in once) == sorted(each.citekey for each in references)
    assert sorted_by(once, words(*keys)) == once


def test_the_source_is_the_container_else_the_publishers() -> None:
    by_key = {reference.citekey: source_of(reference) for reference in REFERENCES}
    assert by_key["guide"] == "Agence, Bureau"
    assert by_key["chapitre"] == "Dictionnaire"
    assert by_key["sans-rien"] == ""


# How many references of each section of the bibliography the documentalist has put elsewhere than the rule « type,
# source, newest first » would: the fewest that must move to get one order from the other. A surprise, in either
# direction, is worth a look at the data and at the sort.
EXCEPTIONS = {
    "Données d'observation": 3,
    "Connaissances, réflexions et expériences": 3,
    "Promotion de la santé et démarche territoriale de santé": 1,
    "Généralités": 2,
    "Contrat local de santé (CLS)": 1,
    "Conseil local de santé mentale (CLSM)": 2,
    "Ateliers santé ville (ASV)": 0,
    "Communautés professionnelles territoriales de santé (CPTS)": 0,
    "Dispositifs d'appui à la coordination (DAC)": 1,
}


@cache
def house_sections() -> tuple[SelectedSection, ...]:
    project = Project(Path(__file__).parents[2])
    spec = project.dossier("demarches-territoriales-de-sante").value
    assert spec is not None
    selected = select(project.library.value, spec, project.themes.value).value
    bibliography = selected.parts[1:]  # the sitography follows an order of its own
    return tuple(section for part in bibliography for section in part.walk() if section.references)


def fewest_moves(listed: list[int]) -> int:
    """How many numbers must move for the list to rise: all but those of its longest rising part."""
    longest = [0] * len(listed)
    for index, number in enumerate(listed):
        before = [longest[earlier] for earlier in range(index) if listed[earlier] < number]
        longest[index] = 1 + max(before, default=0)
    return len(listed) - max(longest)


def test_the_order_of_the_house_dossier_is_the_rule_with_its_exceptions() -> None:
    moves = {}
    for section in house_sections():
        computed = sorted_by(section.references, words("type", "source", "-date"))
        listed = {reference.citekey: place for place, reference in enumerate(section.references)}
        moves[section.title] = fewest_moves([listed[reference.citekey] for reference in computed])
    assert moves == EXCEPTIONS


def test_types_stand_in_the_order_of_their_labels_in_the_house_dossier() -> None:
    for section in house_sections():
        labels = [collate(label_of(reference, "fr")) for reference in section.references]
        assert labels == sorted(labels), section.title
