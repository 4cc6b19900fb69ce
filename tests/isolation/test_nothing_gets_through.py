"""No text, sheet, drawing or link brings a file, a call, a script or a path of the machine into what is published.

The vectors and the searches are those that ``python -m robustness`` counts; here they run in shares, and the searches
are themselves shown to find what they look for.
"""

from __future__ import annotations

import urllib.request
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from parts import every_fourth

from biblio.project.style_folder import MAX_STYLE_FILE
from robustness.atelier import SECRET, Atelier, listening, make
from robustness.isolation import try_vector
from robustness.leaks import html_leaks, leaks_of, outcome_of, pdf_leaks
from robustness.repositories import REPOSITORIES, try_repository
from robustness.vectors import VECTORS


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 60


@pytest.mark.parametrize("name", every_fourth(VECTORS))
def test_nothing_gets_through(name: str) -> None:
    assert try_vector(name) == []


@pytest.mark.parametrize("name", every_fourth(REPOSITORIES))
def test_nothing_that_a_repository_names_is_run(name: str) -> None:
    assert try_repository(name) == []


@pytest.fixture
def atelier(tmp_path: Path) -> Atelier:
    return make(tmp_path)


def test_a_plain_project_is_built_without_a_word(atelier: Atelier) -> None:
    """Without this, the vectors above could all fail to build."""
    outcome = outcome_of(atelier)
    assert outcome.pdf.startswith(b"%PDF")
    assert "Un titre" in outcome.html
    assert "Un titre" in outcome.shown
    assert outcome.messages.strip() == ""
    assert leaks_of(atelier, outcome) == []


@pytest.mark.parametrize("name", ["reference: img file", "address: javascript", "sheet: import http", "spec: template"])
def test_a_hostile_text_is_printed_as_it_is(name: str, atelier: Atelier) -> None:
    VECTORS[name](atelier)
    outcome = outcome_of(atelier)
    assert outcome.pdf.startswith(b"%PDF")
    assert leaks_of(atelier, outcome) == []


def test_the_searches_find_what_they_look_for(atelier: Atelier) -> None:
    good = outcome_of(atelier)
    bad = good.html.replace(
        "</body>", f"<script src='x'>{SECRET}</script><a href='java\tscript:x'>\u202e{atelier.root}"
    )
    assert {leak.partition(" ")[0] for leak in html_leaks(bad, atelier)} >= {"the", "a"}
    assert len(html_leaks(bad, atelier)) == 6
    assert html_leaks('<p style="background: url(a.png)">', atelier) == ["the style background: url(a.png)"]
    with pikepdf.open(BytesIO(good.pdf)) as opened:
        opened.docinfo["/Title"] = f"{atelier.root}\u202e"
        link = next(annotation for page in opened.pages for annotation in page.get("/Annots", ()) if "/A" in annotation)
        link.A.URI = pikepdf.String("file:///etc/passwd")
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
        opened.attachments["secret.txt"] = SECRET.encode()
        written = BytesIO()
        opened.save(written)
    found = "\n".join(pdf_leaks(written.getvalue(), atelier))
    for words in ("/OpenAction", "a link to file:", "a steering character", "/JavaScript", str(atelier.root), SECRET):
        assert words in found


def test_the_listener_hears_a_call(atelier: Atelier) -> None:
    with listening() as listener, pytest.raises(OSError):  # noqa: PT011  # the listener hangs up, in its own time
        urllib.request.urlopen(f"http://127.0.0.1:{listener.port}/", timeout=5)
    assert listener.calls == 1


def test_a_link_out_of_a_style_is_refused_by_name(atelier: Atelier) -> None:
    VECTORS["style: symlink to a drawing"](atelier)
    outcome = outcome_of(atelier)
    assert "styles/maison/dessin.svg:1:1: erreur D116" in outcome.messages
    assert outcome.pdf == b""


def test_a_link_inside_a_style_is_followed(atelier: Atelier) -> None:
    atelier.own_style(page="h1 { color: red }")
    (atelier.style / "page.css").rename(atelier.style / "vraie.css")
    (atelier.style / "page.css").symlink_to("vraie.css")
    outcome = outcome_of(atelier)
    assert outcome.messages.strip() == ""
    assert outcome.pdf.startswith(b"%PDF")


def test_a_huge_file_of_a_style_is_refused(atelier: Atelier) -> None:
    atelier.own_style()
    with (atelier.style / "grand.ttf").open("wb") as file:
        file.truncate(MAX_STYLE_FILE + 1)
    assert "styles/maison/grand.ttf:1:1: erreur D117" in outcome_of(atelier).messages


def test_a_font_that_is_none_is_reported(atelier: Atelier) -> None:
    VECTORS["style: font: a text"](atelier)
    outcome = outcome_of(atelier)
    assert "W106" in outcome.messages
    assert "police.ttf" in outcome.messages
    assert outcome.pdf.startswith(b"%PDF")


def test_characters_that_steer_are_removed_and_reported(atelier: Atelier) -> None:
    atelier.write_bib(title="facture\u202efdp.exe\u0007", url="https://example.org/\u202ecod.exe")
    outcome = outcome_of(atelier)
    assert "facturefdp.exe" in outcome.html
    assert "essai.bib:2:12: avertissement P116" in outcome.messages
    atelier.write_spec(title="facture\u202efdp.exe")
    atelier.write_bib()
    outcome = outcome_of(atelier)
    assert "D114" in outcome.messages
    with pikepdf.open(BytesIO(outcome.pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == "facturefdp.exe"
