"""A dossier in scripts that its style lacks: nothing to report, the same bytes twice, the standards of any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from verapdf import verdict_on

from biblio.build.pipeline import compose_dossier, render
from biblio.project.project import Project

pytestmark = pytest.mark.xdist_group("java")

BIB = """@book{he, author = {כהן, דוד}, title = {שלום עולם}, langid = {hebrew}, publisher = {P}, date = {2019}}
@book{ar, author = {خالد, علي}, title = {الصحة العامة}, langid = {arabic}, publisher = {P}, date = {2019}}
@book{gr, author = {Ὅμηρος, Α.}, title = {Ἰλιάς ∈ ℝ ★ ⚕}, langid = {greek}, publisher = {P}, date = {1869}}
"""
SPEC = """title: Essai
date: 2024-01-01
publisher: CRES
sections:
  - title: Écritures
    references: [he, ar, gr]
"""


def test_other_scripts_print_from_fonts_of_ours(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "x.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "dossiers" / "essai.yaml").write_text(SPEC, encoding="utf-8")
    project = Project(tmp_path)
    spec = project.dossier("essai").value
    assert spec is not None
    composed = compose_dossier(project, spec, spec.style).value
    assert composed is not None
    first, second = render(composed, ["pdf"]), render(composed, ["pdf"])
    assert first.diagnostics == ()
    (pdf,), (again,) = first.value.values(), second.value.values()
    assert pdf == again
    for profile in ("PDF/UA-1", "PDF/A-3a"):
        assert verdict_on(pdf, profile).failures == ()
