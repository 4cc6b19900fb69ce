"""What ``biblio build`` tells of a dossier, ``biblio check`` tells too: the same faults at the same places."""

from __future__ import annotations

from pathlib import Path

import pytest

from biblio.build.limits import MOST_HEADINGS
from biblio.build.pipeline import compose_dossier
from biblio.check.about import about, matter_of
from biblio.check.check import check
from biblio.outputs.pdf.write import unprintable
from biblio.project.project import Project
from biblio.words.faults import Diagnostic, in_order

HEAD = "title: Essai {more}\ndate: 2023-04\npublisher: CRES\nstyle: cres\nsections:\n"
SECTION = "  - title: Une\n    references: [a, Inconnue]\n    intro: |\n      Un `code`.\n"
FAULTY = "@book{a, title = {Titre 健}, date = {hier}}\n@book{b, title = {B}, date = {demain}}\n@book{c, title = {C}\n"


def told(root: Path, spec: str, bib: str) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """The faults of a build, and those of a check, of the dossier ``essai``."""
    (root / "dossiers").mkdir()
    (root / "references").mkdir()
    (root / "dossiers" / "essai.yaml").write_text(spec, encoding="utf-8")
    (root / "references" / "a.bib").write_text(bib, encoding="utf-8")
    project = Project(root)
    loaded = project.dossier("essai")
    assert loaded.value is not None
    composed = compose_dossier(project, loaded.value, loaded.value.style)
    of_print = unprintable(composed.value, composed.value.document) if composed.value else ()
    return in_order((*loaded.diagnostics, *composed.diagnostics, *of_print)), check(project)


@pytest.mark.parametrize(
    ("spec", "bib", "codes"),
    [
        (HEAD.format(more="健") + SECTION, FAULTY, {"D201", "R301", "W101", "W111"}),
        (HEAD.format(more="") + "  - title: A\n" * (MOST_HEADINGS + 1), "@book{a, title = {A}}\n", {"D119"}),
    ],
    ids=["faults of every storey", "beyond measure"],
)
def test_a_build_tells_nothing_that_a_check_leaves_out(tmp_path: Path, spec: str, bib: str, codes: set[str]) -> None:
    built, checked = told(tmp_path, spec, bib)
    assert codes <= {each.code for each in built}
    assert [each for each in built if each not in checked] == []
    assert [each for each in built if each not in about(matter_of(Project(tmp_path), ["essai"]), checked)] == []
    assert all(each.span for each in built)


def test_a_build_leaves_out_the_values_of_what_it_does_not_print(tmp_path: Path) -> None:
    built, checked = told(tmp_path, HEAD.format(more="") + SECTION, FAULTY)
    assert [each.citekey for each in built if each.code == "R301"] == ["a"]
    assert [each.citekey for each in checked if each.code == "R301"] == ["a", "b"]
    # What was not read whole may be what the dossier asks for.
    assert [each.code for each in built if each.code.startswith("P1")]
