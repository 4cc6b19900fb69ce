"""Why a reference stands where it does, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import biblio
from dossier.questions import SLUG, make

SPEC = f"dossiers/{SLUG}.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "projet")


def test_where_it_stands_and_by_which_line(project: Path) -> None:
    done = biblio(project, "why", "deux-2020")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "demo : Santé : les contrats\n"
        f"  dans « Conseils > Bilans » : trouvée par la sélection ({SPEC}:11)\n"
        f"  pas dans « Conseils > À venir » : la condition « theme: cls » l'écarte ({SPEC}:13) ; elle a « clsm »\n"
    )
    done = biblio(project, "why", "un-2019", "--lang", "en")
    assert done.out.splitlines()[1] == f"  in “Contrats”: given by its citekey ({SPEC}:7)"


def test_why_it_does_not(project: Path) -> None:
    done = biblio(project, "why", "quatre-2021", "--dossier", SLUG, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "demo: Santé : les contrats\n"
        f"  not in “Conseils > Bilans”: the condition “issued: 2020” refuses it ({SPEC}:11); it has “2021-06”\n"
        f"  not in “Conseils > À venir”: the condition “theme: cls” refuses it ({SPEC}:13); it has “clsm”\n"
    )


def test_for_programs(project: Path) -> None:
    (verdict,) = biblio(project, "why", "un-2019", "--json").json
    assert (verdict["slug"], verdict["title"]) == (SLUG, "Santé : les contrats")
    (stand,) = verdict["stands"]
    assert stand == {
        "section": ["Contrats"],
        "how": "listed",
        "full": True,
        "path": SPEC,
        "line": 7,
        "column": 18,
        "pin": None,
    }
    assert [(each["section"], each["reason"], each["condition"]) for each in verdict["absences"]] == [
        (["Conseils", "Bilans"], "refused", "theme"),
        (["Conseils", "À venir"], "refused", "issued"),
    ]


def test_a_key_or_a_dossier_that_is_not_there(project: Path) -> None:
    done = biblio(project, "why", "deux-202")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "erreur D207 misspelt-reference: aucune référence n'a la clé « deux-202 »\n"
        "  conseil : vouliez-vous écrire « deux-2020 » ?\n"
    )
    assert "E102" in biblio(project, "why", "un-2019", "--dossier", "autre").err


def test_a_dossier_that_cannot_be_read_is_told_and_the_others_answer(project: Path) -> None:
    (project / "dossiers" / "faux.yaml").write_text("- rien\n", encoding="utf-8")
    done = biblio(project, "why", "un-2019")
    assert done.code == 1
    assert "dossiers/faux.yaml:1:1: erreur D106" in done.err
    assert "dans « Contrats » : donnée par sa clé" in done.out
