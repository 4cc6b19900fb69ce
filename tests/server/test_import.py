"""The import at the desk: what is dropped is shown first, chosen record by record, and added in one step."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import NoReturn

import pytest
from server.desks import HX, Asked, asked, small_project

from biblio.collection.bulk import in_steps
from biblio.project.project import Project
from biblio.server import bringing
from biblio.server.pending import MOST, PATIENCE, Pending
from biblio.words.faults import BiblioError

RIS = """TY  - JOUR
AU  - Durand, Anne
TI  - Promouvoir la santé au village
JO  - Revue rurale
PY  - 2021
DO  - 10.1000/village
ER  -
TY  - BOOK
AU  - Petit, Luc
TI  - Manuel de l'éducation populaire
PY  - 2019
ER  -
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


def drop(client: Asked, *files: tuple[str, str | bytes], pasted: str = "") -> str:
    """Drops files, and gives the address where they are shown."""
    sent = [("files", (name, content)) for name, content in files] or [("files", ("", b""))]
    answer = client.post("/import", files=sent, data={"pasted": pasted}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def shown(client: Asked, address: str) -> str:
    """The page of what was dropped, once it is read."""
    for _ in range(100):
        text = str(client.get(address).text)
        if "/import/part" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError(text)


def fields(text: str, action: str) -> dict[str, str]:
    """What a form of a page sends."""
    form = re.search(rf'<form[^>]*"{action}".*?</form>', text, re.DOTALL)
    assert form, text
    sent = dict(re.findall(r'<input[^>]*name="(\w+)" value="([^"]*)"', form[0]))
    if "into" in form[0]:
        chosen = re.search(r"<option selected>([^<]*)<", form[0])
        sent["into"] = chosen[1] if chosen else ""
        if not re.search(r'name="dossier"[^>]* checked', form[0]):
            sent.pop("dossier", None)
    return sent


def choose(client: Asked, text: str, number: int, what: str, **more: str | list[str]) -> str:
    sent = {**fields(text, "/import/add"), "number": str(number), "what": what, **more}
    answer = client.post("/import/choose", data=sent, headers=HX)
    assert answer.status_code == 200, answer.headers
    return str(answer.text)


def add(client: Asked, text: str, **more: str) -> str:
    """Adds what is shown, and gives the page that says so."""
    answer = client.post("/import/add", data={**fields(text, "/import/add"), **more}, headers=HX)
    assert answer.status_code == 204, answer.text
    return str(client.get(answer.headers["hx-redirect"]).text)


def notices(text: str) -> list[str]:
    """The titles of the records of a page."""
    return re.findall(r'<p class="line-title">(?:<[^>]+>)*([^<]+)', text)


def test_a_file_is_shown_then_added_then_undone_in_one_step(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with asked(root) as client:
        text = shown(client, drop(client, ("export.ris", RIS)))
        assert "export.ris" in text
        assert "notices lues : 2" in text
        assert "Nouvelles (2)" in text
        assert notices(text) == ["Promouvoir la santé au village", "Manuel de l’éducation populaire"]
        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before

        done = add(client, text)
        assert "Références ajoutées : 2 ; complétées : 0." in done
        assert "Fichiers écrits : references/exemple.bib." in done
        library = Project(root).library.value
        reference = library.get("durand-2021-promouvoir-sante-village")
        assert reference is not None
        assert reference.imported_from == "export.ris 1"

        client.post("/undo")
        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_text_is_pasted(root: Path) -> None:
    with asked(root, "en") as client:
        text = shown(client, drop(client, pasted="@book{un, title={Soigner}, author={Petit, Luc}, date={2020}}"))
        assert "pasted text" in text
        assert notices(text) == ["Soigner"]
        add(client, text)
    assert "un" in Project(root).library.value


def test_what_is_there_already_is_left_completed_or_added_beside(root: Path) -> None:
    (root / "references/exemple.bib").write_text(
        "@article{la, title={Titre, long et clair}, date={2020}, doi={10.1/x}}"
    )
    bib = "@article{ici, title={Titre, long et clair}, date={2020}, doi={10.1/x}, journaltitle={Revue}}"
    with asked(root) as client:
        text = shown(client, drop(client, ("autre.bib", bib)))
        assert "Déjà dans la collection (1)" in text
        assert "c&#39;est « la » (même DOI)" in text
        assert "À ajouter : 0 ; références à compléter : 0 ; déjà dans la collection : 1." in text
        assert re.search(r'id="import-add"[^>]* disabled', text)

        beside = choose(client, text, 0, "keep")
        assert "ajoutée à côté" in beside
        assert "À ajouter : 1 ; références à compléter : 0" in beside
        completed = choose(client, text, 0, "merge")
        assert "complète une référence" in completed
        assert "À ajouter : 0 ; références à compléter : 1" in completed
        assert "Références ajoutées : 0 ; complétées : 1." in add(client, text)
    reference = Project(root).library.value.get("la")
    assert reference is not None
    assert reference.raw["journaltitle"] == "Revue"
    assert "ici" in reference.keys


def test_the_fields_of_both_stand_side_by_side_and_each_is_chosen(root: Path) -> None:
    (root / "references/exemple.bib").write_text(
        "@article{la, title={Titre, long et clair}, year={2020}, doi={10.1/x}, pages={1-9}, keywords={santé}}"
    )
    bib = (
        "@article{la, title={Titre, long et clair}, date={2020-05}, doi={10.1/x}, pages={1-12}, keywords={ville}, "
        "volume={3}}"
    )
    with asked(root) as client:
        text = shown(client, drop(client, ("autre.bib", bib)))
        assert "Comparer les deux" in text
        assert 'name="take"' not in text
        completed = choose(client, text, 0, "merge", brings="volume")
        assert boxes(completed) == {"date": False, "pages": False, "keywords": True, "volume": False}
        assert "santé, ville" in completed
        chosen = choose(client, text, 0, "merge", brings=["keywords", "volume"], take=["date", "keywords"])
        assert boxes(chosen) == {"date": True, "pages": False, "keywords": True, "volume": False}
        add(client, text)
    reference = Project(root).library.value.get("la")
    assert reference is not None
    raw = {name: value for name, value in reference.raw.items() if name != "importedfrom"}
    assert raw == {
        "title": "Titre, long et clair",
        "date": "2020-05",
        "doi": "10.1/x",
        "pages": "1-9",
        "keywords": "santé, ville",
    }


def boxes(text: str) -> dict[str, bool]:
    """The fields that can be taken, and whether they are."""
    found = re.findall(r'name="take" value="(\w+)"( checked)?', text)
    return {name: bool(checked) for name, checked in found if name != "importedfrom"}


def test_the_columns_of_a_table_are_guessed_and_mended(root: Path) -> None:
    table = "Titre;Auteur;Machin\nSoigner au village;Durand, Anne;Presses rurales\nSoigner en ville;Petit, Luc;Ville\n"
    with asked(root) as client:
        address = drop(client, ("tableau.csv", table))
        text = shown(client, address)
        assert "Ce que contient chaque colonne" in text
        assert notices(text) == ["Soigner au village", "Soigner en ville"]
        form = re.search(r'hx-post="/import/columns".*?</form>', text, re.DOTALL)
        assert form
        guessed = re.findall(r'<option value="([\w-]+)" selected>([^<]*)<', form[0])
        assert guessed == [("title", "Titre"), ("author", "Auteurs"), ("keep", "Garder tel quel")]
        assert "Presses rurales" in form[0]
        sent = {
            name: re.findall(rf'name="{name}" value="([^"]*)"', form[0]) for name in ("heading", "letter", "separator")
        }
        data = {"id": fields(text, "/import/add")["id"], **sent, "field": ["title", "author", "publisher"]}
        again = client.post("/import/columns", data=data, headers=HX)
        text = shown(client, again.headers["hx-redirect"])
        assert '<option value="publisher" selected>' in text
        add(client, text)
    publishers = {each.publisher for each in Project(root).library.value}
    assert ("Presses rurales",) in publishers


def test_a_thesaurus_becomes_themes_branch_by_branch(root: Path) -> None:
    turtle = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x/1> a skos:Concept ; skos:prefLabel "Promotion"@fr .
<http://x/2> a skos:Concept ; skos:prefLabel "Ateliers"@fr ; skos:broader <http://x/1> .
<http://x/3> a skos:Concept ; skos:prefLabel "Autre sujet"@fr .
"""
    with asked(root) as client:
        text = shown(client, drop(client, ("sujets.ttl", turtle)))
        assert "Thèmes nouveaux : 3 ; déjà dans la collection : 0 ; sans nom : 0." in text
        assert "Refusés" not in text
        sent = {**fields(text, "/import/themes"), "branch": ["promotion"]}
        answer = client.post("/import/themes", data=sent, headers=HX)
        assert "Thèmes ajoutés : 2." in client.get(answer.headers["hx-redirect"]).text
        themes = Project(root).themes.value
        assert themes.descendants("promotion") == ("promotion", "ateliers")
        assert themes.find("autre-sujet") == ""
        client.post("/undo")
    assert Project(root).themes.value.find("ateliers") == ""


def test_the_plan_of_a_printed_list_becomes_a_dossier_without_what_was_left_out(root: Path) -> None:
    printed = """# Soins de proximité

12 mars 2023

## Territoire

Article

ROUX Marie, PETIT Paul (et al.)

**La ville et le soin**

*Revue du soin, vol. 18 n° 2, 2019-03, pp. 135-147*

## Guides

Rapport

**Accueillir les patients. Mode d'emploi**

*Agence du soin, 2020, 31 p.*
"""
    with asked(root) as client:
        text = shown(client, drop(client, ("liste.txt", printed)))
        assert "Faire un nouveau dossier du plan de cette liste" in text
        sent = fields(text, "/import/add")
        assert (sent["dossier"], sent["slug"]) == ("1", "liste")
        choose(client, text, 1, "skip")
        add(client, text)
    spec = Project(root).dossier("liste").value
    assert spec is not None
    sections = [(each.title, [word.value for word in each.references]) for each in spec.sections]
    assert sections == [("Territoire", ["roux-2019-ville-soin"]), ("Guides", [])]


def test_one_choice_for_all_that_are_there(root: Path) -> None:
    (root / "references/exemple.bib").write_text(
        "@article{a, title={Premier titre assez long}, doi={10.1/a}}\n"
        "@article{b, title={Deuxième titre assez long}, doi={10.1/b}}\n"
    )
    bib = (
        "@article{a, title={Premier titre assez long}, doi={10.1/a}, date={2020}}\n"
        "@article{b, title={Deuxième titre assez long}, doi={10.1/b}, date={2021}}\n"
    )
    with asked(root) as client:
        address = drop(client, ("x.bib", bib))
        choose(client, shown(client, address), 1, "keep")
        client.post("/import/all", data={**fields(shown(client, address), "/import/add"), "what": "merge"}, headers=HX)
        text = shown(client, address)
        assert "À ajouter : 0 ; références à compléter : 2" in text
        assert text.count("complète une référence") == 2


def test_a_new_record_is_left_out(root: Path) -> None:
    with asked(root) as client:
        address = drop(client, ("export.ris", RIS))
        text = shown(client, address)
        assert "laissée de côté" in choose(client, text, 0, "skip")
        assert "Laissées de côté (1)" in shown(client, address)
        add(client, text)
    keys = Project(root).library.value.citekeys
    assert "petit-2019-manuel-education-populaire" in keys
    assert "durand-2021-promouvoir-sante-village" not in keys


def test_what_is_refused_says_why_and_where(root: Path) -> None:
    with asked(root) as client:
        text = shown(client, drop(client, ("zotero.sqlite", b"SQLite format 3\0" + b"\0" * 600), ("b.ris", RIS)))
        assert "Refusés : 1" in text
        assert "zotero.sqlite" in text
        assert "exportez" in text
        assert "Nouvelles (2)" in text
        alone = shown(client, drop(client, ("rien.bin", bytes(range(256)))))
        assert "Refusés : 1" in alone
        assert "Ajouter à la collection" not in alone
        assert "Importer d&#39;autres fichiers" in alone


def test_new_references_go_into_a_new_file_and_a_dossier(root: Path) -> None:
    with asked(root) as client:
        text = shown(client, drop(client, ("Santé rurale.ris", RIS)))
        done = add(client, text, into="", new="Été à la campagne", dossier="1", slug="Ma santé")
        assert "references/ete-a-la-campagne.bib, dossiers/ma-sante.yaml" in done
        assert 'href="/dossier/ma-sante"' in done
        project = Project(root)
        spec = project.dossier("ma-sante").value
        assert spec is not None
        assert spec.title == "Santé rurale"
        client.post("/undo")
    assert not (root / "references/ete-a-la-campagne.bib").exists()
    assert not (root / "dossiers/ma-sante.yaml").exists()


def test_a_taken_name_of_a_dossier_is_refused_and_nothing_is_written(root: Path) -> None:
    before = (root / "references/exemple.bib").read_bytes()
    with asked(root) as client:
        text = shown(client, drop(client, ("a.ris", RIS)))
        sent = {**fields(text, "/import/add"), "dossier": "1", "slug": "premier-dossier"}
        answer = client.post("/import/add", data=sent, headers=HX)
        assert answer.status_code == 422
        assert "Il y a déjà un dossier de ce nom" in answer.text
    assert (root / "references/exemple.bib").read_bytes() == before


@pytest.mark.parametrize(
    "into", ["../dehors.bib", "/tmp/x.bib", "references/../x.bib", "dossiers/x.bib", "biblio.toml"]
)
def test_no_other_file_can_be_written_into(root: Path, into: str) -> None:
    with asked(root) as client:
        text = shown(client, drop(client, ("a.ris", RIS)))
        answer = client.post("/import/add", data={**fields(text, "/import/add"), "into": into}, headers=HX)
        assert answer.status_code == 422
        assert "n&#39;est pas un fichier de références" in answer.text
    assert not (root.parent / "dehors.bib").exists()
    assert sorted(each.name for each in root.rglob("*.bib")) == ["exemple.bib"]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.ris", "C:\\x\\a.ris", "<script>alert(1)</script>.ris", "\x1b[31m.ris"]
)
def test_the_name_of_a_file_is_shown_and_nothing_else(root: Path, name: str) -> None:
    with asked(root) as client:
        text = shown(client, drop(client, (name, RIS)))
        assert "<script>alert" not in text
        assert "\x1b" not in text
        assert "etc/passwd" not in text
        assert "Nouvelles (2)" in text


def test_markup_of_a_record_is_text(root: Path) -> None:
    bib = "@book{x, title={<img src=x onerror=alert(1)>}, author={{<b>Corps</b>}}, date={2020}}"
    with asked(root) as client:
        text = shown(client, drop(client, ("a.bib", bib)))
        assert "<img src=x" not in text
        assert "&lt;img src=x" in text


def test_a_plan_for_another_collection_is_shown_again(root: Path) -> None:
    with asked(root) as client:
        address = drop(client, ("export.ris", RIS))
        text = shown(client, address)
        (root / "references/exemple.bib").write_text("@article{la, title={Promouvoir}, doi={10.1000/village}}")
        assert client.portal is not None
        client.portal.call(client.desk.changed)
        answer = client.post("/import/add", data=fields(text, "/import/add"), headers=HX)
        again = shown(client, answer.headers["hx-redirect"])
        assert "La collection a changé entre-temps" in again
        assert "Déjà dans la collection (1)" in again
        assert (root / "references/exemple.bib").read_text().count("@") == 1
        add(client, again)
    assert (root / "references/exemple.bib").read_text().count("@") == 2


def test_what_is_given_up_is_forgotten(root: Path) -> None:
    with asked(root) as client:
        address = drop(client, ("export.ris", RIS))
        text = shown(client, address)
        answer = client.post("/import/forget", data=fields(text, "/import/add"), headers=HX)
        assert answer.headers["hx-redirect"] == "/import"
        gone = client.get(address)
        assert gone.status_code == 422
        assert "Ce qui était préparé ici n&#39;est plus gardé" in gone.text


def test_what_is_given_up_while_it_is_read_is_read_no_further(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(content: bytes, name: str, options: object) -> NoReturn:
        for _ in in_steps(range(10**12)):
            pass
        raise AssertionError(content, name, options)

    monkeypatch.setattr(bringing, "read_file", endless)
    with asked(root) as client:
        address = drop(client, ("export.ris", RIS))
        assert "<progress" in client.get(address).text
        client.post("/import/forget", data={"id": address.partition("id=")[2]}, headers=HX)
        assert client.portal is not None
        assert client.portal.call(client.desk.labour, lambda project: project.root) == root  # it is free again


def test_nothing_to_read_is_said(root: Path) -> None:
    with asked(root) as client:
        answer = client.post("/import", data={"pasted": "  "}, headers=HX)
        assert answer.status_code == 422
        assert "Aucun fichier n&#39;a été choisi" in answer.text


class _Kept:
    def __init__(self, size: int = 1) -> None:
        self.size = size
        self.gone = False

    def give_up(self) -> None:
        self.gone = True


def test_what_waits_is_bounded_in_number_bytes_and_time() -> None:
    now = [0.0]

    def clock() -> float:
        return now[0]

    pending = Pending(clock)
    values = [_Kept() for _ in range(MOST + 1)]
    names = [pending.put(each) for each in values]
    assert [each.gone for each in values] == [True] + [False] * MOST
    assert len(set(names)) == len(names)
    pending.put(big := _Kept(10**9))
    assert all(each.gone for each in values)
    assert not big.gone  # the last that came stays
    fresh = Pending(clock)
    name, later = fresh.put(old := _Kept()), fresh.put(_Kept())
    now[0] += PATIENCE + 1
    assert not fresh.get(later, _Kept).gone
    assert old.gone
    with pytest.raises(BiblioError) as caught:
        fresh.get(name, _Kept)
    assert caught.value.diagnostic.code == "E227"
