"""What a dossier lists beside its references, in rows: logos, links, events, texts; and the images that it shows."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from server.desks import ROOT, Asked, asked
from server.test_dossier import BIB

from biblio.editing.yaml_tree import Data, read
from biblio.project.project import Project
from biblio.server.rows import is_rows, rows_data, rows_said
from biblio.server.spec_values import key_at

SPEC = """\
title: Santé
date: 2023-04-25
publisher: CRES
sections:
  - title: Lectures
    links:
      # le premier
      - label: Le site   # du réseau
        url: "https://un.example.org/"
        inconnue: reste
      - {label: Deux, url: 'https://deux.example.org/'}
    agenda:
      - title: Journée
        date: 2023-05-02
        text: |
          Un *texte*.

          De deux paragraphes.
"""
FIRST = {"label": "Le site", "url": "https://un.example.org/"}
SECOND = {"label": "Deux", "url": "https://deux.example.org/"}
EVENT = {"title": "Journée", "date": "2023-05-02", "text": "Un *texte*.\n\nDe deux paragraphes."}
LOGO = {"file": "images/logo.png", "alt": "CRES"}


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


def said(rows: object) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def send(client: Asked, name: str, before: Sequence[object], rows: object, section: str = "sections.0") -> int:
    title = "Lectures" if section else ""
    sent = {"section": section, "name": name, "before": said(before), "value": said(rows), "title": title}
    return int(client.post("/dossier/d/field", data={**sent, "digest": ""}).status_code)


def picture(colour: str = "red") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(content, "PNG")
    return content.getvalue()


def test_the_rows_that_are_there_are_shown(client: Asked) -> None:
    page = client.get("/dossier/d").text
    values = {
        name: html.unescape(value)
        for name, value in re.findall(r'data-rows data-field="([\w.]+)".*?data-before="([^"]*)"', page)
    }
    assert values["links"] == said([FIRST, SECOND])
    assert values["agenda"] == said([EVENT])
    assert values["cover.logo"] == values["texts"] == "[]"


@pytest.mark.parametrize(
    ("rows", "was", "now"),
    [
        ([FIRST, SECOND], "", ""),
        ([{**FIRST, "url": "https://autre.example.org/"}, SECOND], "https://un.example.org/", "https://autre.example.org/"),
        ([FIRST, {**SECOND, "details": "pdf"}], "deux.example.org/'}", "deux.example.org/', details: pdf}"),
        ([FIRST], "      - {label: Deux, url: 'https://deux.example.org/'}\n", ""),
    ],
)  # fmt: skip
def test_one_row_is_changed_and_nothing_else(client: Asked, root: Path, rows: object, was: str, now: str) -> None:
    assert send(client, "links", [FIRST, SECOND], rows) == 200
    assert spec(root) == SPEC.replace(was, now) if was else SPEC


def test_rows_are_added_before_between_and_behind_others(client: Asked, root: Path) -> None:
    new = {"label": "Neuf", "url": "https://neuf.example.org/"}
    assert send(client, "links", [FIRST, SECOND], [FIRST, new, SECOND]) == 200
    links = Project(root).dossier("d").value.sections[0].links  # type: ignore[union-attr]
    assert [link.label for link in links] == ["Le site", "Neuf", "Deux"]
    assert "      # le premier\n      - label: Le site   # du réseau\n" in spec(root)
    assert "inconnue: reste" in spec(root)
    assert send(client, "agenda", [EVENT], [EVENT, {"title": "Soir", "date": "2023-06", "text": "Un.\n\nDeux."}]) == 200
    made = Project(root).dossier("d").value
    assert made is not None
    assert [(each.title, each.text.rstrip()) for each in made.sections[0].agenda] == [
        ("Journée", EVENT["text"]), ("Soir", "Un.\n\nDeux."),
    ]  # fmt: skip
    assert send(client, "agenda", [EVENT, {"title": "Soir", "date": "2023-06", "text": "Un.\n\nDeux."}], []) == 200
    assert "agenda" not in spec(root)


def test_a_cover_has_its_logo_its_partners_and_its_image(client: Asked, root: Path) -> None:
    assert send(client, "cover.logo", [], [LOGO], "") == 200
    assert send(client, "cover.image", [], [{**LOGO, "file": "images/port.jpg", "credit": "C. Exemple"}], "") == 200
    assert send(client, "cover.partners", [], [{**LOGO, "alt": "ARS"}, {**LOGO, "alt": "Ville"}], "") == 200
    assert send(client, "texts", [], [{"kind": "preface", "text": "Bonjour."}], "") == 200
    assert send(client, "email", [], [{"sender": "doc@example.org"}], "") == 200
    made = Project(root).dossier("d").value
    assert made is not None
    assert made.cover is not None
    assert made.cover.logo is not None
    assert (made.cover.logo.alt, [each.alt for each in made.cover.partners]) == ("CRES", ["ARS", "Ville"])
    assert [text.text for text in made.texts] == ["Bonjour."]
    assert send(client, "cover.logo", [LOGO], [], "") == 200
    assert "logo:" not in spec(root)
    assert SPEC in spec(root)


@pytest.mark.parametrize(
    "rows", [[{"label": "Sans adresse"}], [{"url": "x"}], [{"label": "a", "url": "b", "autre": "c"}]]
)
def test_a_row_without_what_it_needs_is_refused(client: Asked, root: Path, rows: list[dict[str, str]]) -> None:
    status = send(client, "links", [FIRST, SECOND], [FIRST, SECOND, *rows])
    assert status == (422 if "autre" not in rows[0] else 200)
    assert "autre" not in spec(root)


@pytest.mark.parametrize("rows", ["x", {"a": "b"}, [["a"]], [{"label": 3}], None])
def test_what_no_page_sends_is_refused(client: Asked, root: Path, rows: object) -> None:
    assert send(client, "links", [FIRST, SECOND], rows) == 422
    assert spec(root) == SPEC


def test_rows_that_somebody_else_changed_are_left_alone(client: Asked, root: Path) -> None:
    assert send(client, "links", [FIRST], []) == 409
    assert spec(root) == SPEC


@pytest.mark.parametrize("text", ["links: rien", "links: [a, b]", "links: {label: a}", "links: [{label: [a]}]"])
def test_what_is_no_rows_is_for_who_edits_the_file(client: Asked, root: Path, text: str) -> None:
    begun, _, _ = SPEC.partition("    links:")
    (root / "dossiers/d.yaml").write_text(f"{begun}    {text}\n", "utf-8")
    client.edited()
    page = client.get("/dossier/d")
    assert page.status_code == 200
    assert 'data-field="links"' not in page.text


@pytest.mark.parametrize("path", sorted((ROOT / "dossiers").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_rows_of_our_dossiers_are_what_they_say(path: Path) -> None:
    source = read(path.read_text("utf-8"), path.name).value
    assert source is not None

    def look(data: Data, at: tuple[str, ...]) -> None:
        for name, value in data.items() if isinstance(data, dict) else ():
            key = key_at((*at, name))
            if key is not None and is_rows(key):
                assert rows_data(rows_said(value, key), value, key) == value
            for inner in value if isinstance(value, list) else [value]:
                look(inner, (*at, name))

    look(source.root.data, ())


def test_an_image_is_brought_under_a_name_of_its_own(client: Asked, root: Path) -> None:
    def bring(content: bytes, name: str = "Mon logo.PNG") -> tuple[int, str]:
        answer = client.post("/dossier/d/image", files={"image": (name, content)})
        return answer.status_code, answer.text

    assert bring(picture()) == bring(picture()) == (200, "images/mon-logo.png")
    assert bring(picture("blue")) == (200, "images/mon-logo-2.png")
    assert bring(picture("green"), "../../x/é.jpeg") == (200, "images/e.png")  # it goes by what it is
    before = sorted(root.rglob("*"))
    assert bring(b"<svg/>", "a.svg")[0] == 422
    assert bring(picture()[:-20], "b.png")[0] == 422
    assert sorted(root.rglob("*")) == before
    assert "images/mon-logo-2.png" in client.get("/dossier/d").text
    for _ in range(3):
        client.post("/undo")
    assert not list(root.glob("images/*"))
