"""The screen of all dossiers: their states, a new one, the next edition, and one taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from server.desks import Asked, asked, small_project
from server.test_dossier import SPEC

from biblio.project.project import Project
from biblio.project.publish import publish

NEW = {"title": "Santé des jeunes", "date": "2026-03", "publisher": "CRES", "kind": "bulletin", "style": "sobre"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "p")
    (root / "dossiers/d.yaml").write_text(SPEC, "utf-8")
    return root


@pytest.fixture
def client(root: Path) -> Iterator[Asked]:
    with asked(root) as client:
        yield client


def card(client: Asked, slug: str) -> str:
    """What the page says of a dossier, without its marks."""
    text = client.get("/dossiers").text
    found = re.search(rf'<li class="card" id="dossier-{slug}">(.*?)<details>', text, re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]*>", " ", found[1]).split())


def test_each_dossier_says_what_it_is_and_in_which_state(client: Asked, root: Path) -> None:
    assert card(client, "d") == (
        "Santé Sélection · style cres · 2023-04-25 · d sections : 3 notices : 0 erreurs : 6 jamais publié Ouvrir"
    )
    publish({"d.manifest.json": b"{}"}, root / "build", "d")
    assert "jamais publié" in card(client, "d")  # what is no record of a build tells nothing


def test_a_new_dossier_is_made_of_the_form(client: Asked, root: Path) -> None:
    answer = client.post("/dossiers", data={**NEW, "themes": "exemple"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dossier/sante-des-jeunes")
    spec = Project(root).dossier("sante-des-jeunes").value
    assert spec is not None
    assert (spec.title, spec.kind, spec.style, spec.date) == ("Santé des jeunes", "bulletin", "sobre", "2026-03")
    assert [section.select is not None for section in spec.sections] == [True]
    answer = client.post("/dossiers", data=NEW, headers={"hx-request": "true"})
    assert answer.headers["hx-redirect"] == "/dossier/sante-des-jeunes-2"
    client.post("/undo")
    assert "sante-des-jeunes-2" not in Project(root).slugs


@pytest.mark.parametrize("wrong", [{"title": " "}, {"date": "demain"}, {"kind": "roman"}, {"style": "../x"}])
def test_a_faulty_answer_makes_nothing(client: Asked, root: Path, wrong: dict[str, str]) -> None:
    answer = client.post("/dossiers", data={**NEW, **wrong})
    assert answer.status_code == 422
    assert Project(root).slugs == ("d", "premier-dossier")


def test_the_next_edition_has_the_same_sections_and_marks_what_is_new(client: Asked, root: Path) -> None:
    client.post("/dossiers/next", data={"slug": "d", "title": "Santé", "date": "2024-05"}, follow_redirects=False)
    made = (root / "dossiers/sante-2024-05.yaml").read_text("utf-8")
    assert (
        made
        == SPEC.replace("date: 2023-04-25\n", "date: 2024-05\n")
        .replace("inconnue:", "inconnue:")
        .replace("reste  # ainsi\n", "reste  # ainsi\n")
        or "whats_new: 2023-04-25\n" in made
    )
    assert "inconnue: reste  # ainsi\n" in made
    assert "      - alpha  # la première\n" in made


def test_a_dossier_that_is_taken_away_comes_back(client: Asked, root: Path) -> None:
    assert client.post("/dossiers/remove", data={"slug": "d"}).url.path == "/dossiers"
    assert not (root / "dossiers/d.yaml").exists()
    assert "Annulé : dossier d supprimé" in client.post("/undo").text
    assert (root / "dossiers/d.yaml").read_text("utf-8") == SPEC
    assert client.post("/dossiers/remove", data={"slug": "../references/exemple"}).status_code == 422
