"""What is done with the references that are chosen: each deed is one step, and leaves everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from server.desks import Asked, asked, small_project

from biblio.online.enrich import Enrichment
from biblio.online.identifiers import Identifier, Scheme
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.server.screens import chosen

BIB = """% un commentaire
@book{un,
  title    = {Un livre},
  keywords = {cls; Autre chose},
  date     = {2019},
}

@article{deux, title = {Deux}, doi = {10.1000/182}} % fin
@misc{trois, title = {Trois}, keywords = {Contrats locaux de santé}}
"""
OTHER = "@book{quatre, title = {Quatre}, audience = {élus}}\n"
THEMES = "cls: {fr: Contrats locaux de santé, en: Local health contracts, also: [Contrats locaux de santé]}\n"
SPEC = "title: D\ndate: 2024\npublisher: P\nsections:\n  - title: Première\n    references: [un]\n  - title: Seconde\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = small_project(tmp_path / "p")
    for place in (*folder.glob("references/*"), *folder.glob("dossiers/*")):
        place.unlink()
    (folder / "references/a.bib").write_text(BIB, "utf-8")
    (folder / "references/b.bib").write_text(OTHER, "utf-8")
    (folder / "references/themes.yaml").write_text(THEMES, "utf-8")
    (folder / "dossiers/d.yaml").write_text(SPEC, "utf-8")
    return folder


@pytest.fixture
def client(root: Path) -> Iterator[Asked]:
    with asked(root) as client:
        yield client


def post(client: Asked, deed: str, *keys: str, **fields: str) -> str:
    answer = client.post(f"/collection/chosen{deed}", data={"keys": "\n".join(keys), **fields})
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def both(root: Path) -> str:
    return "".join((root / f"references/{name}.bib").read_text("utf-8") for name in "ab")


def test_a_theme_is_added_where_it_is_not_yet_by_whatever_name(client: Asked, root: Path) -> None:
    text = post(client, "/theme", "un", "deux", "trois", "quatre", word="cls")
    assert "thème « cls » ajouté à 2 références" in text
    expected = BIB.replace("doi = {10.1000/182}", "doi = {10.1000/182}, keywords = {cls}")
    assert both(root) == expected + OTHER.replace("{élus}", "{élus}, keywords = {cls}")
    client.post("/undo")
    assert both(root) == BIB + OTHER


def test_a_keyword_joins_others_as_they_are_joined(client: Asked, root: Path) -> None:
    assert "1 référence" in post(client, "/theme", "deux", word="local HEALTH contracts")  # the label of a theme
    assert "keywords = {cls}}" in both(root)
    post(client, "/theme", "un", word="Santé & ville, ici")
    assert "{cls; Autre chose; {Santé \\& ville, ici}}" in both(root)
    assert next(iter(Project(root).library.value)).keyword == ("cls", "Autre chose", "Santé & ville, ici")


def test_a_theme_is_taken_away_by_whatever_name(client: Asked, root: Path) -> None:
    assert "retiré de 2 références" in post(client, "/theme/drop", "un", "deux", "trois", word="cls")
    assert (
        both(root)
        == BIB.replace("{cls; Autre chose}", "{Autre chose}").replace(
            "{Trois}, keywords = {Contrats locaux de santé}", "{Trois}"
        )
        + OTHER
    )
    assert "Il n&#39;y avait rien à changer." in post(client, "/theme/drop", "quatre", word="cls")


def test_a_field_is_set_where_it_lacks_or_everywhere_or_emptied(client: Asked, root: Path) -> None:
    assert "« Public » de 1 référence" in post(
        client, "/field", "un", "quatre", name="audience", value="tous", lacking="1"
    )
    assert "date     = {2019},\n  audience = {tous},\n" in both(root)
    assert "{élus}" in both(root)
    post(client, "/field", "un", "quatre", name="audience", value="jeunes")
    assert both(root).count("audience = {jeunes}") == 2
    post(client, "/field", "un", "quatre", name="audience", value="")
    assert both(root) == BIB + "@book{quatre, title = {Quatre}}\n"


def test_a_value_that_cannot_stand_there_changes_nothing(client: Asked, root: Path) -> None:
    answer = client.post("/collection/chosen/field", data={"keys": "un\nquatre", "name": "audience", "value": "a}"})
    assert answer.status_code == 422
    assert both(root) == BIB + OTHER


def test_a_removal_says_first_in_which_dossiers_they_stand(client: Asked, root: Path) -> None:
    text = post(client, "", "un", "trois", do="remove")
    assert "Supprimer ces 2 références ?" in text
    assert "Une d&#39;elles figure dans un dossier :" in text
    assert re.search(r"Un livre.*?/dossier/d", text, re.DOTALL)
    assert both(root) == BIB + OTHER
    assert "2 références supprimées" in post(client, "/remove", "un", "trois", lists="on")
    assert "un" not in (root / "dossiers/d.yaml").read_text("utf-8").split("sections")[1]
    assert [each.citekey for each in Project(root).library.value] == ["deux", "quatre"]
    assert "% un commentaire" in both(root)
    client.post("/undo")
    assert both(root) == BIB + OTHER
    assert (root / "dossiers/d.yaml").read_text("utf-8") == SPEC


def test_references_are_put_into_a_section(client: Asked, root: Path) -> None:
    text = post(client, "", "deux", do="place")
    assert '<option value="d sections.1">Seconde</option>' in text
    assert "2 références mises dans « Seconde »" in post(client, "/place", "deux", "trois", target="d sections.1")
    listed = "    references: [un]\n  - title: Seconde\n    references:\n      - deux\n      - trois\n"
    assert (root / "dossiers/d.yaml").read_text("utf-8").endswith(listed)
    assert "Elles y étaient déjà." in post(client, "/place", "trois", target="d sections.1")


def test_an_export_has_those_that_are_chosen(client: Asked) -> None:
    assert "Une liste de notices en Markdown" in post(client, "", "un", do="export")
    answer = client.post("/collection/chosen/export", data={"keys": "quatre\nun", "format": "ris"})
    assert answer.headers["content-disposition"] == 'attachment; filename="references.ris"'
    assert re.findall(r"TI  - ([^\r\n]+)", answer.text) == ["Quatre", "Un livre"]
    assert client.post("/collection/chosen/export", data={"keys": "un", "format": "zip"}).status_code == 422


def test_an_unknown_key_is_said(client: Asked) -> None:
    assert client.post("/collection/chosen/remove", data={"keys": "cinq"}).status_code == 422
    assert client.post("/collection/chosen/theme", data={"keys": "", "word": "cls"}).status_code == 204


def test_catalogues_are_asked_shown_and_written(client: Asked, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(reference: Reference, identifier: Identifier, _: object) -> Enrichment:
        assert identifier == Identifier(Scheme.DOI, "10.1000/182")
        return Enrichment(reference, identifier, "Crossref", {"volume": "3", "number": "2"})

    monkeypatch.setattr(chosen, "enrichment", found)
    assert "1 référence a un DOI" in post(client, "", "un", "deux", do="enrich")
    text = post(client, "/ask", "un", "deux")
    name = re.search(r"asked\?name=([\w-]+)", text)
    assert name
    shown = client.get(f"/collection/chosen/asked?name={name[1]}").text
    while "chosen-far" in shown:
        shown = client.get(f"/collection/chosen/asked?name={name[1]}").text
    assert "Trouvé pour 1 référence" in shown
    assert both(root) == BIB + OTHER
    text = post(client, "/complete", name=name[1], take="deux volume")
    assert "1 référence complétée" in text
    assert both(root) == BIB.replace("182}", "182}, volume = {3}") + OTHER
