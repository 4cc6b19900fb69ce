"""The names of a notice, in the forms in which lists print them."""

from __future__ import annotations

import pytest

from biblio.importing.printed.people import people_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "HARPET Cyrille, TEMPLON Jérôme, FONTENEAU Rose (et al.)",
            ("Harpet, Cyrille", "Templon, Jérôme", "Fonteneau, Rose", "others"),
        ),
        ("LE BODO Yann, EL GHOZI Laurent", ("Le Bodo, Yann", "El Ghozi, Laurent")),
        ("D'ORMESSON Jean", ("d'Ormesson, Jean",)),
        (
            "HARPET, Cyrille, TEMPLON, Jérôme et FONTENEAU, Rose",
            ("Harpet, Cyrille", "Templon, Jérôme", "Fonteneau, Rose"),
        ),
        (
            "HARPET, Cyrille, Jérôme TEMPLON et Rose FONTENEAU",
            ("Harpet, Cyrille", "Templon, Jérôme", "Fonteneau, Rose"),
        ),
        ("Harpet, C., Templon, J.-P., & Fonteneau, R.", ("Harpet, C.", "Templon, J.-P.", "Fonteneau, R.")),
        ("García Márquez, G., & Vargas Llosa, M.", ("García Márquez, G.", "Vargas Llosa, M.")),
        ("Harpet C, Templon JP, Fonteneau R, et al.", ("Harpet, C.", "Templon, J. P.", "Fonteneau, R.", "others")),
        ("van den Berg J, O'Brien K", ("van den Berg, J.", "O'Brien, K.")),
        ("Dupont (Jean), Durand (Marie)", ("Dupont, Jean", "Durand, Marie")),
        ("J. Dupont et M. Durand", ("Dupont, J.", "Durand, M.")),
        ("Jean Dupont, Marie Durand and Paul van der Berg", ("Dupont, Jean", "Durand, Marie", "van der Berg, Paul")),
        ("Haute Autorité de santé, Santé publique France", ("Haute Autorité de santé", "Santé publique France")),
        ("Ministère de la santé et des sports", ("Ministère de la santé et des sports",)),
        ("INSERM, HAS", ("INSERM", "HAS")),
    ],
)
def test_names_are_taken_apart(text: str, names: tuple[str, ...]) -> None:
    assert people_of(text).names == names


@pytest.mark.parametrize(
    "text", ["KIVITS Joëlle, BALARD Frédéric (dir.)", "sous la direction de KIVITS Joëlle, BALARD Frédéric"]
)
def test_editors_are_told_from_authors(text: str) -> None:
    people = people_of(text)
    assert (people.role, people.names) == ("editor", ("Kivits, Joëlle", "Balard, Frédéric"))


@pytest.mark.parametrize("text", ["———", "---.", "—"])
def test_a_dash_stands_for_the_names_before(text: str) -> None:
    assert people_of(text).same
