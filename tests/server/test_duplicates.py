"""Probable duplicates at the desk: two become one in every file and dossier, or are remembered as two documents."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from server.desks import HX, Asked, asked, small_project

from biblio.check.config import configuration
from biblio.project.project import Project

BIB = """@article{a-2020,
  title    = {Promouvoir la santé au village},
  author   = {Durand, Anne},
  date     = {2020},
  doi      = {10.1000/V},
  keywords = {santé},
  pages    = {1-9},
}

% relu
@report{b-2020,
  title       = {Promouvoir la santé au village},
  author      = {Durand, Anne},
  date        = {2020},
  doi         = {10.1000/v},
  keywords    = {ville, santé},
  institution = {Agence},
  pages       = {1-12},
  note        = {Lu},
}
"""
SPEC = """# à garder
title: Un dossier
date: 2020-01
publisher: Centre
sections:
  - title: Une
    references: [b-2020, c] # ici
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "p")
    (root / "references/exemple.bib").write_text(BIB)
    (root / "references/autre.bib").write_text("@book{c, title={Autre}, related={b-2020}, date={2019}}\n")
    (root / "dossiers/premier-dossier.yaml").write_text(SPEC)
    return root


def listed(client: Asked, address: str = "/duplicates") -> str:
    """The list, once the references are compared."""
    for _ in range(200):
        text = str(client.get(address).text)
        if "<progress" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError(text)


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_two_references_of_one_document_are_listed(root: Path) -> None:
    before = contents(root)
    with asked(root) as client:
        text = listed(client)
        assert "Paires à regarder : 1" in text
        assert "même DOI" in text
        assert "kept=a-2020&amp;lost=b-2020" in text
        assert text.count("Promouvoir la santé au village") == 2
    assert contents(root) == before


def test_they_stand_side_by_side_and_become_one_everywhere_in_one_step(root: Path) -> None:
    before = contents(root)
    with asked(root) as client:
        text = str(client.get("/duplicates/pair?kept=a-2020&lost=b-2020").text)
        boxes = dict(re.findall(r'name="take" value="([\w-]+)"( checked)?', text))
        assert boxes == {
            "entrytype": "",
            "pages": "",
            "keywords": " checked",
            "note": " checked",
            "institution": " checked",
        }
        assert "santé, ville" in text
        assert "pas dans ce type" in text  # an article has no institution
        assert "Dossiers où la clé « b-2020 » est remplacée : premier-dossier." in text
        sent = {"kept": "a-2020", "lost": "b-2020", "version": str(client.desk.version)}
        data = {
            **sent,
            "brings": ["keywords", "note", "institution"],
            "take": ["keywords", "entrytype", "pages", "institution"],
        }
        answer = client.post("/duplicates/unite", data=data, headers=HX)
        assert answer.headers["hx-redirect"] == "/duplicates"
        library = Project(root).library.value
        one = library.get("b-2020")
        assert one is not None
        assert (one.citekey, one.entry_type) == ("a-2020", "report")
        assert (one.raw["pages"], one.raw["keywords"], one.raw["institution"]) == ("1-12", "santé, ville", "Agence")
        assert "note" not in one.raw
        assert (root / "dossiers/premier-dossier.yaml").read_text() == SPEC.replace("b-2020", "a-2020")
        assert "related={a-2020}" in (root / "references/autre.bib").read_text()
        assert "% relu" in (root / "references/exemple.bib").read_text()
        assert "Aucun doublon probable" in listed(client)
        client.post("/undo")
        assert "Paires à regarder : 1" in listed(client)
    assert contents(root) == before


def test_a_dossier_that_spells_the_lost_key_in_other_capitals_follows(root: Path) -> None:
    (root / "dossiers/premier-dossier.yaml").write_text(SPEC.replace("b-2020", "B-2020"))
    with asked(root) as client:
        text = str(client.get("/duplicates/pair?kept=a-2020&lost=b-2020").text)
        assert "Dossiers où la clé « b-2020 » est remplacée : premier-dossier." in text
        data = {"kept": "a-2020", "lost": "b-2020", "version": str(client.desk.version)}
        assert client.post("/duplicates/unite", data=data, headers=HX).headers["hx-redirect"] == "/duplicates"
    assert (root / "dossiers/premier-dossier.yaml").read_text() == SPEC.replace("b-2020", "a-2020")


def test_what_was_not_looked_at_is_not_united(root: Path) -> None:
    before = contents(root)
    with asked(root) as client:
        data = {"kept": "a-2020", "lost": "b-2020", "version": "0"}
        assert client.post("/duplicates/unite", data=data, headers=HX).status_code == 409
    assert contents(root) == before


def test_all_of_one_doi_are_united_at_once_where_nothing_contradicts(root: Path) -> None:
    (root / "references/exemple.bib").write_text(
        BIB + "@book{d, title={Tout autre titre}, doi={10.1/d}}\n"
        "@book{e, title={Tout autre titre}, doi={10.1/D}, date={2001}}\n"
        "@book{f, title={Tout autre titre}, doi={10.1/d}, location={Paris}, publisher={Seuil}}\n"
    )
    with asked(root) as client:
        text = listed(client)
        assert "Paires de même DOI où rien ne se contredit : 2." in text
        assert "disent des choses différentes (1)" in text
        answer = client.post("/duplicates/dois", headers=HX)
        assert "Fait : la réunion de 2 doublons." in answer.text
        library = Project(root).library.value
        one = library.get("d")
        assert one is not None
        assert (one.citekey, one.raw["date"], one.raw["publisher"]) == ("f", "2001", "Seuil")
        assert [each.citekey for each in library] == ["c", "a-2020", "b-2020", "f"]
        client.post("/duplicates/dois", data={"differing": "1"}, headers=HX)
        assert [each.citekey for each in Project(root).library.value] == ["c", "b-2020", "f"]


def test_two_documents_are_remembered_in_the_settings(root: Path) -> None:
    with asked(root) as client:
        assert "Paires à regarder : 1" in listed(client)
        answer = client.post("/duplicates/differ", data={"first": "a-2020", "second": "b-2020"}, headers=HX)
        assert answer.status_code == 204
        assert "Aucun doublon probable" in listed(client)
        assert configuration(root).accepted_pairs == {frozenset({"a-2020", "b-2020"})}
        client.post("/undo")
        assert not (root / "biblio.toml").exists()
        assert "Paires à regarder : 1" in listed(client)


def test_settings_that_cannot_be_changed_are_left_alone(root: Path) -> None:
    (root.parent / "biblio.toml").write_text("ignore = []\n")
    with asked(root) as client:
        answer = client.post("/duplicates/differ", data={"first": "a-2020", "second": "b-2020"}, headers=HX)
        assert answer.status_code == 422
        assert "accepted-duplicates" in answer.text
    assert (root.parent / "biblio.toml").read_text() == "ignore = []\n"


def test_an_unknown_key_is_said(root: Path) -> None:
    with asked(root) as client:
        answer = client.get("/duplicates/pair?kept=a-2020&lost=<b>")
        assert answer.status_code == 422
        assert "&lt;b&gt;" in answer.text
