"""A dossier that a colleague corrected in Word, dropped on the desk: its corrections are shown, chosen and written."""

from __future__ import annotations

from pathlib import Path

from importing.test_corrected import SLUG, opened, saved, the
from server.desks import HX, asked, real_project
from server.test_import import drop, fields, shown

from biblio.project.project import Project


def test_corrections_are_shown_then_written_in_one_step(tmp_path: Path) -> None:
    root = real_project(tmp_path / "p")
    document = opened()
    paragraph = the(document, "Notice Annotation", "Au nom de quoi")
    paragraph.runs[0].text = paragraph.text.replace("population à part", "population « à part »")
    for run in paragraph.runs[1:]:
        run.text = ""
    before = {path: path.read_bytes() for path in (root / "references").iterdir()}
    with asked(root) as client:
        address = drop(client, ("corrigé.docx", saved(document)))
        text = shown(client, address)
        assert "Corrections du dossier « " in text
        assert "avuf-2024-etudiants : annotation" in text
        assert "Ajouter à la collection" not in text
        assert 'name="correction" value="0" checked' in text
        assert "Ajouter à la collection" in shown(client, f"{address}&list=1")
        sent = {**fields(text, "/import/corrections"), "correction": "0"}
        answer = client.post("/import/corrections", data=sent, headers=HX)
        assert "Corrections écrites : 1." in client.get(answer.headers["hx-redirect"]).text
        reference = Project(root).library.value.get("avuf-2024-etudiants")
        assert reference is not None
        assert "population « à part »" in reference.raw["annotation"]
        client.post("/undo")
    assert {path: path.read_bytes() for path in (root / "references").iterdir()} == before


def test_a_document_that_nobody_touched_has_nothing_to_correct(tmp_path: Path) -> None:
    root = real_project(tmp_path / "p")
    with asked(root) as client:
        text = shown(client, drop(client, (f"{SLUG}.docx", saved(opened()))))
        assert "il n&#39;y a rien à corriger" in text
