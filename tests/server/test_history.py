"""The steps of the session, and the versions that a repository keeps: told in words, saved without running anything."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from server.desks import HX, asked, small_project

from biblio.editing.works import Work

BIB = "references/exemple.bib"
WHO = {"name": "Anne Roux", "mail": "anne@example.org"}


def git(root: Path, *words: str) -> str:
    told = subprocess.run(
        ["git", "-c", "user.name=Jean", "-c", "user.email=jean@example.org", *words],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


@pytest.fixture
def kept(root: Path) -> Path:
    """A project in a repository."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Premier jet")
    return root


def test_the_steps_are_listed_and_undone(root: Path) -> None:
    place = root / BIB
    with asked(root) as client:
        assert "Rien n'a encore été changé." in client.get("/history").text.replace("&#39;", "'")
        client.change("le titre", [Work(BIB, place, place.read_bytes(), b"@book{a, title = {Un}}")])
        assert "<span>le titre</span>" in client.get("/history/steps").text
        client.post("/undo")
        assert "annulé" in client.get("/history/steps").text


def test_without_a_repository_it_is_said(root: Path) -> None:
    with asked(root) as client:
        assert "pas dans un dépôt Git" in client.get("/history").text


def test_a_commit_is_told_in_words(kept: Path) -> None:
    text = (kept / BIB).read_text("utf-8")
    (kept / BIB).write_text(text + "\n@book{nouveau, title = {Un <b>livre</b>}, date = {2020}}\n", encoding="utf-8")
    git(kept, "commit", "-qam", "Ajoute <i>un</i> livre")
    name = git(kept, "rev-parse", "HEAD").strip()
    with asked(kept) as client:
        page = client.get("/history").text
        assert "Ajoute &lt;i&gt;un&lt;/i&gt; livre" in page
        assert "Jean" in page
        told = client.get(f"/history/changes?commit={name}").text
        assert "Ajoutées (1)" in told
        assert "Un &lt;b&gt;livre&lt;/b&gt;" in told
        assert client.get("/history/changes?commit=--output=x").status_code == 422


def test_a_version_is_saved_of_the_projects_files_alone(kept: Path) -> None:
    hook = kept / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n")
    hook.chmod(0o755)
    for name in ("post-commit", "reference-transaction", "post-index-change"):
        (kept / ".git/hooks" / name).write_text("#!/bin/sh\ntouch ran\n")
        (kept / ".git/hooks" / name).chmod(0o755)
    git(kept, "config", "filter.x.clean", "sh -c 'touch ran; cat'")
    git(kept, "config", "commit.gpgsign", "true")
    (kept / ".gitattributes").write_text("*.bib filter=x\n")
    (kept / "lettre.txt").write_text("à moi")
    (kept / BIB).write_text("@book{a, title = {Un}}\n")
    (kept / "references/neuf.bib").write_text("@book{b, title = {Deux}}\n")
    (kept / "dossiers/premier-dossier.yaml").unlink()
    with asked(kept) as client:
        page = client.get("/history").text
        assert "Fichiers changés depuis la dernière version : 3" in page
        answer = client.post("/history/commit", data={"message": "Deux livres", **WHO}, headers=HX)
        assert answer.headers["hx-redirect"] == "/history"
        assert "Tout est dans la dernière version." in client.get("/history").text
    assert not (kept / "ran").exists()
    assert git(kept, "log", "-1", "--format=%an %ae %s").strip() == "Anne Roux anne@example.org Deux livres"
    changed = git(kept, "diff", "--name-status", "HEAD^", "HEAD").split()
    assert changed == ["D", "dossiers/premier-dossier.yaml", "M", BIB, "A", "references/neuf.bib"]
    assert git(kept, "diff", "--cached", "--name-only") == ""


def test_what_somebody_else_has_staged_is_not_taken_along(kept: Path) -> None:
    (kept / "lettre.txt").write_text("autre chose")
    git(kept, "add", "lettre.txt")
    (kept / BIB).write_text("@book{a, title = {Un}}\n")
    with asked(kept) as client:
        client.post("/history/commit", data={"message": "Un livre", **WHO})
    assert git(kept, "show", "--name-only", "--format=", "HEAD").split() == [BIB]
    assert git(kept, "diff", "--cached", "--name-only").split() == ["lettre.txt"]


def test_a_project_in_a_folder_of_a_repository_is_committed_in_its_place(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    root = small_project(tmp_path / "été")
    with asked(root) as client:
        client.post("/history/commit", data={"message": "Début", **WHO})
        assert "Début" in client.get("/history").text
    assert set(git(tmp_path, "-c", "core.quotepath=off", "ls-files").splitlines()) == {
        f"été/{BIB}",
        "été/README.md",
        "été/dossiers/premier-dossier.yaml",
    }


def test_what_the_desk_writes_beside_the_folders_is_in_a_version_too(kept: Path) -> None:
    (kept / "pyproject.toml").write_text("[tool.biblio]\n")
    (kept / "references/.gitkeep").write_text("")
    git(kept, "add", ".")
    git(kept, "commit", "-q", "-m", "Des réglages")
    added = ("biblio-baseline.json", "sources/zotero.json")
    (kept / "sources").mkdir()
    for name in added:
        (kept / name).write_text("{}")
    (kept / "pyproject.toml").write_text('[tool.biblio]\nignore = ["R212"]\n')
    with asked(kept) as client:
        assert "Fichiers changés depuis la dernière version : 3" in client.get("/history").text
        client.post("/history/commit", data={"message": "Le reste", **WHO})
        assert "Tout est dans la dernière version." in client.get("/history").text
        assert set(git(kept, "show", "--name-only", "--format=", "HEAD").split()) == {*added, "pyproject.toml"}
        (kept / "pyproject.toml").write_text("[project]\n")
        (kept / "biblio-baseline.json").unlink()
        client.post("/history/commit", data={"message": "Sans réglages", **WHO})
    changed = git(kept, "diff", "--name-status", "HEAD^", "HEAD").split()
    assert changed == ["D", "biblio-baseline.json", "M", "pyproject.toml"]


def test_the_settings_of_another_program_stay_out(kept: Path) -> None:
    (kept / "pyproject.toml").write_text("[project]\n")
    git(kept, "add", ".")
    git(kept, "commit", "-q", "-m", "Un programme")
    with asked(kept) as client:
        for change in ("[project]\nname = 'a'\n", ""):
            (kept / "pyproject.toml").write_text(change)
            assert "Tout est dans la dernière version." in client.get("/history").text
        (kept / "pyproject.toml").unlink()
        assert "Tout est dans la dernière version." in client.get("/history").text


def test_ignored_files_stay_out(kept: Path) -> None:
    (kept / ".gitignore").write_text("references/brouillon.bib\n")
    (kept / "references/brouillon.bib").write_text("@book{b, title = {Deux}}\n")
    with asked(kept) as client:
        assert "Tout est dans la dernière version." in client.get("/history").text


def test_nothing_is_committed_while_a_merge_is_under_way(kept: Path) -> None:
    (kept / BIB).write_text("@book{a, title = {Un}}\n")
    (kept / ".git/MERGE_HEAD").write_text(git(kept, "rev-parse", "HEAD"))
    with asked(kept) as client:
        answer = client.post("/history/commit", data={"message": "Un livre", **WHO})
        assert answer.status_code == 422
        assert "fusion" in answer.text
