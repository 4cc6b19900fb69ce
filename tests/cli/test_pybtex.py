"""A dossier in a style of pybtex's or of BibTeX's: what its readers see, what its manifest knows, what goes wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from citation.notices import STYLES
from cli.running import BIB, PDF, SLUG, SPEC, biblio, environment, pdf_text, rewrite

MANIFEST = f"build/{SLUG}.manifest.json"


def in_style(project: Path, citation: str, **files: bytes) -> Path:
    """The project, its dossier in a style with this citation and these files."""
    folder = project / "styles" / "revue"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text(f"title: Revue\nextends: sobre\ncitation: {citation}\n", encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.bst").write_bytes(content)
    rewrite(project / SPEC, "\nstyle: cres\n", "\nstyle: revue\n")
    return project


@pytest.mark.parametrize(
    ("citation", "printed"),
    [
        ("pybtex:unsrt", "Camille Exemple and Sacha Modèle. Un titre d’article"),
        ("bst:revue.bst", "Exemple C., Modèle S. Un titre d’article"),
    ],
)
def test_the_pdf_says_what_the_style_prints(project: Path, citation: str, printed: str) -> None:
    in_style(project, citation, revue=(STYLES / "revue.bst").read_bytes())
    done = biblio(project, "build")
    assert (done.code, done.err) == (0, "")
    words = " ".join(pdf_text((project / PDF).read_bytes()).replace("\u00a0", " ").split())
    assert printed in words
    versions = json.loads((project / MANIFEST).read_text(encoding="utf-8"))["inputs"]["versions"]
    assert versions["pybtex"]
    assert biblio(project, "build").out == f"{SLUG} : à jour\n"
    assert biblio(project, "verify", PDF).code == 0


SILENT = b"""ENTRY { title } {} {}
FUNCTION {default.type} { skip$ }
READ
ITERATE {call.type$}
"""
ODD = b"""ENTRY { title } {} {}
FUNCTION {default.type} { "\\odd{" title * "}" * write$ newline$ }
READ
ITERATE {call.type$}
"""


@pytest.mark.parametrize(("content", "code"), [(SILENT, "W113"), (ODD, "W114")])
def test_a_look_at_a_notice_says_what_its_style_could_not_do(project: Path, content: bytes, code: str) -> None:
    in_style(project, "bst:revue.bst", revue=content)
    key = re.search(r"@\w+\{([^,]+),", (project / BIB).read_text(encoding="utf-8"))
    assert key
    shown = biblio(project, "show", key[1], "--style", "revue", env=environment("en_GB.UTF-8"))
    assert (shown.code, code in shown.err) == (0, True), shown


@pytest.mark.parametrize(
    ("citation", "content", "said"),
    [
        ("pybtex:chicago", b"", "styles/revue/style.yaml:3:11: error D127 unknown-pybtex-style"),
        ("bst:revue.bst", b"FUNCTION {", "styles/revue/style.yaml:3:11: error D128 bibtex-style-unusable"),
        ("bst:autre.bst", b"", "styles/revue/style.yaml:3:11: error D128 bibtex-style-unusable"),
    ],
)
def test_a_style_that_cannot_be_used_is_shown_where_it_is_named(
    project: Path, citation: str, content: bytes, said: str
) -> None:
    in_style(project, citation, revue=content)
    for command in ("build", "check"):
        done = biblio(project, command, env=environment("en_GB.UTF-8"))
        assert (done.code != 0, said in done.out + done.err) == (True, True), done


def test_a_link_out_of_the_style_s_folder_is_no_file_of_it(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.bst"
    outside.write_bytes((STYLES / "revue.bst").read_bytes())
    in_style(project, "bst:revue.bst")
    (project / "styles" / "revue" / "revue.bst").symlink_to(outside)
    done = biblio(project, "build")
    assert done.code != 0
    assert "D116" in done.out + done.err
