"""A thesaurus becomes themes of the collection."""

from __future__ import annotations

from biblio.collection.themes import Themes, load_themes
from biblio.formats.skos import Concept
from biblio.importing.thesaurus import as_yaml, tree_of, under


def concept(address: str, fr: str, *broader: str, en: str = "", also: tuple[str, ...] = ()) -> Concept:
    labels = {"fr": fr, "en": en} if en else {"fr": fr}
    return Concept(address, labels, {"fr": also} if also else {}, broader)


def themes(*concepts: Concept, known: str = "") -> Themes:
    there = load_themes(known, "themes.yaml").value
    made = load_themes(known + as_yaml(tree_of(concepts, there)), "themes.yaml")
    assert made.diagnostics == ()
    return made.value


def test_concepts_stand_under_the_broader_ones_with_their_labels() -> None:
    made = themes(
        concept("2", "Prévention : agir", "1", en="Prevention", also=("Prophylaxie", "prévention : agir")),
        concept("1", "Santé publique"),
        concept("3", "Vaccins", "2", "1"),
    )
    assert made.slugs == ("sante-publique", "prevention-agir", "vaccins")
    assert made.descendants("sante-publique") == ("sante-publique", "prevention-agir", "vaccins")
    assert made.rows["prevention-agir"].labels == {"fr": "Prévention : agir", "en": "Prevention"}
    assert made.rows["vaccins"].labels == {"fr": "Vaccins", "en": "Vaccins"}


def test_a_keyword_under_another_name_is_of_the_theme() -> None:
    made = themes(concept("1", "Prévention", also=("Prophylaxie", "Éducation à la santé")))
    assert [made.find(word) for word in ("prophylaxie", "education a la sante", "Prévention", "autre")] == [
        *("prevention", "prevention", "prevention", "")
    ]


def test_circles_and_two_concepts_of_one_name_are_no_trouble() -> None:
    made = themes(
        concept("1", "Soin", "2"), concept("2", "Soin", "1"), concept("3", "Seul", "3"), concept("4", "Loin", "9")
    )
    assert made.slugs == ("soin", "soin-2", "seul", "loin")


def test_a_long_chain_is_cut() -> None:
    made = themes(*(concept(str(number), f"Thème {number}", str(number - 1)) for number in range(2000)))
    assert len(made.slugs) == 2000
    assert max(len(made.ancestors(slug)) for slug in made.slugs) < 40


def test_what_the_collection_has_stays() -> None:
    known = "sante-publique:\n  fr: La santé\n  en: Health\n"
    concepts = concept("1", "Santé publique"), concept("2", "Vaccins", "1"), Concept("3")
    made = themes(*concepts, known=known)
    assert made.rows["sante-publique"].labels["fr"] == "La santé"
    assert made.rows["vaccins"].parent == ""
    tree = tree_of(concepts, load_themes(known, "a").value)
    assert (tree.count, tree.known, tree.unnamed) == (1, 1, 1)


def test_a_branch_is_a_concept_and_all_that_stands_below_it() -> None:
    concepts = (
        concept("1", "Santé"),
        concept("2", "Prévention", "1", also=("Prophylaxie",)),
        concept("3", "Vaccins", "2", "9"),
        concept("4", "Soins", "1"),
        concept("5", "Rappels", "3", "5"),
        concept("6", "Droit"),
    )
    for name in ("2", "prevention", "PROPHYLAXIE"):
        assert [each.address for each in under(concepts, [name]).value] == ["2", "3", "5"]
    assert [each.address for each in under(concepts, ["Droit", "Vaccins"]).value] == ["3", "5", "6"]
    missing = under(concepts, ["Prev", "Droit"])
    assert [(fault.code, fault.arguments["name"]) for fault in missing.diagnostics] == [("E218", "Prev")]
    assert [each.address for each in missing.value] == ["6"]
