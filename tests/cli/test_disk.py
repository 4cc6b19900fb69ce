"""What the disk can do to a user: files that cannot be read or written, full disks, odd names. Nothing is ever lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cli.running import (
    BIB,
    BIBLIO,
    PDF,
    SLUG,
    SPEC,
    biblio,
    biblio_as_another,
    environment,
    make_project,
    rewrite,
    snapshot,
)

UNREADABLE = "  conseil : vérifiez qu'il existe, que c'est bien un fichier et que vous avez le droit de le lire\n"
UNWRITABLE = "  conseil : libérez de la place, vérifiez vos droits, ou choisissez un autre dossier avec -o\n"


def denied(path: str) -> str:
    head = f"{path}:1:1: erreur E104 unreadable-file: le fichier ne peut pas être lu"
    return f"{head} : vous n'en avez pas le droit\n{UNREADABLE}"


@pytest.fixture
def open_project() -> Iterator[Path]:
    """A project in a folder that any user may enter, which those of pytest are not."""
    with TemporaryDirectory(prefix="biblio-test-") as folder:
        Path(folder).chmod(0o755)
        project = make_project(Path(folder))
        yield project
        for path in (project, project / "references", project / "dossiers", project / "references" / "privé"):
            if path.exists():
                path.chmod(0o755)


# Reading


@pytest.mark.parametrize("name", [BIB, SPEC])
@pytest.mark.parametrize("command", ["build", "list", "check"])
def test_a_file_that_may_not_be_read(open_project: Path, name: str, command: str) -> None:
    (open_project / name).chmod(0)
    done = biblio_as_another(open_project, command)
    assert (done.code, done.out, done.err) == (2, "", denied(name))


@pytest.mark.parametrize("name", ["references", "dossiers", "references/privé"])
def test_a_folder_that_may_not_be_read(open_project: Path, name: str) -> None:
    (open_project / name).mkdir(exist_ok=True)
    (open_project / name).chmod(0)
    done = biblio_as_another(open_project, "check")
    assert (done.code, done.out, done.err) == (2, "", denied(name))


def test_a_project_that_may_not_be_entered(open_project: Path) -> None:
    open_project.chmod(0)
    done = biblio_as_another(open_project.parent, "check", "-C", open_project.name)
    assert (done.code, done.out, done.err) == (2, "", denied(open_project.name))


def test_a_style_that_may_not_be_read(open_project: Path) -> None:
    style = open_project / "styles" / "maison"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("title: Maison\nextends: cres\n")
    (style / "page.css").write_text("")
    (style / "page.css").chmod(0)
    done = biblio_as_another(open_project, "build", "--style", "maison")
    assert (done.code, done.out, done.err) == (2, "", denied("styles/maison/page.css"))


def test_an_unreadable_dossier_does_not_hide_the_faults_of_another(open_project: Path) -> None:
    shutil.copy(open_project / SPEC, open_project / "dossiers" / "autre.yaml")
    (open_project / "dossiers" / "autre.yaml").chmod(0)
    rewrite(open_project / SPEC, "[exemple-site]", "[exemple-sit]")
    done = biblio_as_another(open_project, "build", SLUG)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[1] == "   11 │   references: [exemple-sit]"


def test_a_published_file_that_may_not_be_read(open_project: Path) -> None:
    biblio(open_project, "build", "--format", "html")
    (open_project / "build" / f"{SLUG}.html").chmod(0)
    done = biblio_as_another(open_project, "verify", f"build/{SLUG}.html")
    assert (done.code, done.out, done.err) == (2, "", denied(f"{SLUG}.html"))


@pytest.mark.parametrize("name", ["references/dossier.bib", "dossiers/autre.yaml"])
def test_a_folder_where_a_file_should_be(project: Path, name: str) -> None:
    (project / name).mkdir()
    done = biblio(project, "check")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"{name}:1:1: erreur E104 unreadable-file: le fichier ne peut pas être lu : c'est un dossier\n{UNREADABLE}"
    )


def test_a_link_that_leads_nowhere(project: Path) -> None:
    (project / "references" / "perdu.bib").symlink_to("ailleurs.bib")
    done = biblio(project, "check")
    assert done.code == 2
    assert done.err == (
        "references/perdu.bib:1:1: erreur E104 unreadable-file: le fichier ne peut pas être lu : "
        f"il n'existe pas\n{UNREADABLE}"
    )


def test_a_project_without_references(project: Path) -> None:
    shutil.rmtree(project / "references")
    done = biblio(project, "check")
    assert done.code == 1
    assert done.err.count("D201 unknown-reference") == 3


@pytest.mark.parametrize("where", ["-C", "-o", "--style", "verify", "init"])
def test_a_name_that_is_too_long(project: Path, where: str) -> None:
    name = "a" * 300
    words = {
        "-C": ["list", "-C", name],
        "-o": ["build", "--format", "html", "-o", name],
        "--style": ["build", "--style", name],
        "verify": ["verify", f"{name}.pdf"],
        "init": ["init", name],
    }[where]
    done = biblio(project, *words)
    assert (done.code, done.out) == (2, "")
    expected = "E103 unknown-style" if where == "--style" else "son nom est trop long"
    assert expected in done.err


@pytest.mark.parametrize("style", ["../styles/cres", "/etc", ".", "cres/", "Cres"])
def test_a_style_is_named_by_its_folder_alone(project: Path, style: str) -> None:
    done = biblio(project, "build", "--style", style)
    assert (done.code, done.out) == (2, "")
    code = "E141 misspelt-style" if style.lower().startswith("cres") else "E103 unknown-style"
    assert done.err.startswith(f"erreur {code}: il n'y a pas de style « {style} »")


def test_links_that_turn_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    done = biblio(tmp_path, "list", "-C", "a")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("a:1:1: erreur E104 unreadable-file")


@pytest.mark.parametrize("command", [["list"], ["build"], ["init", "projet"], ["init", "."]])
def test_a_folder_that_has_gone(tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "parti"
    folder.mkdir()

    def go_there_and_remove_it() -> None:
        os.chdir(folder)
        folder.rmdir()

    done = biblio(tmp_path, *command, preexec_fn=go_there_and_remove_it)
    assert (done.code, done.out) == (2, "")
    assert "il n'existe pas" in done.err


def test_a_file_whose_name_is_not_utf_8(project: Path) -> None:
    source = project / BIB
    path = source.rename(os.fsdecode(os.fsencode(source.parent) + b"/\xe9t\xe9.bib"))
    assert biblio(project, "build", "--format", "html").code == 0
    assert biblio(project, "build", "--format", "html").out == f"{SLUG} : à jour\n"
    rewrite(path, "{2024-03}", "{mars}")
    assert biblio(project, "check").err.startswith(r"references/\xe9t\xe9.bib:9:23: avertissement R301")


# Writing


def unwritable(path: str, reason: str) -> str:
    return (
        f"{path}:1:1: erreur E105 unwritable-file: le fichier ne peut pas être écrit : {reason} ; "
        f"ce qui était là avant y est toujours\n{UNWRITABLE}"
    )


def test_an_output_folder_that_may_not_be_written(open_project: Path) -> None:
    biblio(open_project, "build", "--format", "html")
    before = snapshot(open_project / "build")
    rewrite(open_project / BIB, "Quelques phrases", "Trois phrases")
    (open_project / "build").chmod(0o555)
    done = biblio_as_another(open_project, "build", "--format", "html")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(
        "le fichier ne peut pas être écrit : vous n'en avez pas le droit ; "
        f"ce qui était là avant y est toujours\n{UNWRITABLE}"
    )
    assert snapshot(open_project / "build") == before


def test_a_place_where_no_folder_may_be_made(open_project: Path) -> None:
    open_project.chmod(0o555)
    done = biblio_as_another(open_project, "build", "--format", "html")
    assert (done.code, done.out, done.err) == (2, "", unwritable("build", "vous n'en avez pas le droit"))
    made = biblio_as_another(open_project, "init", "nouveau")
    assert (made.code, made.out, made.err) == (2, "", unwritable("nouveau", "vous n'en avez pas le droit"))


def test_a_file_where_the_output_folder_should_be(project: Path) -> None:
    (project / "build").write_text("à moi")
    done = biblio(project, "build", "--format", "html")
    assert (done.code, done.out) == (2, "")
    assert done.err == unwritable("build", "un fichier de ce nom existe déjà")
    assert (project / "build").read_text() == "à moi"


def test_a_folder_where_the_output_should_be(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    (project / PDF / "occupé").mkdir(parents=True)
    before = snapshot(project)
    done = biblio(project, "build")
    assert (done.code, done.out) == (2, "")
    assert done.err == unwritable(f"{SLUG}.pdf", "c'est un dossier")
    assert snapshot(project) == before


def files_of_at_most(size: int) -> Callable[[], None]:
    """Python ignores SIGXFSZ, so that a file beyond the limit fails as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 1, 1000])
def test_a_disk_that_fills_up_costs_nothing_that_was_there(project: Path, size: int) -> None:
    biblio(project, "build", "--format", "html")
    before = snapshot(project)
    assert len(before[f"build/{SLUG}.html"]) > size
    done = biblio(project, "build", "--force", "--format", "html", preexec_fn=files_of_at_most(size))
    assert (done.code, done.out, done.err) == (2, "", unwritable(f"{SLUG}.html", "il est trop gros"))
    assert snapshot(project) == before


@pytest.mark.parametrize("size", [0, 1000, 30_000])
def test_a_disk_that_fills_up_during_the_layout(project: Path, size: int) -> None:
    """The engine unpacks its fonts to temporary files."""
    biblio(project, "build")
    before = snapshot(project)
    done = biblio(project, "build", "--force", preexec_fn=files_of_at_most(size))
    assert (done.code, done.out) == (2, "")
    assert "erreur E105 unwritable-file: le fichier ne peut pas être écrit : " in done.err
    assert snapshot(project) == before


def test_a_disk_that_fills_up_while_a_project_is_made(tmp_path: Path) -> None:
    done = biblio(tmp_path, "init", "nouveau", preexec_fn=files_of_at_most(200))
    assert (done.code, done.out) == (2, "")
    assert done.err == unwritable("nouveau", "il est trop gros")
    # Nothing is in the way of a second attempt.
    assert biblio(tmp_path, "init", "nouveau").code == 0


def test_an_output_folder_whose_name_is_not_text_is_shown_with_signs_in_the_place_of_its_bytes(project: Path) -> None:
    done = biblio(project, "build", "--format", "html", "-o", "sorti\udce9")
    assert (done.code, done.out) == (0, f"{SLUG} : 3 notices → sorti�/{SLUG}.html\n")
    assert (project / "sorti\udce9" / f"{SLUG}.html").exists()


def unheard(reason: str) -> str:
    return (
        "erreur E142 unwritable-output-stream: ce que la commande avait à dire n'a pas pu être écrit sur sa sortie : "
        f"{reason}\n  conseil : la sortie est dirigée vers un fichier ou un disque où il n'y a plus de place : "
        "libérez-en, ou dirigez-la ailleurs\n"
    )


@pytest.mark.parametrize(
    "command", [["list"], ["build", "--force", "--format", "html"], ["check", "--json"], ["explain"], ["--help"]]
)
def test_an_output_stream_that_is_full(project: Path, command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = biblio_to(project, full.fileno(), *command)
    assert done == (2, unheard("il n'y a plus de place sur le disque"))


def test_an_output_stream_into_a_file_that_may_not_grow(project: Path, tmp_path: Path) -> None:
    with (tmp_path / "dit.txt").open("w") as said:
        done = biblio_to(project, said.fileno(), "schema", preexec_fn=files_of_at_most(100))
    assert done == (2, unheard("il est trop gros"))


def biblio_to(project: Path, stream: int, *words: str, **options: Any) -> tuple[int, str]:
    done = subprocess.run(
        [*BIBLIO, *words], cwd=project, env=environment(), stdout=stream, stderr=subprocess.PIPE, check=False, **options
    )
    return done.returncode, done.stderr.decode()
