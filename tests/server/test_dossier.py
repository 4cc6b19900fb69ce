"""The screen of a dossier: its sections and their references, and what is done to them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from server.desks import Asked, asked

from biblio.project.project import Project
from biblio.server.plan import digest_of

BIB = """\
@book{alpha, title = {Les contrats}, author = {Harpet, Claire and Roux, Anne and others}, date = {2019},
  keywords = {cls}}
@report{beta, title = {Soins <b>de</b> proximité}, institution = {ORS}, date = {2021}, keywords = {cls}}
@article{gamma, title = {Villes}, journaltitle = {Revue}, date = {2020}}
"""
SPEC = """\
title: Santé
date: 2023-04-25
publisher: CRES
inconnue: reste  # ainsi
sections:
  - title: Lectures
    intro: Court.
    references:
      - alpha  # la première
      - gamma
      - perdue
    sections:
      - title: Dedans
        references: [gamma]
  - title: Par sélection
    select: {theme: cls}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("references", "dossiers"):
        (tmp_path / name).mkdir()
    (tmp_path / "references/a.bib").write_text(BIB, "utf-8")
    (tmp_path / "dossiers/d.yaml").write_text(SPEC, "utf-8")
    return tmp_path


@pytest.fixture
def client(root: Path) -> Iterator[Asked]:
    with asked(root) as client:
        yield client


def spec(root: Path) -> str:
    return (root / "dossiers/d.yaml").read_text("utf-8")


def step(client: Asked, root: Path, action: str, **fields: str | list[str]) -> str:
    """Takes a step with what the page has seen; what is said of it."""
    digest = digest_of((root / "dossiers/d.yaml").read_bytes())
    answer = client.post(f"/dossier/d/{action}", data={"digest": digest, **fields})
    assert answer.status_code == 200, answer.text
    found = re.search(r'data-said="([^"]*)"', answer.text)
    assert found
    return html.unescape(found[1])


def shown(client: Asked) -> list[str]:
    """The sections and their references in the order of the page, in lines."""
    text = client.get("/dossier/d/tree").text
    marks = re.findall(r'<section class="part" id="([^"]*)"|<li class="entry (\w+)".*?data-key="([^"]*)"', text)
    return [section or f"{key} {how}" for section, how, key in marks]


def test_the_sections_show_their_references_and_how_they_came_there(client: Asked) -> None:
    assert shown(client) == [
        "section-lectures",
        "alpha listed",
        "gamma listed",
        "perdue unknown",
        "section-dedans",
        "gamma see_also",
        "section-par-selection",
        "beta selected",
        "alpha see_also",
    ]
    text = client.get("/dossier/d").text
    assert "Claire Harpet, Anne Roux (et al.). <cite>Les contrats</cite>, 2019" in text
    assert '<p class="fault error">' in text
    assert "« perdue »" in text
    assert "<b>de</b>" not in text


def test_looking_writes_nothing(client: Asked, root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    for address in ("/dossier/d", "/dossier/d/tree", "/collection/pick?q=villes"):
        assert client.get(address).status_code == 200
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_references_are_put_into_several_sections_and_taken_out(client: Asked, root: Path) -> None:
    sections = ["sections.0.sections.0", "sections.1"]
    assert step(client, root, "place", key=["beta"], section=sections) == (
        "1 référence mise dans « Dedans », « Par sélection »"
    )
    assert "        references: [gamma, beta]\n" in spec(root)
    fields: dict[str, str | list[str]] = {"key": ["alpha", "perdue"], "from": "sections.0"}
    assert step(client, root, "take", **fields) == ("2 références ôtées de « Lectures »")
    assert "    references:\n      - gamma\n" in spec(root)
    assert "Annulé : 2 références ôtées de « Lectures »" in client.post("/undo").text
    client.post("/undo")
    assert spec(root) == SPEC


def test_another_screen_puts_references_and_is_told_so(client: Asked, root: Path) -> None:
    answer = client.post("/dossier/d/place", data={"key": ["beta", "gamma"], "section": "sections.0"})
    assert "<p>2 références mises dans « Lectures »</p>" in answer.text
    assert 'id="plan"' not in answer.text
    assert "      - perdue\n      - beta\n" in spec(root)
    answer = client.post("/dossier/d/place", data={"key": "rien", "section": "sections.0"})
    assert answer.status_code == 422
    assert "rien" in answer.text


def test_references_change_their_order_and_their_section(client: Asked, root: Path) -> None:
    step(client, root, "move", **{"key": "gamma", "from": "sections.0", "section": "sections.0", "before": "alpha"})
    assert "      - gamma\n      - alpha  # la première\n      - perdue\n" in spec(root)
    said = step(client, root, "move", **{"key": "beta", "from": "sections.1", "section": "sections.0", "before": ""})
    assert said == "1 référence déplacée dans « Lectures »"
    assert "      - perdue\n      - beta\n" in spec(root)
    assert "    exclude:\n      - beta\n" in spec(root)


def test_sections_are_added_named_moved_and_removed(client: Asked, root: Path) -> None:
    assert step(client, root, "section", within="sections.0") == "section « Nouvelle section » ajoutée"
    said = step(
        client, root, "field", section="sections.0.sections.1", name="title", value="Après", before="Nouvelle section",
        title="Nouvelle section",
    )  # fmt: skip
    assert said == "Intitulé de la section « Nouvelle section » : modification enregistrée"
    assert step(client, root, "section/move", section="sections.0.sections.1", way="up") == "section « Après » déplacée"
    step(client, root, "section/move", section="sections.0.sections.0", way="out")
    sections = [line for line in shown(client) if line.startswith("section-")]
    assert sections == ["section-lectures", "section-dedans", "section-apres", "section-par-selection"]
    step(client, root, "section/move", section="sections.2", way="in")
    step(client, root, "section/move", section="sections.1.sections.0", target="sections.0", way="before")
    sections = [line for line in shown(client) if line.startswith("section-")]
    assert sections == ["section-par-selection", "section-lectures", "section-dedans", "section-apres"]
    assert step(client, root, "section/remove", section="sections.1") == "section « Lectures » supprimée"
    assert "alpha" not in spec(root)
    assert "inconnue: reste  # ainsi\n" in spec(root)


def test_a_page_is_told_where_its_sections_were(client: Asked, root: Path) -> None:
    def was(action: str, **fields: str) -> dict[str, str]:
        since = digest_of((root / "dossiers/d.yaml").read_bytes())
        answer = client.post(f"/dossier/d/{action}", data={"digest": since, **fields}).text
        found = re.search(r'data-since="(\w*)" data-was="([^"]*)"', answer)
        assert found
        assert found[1] == since
        return dict(json.loads(html.unescape(found[2])))

    assert was("section", within="") == {}
    assert was("section/move", section="sections.2", way="up") == {
        "sections.1": "sections.2",
        "sections.2": "sections.1",
    }
    assert was("section/move", section="sections.0", target="sections.2", way="into") == {
        "sections.0": "sections.1",
        "sections.1": "sections.2",
        "sections.1.sections.0": "sections.0",
        "sections.1.sections.0.sections.0": "sections.0.sections.0",
    }
    assert was("section/remove", section="sections.0") == {
        "sections.0": "sections.1",
        "sections.0.sections.0": "sections.1.sections.0",
        "sections.0.sections.0.sections.0": "sections.1.sections.0.sections.0",
    }


def test_a_text_is_not_written_into_another_section_of_the_same_name(client: Asked, root: Path) -> None:
    two = SPEC + "  - title: Même\n    intro: Un.\n  - title: Même\n    intro: Un.\n    references: [beta]\n"
    (root / "dossiers/d.yaml").write_text(two, "utf-8")
    seen = digest_of(two.encode())
    client.edited()
    field = {"section": "sections.2", "name": "intro", "title": "Même", "before": "Un.", "value": "Deux."}
    moved = client.post("/dossier/d/section/move", data={"section": "sections.3", "way": "up", "digest": seen})
    assert moved.status_code == 200
    now = spec(root)
    assert client.post("/dossier/d/field", data={**field, "digest": seen}).status_code == 409
    assert spec(root) == now
    step(client, root, "field", **{**field, "section": "sections.3"})
    assert spec(root).endswith("  - title: Même\n    intro: Deux.\n")


def test_a_section_that_is_put_into_the_one_that_holds_it_goes_behind_the_others(client: Asked, root: Path) -> None:
    step(client, root, "section", within="sections.0", title="Après")
    step(client, root, "section/move", section="sections.0.sections.0", target="sections.0", way="into")
    sections = [line for line in shown(client) if line.startswith("section-")]
    assert sections[:3] == ["section-lectures", "section-apres", "section-dedans"]
    before = spec(root)
    assert not step(client, root, "section/move", section="sections.0.sections.1", target="sections.0", way="into")
    assert spec(root) == before


def test_a_section_does_not_go_into_itself(client: Asked, root: Path) -> None:
    assert not step(client, root, "section/move", section="sections.0", target="sections.0.sections.0", way="into")
    assert spec(root) == SPEC


def test_what_is_typed_is_saved_unless_somebody_else_changed_it(client: Asked, root: Path) -> None:
    intro = {"section": "sections.0", "name": "intro", "title": "Lectures"}
    step(client, root, "field", **intro, before="Court.", value="Plus long.\r\n\r\nEt deux.")
    assert "    intro: |\n      Plus long.\n\n      Et deux.\n" in spec(root)
    (root / "dossiers/d.yaml").write_text(SPEC.replace("title: Santé", "title: Soins"), "utf-8")
    client.portal.call(client.desk.changed)  # type: ignore[union-attr]
    step(client, root, "field", **intro, before="Court.", value="Autre.")  # another key has changed meanwhile
    assert "intro: Autre." in spec(root)
    assert "title: Soins" in spec(root)
    for stale in ({**intro, "before": "Court."}, {**intro, "before": "Autre.", "title": "Ailleurs"}):
        answer = client.post("/dossier/d/field", data={**stale, "value": "Perdu ?", "digest": "x"})
        assert answer.status_code == 409
        assert "a changé" in answer.text
    assert "Perdu" not in spec(root)


def test_a_step_on_sections_that_have_changed_is_refused(client: Asked, root: Path) -> None:
    answer = client.post("/dossier/d/section/remove", data={"section": "sections.0", "digest": "ancien"})
    assert answer.status_code == 409
    assert spec(root) == SPEC


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("limit", "beaucoup", "beaucoup"),
        ("title", "", "title"),
        ("sort", "hasard", "hasard"),
        ("inconnue", "x", "inconnue"),
    ],
)
def test_what_no_dossier_may_say_is_refused(client: Asked, root: Path, name: str, value: str, message: str) -> None:
    before = "Lectures" if name == "title" else ""
    fields = {"section": "sections.0", "name": name, "value": value, "before": before, "title": "Lectures"}
    answer = client.post("/dossier/d/field", data=fields)
    assert answer.status_code == 422
    assert message in answer.text
    assert spec(root) == SPEC


@pytest.mark.parametrize("path", ["../x", "sections", "sections.x", "sections.0.title", "sections.99", "sections.0\n"])
def test_a_place_that_is_no_section_is_refused(client: Asked, root: Path, path: str) -> None:
    answer = client.post("/dossier/d/place", data={"key": "beta", "section": path})
    assert answer.status_code == 422
    assert spec(root) == SPEC


def test_a_spec_that_cannot_be_read_is_shown_as_text(client: Asked, root: Path) -> None:
    (root / "dossiers/d.yaml").write_text("title: Santé\nsections: [<b>\n", "utf-8")
    client.portal.call(client.desk.changed)  # type: ignore[union-attr]
    text = client.get("/dossier/d").text
    assert "Ce dossier ne peut pas être modifié ici" in text
    assert "<code>sections: [&lt;b&gt;</code>" in text
    assert "data-field" not in text


def test_the_drawer_finds_references_by_their_words(client: Asked) -> None:
    found = client.get("/collection/pick?q=proximite").text
    assert re.findall(r'data-pick="(.*?)"', found) == ["beta"]
    assert "<b>" not in found
    assert re.findall(r'data-pick="(.*?)"', client.get("/collection/pick?q=gamma").text) == ["gamma"]
    assert "Aucune référence" in client.get("/collection/pick?q=xyz").text
    assert client.get("/dossier/rien").status_code == 404


def test_the_cover_is_changed_field_by_field(client: Asked, root: Path) -> None:
    for name, before, value in (
        ("subtitle", "", "Une sélection"),
        ("authors", "", "Anne\nPaul"),
        ("cover.cite", "", "true"),
        ("kind", "", "bulletin"),
        ("numbering", "", "true"),
        ("cover.cite", "true", ""),
    ):
        step(client, root, "field", section="", name=name, before=before, value=value)
    made = Project(root).dossier("d").value
    assert made is not None
    assert (made.subtitle, made.kind, made.numbering) == ("Une sélection", "bulletin", True)
    assert [author.value for author in made.authors] == ["Anne", "Paul"]
    assert "inconnue: reste  # ainsi\n" in spec(root)
    assert "cite" not in spec(root)
