"""A look at one notice: as the first dossier that prints it would, whether it lists the reference or selects it."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import HEAD, project, spaced

from biblio.build.preview import preview
from biblio.project.project import Project
from biblio.text.inline import plain


def test_the_dossier_that_prints_it_is_the_one_whose_style_files_it_so(tmp_path: Path) -> None:
    """One place for two: a style that prints « GAULLE, Charles de » gives it to Foucault."""
    made = project(tmp_path, "style: sobre\nsections:\n  - {title: Un, references: [ars]}\n")
    (tmp_path / "references" / "deux.bib").write_text(
        "@book{gaulle, author = {de Gaulle, Charles}, title = {T}, keywords = {deux}}\n"
        "@book{foucault, author = {Foucault, Michel}, title = {U}, keywords = {deux}}\n",
        encoding="utf-8",
    )
    for name, style in (("abord", "demote"), ("suite", "sobre")):
        (tmp_path / "dossiers" / f"{name}.yaml").write_text(
            HEAD + f"style: {style}\nsections:\n  - {{title: Un, select: {{keyword: deux}}, sort: author, limit: 1}}\n",
            encoding="utf-8",
        )
    (tmp_path / "styles" / "demote").mkdir(parents=True)
    (tmp_path / "styles" / "demote" / "style.yaml").write_text(
        "title: Essai\nextends: sobre\nparticles: demoted\n", encoding="utf-8"
    )
    printed = {key: plain(preview(Project(made.root), key).notice.lines[0].content) for key in ("gaulle", "foucault")}
    assert printed == {"gaulle": "DE GAULLE Charles", "foucault": "FOUCAULT Michel"}


@pytest.mark.parametrize(
    "section",
    ["references: [bader]", "select: {theme: cls}", "select: {key: zay}, include: [bader]"],
)
def test_it_is_in_the_style_of_the_dossier_that_prints_it(tmp_path: Path, section: str) -> None:
    made = project(tmp_path, f"style: liste\nsections:\n  - {{title: Un, {section}}}\n")
    # A dossier before it, which does not print this one.
    (tmp_path / "dossiers" / "autre.yaml").write_text(
        HEAD + "style: sobre\nsections:\n  - {title: Un, select: {key: ars}}\n", encoding="utf-8"
    )
    found = preview(Project(made.root), "bader")
    assert spaced(plain(found.notice.lines[0].content)).startswith(
        "Les contrats locaux de santé (CLS) en 2019 / Clément"
    )
