"""A dossier in a CSL style: its manifest knows which pandoc set its notices."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from citation.notices import STYLES
from cli.running import PDF, SLUG, SPEC, biblio, environment, pdf_text, rewrite

pypandoc = pytest.importorskip("pypandoc", reason="the extra biblio[csl] is not installed")

MANIFEST = f"build/{SLUG}.manifest.json"
CURRENT = f"{SLUG} : à jour\n"


@pytest.fixture
def in_csl(project: Path) -> Path:
    """The project, its dossier in a style that extends another one, whose citation is a CSL style."""
    for name, text in (
        ("revue", "title: Revue\nextends: sobre\ncitation: csl:revue.csl\n"),
        ("fille", "title: Fille\nextends: revue\n"),
    ):
        folder = project / "styles" / name
        folder.mkdir(parents=True)
        (folder / "style.yaml").write_text(text, encoding="utf-8")
    (project / "styles" / "revue" / "revue.csl").write_bytes((STYLES / "revue.csl").read_bytes())
    rewrite(project / SPEC, "\nstyle: cres\n", "\nstyle: fille\n")
    return project


def other_pandoc(folder: Path) -> dict[str, str]:
    """The environment in which pypandoc finds a pandoc of another version, which sets one word otherwise."""
    program = folder / "pandoc"
    real = shlex.quote(pypandoc.get_pandoc_path())
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo "pandoc 9.9"; else {real} "$@" | sed s/EXEMPLE/EXEMPLUM/; fi\n'
    )
    program.chmod(0o755)
    return environment(PYPANDOC_PANDOC=str(program))


def versions(project: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((project / MANIFEST).read_text(encoding="utf-8"))["inputs"]["versions"]
    return found


def test_another_pandoc_builds_anew(in_csl: Path, tmp_path: Path) -> None:
    assert biblio(in_csl, "build").code == 0
    assert "EXEMPLE" in pdf_text((in_csl / PDF).read_bytes())
    assert versions(in_csl)["pandoc"] == pypandoc.get_pandoc_version()
    assert biblio(in_csl, "build").out == CURRENT
    other = other_pandoc(tmp_path)
    assert biblio(in_csl, "build", env=other).out != CURRENT
    assert "EXEMPLUM" in pdf_text((in_csl / PDF).read_bytes())
    assert versions(in_csl)["pandoc"] == "9.9"


def test_verify_names_another_pandoc(in_csl: Path, tmp_path: Path) -> None:
    assert biblio(in_csl, "build").code == 0
    assert biblio(in_csl, "verify", PDF).code == 0
    done = biblio(in_csl, "verify", PDF, env=other_pandoc(tmp_path))
    assert done.code == 1
    assert "version pandoc" in done.out + done.err


def test_no_other_style_depends_on_pandoc(in_csl: Path, tmp_path: Path) -> None:
    rewrite(in_csl / SPEC, "style: fille", "style: cres")
    assert biblio(in_csl, "build").code == 0
    assert "pandoc" not in versions(in_csl)
    assert biblio(in_csl, "build", env=other_pandoc(tmp_path)).out == CURRENT
