"""Completion in bash: the script, and what it offers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cli.running import SLUG, SPEC, biblio, environment

from biblio.outputs.table import OUTPUTS
from biblio.words.tables import faults

EXPLAINING = ("outline", "why", "coverage", "diff", "new", "new-style")


def completed(folder: Path, line: str) -> list[str]:
    """What is offered after a line, as the script asks for it."""
    env = environment(_BIBLIO_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(line.split(" ")) - 1))
    done = biblio(folder, env=env)
    assert (done.code, done.err) == (0, "")
    return done.out.split()


def test_the_script_is_made_and_bash_accepts_it(tmp_path: Path) -> None:
    done = biblio(tmp_path, env=environment(_BIBLIO_COMPLETE="source_bash"))
    assert (done.code, done.err) == (0, "")
    assert "complete -o default -F _biblio_completion biblio" in done.out
    checked = subprocess.run(["bash", "-n"], input=done.out, text=True, capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_option_shows_the_same_script(tmp_path: Path) -> None:
    script = biblio(tmp_path, env=environment(_BIBLIO_COMPLETE="source_bash")).out
    done = biblio(
        tmp_path, "--show-completion", "bash", env=environment(_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    )
    assert (done.code, done.err) == (0, "")
    assert done.out.strip() == script.strip()


def test_installing_adds_to_what_the_user_has(tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_text("alias à='moi'\n", encoding="utf-8")
    env = environment(_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1", HOME=str(tmp_path))
    done = biblio(tmp_path, "--install-completion", "bash", env=env)
    assert (done.code, done.err) == (0, "")
    written = (tmp_path / ".bashrc").read_text(encoding="utf-8")
    assert written.startswith("alias à='moi'\n")
    shell = subprocess.run(
        ["bash", "-c", "source ~/.bashrc && complete -p biblio"], env=env, capture_output=True, text=True, check=False
    )
    assert (shell.returncode, shell.stdout) == (0, "complete -o default -F _biblio_completion biblio\n")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("biblio bu", ["build"]),
        (
            "biblio ",
            [
                "build",
                "watch",
                "serve",
                "desktop-entry",
                "list",
                "show",
                "check",
                "fmt",
                "import",
                "add",
                "enrich",
                "pull",
                "links",
                "export",
                "explain",
                *EXPLAINING,
                "backup",
                "restore",
                "site",
                "verify",
                "init",
                "doctor",
                "schema",
                "help",
            ],
        ),
        ("biblio build ", [SLUG]),
        ("biblio build p", [SLUG]),
        ("biblio build z", []),
        ("biblio show exemple-20", ["exemple-2024-article", "exemple-2023-rapport"]),
        ("biblio show exemple-site --dossier ", [SLUG]),
        ("biblio build --fo", ["--format", "--force"]),
        ("biblio build --style ", ["affiche", "bulletin", "cres", "lettre", "liste", "sobre"]),
        ("biblio show exemple-site --style l", ["lettre", "liste"]),
        ("biblio build --format ", list(OUTPUTS)),
        ("biblio build --format pdf,", [f"pdf,{name}" for name in OUTPUTS if name != "pdf"]),
        ("biblio check --format s", ["sarif"]),
        ("biblio check --select R20", ["R201", "R202", "R203", "R204", "R205", "R206", "R207", "R208", "R209"]),
        ("biblio check --ignore F1,R4", ["F1,R4", *(f"F1,{code}" for code in faults() if code.startswith("R4"))]),
        ("biblio explain E10", [f"E10{number}" for number in range(1, 10)]),
        ("biblio new x --kind ", ["selection", "bulletin", "newsletter", "reading-list"]),
        ("biblio help co", ["coverage"]),
    ],
)
def test_what_is_offered(project: Path, line: str, offered: list[str]) -> None:
    assert completed(project, line) == offered


def test_a_faulty_project_and_no_project_offer_nothing_and_say_nothing(project: Path, tmp_path: Path) -> None:
    (project / SPEC).write_text("rien: [")
    assert completed(project, "biblio build ") == [SLUG]
    (tmp_path / "vide").mkdir()
    assert completed(tmp_path / "vide", "biblio build ") == []
    assert completed(tmp_path / "vide", "biblio show ") == []
