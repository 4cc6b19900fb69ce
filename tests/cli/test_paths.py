"""A dossier may be named by the path of its spec, wherever the command is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import SLUG, SPEC, biblio


@pytest.mark.parametrize("word", [SPEC, f"./{SPEC}", f"dossiers/../{SPEC}"])
def test_a_build_takes_the_path_of_a_spec(project: Path, word: str) -> None:
    done = biblio(project, "build", word, SLUG, "--format", "html")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{SLUG} : 3 notices → build/{SLUG}.html\n"


def test_a_path_says_which_project_too(project: Path) -> None:
    at_home = biblio(project, "outline", SLUG)
    assert at_home.out.startswith(SLUG)
    assert biblio(project.parent, "outline", f"{project.name}/{SPEC}") == at_home
    assert biblio(project.parent, "outline", str(project / SPEC)) == at_home
    assert biblio(project.parent, "outline", "-C", project.name, SPEC) == at_home
    assert biblio(project / "dossiers", "outline", f"{SLUG}.yaml") == at_home


def test_the_other_commands_take_it_too(project: Path) -> None:
    for words in (["why", "exemple-site", "--dossier"], ["show", "exemple-site", "--dossier"], ["coverage", "--json"]):
        assert biblio(project, *words, SPEC) == biblio(project, *words, SLUG)
    earlier = project / "earlier.bib"
    earlier.write_text("@misc{a, title = {Un}}\n")
    diff = ["diff", "--since", earlier.name]
    assert biblio(project, *diff, SPEC) == biblio(project, *diff, SLUG)
    options = ["--title", "Autre", "--date", "2024", "--publisher", "Centre"]
    assert biblio(project, "new", "dossiers/autre.yaml", *options).code == 0
    assert (project / "dossiers" / "autre.yaml").exists()


@pytest.mark.parametrize("word", ["dossiers/autre.yaml", "references/themes.yaml", "autre.yaml", "dossiers/autre"])
def test_a_path_of_no_dossier_is_said(project: Path, word: str) -> None:
    done = biblio(project, "build", word)
    assert (done.code, done.out) == (2, "")
    assert "E102 unknown-dossier" in done.err
    assert f"dossiers du projet : {SLUG}" in done.err
