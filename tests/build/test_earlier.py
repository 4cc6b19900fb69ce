"""Git is asked for an earlier edition: nothing that a repository names is run, and nothing is fetched."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from cli.running import Done, environment
from cli.running import biblio as run
from dossier.questions import SLUG, commit, git, make

from biblio.build import git as module
from biblio.build.git import commit_of
from biblio.words.faults import BiblioError
from robustness.atelier import listening

BIB = "references/a.bib"


def diff(folder: Path, since: str) -> Done:
    env = {name: value for name, value in environment().items() if not name.startswith("GIT_")}
    return run(folder, "diff", SLUG, "--since", since, env={**env, "GIT_CEILING_DIRECTORIES": str(folder.parent)})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = make(tmp_path / "projet")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "first", "2022-04-10T12:00:00+00:00")
    return folder


class Trap:
    """A program that leaves a mark when it is run."""

    def __init__(self, folder: Path) -> None:
        self.mark, self.program = folder / "mark", folder / "trap"
        self.program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{self.mark}'\nexit 1\n", encoding="utf-8")
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)

    def said(self) -> str:
        return self.mark.read_text(encoding="utf-8") if self.mark.exists() else ""


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def configure(folder: Path, *settings: tuple[str, str]) -> None:
    for name, value in settings:
        git(folder, "config", name, value)


def lose(folder: Path, name: str) -> None:
    """Takes an object out of a repository, as one that was not fetched is not there."""
    found = git(folder, "rev-parse", name)
    path = folder / ".git" / "objects" / found[:2] / found[2:]
    path.chmod(0o600)
    path.unlink()


PROGRAMS = (
    "core.sshCommand",
    "core.gitProxy",
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.alternateRefsCommand",
    "gpg.program",
    "gpg.openpgp.program",
    "diff.external",
    "diff.x.command",
    "diff.x.textconv",
    "filter.x.smudge",
    "filter.x.clean",
    "filter.x.process",
    "pager.rev-list",
    "pager.cat-file",
    "pager.ls-tree",
    "credential.helper",
    "remote.origin.uploadpack",
    "remote.origin.vcs",
    "interactive.diffFilter",
    "sequence.editor",
    "uploadpack.packObjectsHook",
)


@pytest.mark.parametrize(
    ("missing", "url"),
    [
        (f"HEAD:{BIB}", "ssh://hote.invalid/depot"),
        (f"HEAD:{BIB}", "<FOLDER>"),
        (f"HEAD:{BIB}", "<HTTP>"),
        (f"HEAD:{BIB}", "ext::<TRAP>"),
        (f"HEAD:{BIB}", "git://<HOST>/depot"),
        ("HEAD:references", "<HTTP>"),
    ],
)
def test_a_missing_object_of_a_partial_clone_is_said_and_not_fetched(
    project: Path, trap: Trap, url: str, missing: str
) -> None:
    shutil.copytree(project, project.parent / "origine")
    with listening() as listener:
        for name, value in {
            "<FOLDER>": str(project.parent / "origine"),
            "<HTTP>": f"http://127.0.0.1:{listener.port}/depot",
            "<HOST>": f"127.0.0.1:{listener.port}",
            "<TRAP>": str(trap.program),
        }.items():
            url = url.replace(name, value)
        configure(
            project,
            ("core.repositoryformatversion", "1"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.url", url),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialclonefilter", "blob:none"),
            ("remote.origin.uploadpack", str(trap.program)),
            ("core.sshCommand", str(trap.program)),
            ("protocol.allow", "always"),
            ("protocol.ext.allow", "always"),
            ("protocol.file.allow", "always"),
        )
        lose(project, missing)
        done = diff(project, "HEAD")
        assert (trap.said(), listener.calls) == ("", 0)
    assert (done.code, done.out) == (2, "")
    assert "erreur E114" in done.err


@pytest.mark.parametrize("since", ["HEAD", "2022-05", "relevé"])
def test_no_program_that_a_repository_names_is_run(project: Path, trap: Trap, since: str) -> None:
    (project / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    if since == "relevé":
        assert run(project, "build", "--format", "html").code == 0
        (project / "build" / f"{SLUG}.html").unlink()
        since = f"build/{SLUG}.manifest.json"
    signed(project)
    for sample in (project / ".git" / "hooks").iterdir():
        sample.unlink()
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        shutil.copy(trap.program, project / ".git" / "hooks" / hook)
    configure(
        project,
        *((name, str(trap.program)) for name in PROGRAMS),
        ("log.showSignature", "true"),
        ("diff.ignoreSubmodules", "none"),
        ("alias.cat-file", f"!{trap.program}"),
        ("alias.rev-list", f"!{trap.program}"),
    )
    done = diff(project, since)
    assert trap.said() == ""
    assert (done.code, done.out.endswith("Rien n'a changé.\n")) == (0, True), done.err


def signed(folder: Path) -> None:
    """Puts a commit with a signature, which no program has made, on the branch."""
    git(folder, "add", "-A")
    tree = git(folder, "write-tree")
    head = git(folder, "rev-parse", "HEAD")
    text = (
        f"tree {tree}\nparent {head}\nauthor A <a@example.org> 1649600000 +0000\n"
        "committer A <a@example.org> 1649600000 +0000\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\nsigned\n"
    )
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=folder,
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    git(folder, "reset", "-q", "--soft", made.stdout.decode().strip())


@pytest.mark.parametrize("since", ["^HEAD", "HEAD^@", "HEAD..HEAD", "HEAD HEAD", "HEAD:references", "@{-1}", ""])
def test_what_names_no_commit_names_none(project: Path, since: str) -> None:
    assert commit_of(project, since) is None
    assert commit_of(project, "HEAD") == git(project, "rev-parse", "HEAD")


def test_a_revision_turned_round_is_no_edition(project: Path) -> None:
    done = diff(project, "^HEAD")
    assert (done.code, "erreur E115" in done.err) == (2, True), done.err


def tree_of(folder: Path, entries: dict[bytes, str]) -> str:
    """A tree that no disk would give: any names, each for the name of a blob or of a tree."""
    rows = b""
    for path, value in sorted(entries.items()):
        kind, name = value.split()
        mode = b"40000" if kind == "tree" else b"100644"
        rows += mode + b" " + path.removesuffix(b"/") + b"\0" + bytes.fromhex(name)
    made = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        cwd=folder,
        input=rows,
        capture_output=True,
        check=True,
    )
    return f"tree {made.stdout.decode().strip()}"


def committed(folder: Path, references: dict[bytes, str]) -> str:
    dossiers = f"tree {git(folder, 'rev-parse', 'HEAD:dossiers')}"
    root = tree_of(folder, {b"references": tree_of(folder, references), b"dossiers": dossiers})
    return git(folder, "commit-tree", root.split()[1], "-m", "odd")


@pytest.mark.parametrize("case", ["long", "file and folder"])
def test_names_that_no_disk_can_have_are_said(project: Path, case: str) -> None:
    blob = f"blob {git(project, 'rev-parse', f'HEAD:{BIB}')}"
    if case == "long":
        made, reason = {b"a.bib": blob, b"e" * 300 + b".bib": blob}, "son nom est trop long"
    else:  # git's order puts the folder, as if it ended in a slash, after the file
        made, reason = (
            {b"a.bib": blob, b"a.bib/": tree_of(project, {b"b.bib": blob})},
            "un fichier de ce nom existe déjà",
        )
    head = committed(project, made)
    done = diff(project, head)
    assert done.code == 2
    assert f"{head}:references/" in done.err
    assert "erreur E104 unreadable-file" in done.err
    assert reason in done.err


def test_a_tree_of_a_hundred_thousand_paths_costs_what_is_needed(project: Path) -> None:
    blob = git(project, "rev-parse", f"HEAD:{BIB}")
    note = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=project, input=b"x", capture_output=True, check=True
    ).stdout.decode()
    many = {f"n{number:06}.txt".encode(): f"blob {note.strip()}" for number in range(100_000)}
    head = committed(project, {b"a.bib": f"blob {blob}", **many})
    started = os.times().elapsed
    done = diff(project, head)
    assert (done.code, done.out.endswith("Rien n'a changé.\n")) == (0, True), done.err
    assert os.times().elapsed - started < 20


def test_a_configuration_that_waits_does_not_keep_us_waiting(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(project / ".git" / "tuyau")
    with (project / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write("[include]\n\tpath = tuyau\n")
    monkeypatch.setattr(module, "SECONDS", 0.5)
    with pytest.raises(BiblioError) as error:
        module.require_repository(project)
    assert error.value.diagnostic.code == "E113"
