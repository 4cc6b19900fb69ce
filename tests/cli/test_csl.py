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


@pytest.mark.parametrize("version", ["2.9.2.1", "2.19.2", "1.12"])
def test_a_pandoc_that_is_too_old_is_named(in_csl: Path, tmp_path: Path, version: str) -> None:
    program = tmp_path / "pandoc"
    program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "pandoc {version}" || exit 2\n')
    program.chmod(0o755)
    old = environment(PYPANDOC_PANDOC=str(program))
    for words in (["build"], ["check"], ["show", "exemple-site"]):
        done = biblio(in_csl, *words, env=old)
        assert done.code != 0
        assert (
            "styles/revue/style.yaml:3:11: erreur D142 pandoc-too-old: le style CSL « revue.csl » demande pandoc 3 ou "
            f"plus ; celui de cette machine, {program}, est de version {version}\n"
        ) in done.err
    assert not (in_csl / PDF).exists()


@pytest.mark.parametrize("text", ["", "#!/bin/sh\nexit 3\n", "#!/bin/sh\necho rien\n", "\x7fELF"])
def test_what_is_no_pandoc_is_none(in_csl: Path, tmp_path: Path, text: str) -> None:
    program = tmp_path / "pandoc"
    program.write_text(text)
    program.chmod(0o755)
    done = biblio(in_csl, "build", env=environment(PYPANDOC_PANDOC=str(program)))
    assert done.code == 1
    assert "styles/revue/style.yaml:3:11: erreur D120 csl-extra-missing" in done.err
    assert "pandoc:" not in done.err
