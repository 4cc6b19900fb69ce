"""Publishing at the desk: what is there, what stands between, what changed since; and drafts, which nothing takes."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from server.desks import Asked, asked

from biblio.build.pipeline import Request, build
from biblio.project.project import Project

BIB = """@book{un,
  title = {Un titre},
  author = {Le Bodo, Yann},
  date = {2019},
  publisher = {Presses},
}
@book{deux,
  title = {Un autre},
  author = {Durand, Anne},
  date = {2018},
  publisher = {Presses},
}
"""
SPEC = "title: Essai\npublisher: Le centre\ndate: 2024\nlang: fr\nsections:\n  - title: Lire\n    references: [un]\n"
STANDS = "/publish/essai/stands"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"references/a.bib": BIB, "dossiers/essai.yaml": SPEC}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(root: Path) -> Iterator[Asked]:
    with asked(root) as client:
        yield client


def until(client: Asked, ready: Callable[[str], bool], address: str = STANDS) -> str:
    """What is answered once it is so."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        text: str = client.get(address).text
        if ready(text):
            return text
        time.sleep(0.1)
    raise AssertionError(text)


def published(client: Asked, *formats: str) -> str:
    answer = client.post("/publish/essai", data={"format": list(formats)}, follow_redirects=False)
    assert answer.status_code == 303
    return until(client, lambda text: "C&#39;est publié." in text)


def test_what_is_published_is_what_build_publishes_and_can_be_fetched(client: Asked, root: Path) -> None:
    first = client.get("/publish/essai").text
    assert first.count("pas publié") >= 3
    assert "Tout télécharger" not in first
    assert not (root / "build").exists()  # looking publishes nothing
    text = published(client, "html", "pdf", "rien")
    assert text.count("à jour") == 2
    assert "Télécharger essai.pdf" in text
    build(Project(root), "essai", Request(root / "cold", ("pdf", "html")))
    for name, file in (("pdf", "essai.pdf"), ("html", "essai.html")):
        answer = client.get(f"/publish/essai/file?format={name}")
        assert answer.content == (root / "cold" / file).read_bytes()
        assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
        assert answer.headers["content-type"] == "application/octet-stream"
    package = client.get("/publish/essai/all.zip").content
    with zipfile.ZipFile(BytesIO(package)) as opened:
        assert sorted(opened.namelist()) == ["essai.html", "essai.pdf"]
        assert opened.read("essai.pdf") == (root / "cold/essai.pdf").read_bytes()
    assert client.get("/publish/essai/all.zip").content == package
    assert client.get("/publish/essai/file?format=epub").status_code == 404


def test_what_changed_since_is_told(client: Asked, root: Path) -> None:
    published(client, "html")
    (root / "dossiers/essai.yaml").write_text(SPEC.replace("[un]", "[un, deux]"), encoding="utf-8")
    client.edited()
    text = client.get(STANDS).text
    assert "à republier" in text
    assert "Ce qui a changé depuis la dernière publication" in text
    assert "Un autre" in text
    (root / "build/essai.html").write_text("autre chose", encoding="utf-8")
    assert client.get("/publish/essai/file?format=html").status_code == 404  # it is not what was published


def test_a_fault_stands_between(client: Asked, root: Path) -> None:
    (root / "dossiers/essai.yaml").write_text(SPEC.replace("[un]", "[un, trois]"), encoding="utf-8")
    client.edited()
    text = until(client, lambda text: "Ce qui empêche de publier" in text)
    assert '<button class="main" disabled>' in text
    assert "trois" in text
    client.post("/publish/essai", data={"format": "html"})
    assert "La publication n&#39;est pas faite" in until(
        client, lambda text: 'role="status"' in text and "en cours" not in text
    )
    assert not (root / "build/essai.html").exists()


def test_a_draft_is_refused(client: Asked, root: Path) -> None:
    (root / "dossiers/essai.yaml").write_text(f"draft: true\n{SPEC}", encoding="utf-8")
    client.edited()
    assert "C&#39;est un brouillon" in client.get("/publish/essai").text
    answer = client.post("/publish/essai", data={"format": "html"})
    assert answer.status_code == 422
    assert "« essai » est un brouillon" in answer.text
    assert not (root / "build").exists()


@pytest.mark.parametrize("address", ["/publish/rien", "/publish/rien/all.zip", "/publish/..%2f/file?format=pdf"])
def test_a_name_that_no_dossier_has_is_refused(client: Asked, address: str) -> None:
    assert client.get(address).status_code in (404, 422)
