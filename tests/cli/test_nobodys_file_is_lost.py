"""Commands write to the files of the project and the outputs, and to nothing else, whatever stands in their way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import BIB, PDF, SLUG, SPEC, biblio, rewrite, snapshot

from biblio.project.lock import held

UNTIDY = b"@book{b,title={L'Etat de sante},date={2020}}\n"
# Runs the command, and edits a file as soon as it has been read.
EDITED = """
import pathlib, sys
import biblio.cli.commands.check, biblio.cli.commands.fmt
from biblio.cli import target
edited = pathlib.Path(sys.argv.pop(1))
def then_edit(made):
    def found(*words):
        read = made(*words)
        edited.write_bytes(edited.read_bytes() + b"% une ligne de plus\\n")
        return read
    return found
biblio.cli.commands.fmt.target_of = then_edit(target.target_of)
biblio.cli.commands.check.target_of_words = then_edit(target.target_of_words)
from biblio.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("command", [["fmt"], ["check", "--fix", "--unsafe-fixes"]])
def test_a_file_edited_while_a_command_works_keeps_the_edit_and_the_others_are_written(
    project: Path, command: list[str]
) -> None:
    edited, other = project / "references" / "a.bib", project / "references" / "b.bib"
    edited.write_bytes(UNTIDY)
    other.write_bytes(UNTIDY.replace(b"{b,", b"{c,"))
    done = biblio(project, *command, program=[sys.executable, "-c", EDITED, str(edited)])
    assert done.code == 2
    assert "references/a.bib:1:1: erreur E134 changed-meanwhile" in done.err
    assert edited.read_bytes() == UNTIDY + b"% une ligne de plus\n"
    assert other.read_bytes() != UNTIDY.replace(b"{b,", b"{c,")


def test_names_that_are_not_utf_8_reach_their_own_file(project: Path) -> None:
    folder = os.fsencode(project / "references")
    names = [b"\xe9.bib", b"\xe8.bib", "\ufffd.bib".encode()]
    for number, name in enumerate(names):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(UNTIDY.replace(b"{b,", f"{{b{number},".encode()))
    before = sorted(map(os.fsencode, (project / "references").iterdir()))
    assert biblio(project, "fmt").code == 0
    assert sorted(map(os.fsencode, (project / "references").iterdir())) == before
    for number, name in enumerate(names):
        content = Path(os.fsdecode(folder + b"/" + name)).read_bytes()
        assert content.startswith(f"@book{{b{number},\n".encode()), name


@pytest.mark.parametrize("name", ["../../proie.json", "lien.json", "../proie.json"])
def test_a_baseline_named_by_settings_stays_in_the_project(project: Path, name: str) -> None:
    prey = (project / name).resolve() if "lien" not in name else project.parent / "proie.json"
    prey.write_text("a moi", encoding="utf-8")
    if "lien" in name:
        (project / name).symlink_to(prey)
    (project / "biblio.toml").write_text(f'baseline = "{name}"\n', encoding="utf-8")
    for options in ([], ["--write-baseline"]):
        done = biblio(project, "check", *options)
        assert (done.code, "E133 outside-project" in done.err) == (2, True)
    assert prey.read_text(encoding="utf-8") == "a moi"
    prey.unlink()


@pytest.mark.parametrize("name", [BIB, "README.md"])
def test_what_is_no_baseline_is_not_written_over(project: Path, name: str) -> None:
    before = snapshot(project)
    done = biblio(project, "check", "--baseline", name, "--write-baseline")
    assert (done.code, "C104" in done.err) == (2, True)
    assert snapshot(project) == before


@pytest.mark.parametrize("kind", ["symbolic", "hard"])
def test_a_link_in_the_place_of_a_lock_costs_nothing(project: Path, kind: str) -> None:
    prey = project.parent / "proie"
    prey.write_text("a moi", encoding="utf-8")
    (project / "build").mkdir()
    lock = project / "build" / f".biblio-{SLUG}.lock"
    if kind == "hard":
        os.link(prey, lock)
    else:
        lock.symlink_to(prey)
    done = biblio(project, "build", "--format", "html")
    assert prey.read_text(encoding="utf-8") == "a moi"
    assert done.code == (0 if kind == "hard" else 2)
    assert done.code == 0 or "E105" in done.err


def test_an_output_folder_that_leads_out_of_the_project_has_to_be_named(project: Path) -> None:
    elsewhere = project.parent / "ailleurs"
    elsewhere.mkdir()
    (project / "build").symlink_to(elsewhere)
    for command in (["build", "--format", "html"], ["coverage", SLUG]):
        done = biblio(project, *command)
        assert (done.code, "build:1:1: erreur E133 outside-project" in done.err) == (2, True)
    assert not any(elsewhere.iterdir())
    assert biblio(project, "build", "--format", "html", "-o", "build").code == 0
    assert (elsewhere / f"{SLUG}.html").is_file()


def test_outputs_that_are_links_are_replaced(project: Path) -> None:
    prey = project.parent / "proie"
    prey.write_text("a moi", encoding="utf-8")
    (project / "build").mkdir()
    for name in (f"{SLUG}.html", f"{SLUG}.manifest.json"):
        (project / "build" / name).symlink_to(prey)
    assert biblio(project, "build", "--format", "html").code == 0
    assert prey.read_text(encoding="utf-8") == "a moi"
    assert not (project / "build" / f"{SLUG}.html").is_symlink()


def test_a_lock_held_by_another_is_said_at_once_and_given_up_in_the_end(project: Path) -> None:
    (project / "build").mkdir()
    program = [sys.executable, "-c", "from biblio.project import lock; lock.PATIENCE = 1.0\n" + RUN]
    with held(project / "build", SLUG):
        done = biblio(project, "build", "--format", "html", program=program)
    assert done.code == 2
    assert done.err.startswith(f"{SLUG} : une autre construction de ce dossier écrit dans ce répertoire")
    assert f".biblio-{SLUG}.lock:1:1: erreur E131 locked" in done.err
    assert not (project / "build" / f"{SLUG}.html").exists()


NO_LOCKS = """
import errno, fcntl, os
def flock(descriptor, operation):
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
fcntl.flock = flock
"""
RUN = "import sys\nfrom biblio.cli.main import main\nmain(sys.argv[1:])"


def test_a_disk_that_has_no_lock_to_give_is_said_with_the_file(project: Path) -> None:
    done = biblio(project, "build", "--format", "html", program=[sys.executable, "-c", NO_LOCKS + RUN])
    assert done.code == 2
    assert done.err.startswith(f".biblio-{SLUG}.lock:1:1: erreur E105 unwritable-file: ")
    assert "verrou" in done.err
    assert not any((project / "build").glob("*.html"))


@pytest.mark.parametrize("name", [BIB, SPEC, "README.md", "notes.html", "vide.txt"])
def test_a_page_of_figures_replaces_a_page_of_figures_alone(project: Path, name: str) -> None:
    (project / "notes.html").write_text("<!DOCTYPE html>\n<p>Mes notes</p>\n", encoding="utf-8")
    (project / "vide.txt").touch()
    before = snapshot(project)
    done = biblio(project, "coverage", SLUG, "--html", name)
    assert (done.code, "E136 file-of-yours" in done.err) == (2, True)
    assert snapshot(project) == before
    for _ in range(2):
        assert biblio(project, "coverage", SLUG, "--html", "chiffres.html").code == 0


def test_a_folder_of_dossiers_that_leads_elsewhere_gets_no_new_one(project: Path) -> None:
    elsewhere = project.parent / "ailleurs"
    (project / "dossiers").rename(elsewhere)
    (project / "dossiers").symlink_to(elsewhere)
    before = snapshot(elsewhere)
    done = biblio(project, "new", "autre", "--title", "Un", "--date", "2024", "--publisher", "CRES")
    assert (done.code, "dossiers:1:1: erreur E133 outside-project" in done.err) == (2, True)
    assert snapshot(elsewhere) == before


FAILING = """
import pathlib
works = pathlib.Path.replace
def replace(self, target):
    if str(target).endswith(".pdf"):
        raise OSError(5, "Input/output error")
    return works(self, target)
pathlib.Path.replace = replace
"""


def test_what_is_said_after_a_failure_between_two_renames_is_true(project: Path) -> None:
    assert biblio(project, "build", "--format", "html,pdf").code == 0
    old = snapshot(project / "build")
    rewrite(project / BIB, "Quelques phrases", "Trois phrases")
    done = biblio(project, "build", "--format", "html,pdf", program=[sys.executable, "-c", FAILING + RUN])
    new = snapshot(project / "build")
    assert done.code == 2
    said = re.search(r"sont nouveaux : (.*) ; sont restés comme avant : (.*)\n", done.err)
    changed = {name for name in new if new[name] != old[name]}
    if said is None:
        assert changed == set()
        assert "ce qui était là avant y est toujours" in done.err
    else:
        assert set(said[1].split(", ")) == changed
        assert set(said[2].split(", ")) == set(old) - changed
    assert biblio(project, "build", "--format", "html,pdf").code == 0
    assert (project / PDF).read_bytes() != old[f"{SLUG}.pdf"]


PLACES = (
    "references/themes.yaml",
    "references/tuyau.bib",
    "dossiers/tuyau.yaml",
    "biblio.toml",
    "pyproject.toml",
    "styles/maison/style.yaml",
    "styles/maison/page.css",
)


@pytest.mark.parametrize(("place", "kind"), [*((place, "pipe") for place in PLACES), (PLACES[0], "device")])
def test_a_pipe_or_a_device_in_the_place_of_a_file_is_refused_at_once(project: Path, place: str, kind: str) -> None:
    path = project / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if place.endswith("page.css"):
        (path.parent / "style.yaml").write_text("title: Maison\nextends: cres\n", encoding="utf-8")
    if kind == "pipe":
        os.mkfifo(path)
    elif os.geteuid() == 0 and subprocess.run(["mknod", path, "c", "1", "5"], check=False).returncode == 0:
        pass
    else:
        pytest.skip("devices are root's to make")
    command = ["show", "exemple-site", "--style", "maison"] if "styles" in place else ["check"]
    done = biblio(project, *command)
    name = place.rpartition("/")[2] if place.endswith(".toml") else place
    assert (done.code, f"{name}:1:1: erreur E104 unreadable-file" in done.err) == (2, True), done.err
    assert "ce n'est pas un fichier ordinaire" in done.err


@pytest.mark.parametrize("place", ["html", "manifest.json"])
def test_a_pipe_in_the_place_of_an_output_keeps_nobody_waiting(project: Path, place: str) -> None:
    (project / "build").mkdir()
    os.mkfifo(project / "build" / f"{SLUG}.{place}")
    done = biblio(project, "build", "--format", "html")
    assert (done.code, f"{SLUG}.{place}:1:1: erreur E105 unwritable-file" in done.err) == (2, True)
    assert biblio(project, "list").code == 0


def test_a_pipe_as_a_baseline_or_an_edition_is_refused_at_once(project: Path) -> None:
    os.mkfifo(project / "tuyau.json")
    for words in (
        ["check", "--baseline", "tuyau.json"],
        ["diff", SLUG, "--since", "tuyau.json"],
        ["verify", "tuyau.json"],
    ):
        done = biblio(project, *words)
        assert (done.code, "tuyau.json:1:1: erreur E104 unreadable-file" in done.err) == (2, True), words


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("references/themes.yaml", "E104"),
        ("references/grand.bib", "E104"),
        ("dossiers/grand.yaml", "E104"),
        ("biblio.toml", "E104"),
        ("base.json", "E104"),
        ("styles/maison/page.css", "D117"),
        ("styles/maison/style.yaml", "D117"),
        ("styles/maison/grand.csl", "D117"),
        ("styles/maison/grand.ttf", "D117"),
    ],
)
def test_a_file_of_three_gigabytes_is_refused_by_its_size(project: Path, place: str, code: str) -> None:
    path = project / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if "maison/" in place and not place.endswith("style.yaml"):
        (path.parent / "style.yaml").write_text("title: Maison\nextends: cres\n", encoding="utf-8")
    with path.open("wb") as file:
        file.truncate(3 << 30)
    if "styles" in place:
        done = biblio(project, "build", "--format", "html", "--style", "maison")
    else:
        done = biblio(project, "check", *(["--baseline", "base.json"] if place == "base.json" else []))
    assert f"{place}:1:1: erreur {code}" in done.err, done.err
    assert done.code in (0, 1, 2)


def test_a_manifest_of_three_gigabytes_is_none(project: Path) -> None:
    (project / "build").mkdir()
    with (project / "build" / f"{SLUG}.manifest.json").open("wb") as file:
        file.truncate(3 << 30)
    assert biblio(project, "build", "--format", "html").code == 0
