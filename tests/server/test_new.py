"""A new reference: typed, pasted, or found by its identifier, and shown before it is added."""

from __future__ import annotations

import html
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from online.servers import PUBLIC, serving
from online.services import services
from server.desks import HX, Asked, asked, small_project

from biblio.online import setup
from biblio.online.client import Client
from biblio.online.wire import Wire
from biblio.server import adding

BIB = "references/exemple.bib"
RIS = "TY  - BOOK\nAU  - Dupont, Jean\nTI  - Un livre\nPY  - 2021\nER  - \n"
TYPED = {
    "type": "book",
    "field": ["title", "author", "date"],
    "title": "Un livre",
    "date": "2021",
    "author:family": "Dupont",
    "author:given": "Jean",
    "author:particle": "",
    "author:suffix": "",
    "author:literal": "",
    "author:typed": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


@pytest.fixture
def client(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """A desk for which every host is public and leads to one server."""
    with serving(services) as served, monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        patch.setattr(setup, "Wire", lambda proxy: Wire(proxy, served.transport))
        patch.setattr(setup, "resolved", lambda host, port: (PUBLIC,))  # noqa: ARG005
        patch.setattr(Client, "sleep", staticmethod(lambda seconds: None))  # noqa: ARG005
        with asked(root) as made:
            yield made


def read(root: Path, name: str = BIB) -> str:
    return (root / name).read_text("utf-8")


def taken(answer: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'name="take" value="([^"]*)"', answer)]


def test_the_form_has_the_fields_of_the_type_that_is_chosen(client: Asked) -> None:
    assert "journaltitle" in client.get("/reference/new?type=article").text
    assert "eventdate" in client.get("/reference/new?type=proceedings").text
    assert 'data-field="' not in client.get("/reference/new").text


def test_what_is_typed_is_shown_and_then_added(root: Path, client: Asked) -> None:
    before = read(root)
    seen = client.post("/reference/new/look", data=TYPED).text
    assert "Clé proposée : dupont-2021-livre" in seen
    assert "Un livre" in seen
    assert read(root) == before
    answer = client.post("/reference/new/add", data={**TYPED, "into": BIB, "new-key": ""}, headers=HX)
    assert answer.headers["hx-redirect"] == "/reference?key=dupont-2021-livre"
    assert read(root).startswith(before)
    assert "@book{dupont-2021-livre,\n  author           = {Dupont, Jean},\n" in read(root)
    again = client.post("/reference/new/look", data=TYPED).text
    assert "probablement déjà dans la collection" in again
    assert 'href="/reference?key=dupont-2021-livre"' in again
    client.post("/undo")
    assert read(root) == before


@pytest.mark.parametrize(
    "typed",
    [
        {"field": ["doi"], "doi": "10.1234/ABC"},
        {"field": ["title", "date"], "title": "Un très long titre à soi seul", "date": "2020"},
    ],
)
def test_of_a_large_collection_those_that_are_near_are_compared(
    root: Path, client: Asked, monkeypatch: pytest.MonkeyPatch, typed: dict[str, str | list[str]]
) -> None:
    monkeypatch.setattr(adding, "FEW", 0)
    same = "@book{tout-autre, title = {Un très long titre à soi seule}, date = {2020}, doi = {10.1234/abc}}\n"
    text = same + "@book{loin, title = {Loin de là}}\n"
    (root / "references/z.bib").write_text(text, encoding="utf-8")
    client.portal.call(client.desk.changed)  # type: ignore[union-attr]
    seen = client.post("/reference/new/look", data={"type": "book", **typed}).text
    assert 'href="/reference?key=tout-autre"' in seen


@pytest.mark.parametrize(
    "into", ["../x.bib", "references/../../x.bib", "/tmp/x.bib", "dossiers/x.bib", "references/x.txt"]
)
def test_nothing_is_added_outside_the_references(root: Path, client: Asked, into: str) -> None:
    before = sorted(root.rglob("*"))
    answer = client.post("/reference/new/add", data={**TYPED, "into": into})
    assert answer.status_code == 422
    assert sorted(root.rglob("*")) == before


def test_a_new_file_is_made_for_the_first_reference(root: Path, client: Asked) -> None:
    client.post("/reference/new/add", data={**TYPED, "into": "references/nouvelles.bib"})
    assert read(root, "references/nouvelles.bib").startswith("@book{dupont-2021-livre,")
    client.post("/undo")
    assert not (root / "references/nouvelles.bib").exists()


def test_what_is_pasted_is_shown_and_nobody_is_asked(root: Path, client: Asked) -> None:
    shown = client.post("/reference/new/found", data={"pasted": RIS}).text
    (take,) = taken(shown)
    assert "Ajouter « Un livre »" in shown
    assert client.post("/reference/new/add-found", data={"take": take, "into": BIB}).status_code == 200
    assert "@book{dupont-2021-livre," in read(root)
    assert "probablement déjà" in client.post("/reference/new/found", data={"pasted": RIS}).text


def test_identifiers_are_asked_about_one_by_one_and_shown(root: Path, client: Asked) -> None:
    shown = client.post("/reference/new/found", data={"pasted": "voir 10.1684/ers.2019.1277 et 978-2-07-036822-8"}).text
    assert "Recherche de DOI 10.1684/ers.2019.1277" in shown
    assert "Recherche de ISBN 9782070368228" in shown
    found = client.post("/reference/new/lookup", data={"scheme": "DOI", "value": "10.1684/ers.2019.1277"}).text
    assert "Source : Crossref" in found
    client.post("/reference/new/add-found", data={"take": taken(found), "into": BIB})
    assert "@article{harpet-2019-contrats-locaux-sante," in read(root)


def test_an_identifier_that_nobody_knows_is_said(client: Asked) -> None:
    found = client.post("/reference/new/lookup", data={"scheme": "DOI", "value": "10.9999/none"}).text
    assert "10.9999/none" in found
    assert taken(found) == []


def test_a_text_without_any_is_said(client: Asked) -> None:
    assert 'class="fault warning"' in client.post("/reference/new/found", data={"pasted": "rien du tout"}).text


def test_without_a_network_it_is_said(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(Client, "sleep", staticmethod(lambda seconds: None))  # noqa: ARG005
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("BIBLIO_PROXY", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        with asked(root) as client:
            found = client.post("/reference/new/lookup", data={"scheme": "DOI", "value": "10.1684/ers.2019.1277"})
    assert found.status_code == 200
    assert taken(found.text) == []
    assert "api.crossref.org" in found.text
