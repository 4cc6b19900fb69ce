"""A look at one notice: as the first dossier that prints it would, whether it lists the reference or selects it."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import HEAD, project, spaced

from biblio.build.preview import preview
from biblio.project.project import Project
from biblio.text.inline import plain


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
