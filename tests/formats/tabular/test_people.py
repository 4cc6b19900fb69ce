"""The people of cells."""

from __future__ import annotations

import pytest
from counting import outgrows

from biblio.formats.records import Body
from biblio.formats.tabular.people import manner_of, mixed, people_of


def people(*cells: str, separator: str = "") -> list[list[str]]:
    """The names of each cell of a column, a body in braces, what somebody did before a colon."""
    manner = manner_of(cells, separator)
    return [
        [
            (f"{role}: " if role else "") + (f"{{{name}}}" if isinstance(name, Body) else name)
            for role, name in people_of(cell, manner).named
        ]
        for cell in cells
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Dupont, Jean", ["Dupont, Jean"]),
        ("Dupont, Jean ; Martin, Marie", ["Dupont, Jean", "Martin, Marie"]),
        ("Dupont, Jean\nMartin, Marie", ["Dupont, Jean", "Martin, Marie"]),
        ("Dupont, Jean|Martin, Marie", ["Dupont, Jean", "Martin, Marie"]),
        ("Dupont, Jean [orcid:0000-0002-1825-0097]; Martin, Marie", ["Dupont, Jean", "Martin, Marie"]),
        ("Jean Dupont, Marie Martin", ["Jean Dupont", "Marie Martin"]),
        ("Jean Dupont et Marie Martin", ["Jean Dupont", "Marie Martin"]),
        ("John Smith and Jane Doe and Bob Roe", ["John Smith", "Jane Doe", "Bob Roe"]),
        ("P. Dupont, L. Martin et A. Roux", ["P. Dupont", "L. Martin", "A. Roux"]),
        ("Smith, J., Brown, B., & Doe, A.", ["Smith, J.", "Brown, B.", "Doe, A."]),
        ("Nom, Prénom, Autre, Jean", ["Nom, Prénom", "Autre, Jean"]),
        ("Smith J, Doe AB, Roe C.", ["Smith, J", "Doe, AB", "Roe, C."]),
        ("Lira R, de Oliveira Filho ASB", ["Lira, R", "de Oliveira Filho, ASB"]),
        ("Xu L, Chow JCL.", ["Xu, L", "Chow, JCL"]),
        ("HARPET Cyrille, TEMPLON Jérôme (et al.)", ["Harpet, Cyrille", "Templon, Jérôme", "others"]),
        ("DUPONT (J.) ; ROUX (Anne)", ["Dupont, J.", "Roux, Anne"]),
        ("LE BODO Yann", ["Le Bodo, Yann"]),
        ("Jean d'ORMESSON", ["d'Ormesson, Jean"]),
        ("Charles DE GAULLE", ["de Gaulle, Charles"]),
        ("MARTIN, JEAN", ["Martin, Jean"]),
        ("Antoine de Saint-Exupéry", ["Antoine de Saint-Exupéry"]),
        ("J Smith, A Doe, XY Roe…", ["J Smith", "A Doe", "XY Roe", "others"]),
        ("Dupont, Jean (dir.) ; Martin, Marie", ["editor: Dupont, Jean", "Martin, Marie"]),
        ("Coord. Marie Roux", ["editor: Marie Roux"]),
        ("Petit, Paul (trad.)", ["translator: Petit, Paul"]),
        ("Anderson, Ronald C. (7402); Mansi, Sattar A. (66)", ["Anderson, Ronald C.", "Mansi, Sattar A."]),
        ("Ministère de la santé et des sports", ["{Ministère de la santé et des sports}"]),
        ("Food and Agriculture Organization", ["{Food and Agriculture Organization}"]),
        ("Haute Autorité de santé (HAS)", ["{Haute Autorité de santé (HAS)}"]),
        ("INSERM ; OMS", ["{INSERM}", "{OMS}"]),
        ("Anonyme", []),
        ("[s.n.]", []),
        ("King, Martin Luther, Jr.", ["King, Jr., Martin Luther"]),
    ],
)
def test_a_cell(cell: str, names: list[str]) -> None:
    assert people(cell) == [names]


def test_the_other_cells_say_what_a_comma_is() -> None:
    typed = "García Márquez, Gabriel José"
    assert people(typed, "Jean Dupont, Marie Martin")[0] == ["García Márquez", "Gabriel José"]
    assert people(typed, "Roux, Anne ; Petit, Paul")[0] == [typed]


def test_the_other_cells_say_what_capitals_are() -> None:
    assert people("Marie ROY", "Jean DUPONT")[0] == ["Roy, Marie"]
    assert people("Roy MA", "Dupont JB")[0] == ["Roy, MA"]


def test_the_user_says_what_stands_between_names() -> None:
    assert people("Dupont, Jean # Roux, Anne", separator="#")[0] == ["Dupont, Jean", "Roux, Anne"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("LE BODO", "Le Bodo"), ("D'ORMESSON", "d'Ormesson"), ("SAINT-EXUPÉRY", "Saint-Exupéry"), ("Roux", "Roux")],
)
def test_capitals(typed: str, name: str) -> None:
    assert mixed(typed) == name


@pytest.mark.parametrize("sign", [", ", ";", "(", " et ", "DUPONT ", "A.", ", éd. "])
def test_a_long_cell_ends(sign: str) -> None:
    assert not outgrows(lambda count: people(sign * count), 1_250)
