"""What a user gets who imports a printed list: its references, and its plan as a dossier that builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import biblio, snapshot

LIST = """# Soins de proximité

12 mars 2023

Centre de documentation

## Territoire

Article

ROUX Marie, PETIT Paul (et al.)

**La ville et le soin**

*Revue du soin, vol. 18 n° 2, 2019-03, pp. 135-147*

<https://www.example.org/ville>

## Guides

Rapport

**Accueillir les patients. Mode d'emploi**

*Agence du soin, 2020, 31 p.*
"""


@pytest.fixture
def printed(project: Path) -> Path:
    path = project / "liste.md"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_becomes_a_dossier_that_builds(project: Path, printed: Path) -> None:
    done = biblio(project, "import", printed.name, "--into", "references/liste.bib", "--dossier", "proximite")
    assert done.code == 0, done.err
    assert done.err == (
        "notices ajoutées : 2 ; réunies à d'autres : 0 ; déjà là : 0 ; refusées : 0\n"
        "écrit dans references/liste.bib\n"
        "plan écrit dans dossiers/proximite.yaml ; pour le mettre en page : biblio build proximite\n"
    )
    assert (project / "dossiers" / "proximite.yaml").read_text(encoding="utf-8") == (
        'title: "Soins de proximité"\n'
        'subtitle: "Centre de documentation"\n'
        "date: 2023-03-12\n"
        'publisher: "À préciser"\n'
        "lang: fr\n"
        "\n"
        "sections:\n"
        '  - title: "Territoire"\n'
        "    references:\n"
        "      - roux-2019-ville-soin\n"
        '  - title: "Guides"\n'
        "    references:\n"
        "      - 2020-accueillir-patients-mode\n"
    )
    shown = biblio(project, "outline", "proximite")
    assert shown.code == 0, shown.err
    assert "Territoire" in shown.out


def test_the_plan_is_said_and_its_option_named(project: Path, printed: Path) -> None:
    done = biblio(project, "import", printed.name, "--into", "references/liste.bib")
    assert "intitulés de la liste : 2 ; pour en faire un dossier, ajoutez --dossier NOM\n" in done.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("liste.md", "--dossier", "proximite"), "E177"),
        (("liste.md", "--into", "references/liste.bib", "--dossier", "../x"), "D105"),
        (("a.bib", "--into", "references/liste.bib", "--dossier", "proximite"), "E178"),
    ],
)
def test_what_cannot_be_a_dossier_leaves_all_as_it_was(
    project: Path, printed: Path, words: tuple[str, ...], code: str
) -> None:
    (project / "a.bib").write_text("@comment{rien}\n", encoding="utf-8")
    before = snapshot(project)
    done = biblio(project, "import", *words)
    assert (done.code, code in done.err) == (2, True), done.err
    assert snapshot(project) == before


def test_a_dossier_that_is_there_stays(project: Path, printed: Path) -> None:
    taken = next((project / "dossiers").glob("*.yaml"))
    before = snapshot(project)
    done = biblio(project, "import", printed.name, "--into", "references/liste.bib", "--dossier", taken.stem)
    assert (done.code, "E118" in done.err) == (2, True), done.err
    assert snapshot(project) == before


def test_an_export_without_a_plan_becomes_a_dossier_by_type(project: Path) -> None:
    (project / "mon-panier.ris").write_text(
        "TY  - BOOK\nTI  - Le soin\nAU  - Roux, Marie\nPY  - 2019\nER  - \n\n"
        "TY  - RPRT\nTI  - Un rapport de la ville\nAU  - Petit, Paul\nPY  - 2021\nER  - \n",
        encoding="utf-8",
    )
    done = biblio(project, "import", "mon-panier.ris", "--into", "references/panier.bib", "--dossier", "panier")
    assert done.code == 0, done.err
    assert "plan écrit dans dossiers/panier.yaml" in done.err
    assert (project / "dossiers" / "panier.yaml").read_text(encoding="utf-8") == (
        'title: "Mon panier"\n'
        'date: "2021"\n'
        'publisher: "À préciser"\n'
        "lang: fr\n"
        "\n"
        "sections:\n"
        '  - title: "Références"\n'
        "    references:\n"
        "      - roux-2019-soin\n"
        "      - petit-2021-rapport-ville\n"
        "    group_by: type\n"
    )
    shown = biblio(project, "outline", "panier")
    assert shown.code == 0, shown.err
