"""The type of a reference, its key, its sections and its end."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from pathlib import Path

import pytest
from server.desks import HX, asked, small_project

BIB = "references/exemple.bib"
SPEC = "dossiers/premier-dossier.yaml"
KEY = "exemple-2024-article"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


def read(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def test_another_type_says_what_it_no_longer_prints_and_loses_nothing(root: Path) -> None:
    before = read(root, BIB)
    with asked(root) as client:
        lost = client.get(f"/reference/type?key={KEY}&type=online&dossier=premier-dossier").text
        assert "Numéro" in lost
        assert read(root, BIB) == before
        answer = client.post("/reference/type", data={"key": KEY, "type": "online"}, headers=HX)
        assert answer.headers["hx-redirect"] == f"/reference?key={KEY}"
        assert read(root, BIB) == before.replace("@article", "@online")
        client.post("/undo")
    assert read(root, BIB) == before


def test_another_key_is_that_of_the_dossiers_too_and_the_old_one_still_leads_there(root: Path) -> None:
    spec = read(root, SPEC)
    with asked(root) as client:
        answer = client.post("/reference/key", data={"key": KEY, "new": "dupont-2024"}, headers=HX)
        assert answer.headers["hx-redirect"] == "/reference?key=dupont-2024"
        assert "@article{dupont-2024," in read(root, BIB)
        assert read(root, SPEC) == spec.replace(KEY, "dupont-2024")
        assert "dupont-2024" in client.get(f"/reference?key={KEY}").text
        client.post("/undo")
    assert read(root, SPEC) == spec


def test_another_key_leaves_the_mark_and_the_line_ends_of_a_dossier(root: Path) -> None:
    spec = BOM_UTF8 + (root / SPEC).read_bytes().replace(b"\n", b"\r\n")
    (root / SPEC).write_bytes(spec)
    with asked(root) as client:
        client.post("/reference/key", data={"key": KEY, "new": "dupont-2024"})
    assert (root / SPEC).read_bytes() == spec.replace(KEY.encode(), b"dupont-2024")


def test_a_key_of_another_reference_is_refused(root: Path) -> None:
    before = read(root, BIB)
    (root / "references/z.bib").write_text("@book{autre, title = {Autre}}\n")
    with asked(root) as client:
        answer = client.post("/reference/key", data={"key": KEY, "new": "autre"})
        assert answer.status_code == 422
        assert "mène déjà à une autre entrée" in answer.text
    assert read(root, BIB) == before


def test_a_reference_is_put_into_sections_and_taken_out_of_others(root: Path) -> None:
    spec = read(root, SPEC)
    with asked(root) as client:
        shown = client.get(f"/reference/standing?key={KEY}").text
        assert re.findall(r'value="([\w.]+)"( checked)?> <span>', shown) == [
            ("sitography", ""),
            ("sections.0", " checked"),
        ]
        (stamp,) = re.findall(r'name="stamp:premier-dossier" value="(\w+)"', shown)
        sent = {
            "key": KEY,
            "slug": "premier-dossier",
            "stamp:premier-dossier": stamp,
            "in:premier-dossier": ["sitography"],
        }
        assert client.post("/reference/place", data=sent).status_code == 200
        after = read(root, SPEC)
        assert f"[exemple-site, {KEY}]" in after
        assert "[exemple-2023-rapport]" in after
        # The sections were chosen in a spec that is another one by now.
        assert client.post("/reference/place", data=sent).status_code == 409
        client.post("/undo")
    assert read(root, SPEC) == spec


def test_where_a_reference_stands_is_said_before_it_is_deleted(root: Path) -> None:
    bib, spec = read(root, BIB), read(root, SPEC)
    with asked(root) as client:
        assert "Mon premier dossier › Pour commencer" in client.get(f"/reference/delete?key={KEY}").text
        answer = client.post("/reference/delete", data={"key": KEY, "lists": "on"}, headers=HX)
        assert answer.headers["hx-redirect"] == "/collection"
        assert KEY not in read(root, BIB)
        assert KEY not in read(root, SPEC)
        client.post("/undo")
    assert (read(root, BIB), read(root, SPEC)) == (bib, spec)


def test_the_text_of_a_reference_is_shown_as_it_is(root: Path) -> None:
    (root / "references/z.bib").write_text("@book{z, title = {<b>Un</b>}, % note\n}\n")
    with asked(root) as client:
        assert "@book{z, title = {&lt;b&gt;Un&lt;/b&gt;}, % note\n}" in client.get("/reference/source?key=z").text


def test_the_words_that_are_offered_are_those_of_the_collection(root: Path) -> None:
    with asked(root) as client:
        assert 'value="' in client.get("/reference/words?of=keywords").text
        assert client.get("/reference/words?of=title").text.strip() == ""
