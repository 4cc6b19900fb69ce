"""A dossier beside the collection, and beside its earlier edition."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from server.desks import Asked, asked
from server.test_dossier import BIB, SPEC

MORE = "@book{delta, title = {À placer}, date = {2022}, keywords = {cls}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("references", "dossiers"):
        (tmp_path / name).mkdir()
    (tmp_path / "references/a.bib").write_text(BIB + MORE, "utf-8")
    spec = SPEC.replace("    select: {theme: cls}\n", "    references: [beta]\n")
    (tmp_path / "dossiers/d.yaml").write_text(spec.replace("sections:", "themes: cls\nsections:", 1), "utf-8")
    return tmp_path


@pytest.fixture
def client(root: Path) -> Iterator[Asked]:
    with asked(root) as client:
        yield client


def test_what_is_left_out_is_put_into_a_section_from_there(client: Asked, root: Path) -> None:
    text = client.get("/dossier/d/coverage").text
    assert "À placer : 1" in text
    assert re.findall(r'name="key" value="(.*?)"', text) == ["delta"]
    client.post("/dossier/d/place", data={"key": "delta", "section": "sections.1"})
    assert "references: [beta, delta]" in (root / "dossiers/d.yaml").read_text("utf-8")
    assert "À placer :" not in client.get("/dossier/d/coverage").text


def test_thin_and_doubled_are_told(client: Asked) -> None:
    text = " ".join(re.sub("<[^>]*>", " ", client.get("/dossier/d/coverage").text).split())
    assert "Sections vides ou peu fournies : 3 Lectures références : 2" in text
    assert "Dans plusieurs sections : 1 Villes , 2020 Lectures ; Dedans" in text


def test_a_dossier_that_was_never_published_has_no_news(client: Asked) -> None:
    assert "pas encore été publié" in client.get("/dossier/d/news").text


def test_the_news_since_a_date_are_told(client: Asked, root: Path) -> None:
    def git(*words: str) -> None:
        names = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(root), *names, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Un")
    client.post("/dossier/d/place", data={"key": "delta", "section": "sections.1"})
    text = client.get("/dossier/d/news?since=HEAD").text
    assert "Entrées : 1" in text
    assert "<cite>À placer</cite>" in text


@pytest.mark.parametrize("since", ["/etc/passwd", "../secret.html", "--output=x", "pyproject.toml"])
def test_no_file_is_compared_with(client: Asked, since: str) -> None:
    answer = client.get("/dossier/d/news", params={"since": since})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text


def test_a_spec_that_cannot_be_read_has_neither(client: Asked, root: Path) -> None:
    (root / "dossiers/d.yaml").write_text("title: [", "utf-8")
    client.portal.call(client.desk.changed)  # type: ignore[union-attr]
    for name in ("coverage", "news"):
        assert "ne se lit pas en entier" in client.get(f"/dossier/d/{name}").text
