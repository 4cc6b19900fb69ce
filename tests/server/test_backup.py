"""The backup at the desk: taken away, and taken back once it was looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from server.desks import HX, asked, small_project

from biblio.editing.backup import backup_of, read_backup


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_backup_is_a_file_to_download(root: Path) -> None:
    before = contents(root)
    with asked(root) as client:
        assert "Télécharger la sauvegarde" in client.get("/backup").text
        answer = client.get("/backup/file")
        assert answer.headers["content-type"] == "application/zip"
        assert re.fullmatch(r'attachment; filename="p-\d{4}-\d\d-\d\d\.zip"', answer.headers["content-disposition"])
        assert read_backup(answer.content, "") == read_backup(backup_of(root).content, "")
    assert contents(root) == before


def test_in_an_empty_folder_it_is_taken_back_at_once(root: Path, tmp_path: Path) -> None:
    content = backup_of(root).content
    (tmp_path / "neuf").mkdir()
    with asked(tmp_path / "neuf") as client:
        assert "restaurer un projet d&#39;après sa sauvegarde" in client.get("/start").text
        answer = client.post("/backup", files={"file": ("s.zip", content)})
        assert "La sauvegarde est restaurée. Ajoutés : 3 ; remplacés : 0." in answer.text
    restored = contents(tmp_path / "neuf")
    assert restored == {name: content for name, content in contents(root).items() if name != ".gitignore"}


def test_over_a_project_it_is_shown_first_and_undone_at_once(root: Path) -> None:
    content = backup_of(root).content
    (root / "references/exemple.bib").write_text("@book{autre}")
    (root / "references/plus.bib").write_text("@book{plus}")
    before = contents(root)
    with asked(root) as client:
        answer = client.post("/backup", files={"file": ("s.zip", content)}, follow_redirects=False)
        assert answer.status_code == 303
        text = client.get(answer.headers["location"]).text
        assert "Fichiers remplacés : 1" in text
        assert "Fichiers identiques, laissés comme ils sont : 2" in text
        assert "Fichiers de ce projet que la sauvegarde n&#39;a pas, gardés : 1" in text
        assert contents(root) == before
        sent = dict(re.findall(r'<input[^>]*name="(\w+)" value="([^"]*)"', text))
        taken = client.post("/backup/take", data={**sent, "version": "0"}, headers=HX)
        assert "changed=1" in taken.headers["hx-redirect"]
        assert contents(root) == before
        taken = client.post("/backup/take", data=sent, headers=HX)
        assert "Ajoutés : 0 ; remplacés : 1." in client.get(taken.headers["hx-redirect"]).text
        assert (root / "references/exemple.bib").read_bytes() == read_backup(content, "")["references/exemple.bib"]
        assert (root / "references/plus.bib").exists()
        client.post("/undo")
    assert contents(root) == before


@pytest.mark.parametrize("content", [b"", b"%PDF", b"PK\x03\x04" + b"x" * 50])
def test_what_is_no_backup_is_refused_in_words(root: Path, content: bytes) -> None:
    before = contents(root)
    with asked(root) as client:
        answer = client.post("/backup", files={"file": ("<b>.zip", content)})
        assert answer.status_code == 422
        assert "n&#39;est pas la sauvegarde d&#39;un projet" in answer.text
        assert "<b>" not in answer.text
    assert contents(root) == before


def test_a_form_without_a_file_is_said(root: Path) -> None:
    with asked(root) as client:
        answer = client.post("/backup", files={"file": ("", b"")})
        assert answer.status_code == 422
        assert "Aucun fichier n&#39;a été choisi" in answer.text
